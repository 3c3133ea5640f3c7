import { defaultReading } from '../../../machines/index.ts';
import { analysisEventVectors, analysisFieldVectors } from './analysis-vectors.ts';
import { distinguishingVectors } from './distinguishing-vectors.ts';
import { executionVectors } from './execution-vectors.ts';
import { failedGroupVectors } from './failed-group-vectors.ts';
import { fieldPairVectors, folderPairVectors, groupResultVectors } from './folder-vectors.ts';
import { groupEventVectors } from './group-vectors.ts';
import { reducerVectors } from './reducer-vectors.ts';
import type { VectorSet } from './vector.ts';

/** The version of the shape of vectors: it grows when a reader written for the old shape would break. */
export const vectorFormatVersion = 2;

/** Every set of vectors, from the simplest on. */
export function vectorSets(): readonly VectorSet[] {
  return [
    reducerVectors(),
    analysisEventVectors(),
    analysisFieldVectors(),
    groupEventVectors(),
    fieldPairVectors(),
    groupResultVectors(),
    folderPairVectors(),
    executionVectors(),
    failedGroupVectors(),
    distinguishingVectors(),
  ];
}

/** The files of the vectors by name: each set as lines of JSON, and an index that describes them. */
export function vectorFiles(): ReadonlyMap<string, string> {
  const sets = vectorSets();
  const index = {
    formatVersion: vectorFormatVersion,
    defaultReading,
    sets: sets.map(({ name, about, vectors }) => ({ lines: fileOf(name), about, vectors: vectors.length })),
  };
  return new Map([
    ['index.json', `${JSON.stringify(index, null, 2)}\n`],
    ...sets.map(
      ({ name, vectors }) =>
        [fileOf(name), vectors.map((each) => `${JSON.stringify(each)}\n`).join('')] as const,
    ),
  ]);
}

const fileOf = (set: string): string => `${set}.jsonl`;
