import { allReadings, questionNames, type Reading, type Settings } from '../../machines/readings.ts';
import { createInferrer } from '../../src/conformance/inference/infer.ts';
import { RecordingReader } from '../../src/recordings/reader/reader.ts';
import type { Difference } from './compare.ts';
import { judgeLines, traitsOf, type Judgement } from './judge.ts';
import type { Sample } from './recordings/generate.ts';
import { Random } from './recordings/random.ts';
import { sameId } from './recordings/recording.ts';

/** What an inference says of a recording. */
export interface Inferred {
  /** Whether the reading is left. */
  leaves(reading: Reading): boolean;
  /** The folders that break what all readings have in common, and those whose search met a limit. */
  readonly leftOut: ReadonlySet<string>;
  readonly limited: ReadonlySet<string>;
}

/** Infers from the lines of a recording: which readings are left. */
export type Infer = (sample: Sample) => Inferred;

/** Analyses that are in no folder have no name. */
const nameOf = (folderId: string | null): string => (folderId === null ? '?' : sameId(folderId));

const keyOf = (reading: Reading): string => questionNames.map((question) => reading[question]).join();

/** The project's reader and inference, from the bytes of the recording on. */
export const infer: Infer = ({ lines, settings: { operatorRequired }, groups }) => {
  const inferrer = createInferrer({ operatorRequired, groups });
  const reader = new RecordingReader(
    { file: 'recording' },
    { observe: (observation) => inferrer.observe(observation), find: () => undefined },
  );
  reader.push(new TextEncoder().encode(lines.join('\n')));
  reader.end();
  const { readings, leftOut, limited } = inferrer.finish();
  const left = new Set(readings.map(keyOf));
  return {
    leaves: (reading) => left.has(keyOf(reading)),
    leftOut: new Set(leftOut.map(({ folderId }) => nameOf(folderId))),
    limited: new Set(limited.map(nameOf)),
  };
};

/** Of so many readings it is asked whether they are left, beside that of the sample. */
const asked = 3;

const every = allReadings();

/**
 * Compares which of some readings an inference leaves with what the oracle says of the recording by each: a difference
 * for each of them, in place of a folder.
 */
export function compareInference(
  sample: Sample,
  seed: number,
  work: number,
  inferring: Infer = infer,
): readonly Difference[] {
  // An inference takes the fields of an answer for those of the moment of its list.
  const now = { ...sample, fields: 'current' } as const;
  const random = new Random(seed);
  const readings = [now.settings.reading, ...Array.from({ length: asked }, () => random.pick(every))];
  const inferred = inferring(now);
  // In another order of answers that overlap, analyses may be gone as well.
  const mayBeGone = traitsOf(now.lines).includes('vanishing') || now.holds.includes('overlaps');
  return readings.map((reading) => {
    const settings: Settings = { ...now.settings, reading };
    const judged = judgeLines(now.lines, { ...now, settings, work });
    const verdicts = byFolder(judged, inferred.leftOut);
    const kind = `inference: ${kindOf(inferred, inferred.leaves(reading), verdicts, mayBeGone)}`;
    const verdict = verdicts.left.find((one) => one !== 'conforms') ?? 'conforms';
    return { folder: keyOf(reading), kind, said: undefined, oracle: { verdict } };
  });
}

type Verdicts = readonly Judgement['verdict'][];

/** What the oracle says of folders that say something of the readings, and of those that are left out. */
interface ByFolder {
  readonly left: Verdicts;
  readonly out: Verdicts;
}

function byFolder(oracle: ReadonlyMap<string, Judgement>, leftOut: ReadonlySet<string>): ByFolder {
  const isOut = (key: string) =>
    leftOut.has(key.startsWith('?') ? nameOf(null) : key.replace(/^callback:/, ''));
  const of = (out: boolean) =>
    [...oracle].flatMap(([key, { verdict }]) => (isOut(key) === out ? [verdict] : []));
  return { left: of(false), out: of(true) };
}

function kindOf(inferred: Inferred, isLeft: boolean, { left, out }: ByFolder, mayBeGone: boolean): string {
  if (out.length > 0 && out.every((verdict) => verdict === 'conforms')) return 'left out, oracle conforms';
  // That an operator has decided speaks against a reading that is silent; that something was deleted against none.
  const speaks = mayBeGone ? ['violates'] : ['violates', 'unspecified'];
  if (left.some((verdict) => speaks.includes(verdict))) {
    if (!isLeft) return 'agree';
    return inferred.limited.size > 0 ? 'inconclusive' : 'left, oracle violates';
  }
  if (left.some((verdict) => verdict === 'undecided' || verdict === 'unspecified')) return 'undecided';
  return isLeft ? 'agree' : 'not left, oracle conforms';
}
