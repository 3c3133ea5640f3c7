import { wrongValue } from './given-values.ts';

/**
 * The vocabulary: seven status literals, four fields, and for each field the statuses that it may show.
 *
 * The page prints this as a table of seven rows and four columns; `statusTable` is that table. A cell with a
 * meaning permits the status in the field, an empty cell forbids it.
 */

/** The seven status literals of the API, in the order of the page's table. */
export const statuses = [
  'INITIAL',
  'PROCESSING',
  'FAILED',
  'FINISHED',
  'DECLINED',
  'OPERATOR_REQUIRED',
  'SUCCESS',
] as const;

/** One of the seven status literals. */
export type Status = (typeof statuses)[number];

/** The four fields whose statuses are specified, as the page names them. */
export const fields = [
  'analyse.state',
  'analyse.resolution_status',
  'folder.resolution_status',
  'system_resolution',
] as const;

/** The name of one of the four fields. */
export type Field = (typeof fields)[number];

/** What a status means in a field: `start` marks the status in which the field begins. */
export interface Cell {
  readonly meaning: string;
  readonly start?: true;
}

const inProgress = 'analyses are running';
const systemError = 'a system error occurred';
const furtherCheck = 'a further check is needed';
const passed = 'the check was passed';
const notPassed = 'the check was not passed';

/** The page's table: field -> status -> cell; a status without a cell never appears in the field. */
export const statusTable = {
  'analyse.state': {
    PROCESSING: { meaning: 'the analysis is running', start: true },
    FAILED: { meaning: systemError },
    FINISHED: { meaning: 'the analysis ended successfully' },
  },
  'analyse.resolution_status': {
    PROCESSING: { meaning: 'no result yet', start: true },
    FAILED: { meaning: systemError },
    DECLINED: { meaning: notPassed },
    OPERATOR_REQUIRED: { meaning: furtherCheck },
    SUCCESS: { meaning: passed },
  },
  'folder.resolution_status': {
    INITIAL: { meaning: 'no analysis yet', start: true },
    PROCESSING: { meaning: inProgress },
    FAILED: { meaning: systemError },
    FINISHED: { meaning: 'the work ended successfully' },
  },
  system_resolution: {
    INITIAL: { meaning: 'no analysis yet', start: true },
    PROCESSING: { meaning: inProgress },
    FAILED: { meaning: systemError },
    DECLINED: { meaning: notPassed },
    OPERATOR_REQUIRED: { meaning: furtherCheck },
    SUCCESS: { meaning: passed },
  },
} as const satisfies Record<Field, Partial<Record<Status, Cell>>>;

/** A status that the field `F` may show. */
export type StatusOf<F extends Field> = keyof (typeof statusTable)[F] & Status;

/** Statuses of `analyse.state`. */
export type AnalysisState = StatusOf<'analyse.state'>;
/** Statuses of `analyse.resolution_status`: the resolution of one analysis. */
export type Resolution = StatusOf<'analyse.resolution_status'>;
/** Statuses of `folder.resolution_status`: the stage of a folder. */
export type FolderStatus = StatusOf<'folder.resolution_status'>;
/** Statuses of `system_resolution`: the result of a folder. */
export type SystemResolution = StatusOf<'system_resolution'>;
/** A result that only a finished analysis has. */
export type Result = Exclude<Resolution, AnalysisState>;

function expectField(field: Field): void {
  if (fields.includes(field)) return;
  throw new TypeError(wrongValue('field', fields.join(' or '), field));
}

/** The meaning of `status` in `field`, or undefined where the page forbids it; throws a TypeError for a wrong field. */
export function cellOf(field: Field, status: Status): Cell | undefined {
  expectField(field);
  return (statusTable[field] as Partial<Record<Status, Cell>>)[status];
}

const alphabets = new Map(
  fields.map((field) => [field, statuses.filter((status) => cellOf(field, status) !== undefined)]),
);

/** The statuses that `field` may show, in the order of the table; throws a TypeError for a wrong field. */
export function alphabetOf<F extends Field>(field: F): readonly StatusOf<F>[] {
  expectField(field);
  return alphabets.get(field) as unknown as readonly StatusOf<F>[];
}

/** The statuses in which `field` may begin: exactly one in every column of the page. */
export function startOf<F extends Field>(field: F): StatusOf<F> {
  return alphabetOf(field).find((status) => cellOf(field, status)?.start) as StatusOf<F>;
}

/** Whether an arbitrary value is a status that `field` may show. */
export function isStatusOf<F extends Field>(field: F, value: unknown): value is StatusOf<F> {
  return (alphabetOf(field) as readonly unknown[]).includes(value);
}

/** The three results of a finished analysis, in the order of the table. */
export const results = /* @__PURE__ */ alphabetOf('analyse.resolution_status').filter(
  (status) => cellOf('analyse.state', status) === undefined,
) as readonly Result[];

/** A bound on the microsteps of one event: no machine passes through more states than there are statuses. */
export const maxMicrosteps = statuses.length;
