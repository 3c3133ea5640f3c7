import {
  answersTo,
  defaultReading,
  severityOrder,
  worst,
  type Reading,
  type SystemResolution,
} from '../../../machines/index.ts';
import { underReading } from './field-readings.ts';
import type { Expected, Vector, VectorSet } from './vector.ts';

const longest = 5;

/** Every list of `size` items in the order of `items`: each stands for all its arrangements. */
function multisets<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]];
  return items.flatMap((item, at) => multisets(items.slice(at), size - 1).map((rest) => [item, ...rest]));
}

function vectorsUnder(answer: Reading['failed-beside-declined']): readonly Vector[] {
  const reading = { ...defaultReading, 'failed-beside-declined': answer };
  // Listed from best to worst, so that an implementation that takes the first is wrong.
  const statuses = severityOrder(defaultReading).toReversed();
  return Array.from({ length: longest + 1 }, (_, size) => multisets(statuses, size))
    .flat()
    .map((list) => ({
      id: `reducer/${answer}/${list.join('+') || 'nothing'}`,
      description: list.length === 0 ? 'The worst of nothing has no value' : `The worst of ${list.length}`,
      clauses: ['GROUP-RESULT-WORST', 'WORST-ORDER'],
      ...underReading(reading),
      given: { statuses: list },
      expected: expectedOf(list, reading),
    }));
}

function expectedOf(list: readonly SystemResolution[], reading: Reading): Expected {
  const found = worst(list, reading);
  if (found !== undefined) return { verdict: 'valid', worst: found };
  return { verdict: 'invalid', reason: 'A group is never empty, and nothing is no pass.', worst: null };
}

/** The worst of every multiset of statuses that have a rank. */
export const reducerVectors = (): VectorSet => ({
  name: 'reducer',
  about: `The worst of every multiset of up to ${longest} statuses, all but FINISHED, under both orders of severity.`,
  vectors: answersTo('failed-beside-declined').flatMap(vectorsUnder),
});
