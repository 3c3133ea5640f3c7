import { alphabetOf, cellOf, fields, statuses, type Field, type Status } from './statuses.ts';

/**
 * The clause registry: every normative statement of the page under a stable id, in this project's own words, and
 * what the page only implies or leaves unsaid. States, transitions, invariants and findings name these ids.
 */

/** The captured page that is specified. */
export const source = {
  title: 'Statuses in API',
  captured: '2026-11-22',
  sha256: '600e65b678f49d9c4687d76cb95e8c769580baa754d2afbee933f01aa7a12345',
} as const;

/** `documented`: the page says it. `inferred`: it follows from what the page says. `silent`: the page is silent. */
export type Evidence = 'documented' | 'inferred' | 'silent';

/** One statement: what it says, where on the page, and with what evidence. */
export interface Clause {
  readonly text: string;
  readonly where: string;
  readonly evidence: Evidence;
}

const sections = {
  state: 'section on analyse.state',
  result: 'section on analyse.resolution_status',
  folder: 'section on folder.resolution_status',
  system: 'section on system_resolution',
  nowhere: 'not on the page',
} as const;

const says = (section: keyof typeof sections, place: string, text: string): Clause => ({
  text,
  where: `${sections[section]}, ${place}`,
  evidence: 'documented',
});
const implies = (text: string): Clause => ({ text, where: sections.nowhere, evidence: 'inferred' });
const leavesOpen = (text: string): Clause => ({ text, where: sections.nowhere, evidence: 'silent' });

const statements = {
  'STATE-PROCESSING-MEANS': says('state', 'list', 'While `analyse.state` is PROCESSING the analysis runs.'),
  'STATE-FAILED-MEANS': says('state', 'list', 'FAILED: an error kept the analysis from being finished.'),
  'STATE-FINISHED-MEANS': says('state', 'list', 'FINISHED: the analysis is done and its result can be read.'),

  'RESULT-AFTER-FINISH': says(
    'result',
    'opening',
    'A finished analysis has one of SUCCESS, OPERATOR_REQUIRED, DECLINED.',
  ),
  'RESULT-SUCCESS-MEANS': says('result', 'list', 'SUCCESS: the check was passed.'),
  'RESULT-OPERATOR_REQUIRED-MEANS': says(
    'result',
    'list',
    'OPERATOR_REQUIRED: a person should check the result as well.',
  ),
  'LIVENESS-NO-OPERATOR': says(
    'result',
    'exception in the list',
    'OPERATOR_REQUIRED is no result of a liveness analysis.',
  ),
  'OPERATOR-SETTING': says(
    'result',
    'note',
    'OPERATOR_REQUIRED occurs only where the biometry settings provide for it.',
  ),
  'RESULT-DECLINED-MEANS': says('result', 'list', 'DECLINED: the check was not passed.'),
  'RESULT-INHERITS-STATE': says(
    'result',
    'closing',
    'While an analysis is not finished, `analyse.resolution_status` equals `analyse.state`: PROCESSING or FAILED.',
  ),

  'FOLDER-HOLDS-MEDIA': says('folder', 'opening', 'A folder holds the media that are to be analysed.'),
  'FOLDER-STAGE': says(
    'folder',
    'opening',
    'While analyses are not finished, `folder.resolution_status` tells how far the work on the media has come.',
  ),
  'FOLDER-INITIAL-MEANS': says('folder', 'list', 'INITIAL: no analysis was applied.'),
  'FOLDER-PROCESSING-MEANS': says('folder', 'list', 'PROCESSING: analyses are running.'),
  'FOLDER-FAILED-MEANS': says(
    'folder',
    'list',
    'FAILED: an error kept an analysis, whichever it is, from being finished.',
  ),
  'FOLDER-FINISHED-MEANS': says(
    'folder',
    'list',
    'FINISHED: the work on the media of the folder is done, and every analysis is finished.',
  ),

  'FOLDER-RESULT': says(
    'system',
    'opening',
    '`system_resolution` sums up all analyses of the media in a folder.',
  ),
  'FOLDER-RESULT-LAST-FINISHED': says(
    'system',
    'opening',
    'The result of a folder is that of the group of analyses that finished last.',
  ),
  'FOLDER-RESULT-WHEN-FINISHED': says(
    'system',
    'opening',
    'Once all analyses are finished, the result of a folder is SUCCESS, OPERATOR_REQUIRED or DECLINED.',
  ),
  'SYSTEM-SUCCESS-MEANS': says(
    'system',
    'list',
    'SUCCESS: all went well, and every analysis was completed with success.',
  ),
  'SYSTEM-OPERATOR_REQUIRED-MEANS': says(
    'system',
    'list',
    'OPERATOR_REQUIRED: no analysis is DECLINED, and at least one is OPERATOR_REQUIRED.',
  ),
  'LIVENESS-FOLDER-NO-OPERATOR': says(
    'system',
    'exception in the list',
    'Liveness analyses are an exception to OPERATOR_REQUIRED of a folder.',
  ),
  'SYSTEM-DECLINED-MEANS': says('system', 'list', 'DECLINED: at least one analysis is DECLINED.'),
  'GROUP-IS-ONE-POST': says('system', 'note', 'The analyses sent in one POST are one group.'),
  'GROUP-RESULT-WORST': says('system', 'note', 'The result of a group is the worst among its analyses.'),
  'WORST-ORDER': says(
    'system',
    'note',
    'From worst to best: INITIAL, PROCESSING, FAILED, DECLINED, OPERATOR_REQUIRED, SUCCESS.',
  ),
  'GROUP-SUCCESS-MEANS': says(
    'system',
    'note',
    'SUCCESS of a group: every analysis in it was completed with success, and none met an error.',
  ),

  'FINISHED-WITH-ANY-RESULT': implies(
    'FINISHED is called successful where no error occurred, whatever the results: a declined analysis is FINISHED, and so is its folder.',
  ),
  'SUCCESS-OF-EVERY-ANALYSIS': implies(
    'A group or a folder is SUCCESS only if every analysis that it speaks of is SUCCESS, not just FINISHED.',
  ),
  'DECIDING-ANALYSES': implies(
    'The three results of a folder speak of the analyses that decide: by default, those of the group that finished last.',
  ),
  'FOLDER-STAGE-OF-ANALYSES': implies(
    '`folder.resolution_status` follows from the analyses of the folder alone, also when they are finished.',
  ),
  'LIVENESS-ONLY-FOLDER': implies(
    'A folder of liveness analyses only never shows OPERATOR_REQUIRED; analyses of other kinds beside them may bring it.',
  ),
  'ANALYSIS-FINAL': implies('A settled analysis stays as it is.'),
  'ANALYSIS-IDENTITY': implies('The id, the kind and the folder of an analysis never change.'),
  'GROUP-CONSTANT': implies(
    'A group is never empty, never grows, and its analyses never move to another group.',
  ),
  'FOLDER-NEVER-FINAL': implies('Another group may be posted into a folder at any time.'),
  'FOLDER-INITIAL-ONCE': implies(
    'Both fields of a folder leave INITIAL with its first group and never return.',
  ),

  'OPERATOR-DECISION': leavesOpen('Whether a person may replace OPERATOR_REQUIRED by SUCCESS or DECLINED.'),
  DELETION: leavesOpen('Whether an analysis may disappear from its folder.'),
} as const satisfies Record<string, Clause>;

