import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import {
  alphabetOf,
  documentedKinds,
  emptyFolder,
  isLiveness,
  isSettled,
  project,
  reduceFolder,
  stateOf,
  statuses,
  type FolderEvent,
  type Resolution,
  type Settings,
} from '../../machines/index.ts';
import type { AnalysisView, Observation } from '../../src/conformance/index.ts';
import { readRecording, readRecordingText } from '../../src/recordings/index.ts';
import { repository } from '../cli/built.ts';
import { graphOf } from '../conformance/brute-force.ts';
import { Dice, record, tamper, tamperGroups } from '../conformance/random-recordings.ts';

/** Observations of one recording. */
export type Recording = readonly Observation[];

const observationsIn = (text: string): Recording =>
  readRecordingText(text, { file: 'recording' }).flatMap((piece) =>
    piece.type === 'observation' ? [piece.observation] : [],
  );

/** The bundled recordings. */
export async function bundled(): Promise<readonly Recording[]> {
  const directory = join(repository, 'docs/examples/recordings');
  const names = readdirSync(directory).filter((name) => name !== 'index.json');
  return Promise.all(
    names.map(async (file) => {
      const observations: Observation[] = [];
      const bytes = [readFileSync(join(directory, file))];
      for await (const piece of readRecording(
        (async function* () {
          yield* bytes;
        })(),
        { file },
      ))
        if (piece.type === 'observation') observations.push(piece.observation);
      return observations;
    }),
  );
}

interface Vector {
  readonly observations?: readonly unknown[];
  readonly events?: readonly FolderEvent[];
}

/** The vectors: observations as they are, executions as a client sees them after every event. */
export function vectors(settings: Settings): readonly Recording[] {
  const directory = join(repository, 'test/vectors');
  const files = readdirSync(directory).filter((name) => name.endsWith('.jsonl'));
  const all = files.flatMap((name) =>
    readFileSync(join(directory, name), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Vector),
  );
  return all.flatMap(({ observations, events }) => {
    if (observations) return [observationsIn(observations.map((one) => JSON.stringify(one)).join('\n'))];
    return events?.some(({ type }) => type === 'group.posted') === true ? [seenOf(events, settings)] : [];
  });
}

function seenOf(events: readonly FolderEvent[], settings: Settings): Recording {
  let folder = emptyFolder;
  return events.map((event): Observation => {
    folder = reduceFolder(folder, event, settings);
    const { resolution_status: stage, system_resolution: system } = project(folder, settings.reading);
    const analyses = folder.groups.flatMap((group) => group.analyses.map((one) => viewOf(one)));
    return { ...blank, resolutionStatus: stage, systemResolution: system, analyses, complete: true };
  });
}

const blank = { folder: 'folder:f', folderId: 'f', wholeGroup: false, where: { file: 'answers' } } as const;

function viewOf({
  id,
  kind,
  resolution,
}: {
  id: string;
  kind: string;
  resolution: Resolution;
}): AnalysisView {
  return { id, kind, state: stateOf(resolution), resolutionStatus: resolution, pointer: '' };
}

