import {
  cellClause,
  columnClause,
  fields,
  source,
  statuses,
  type ClauseId,
  type Status,
} from '../../../machines/index.ts';
import type { Place, Section } from './passages.ts';

/**
 * Where on the captured page each clause stands: its cells, headings and sentences in their order, none of its words,
 * each with a hash. Beside the specification, not in it: machines/ says what holds, this says where it was read.
 */

/** The captured page, and where it was. */
export const capturedPage = {
  ...source,
  address: 'https://doc.ozforensics.com/oz-knowledge/guides/developer-guide/api/oz-api/statuses-in-api',
} as const;

/** A passage of the captured page, and what stands in it. */
export interface RegisteredPassage extends Place {
  readonly hash: string;
  /** The clauses that say what the passage says, then those that were drawn from it. */
  readonly clauses: readonly ClauseId[];
  /** Why there is no clause. */
  readonly without?: string;
}

/**
 * What the page does not say in so many words, each with the clauses from which it was drawn, or which it leaves open;
 * none: no sentence comes near it.
 */
export const drawnFrom = {
  'FINISHED-WITH-ANY-RESULT': ['STATE-FINISHED', 'FOLDER-FINISHED', 'FOLDER-FINISHED-MEANS'],
  'SUCCESS-OF-EVERY-ANALYSIS': ['SYSTEM-SUCCESS-MEANS', 'GROUP-SUCCESS-MEANS'],
  'DECIDING-ANALYSES': ['FOLDER-RESULT-LAST-FINISHED', 'FOLDER-RESULT-WHEN-FINISHED'],
  'FOLDER-STAGE-OF-ANALYSES': ['FOLDER-STAGE'],
  'LIVENESS-ONLY-FOLDER': ['LIVENESS-FOLDER-NO-OPERATOR'],
  'ANALYSIS-FINAL': ['STATE-FINISHED-MEANS', 'RESULT-AFTER-FINISH'],
  'ANALYSIS-IDENTITY': [],
  'GROUP-CONSTANT': ['GROUP-IS-ONE-POST'],
  'FOLDER-NEVER-FINAL': ['FOLDER-RESULT-LAST-FINISHED'],
  'FOLDER-INITIAL-ONCE': ['FOLDER-INITIAL-MEANS'],
  'OPERATOR-DECISION': ['RESULT-OPERATOR_REQUIRED-MEANS'],
  DELETION: [],
} as const satisfies Readonly<Partial<Record<ClauseId, readonly ClauseId[]>>>;

const introduces = 'it introduces what follows';
const heading = 'a heading states nothing';

type Sentence = readonly [hash: string, ...rest: readonly (ClauseId | { readonly without: string })[]];

/** The cells of the table by row, each row in the order of the fields. */
const cells: Readonly<Record<Status, readonly string[]>> = {
  INITIAL: ['3973e022e93220f9', '3973e022e93220f9', '325441556a58f4ff', '325441556a58f4ff'],
  PROCESSING: ['325441556a58f4ff', '325441556a58f4ff', '836693a519a4aeda', '836693a519a4aeda'],
  FAILED: ['af40c2244c96416c', 'af40c2244c96416c', 'af40c2244c96416c', 'af40c2244c96416c'],
  FINISHED: ['8b73394b4fe91db3', '3973e022e93220f9', '8b73394b4fe91db3', '3973e022e93220f9'],
  DECLINED: ['3973e022e93220f9', 'a4035df2157c9edc', '3973e022e93220f9', 'a4035df2157c9edc'],
  OPERATOR_REQUIRED: ['3973e022e93220f9', '7e34c8b569d99da1', '3973e022e93220f9', '7e34c8b569d99da1'],
  SUCCESS: ['3973e022e93220f9', '174b551b6446d298', '3973e022e93220f9', '174b551b6446d298'],
};

/** The hash of a cell that holds a dash alone: the status is not in the column. */
export const emptyCell = '3973e022e93220f9';

const beforeTable: readonly Sentence[] = [
  ['55d5b3ed4e514dee', { without: heading }],
  ['e48ac7b7307099ba', { without: heading }],
];

