import type { Finding } from '../../observations/findings.ts';
import type { SeenAt } from '../../conformance/index.ts';
import type { Where } from '../../observations/observation.ts';
import {
  findPositions,
  isPointed,
  beginning,
  type LineMark,
  type LineMarks,
  type Naming,
  type Pointed,
} from '../../recordings/index.ts';
import { foundOf, hasNews, type CheckOutcome } from '../../reports/check/outcome.ts';
import type { InferenceOutcome } from '../../reports/readings/infer.ts';
import { isReadableAgain, openInput, type Inputs } from '../io/files.ts';

/** Marks of where lines begin, by file. */
export type MarksByFile = ReadonlyMap<string, LineMarks>;

/** What lies between two places that are looked up is read as well, if it is no more than this many bytes. */
const maxGap = 1 << 22;

/** What names a place with line and column, where it can be found. */
type Locate = (where: Where) => Where;

/** The outcome of a check with line and column wherever a finding points into a file. */
export async function withPositions(outcome: CheckOutcome, ...read: Read): Promise<CheckOutcome> {
  const placed = await placing(placesIn(outcome), ...read);
  return {
    ...outcome,
    folders: outcome.folders.map((folder) =>
      hasNews(folder)
        ? {
            ...folder,
            findings: folder.findings.map((one) => pinpointed(one, placed)),
            hazards: folder.hazards.map((one) => pinpointed(one, placed)),
          }
        : folder,
    ),
    input: outcome.input.map((one) => pinpointed(one, placed)),
  };
}

/** The same for what recordings say of the readings. */
export async function inferenceWithPositions(
  outcome: InferenceOutcome,
  ...read: Read
): Promise<InferenceOutcome> {
  const { inference, input } = outcome;
  const { questions, conflict, leftOut } = inference;
  const seen = [...questions.flatMap(({ decidedBy }) => decidedBy ?? []), ...(conflict?.observations ?? [])];
  const found = [...leftOut.map(({ finding }) => finding), ...input];
  const placed = await placing(
    [...seen, ...found].map(({ where }) => where),
    ...read,
  );
  const seenAt = (one: SeenAt): SeenAt => ({ ...one, where: placed(one.where) });
  return {
    inference: {
      ...inference,
      questions: questions.map((one) => ({
        ...one,
        ...(one.decidedBy && { decidedBy: seenAt(one.decidedBy) }),
      })),
      ...(conflict && { conflict: { ...conflict, observations: conflict.observations.map(seenAt) } }),
      leftOut: leftOut.map(({ folderId, finding }) => ({ folderId, finding: pinpointed(finding, placed) })),
    },
    input: input.map((one) => pinpointed(one, placed)),
  };
}

const pinpointed = (one: Finding, placed: Locate): Finding => ({
  ...one,
  where: placed(one.where),
  before: one.before && { ...one.before, where: placed(one.before.where) },
});

/** How the files were read, and where they are. */
type Read = readonly [naming: Naming, marks: MarksByFile, io: Inputs];

/** What names these places, for which the files are read again where they are. */
async function placing(
  places: Iterable<Where>,
  naming: Naming,
  marks: MarksByFile,
  io: Inputs,
): Promise<Locate> {
  const readable = new Set([...marks.keys()].filter((file) => isReadableAgain(file, io)));
  // Such a place needs no look at the file: there may be many of them.
  const isFlush = ({ file, pointer }: Where) =>
    pointer === '' && marks.get(file)?.areFlush === true && readable.has(file);
  const sought: Pointed[] = [];
  for (const where of places) {
    // What says itself where it came from stands elsewhere, whatever that is called.
    if (where.offset !== undefined) continue;
    if (isPointed(where) && !isFlush(where) && readable.has(where.file)) sought.push(where);
  }
  const found = await lookUp(sought, naming, marks, io);
  return (where) =>
    isPointed(where) && where.offset === undefined && isFlush(where)
      ? { file: where.file, line: where.line ?? 1, column: 1, pointer: '' }
      : (found.get(where) ?? where);
}

function* placesIn({ folders, input }: CheckOutcome): Generator<Where> {
  for (const folder of folders) for (const one of foundOf(folder)) yield* placesOf(one);
  for (const one of input) yield* placesOf(one);
}

function* placesOf({ where, before }: Finding): Generator<Where> {
  yield where;
  if (before) yield before.where;
}

async function lookUp(
  places: readonly Pointed[],
  naming: Naming,
  marks: MarksByFile,
  io: Inputs,
): Promise<ReadonlyMap<Where, Where>> {
  const byFile = new Map<string, Pointed[]>();
  for (const place of places) byFile.set(place.file, []);
  for (const place of places) byFile.get(place.file)?.push(place);
  const found = new Map<Where, Where>();
  for (const [file, inFile] of byFile) {
    const marked = marks.get(file);
    for (const { from, near } of stretchesOf(inFile, marked)) {
      const opened = await openInput(file, io, undefined, from.offset);
      if ('code' in opened) break;
      const options = { file, naming, from, ...(marked && { marks: marked }) };
      for (const [where, placed] of await findPositions(opened, near, options)) found.set(where, placed);
    }
  }
  return found;
}

/** Places that are near each other in a file, and where to begin to read for them. */
interface Stretch {
  readonly from: LineMark;
  readonly near: Pointed[];
}

/** The places of a file in order, in as many stretches as there are large gaps between them. */
function stretchesOf(places: readonly Pointed[], marks: LineMarks | undefined): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let end = -Infinity;
  for (const place of places.toSorted((one, other) => (one.line ?? 1) - (other.line ?? 1))) {
    const from = marks?.areStored === true ? marks.before(place.line ?? 1) : beginning;
    if (from.offset - end > maxGap) stretches.push({ from, near: [] });
    stretches.at(-1)!.near.push(place);
    end = from.offset;
  }
  return stretches;
}