/** Lives that the filter could leave out, mostly with one cell changed: what it must not miss is near to them. */
function plain(draw: Dice, settings: Settings): Recording {
  const count = 1 + draw.below(3);
  const members = Array.from({ length: count }, (_, at) => ({
    id: `a${at}`,
    kind: draw.from([...documentedKinds, 'NEW']),
    resolution: 'PROCESSING' as Resolution,
  }));
  const results = alphabetOf('analyse.resolution_status').filter(isSettled);
  const seen: Observation[] = [];
  const groupId = draw.below(2) === 0 ? 'g' : undefined;
  let isPosted = draw.below(2) === 0;
  for (let left = 2 + draw.below(6); left > 0; left -= 1) {
    if (isPosted && (draw.below(2) === 0 || left === 1))
      for (const one of members)
        if (one.resolution === 'PROCESSING' && (left === 1 || draw.below(2) === 0))
          one.resolution = draw.from(
            results.filter((result) => result !== 'OPERATOR_REQUIRED' || !isLiveness(one.kind)),
          );
    const group = { id: 'g', analyses: members.map((one) => ({ ...one })) };
    const isDone = members.every(({ resolution }) => isSettled(resolution));
    const folder = isPosted ? { groups: [group], settled: isDone ? ['g'] : [] } : emptyFolder;
    const { resolution_status: stage, system_resolution: system } = project(folder, settings.reading);
    const form = draw.below(6);
    const analyses =
      !isPosted || form === 0 ? [] : members.map((one) => ({ ...viewOf(one), ...(groupId && { groupId }) }));
    seen.push({
      ...blank,
      ...(form === 1 && analyses.length > 0 ? {} : { resolutionStatus: stage, systemResolution: system }),
      analyses,
      complete: form > 0 && form !== 5,
      wholeGroup: form === 5 && analyses.length > 0,
    });
    isPosted ||= draw.below(2) === 0;
  }
  return draw.below(3) === 0 ? seen : changed(seen, draw);
}

/** The same with one or two cells changed, one answer left out, said twice or moved. */
function changed(before: Recording, draw: Dice): Recording {
  const seen = [...before];
  for (let left = 1 + draw.below(2); left > 0; left -= 1) {
    const at = draw.below(seen.length);
    const one = seen[at]!;
    const word = draw.from([...statuses, 'NONE']);
    const which = draw.below(Math.max(1, one.analyses.length));
    const view = one.analyses[which];
    const choice = draw.below(view ? 14 : 7);
    const withView = (change: Partial<AnalysisView>): Observation => ({
      ...one,
      analyses: one.analyses.with(which, { ...view!, ...change }),
    });
    if (choice === 0) seen[at] = { ...one, resolutionStatus: word };
    else if (choice === 1) seen[at] = { ...one, systemResolution: word };
    else if (choice === 2) seen[at] = { ...one, complete: !one.complete };
    else if (choice === 3) seen[at] = { ...one, wholeGroup: !one.wholeGroup && one.analyses.length > 0 };
    else if (choice === 4) seen.splice(draw.below(seen.length), 0, one);
    else if (choice === 5 && seen.length > 1) seen.splice(at, 1);
    else if (choice === 6) seen.push(one);
    else if (choice === 7) seen[at] = withView({ resolutionStatus: word });
    else if (choice === 8) seen[at] = withView({ state: word });
    else if (choice === 9) {
      const resolution = draw.from(alphabetOf('analyse.resolution_status'));
      seen[at] = withView({ state: stateOf(resolution), resolutionStatus: resolution });
    } else if (choice === 10) seen[at] = withView({ kind: draw.from([...documentedKinds, 'quality']) });
    else if (choice === 11) seen[at] = withView({ groupId: draw.from(['g', 'h']) });
    else if (choice === 12) seen[at] = withView({ id: draw.from(['a0', 'a1', 'b']) });
    else if (choice === 13) seen[at] = { ...one, analyses: one.analyses.toSpliced(which, 1) };
  }
  return seen;
}

/** So many random recordings, the same for the same seed: some that the filter is near to, some of any kind. */
export function random(count: number, seed: number, settings: Settings): readonly Recording[] {
  const named = ['BIOMETRY', 'QUALITY'];
  const graph = graphOf({ named, unnamed: 1, settings });
  const dice = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 120, maxLength: 120 });
  return fc.sample(dice, { numRuns: count, seed }).map((numbers, nth) => {
    const draw = new Dice(numbers);
    if (nth % 4 > 0) return plain(draw, settings);
    const seen = record(graph, settings.reading, draw, 6).map((one) => ({ ...one, ...folderOf() }));
    if (draw.below(2) === 0) tamper(seen, named, draw);
    if (draw.below(3) === 0) tamperGroups(seen, draw);
    return seen;
  });
}

const folderOf = () => ({ folder: blank.folder, folderId: blank.folderId });