/** By section, its heading and its sentences in their order; those below the table stand in the opening. */
const sentences: Readonly<Record<Section, readonly Sentence[]>> = {
  opening: [['7ad8e4e0d04248b7', { without: introduces }]],
  'analyse.state': [
    ['e1ce9a7bb4b2bd1b', { without: heading }],
    ['65514f02e4158849', { without: introduces }],
    ['68b714d8dcea4e38', { without: introduces }],
    ['03ffca7dd87e0f8e', 'STATE-PROCESSING-MEANS'],
    ['e052f366f660737c', 'STATE-FAILED-MEANS'],
    ['3c8d612c4d39dbe0', 'STATE-FINISHED-MEANS'],
  ],
  'analyse.resolution_status': [
    ['5109fec79183fd9c', { without: heading }],
    ['f3bcca73cd1e57e9', 'RESULT-AFTER-FINISH'],
    ['f14b75f991892874', 'RESULT-SUCCESS-MEANS'],
    ['bca215db104bdb5b', 'RESULT-OPERATOR_REQUIRED-MEANS', 'LIVENESS-NO-OPERATOR'],
    ['b8283f21fe011c62', 'OPERATOR-SETTING'],
    ['06aa5c043a29aa7d', 'RESULT-DECLINED-MEANS'],
    ['22fbfef794507255', 'RESULT-INHERITS-STATE'],
  ],
  'folder.resolution_status': [
    ['025d07d7a71bfb02', { without: heading }],
    ['2d9b3b8c7a638726', 'FOLDER-HOLDS-MEDIA'],
    ['10fa71530596654e', 'FOLDER-STAGE'],
    ['7f17bd97c044fc4e', 'FOLDER-INITIAL-MEANS'],
    ['77ea0bde74780d96', 'FOLDER-PROCESSING-MEANS'],
    ['d3007babceb2a52c', 'FOLDER-FAILED-MEANS'],
    ['dc9682b904278b4a', 'FOLDER-FINISHED-MEANS'],
  ],
  system_resolution: [
    ['eba296325ba567bc', { without: heading }],
    ['8c11c9ae6c5e0386', 'FOLDER-RESULT'],
    ['612f6ef1dfb032c0', 'FOLDER-RESULT-LAST-FINISHED'],
    ['e9c844fd0dcc42ea', 'FOLDER-RESULT-WHEN-FINISHED'],
    ['3b050d707b5b3036', 'SYSTEM-SUCCESS-MEANS'],
    ['9d11c6eac368ebb7', 'SYSTEM-OPERATOR_REQUIRED-MEANS', 'LIVENESS-FOLDER-NO-OPERATOR'],
    ['b8b2ac62dda4ac22', 'SYSTEM-DECLINED-MEANS'],
    ['27fb44ed1331de01', 'GROUP-IS-ONE-POST'],
    ['2c9c3aa476b66bf7', 'GROUP-RESULT-WORST', 'WORST-ORDER', 'GROUP-SUCCESS-MEANS'],
  ],
};

const drawn = Object.entries(drawnFrom) as readonly (readonly [ClauseId, readonly ClauseId[]])[];

/** These clauses and those that were drawn from them. */
const withDrawn = (ids: readonly ClauseId[]): readonly ClauseId[] => [
  ...ids,
  ...drawn.filter(([, from]) => from.some((id) => ids.includes(id))).map(([id]) => id),
];

const leadOf = (ids: readonly ClauseId[]): { leads?: Status } => {
  const leads = statuses.find((status) => ids[0]?.endsWith(`-${status}-MEANS`));
  return leads === undefined || ids[0] === 'GROUP-SUCCESS-MEANS' ? {} : { leads };
};

function registered(section: Section, order: number, [hash, ...rest]: Sentence): RegisteredPassage {
  const ids = rest.filter((one) => typeof one === 'string');
  const without = rest.find((one) => typeof one !== 'string');
  const element = without?.without === heading ? 'heading' : 'sentence';
  return { section, element, order, ...leadOf(ids), hash, clauses: withDrawn(ids), ...without };
}

const table: readonly RegisteredPassage[] = statuses.flatMap((row) =>
  fields.map((column, at) => ({
    section: 'opening' as const,
    element: 'cell' as const,
    order: 0,
    row,
    column,
    hash: cells[row][at]!,
    clauses: withDrawn([cellClause(column, row)]),
  })),
);

/** Every passage of the captured page in its order. */
export const registeredPassages: readonly RegisteredPassage[] = [
  ...beforeTable.map((one, at) => registered('opening', at + 1, one)),
  ...table,
  ...(['opening', ...fields] as const).flatMap((section) =>
    sentences[section].map((one, at) =>
      registered(section, at + 1 + (section === 'opening' ? beforeTable.length : 0), one),
    ),
  ),
];

/** Whether a clause is about a column of the table as a whole. */
export const isColumn = (id: string): boolean => fields.some((field) => columnClause(field) === id);

/** The passages on which a clause stands or from which it was drawn; those of a column are its cells. */
export function standingOf<P extends Place & Pick<RegisteredPassage, 'clauses'>>(
  id: ClauseId,
  passages: readonly P[],
): readonly P[] {
  const column = fields.find((field) => columnClause(field) === id);
  return passages.filter((passage) =>
    column === undefined ? passage.clauses.includes(id) : passage.column === column,
  );
}

/** A place in words. */
export function placeText({ section, element, order, row, column }: Place): string {
  if (row !== undefined && column !== undefined) return `table, ${row}, ${column}`;
  const where = section === 'opening' ? 'opening' : `section on ${section}`;
  return order === 0 ? where : `${where}, ${element} ${order}`;
}
