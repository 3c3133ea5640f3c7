import { check, compare, type Check, type Checked, type Difference } from './compare.ts';
import { compareInference } from './infer.ts';
import { generateMerged, isOf } from './recordings/merge.ts';
import { generate, sizes, type Feature, type Sample } from './recordings/generate.ts';

/** What is to be compared: the recordings of a seed from one number up to, and without, another. */
export interface Asked {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** How many steps of the search the oracle may take for one prefix of a recording. */
  readonly work: number;
  readonly without: readonly Feature[];
  readonly size: keyof typeof sizes;
}

/** A recording on which the two sides do not agree. */
export interface Disagreement {
  readonly number: number;
  readonly sample: Sample;
  readonly difference: Difference;
}

/** What a batch came to. */
export interface Compared {
  /** How many folders there were of each kind of outcome; of those given up, with their cause. */
  readonly counts: Readonly<Record<string, number>>;
  /** How many recordings held each feature. */
  readonly holds: Readonly<Record<string, number>>;
  readonly disagreements: readonly Disagreement[];
}

/** The kinds of outcome in which nobody is wrong. */
export const isWrong = (kind: string): boolean =>
  !/^(?:inference: )?(?:agree|inconclusive|undecided)/.test(kind);

/** The seed of one recording: others for each seed and number. */
export const seedOf = (seed: number, number: number): number => (Math.imul(seed, 0x9e3779b1) + number) | 0;

/** Which recording is compared, and how. */
type Task = Pick<Asked, 'seed' | 'work' | 'size'> & { readonly number: number };

/** Where the two sides stand to each other on a recording: on each folder, and of some also on each of some readings. */
export function differencesOf(sample: Sample, task: Task, checking?: Check): readonly Difference[] {
  const { number, seed, work, size } = task;
  const isAsked = number % sizes[size].ofInferences === 0;
  const inferred = isAsked ? compareInference(sample, seedOf(seed, number), work) : [];
  return [...compare(sample, work, checking), ...inferred];
}

/** Compares a batch of recordings. */
export function compareBatch(asked: Asked): Compared {
  const [counts, holds]: Record<string, number>[] = [{}, {}];
  const count = (of: Record<string, number>, key: string) => void (of[key] = (of[key] ?? 0) + 1);
  const disagreements: Disagreement[] = [];
  for (const { number, sample, differences } of comparisons(asked)) {
    for (const feature of sample.holds) count(holds!, feature);
    for (const difference of differences) {
      const { kind, said } = difference;
      count(
        counts!,
        kind === 'inconclusive' ? `inconclusive: ${said!.limits.join(', ') || 'no reason'}` : kind,
      );
      if (isWrong(kind)) disagreements.push({ number, sample, difference });
    }
  }
  return { counts: counts!, holds: holds!, disagreements };
}

/** Each recording of a batch with where the two sides stand to each other on it. */
function* comparisons({ from, to, without, ...asked }: Asked) {
  const wanted = { without: new Set(without), size: sizes[asked.size] };
  const { merged } = wanted.size;
  for (let first = from; first < to; first += merged) {
    const numbers = Array.from({ length: Math.min(to - first, merged) }, (_, at) => first + at);
    const seeds = numbers.map((number) => seedOf(asked.seed, number));
    if (merged === 1) {
      const sample = generate(seeds[0]!, wanted);
      yield { number: first, sample, differences: differencesOf(sample, { ...asked, number: first }) };
      continue;
    }
    const { whole, parts } = generateMerged(seeds, wanted);
    const said = check(whole);
    for (const [at, { sample, places }] of parts.entries()) {
      const number = numbers[at]!;
      const differences = differencesOf(sample, { ...asked, number }, () => ofPart(said, at, places));
      // What is in no folder has no name of its own.
      yield { number, sample, differences: differences.filter(({ folder }) => folder !== '?') };
    }
  }
}

/** What was said of the folders of one part, the lines of which stand there, as if it were alone. */
function ofPart(
  said: ReadonlyMap<string, Checked>,
  at: number,
  places: readonly number[],
): ReadonlyMap<string, Checked> {
  return new Map(
    [...said].flatMap(([name, { line, ...checked }]) =>
      isOf(name, at)
        ? [[name, { ...checked, ...(line !== undefined && { line: places.indexOf(line) }) }]]
        : [],
    ),
  );
}
