import { cellOf, fields, statuses, type Field, type Status } from './statuses.ts';

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
  'STATE-FAILED-MEANS': says('state', 'list', 'FAILED: an error ended the analysis before it had a result.'),
  'STATE-FINISHED-MEANS': says('state', 'list', 'FINISHED: the analysis ended and its result can be read.'),

  'RESULT-AFTER-FINISH': says(
    'result',
    'opening',
    'A finished analysis has exactly one of SUCCESS, OPERATOR_REQUIRED, DECLINED.',
  ),
  'RESULT-SUCCESS-MEANS': says('result', 'list', 'SUCCESS: the check was passed.'),
  'RESULT-OPERATOR_REQUIRED-MEANS': says(
    'result',
    'list',
    'OPERATOR_REQUIRED: a person has to check the result.',
  ),
  'LIVENESS-NO-OPERATOR': says(
    'result',
    'exception in the list',
    'Liveness never ends as OPERATOR_REQUIRED.',
  ),
  'OPERATOR-SETTING': says(
    'result',
    'note',
    'OPERATOR_REQUIRED occurs only where the biometry settings of the installation enable it.',
  ),
  'RESULT-DECLINED-MEANS': says('result', 'list', 'DECLINED: the check was not passed.'),
  'RESULT-INHERITS-STATE': says(
    'result',
    'closing',
    'While there is no result, `analyse.resolution_status` equals `analyse.state`: PROCESSING or FAILED.',
  ),

  'FOLDER-STAGE': says(
    'folder',
    'opening',
    '`folder.resolution_status` is the stage of the analyses of the folder.',
  ),
  'FOLDER-INITIAL-MEANS': says('folder', 'list', 'INITIAL: the folder has no analyses.'),
  'FOLDER-PROCESSING-MEANS': says('folder', 'list', 'PROCESSING: analyses are running.'),
  'FOLDER-FAILED-MEANS': says('folder', 'list', 'FAILED: an analysis, whichever, ended in an error.'),
  'FOLDER-FINISHED-MEANS': says(
    'folder',
    'list',
    'FINISHED: every analysis ended with a result, good or bad.',
  ),

  'FOLDER-RESULT': says(
    'system',
    'opening',
    '`system_resolution` consolidates the results of the analyses of a folder.',
  ),
  'FOLDER-RESULT-LAST-FINISHED': says(
    'system',
    'opening',
    'The result of a folder is that of the group of analyses that finished last.',
  ),
  'FOLDER-RESULT-WHEN-FINISHED': says(
    'system',
    'opening',
    'The three results are promised once all analyses are finished.',
  ),
  'SYSTEM-SUCCESS-MEANS': says('system', 'list', 'SUCCESS: every analysis that counts was passed.'),
  'SYSTEM-OPERATOR_REQUIRED-MEANS': says(
    'system',
    'list',
    'OPERATOR_REQUIRED: nothing was declined and at least one analysis needs a person.',
  ),
  'LIVENESS-FOLDER-NO-OPERATOR': says(
    'system',
    'exception in the list',
    'A folder of liveness analyses only never shows OPERATOR_REQUIRED.',
  ),
  'SYSTEM-DECLINED-MEANS': says('system', 'list', 'DECLINED: at least one analysis was declined.'),
  'GROUP-IS-ONE-POST': says('system', 'note', 'The analyses sent in one POST are one group.'),
  'GROUP-RESULT-WORST': says('system', 'note', 'The result of a group is the worst among its analyses.'),
  'WORST-ORDER': says(
    'system',
    'note',
    'From worst to best: INITIAL, PROCESSING, FAILED, DECLINED, OPERATOR_REQUIRED, SUCCESS.',
  ),
  'GROUP-SUCCESS-MEANS': says('system', 'note', 'A group is SUCCESS only if every analysis in it is.'),

  'ANALYSIS-FINAL': implies('A settled analysis stays as it is.'),
  'ANALYSIS-IDENTITY': implies('The id, the kind and the folder of an analysis never change.'),
  'GROUP-CONSTANT': implies(
    'A group is never empty, never grows, and its analyses never move to another group.',
  ),
  'FOLDER-NEVER-FINAL': implies('Another group may be posted into a folder at any time.'),
  'FOLDER-INITIAL-ONCE': implies('A folder leaves INITIAL with its first group and never returns.'),

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
/** The id of a clause. */
export type ClauseId = keyof typeof statements | CellClauseId;

/** The clause for the cell of `status` in the column of `field`. */
export function cellClause(field: Field, status: Status): CellClauseId {
  return `${cellPrefix[field]}-${status}`;
}

function readCell(field: Field, status: Status): Clause {
  const cell = cellOf(field, status);
  const start = cell?.start ? ' It starts there.' : '';
  return {
    text: cell
      ? `\`${field}\` may be ${status}: ${cell.meaning}.${start}`
      : `\`${field}\` is never ${status}.`,
    where: `table, column ${field}, row ${status}${cell ? '' : ' (empty)'}`,
    evidence: 'documented',
  };
}

const cells = Object.fromEntries(
  fields.flatMap((field) =>
    statuses.map((status) => [cellClause(field, status), readCell(field, status)] as const),
  ),
) as Record<CellClauseId, Clause>;

/** Every clause by its id: the cells of the table column by column, then the statements in the page's order. */
export const clauses: Readonly<Record<ClauseId, Clause>> = { ...cells, ...statements };

/** The ids of all clauses, in the order of the registry. */
export const clauseIds = Object.keys(clauses) as ClauseId[];
