import {
  alphabetOf,
  cellClause,
  defaultSettings,
  fields,
  neighbouringReadings,
  project,
  stateOf,
  statuses,
  type Field,
  type Reading,
  type Resolution,
  type Status,
} from '../../../machines/index.ts';
import { underReading } from './field-readings.ts';
import { judged, type Unjudged } from './judge.ts';
import type { Vector, VectorSet } from './vector.ts';

const pairsOf = <T>(items: readonly T[]): readonly (readonly [T, T])[] =>
  items.flatMap((first) => items.map((second) => [first, second] as const));

/** The body of an answer in which one field is all that is known. */
function bodyWith(field: Field, status: Status): object {
  const [of, name] = field.includes('.') ? field.split('.') : ['folder', field];
  return of === 'analyse'
    ? { analyse_id: 'a', folder_id: 'f', type: 'BIOMETRY', [name!]: status }
    : { folder_id: 'f', [name!]: status };
}

function fieldPairs(name: string, reading: Reading): readonly Vector[] {
  const unjudged = fields.flatMap((field) =>
    pairsOf(statuses).map(([first, second]): Unjudged => ({
      id: `field-pairs/${name}/${field}/${first}/${second}`,
      description: `${field} shows ${first} and later ${second}`,
      clauses: [...new Set([cellClause(field, first), cellClause(field, second)])],
      ...underReading(reading),
      observations: [bodyWith(field, first), bodyWith(field, second)],
    })),
  );
  return judged(unjudged, { ...defaultSettings, reading });
}

/** Every two statuses of one field, one observed after the other. */
export function fieldPairVectors(): VectorSet {
  const [[, byDefault], ...others] = neighbouringReadings().map(
    ([name, reading]) => [name, fieldPairs(name, reading)] as const,
  ) as [readonly [string, readonly Vector[]], ...(readonly [string, readonly Vector[]])[]];
  const otherwise = others.flatMap(([, vectors]) =>
    vectors.filter(({ expected }, at) => expected.verdict !== byDefault[at]!.expected.verdict),
  );
  return {
    name: 'field-pairs',
    about:
      'Every ordered pair out of the seven statuses for every field, with any number of steps between; and under every other answer taken alone those pairs on which the verdict is another one.',
    vectors: [...byDefault, ...otherwise],
  };
}

const folderBody = (status: string, result: string, analyses?: readonly object[]) => ({
  folder_id: 'f',
  resolution_status: status,
  system_resolution: result,
  ...(analyses ? { analyses } : {}),
});

const allFields = alphabetOf('folder.resolution_status').flatMap((status) =>
  alphabetOf('system_resolution').map((result) => [status, result] as const),
);

const observed = (...pairs: readonly (readonly [string, string])[]): Unjudged => ({
  id: `folder-pairs/${pairs.map((pair) => pair.join('-')).join('/')}`,
  description: pairs.map((pair) => pair.join(' with ')).join(', later '),
  clauses: ['FOLDER-STAGE-OF-ANALYSES', 'FOLDER-RESULT'],
  observations: pairs.map((pair) => folderBody(...pair)),
});

/** Every pair of folder fields, and what can follow those that are possible. */
export function folderPairVectors(): VectorSet {
  const alone = judged(
    allFields.map((pair) => observed(pair)),
    defaultSettings,
  );
  const possible = allFields.filter((_, at) => alone[at]!.expected.verdict === 'valid');
  const followed = possible.flatMap((first) => allFields.map((second) => observed(first, second)));
  return {
    name: 'folder-pairs',
    about:
      'Every pair of resolution_status and system_resolution of a folder alone, and after each possible one every pair, with any number of steps between.',
    vectors: [...alone, ...judged(followed, defaultSettings)],
  };
}

const analysisBody = (resolution: Resolution, at: number) => ({
  analyse_id: `a${at + 1}`,
  group_id: 'g',
  type: 'BIOMETRY',
  state: stateOf(resolution),
  resolution_status: resolution,
});

/** What a folder of one group shows, and all that differs from it in one field. */
function around(resolutions: readonly Resolution[]): readonly (readonly [string, string])[] {
  const analyses = resolutions.map((resolution, at) => ({ id: `a${at}`, kind: 'BIOMETRY', resolution }));
  const settled = resolutions.includes('PROCESSING') ? [] : ['g'];
  const { resolution_status: stage, system_resolution: result } = project({
    groups: [{ id: 'g', analyses }],
    settled,
  });
  return allFields.filter(([one, other]) => one === stage || other === result);
}

/** Every result of a group of two with every pair of folder fields. */
export function groupResultVectors(): VectorSet {
  const resolutions = alphabetOf('analyse.resolution_status');
  const members = resolutions.flatMap((first, at) =>
    resolutions.slice(at).map((second) => [first, second] as const),
  );
  return {
    name: 'group-results',
    about:
      'One group of two analyses in every pair of resolutions, with every status of each field of its folder beside the right one of the other.',
    vectors: judged(
      members.flatMap((pair) =>
        around(pair).map(([status, result]): Unjudged => ({
          id: `group-results/${pair.join('+')}/${status}/${result}`,
          description: `A group of ${pair.join(' and ')} in a folder that shows ${status} with ${result}`,
          clauses: ['GROUP-RESULT-WORST', 'FOLDER-STAGE-OF-ANALYSES', 'FOLDER-RESULT'],
          observations: [folderBody(status, result, pair.map(analysisBody))],
        })),
      ),
      defaultSettings,
    ),
  };
}
