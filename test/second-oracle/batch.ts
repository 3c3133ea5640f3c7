import { compare, type Difference } from './compare.ts';
import { compareInference } from './infer.ts';
import { generate, type Feature, type Sample } from './recordings/generate.ts';

/** What is to be compared: the recordings of a seed from one number up to, and without, another. */
export interface Asked {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** How many steps of the search the oracle may take for one prefix of a recording. */
  readonly work: number;
  readonly without: readonly Feature[];
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

/** Of so many recordings one is given to an inference, which takes many times as long as a check. */
export const ofInferences = 20;

/** Where the two sides stand to each other on a recording: on each folder, and of some also on each of some readings. */
export function differencesOf(
  sample: Sample,
  seed: number,
  number: number,
  work: number,
): readonly Difference[] {
  const inferred = number % ofInferences === 0 ? compareInference(sample, seedOf(seed, number), work) : [];
  return [...compare(sample, work), ...inferred];
}

/** Compares a batch of recordings. */
export function compareBatch({ seed, from, to, work, without }: Asked): Compared {
  const left = new Set(without);
  const [counts, holds]: Record<string, number>[] = [{}, {}];
  const count = (of: Record<string, number>, key: string) => void (of[key] = (of[key] ?? 0) + 1);
  const disagreements: Disagreement[] = [];
  for (let number = from; number < to; number += 1) {
    const sample = generate(seedOf(seed, number), left);
    for (const feature of sample.holds) count(holds!, feature);
    for (const difference of differencesOf(sample, seed, number, work)) {
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