const cellPrefix = {
  'analyse.state': 'STATE',
  'analyse.resolution_status': 'RESULT',
  'folder.resolution_status': 'FOLDER',
  system_resolution: 'SYSTEM',
} as const satisfies Record<Field, string>;

/** The id of the clause for one cell of the page's table. */
export type CellClauseId = `${(typeof cellPrefix)[Field]}-${Status}`;
/** The id of the clause for one column of the page's table. */
export type ColumnClauseId = `${(typeof cellPrefix)[Field]}-COLUMN`;
/** The id of a clause. */
export type ClauseId = keyof typeof statements | CellClauseId | ColumnClauseId;

/** The clause for the cell of `status` in the column of `field`. */
export function cellClause(field: Field, status: Status): CellClauseId {
  return `${cellPrefix[field]}-${status}`;
}

/** The clause for the whole column of `field`. */
export function columnClause(field: Field): ColumnClauseId {
  return `${cellPrefix[field]}-COLUMN`;
}

const columns = Object.fromEntries(
  fields.map((field) => [
    columnClause(field),
    {
      text: `\`${field}\` is one of ${alphabetOf(field).join(', ')}.`,
      where: `table, column ${field}`,
      evidence: 'documented',
    },
  ]),
) as Record<ColumnClauseId, Clause>;

function readCell(field: Field, status: Status): Clause {
  const cell = cellOf(field, status);
  // Of a status in which a field starts, the table says only that.
  const meaning = cell?.start ? '. It starts there' : `: ${cell?.meaning}`;
  return {
    text: cell ? `\`${field}\` may be ${status}${meaning}.` : `\`${field}\` is never ${status}.`,
    where: `table, column ${field}, row ${status}${cell ? '' : ' (empty)'}`,
    evidence: 'documented',
  };
}

const cells = Object.fromEntries(
  fields.flatMap((field) =>
    statuses.map((status) => [cellClause(field, status), readCell(field, status)] as const),
  ),
) as Record<CellClauseId, Clause>;

/** Every clause by its id: the cells of the table column by column, its columns, then the statements in the page's order. */
export const clauses: Readonly<Record<ClauseId, Clause>> = { ...cells, ...columns, ...statements };

/** The ids of all clauses, in the order of the registry. */
export const clauseIds = Object.keys(clauses) as ClauseId[];
