import { generate, judgedBy, type Sample, type Wanted } from './generate.ts';
import { Random } from './random.ts';

/** Several recordings that are judged alike, as one. */
export interface Merged {
  readonly whole: Sample;
  readonly parts: readonly Part[];
}

/** One of them: its names occur in no other. */
export interface Part {
  readonly sample: Sample;
  /** The number in the whole of each of its lines, from 0. */
  readonly places: readonly number[];
}

/** The recordings with these seeds, each in its order, under names of their own. */
export function generateMerged(seeds: readonly number[], wanted: Wanted): Merged {
  const judged = judgedBy(seeds[0]!, wanted.without);
  const random = new Random(seeds[0]!);
  const samples = seeds.map((seed, at) => {
    const { lines, ...sample } = generate(seed, { ...wanted, judged });
    const places: number[] = [];
    return { sample: { ...sample, lines: lines.map((line) => underNames(line, at)) }, places };
  });
  const left = samples.filter(({ sample }) => sample.lines.length > 0);
  const lines: string[] = [];
  while (left.length > 0) {
    const at = random.below(left.length);
    const { sample, places } = left[at]!;
    lines.push(sample.lines[places.length]!);
    places.push(lines.length - 1);
    if (places.length === sample.lines.length) left.splice(at, 1);
  }
  return { whole: { lines, ...judged, holds: [] }, parts: samples };
}

const digitsOf = (at: number): string => String(at).padStart(7, '0');

/** A line of which every name has a number in it. */
function underNames(line: string, at: number): string {
  const digits = digitsOf(at);
  return line
    .replaceAll(/(?<=["/])f(?=[12][-"/?])/g, `f${digits}`)
    .replaceAll(/abcdef0(?=[12])/gi, digits)
    .replaceAll('"plugin"', `"plugin${digits}"`);
}

/** Whether a folder is of the recording with this number. */
export const isOf = (folder: string, at: number): boolean =>
  folder.startsWith(`f${digitsOf(at)}`) || folder === `plugin${digitsOf(at)}`;
