/**
 * What the page prints, as literals that owe nothing to `machines/`. A test that compares the specification with
 * these can fail; one that reads the specification on both sides cannot.
 */

/** The table, row by row: status, then whether each of the four columns has a meaning for it. */
export const printedTable = `
                    analyse.state  analyse.resolution_status  folder.resolution_status  system_resolution
INITIAL             -              -                          start                     start
PROCESSING          start          start                      yes                       yes
FAILED              yes            yes                        yes                       yes
FINISHED            yes            -                          yes                       -
DECLINED            -              yes                        -                         yes
OPERATOR_REQUIRED   -              yes                        -                         yes
SUCCESS             -              yes                        -                         yes
`;

/** One cell of the printed table. */
export interface PrintedCell {
  readonly field: string;
  readonly status: string;
  readonly legal: boolean;
  readonly start: boolean;
  /** The stable id of the clause for this cell, spelt out here once more. */
  readonly clause: string;
}

const prefixes: Readonly<Record<string, string>> = {
  'analyse.state': 'STATE',
  'analyse.resolution_status': 'RESULT',
  'folder.resolution_status': 'FOLDER',
  system_resolution: 'SYSTEM',
};

/** The 28 cells of the table, column by column. */
export const printedCells: readonly PrintedCell[] = (() => {
  const [head = [], ...rows] = printedTable
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  return head.flatMap((field, column) =>
    rows.map((row) => ({
      field,
      status: row[0] ?? '',
      legal: row[column + 1] !== '-',
      start: row[column + 1] === 'start',
      clause: `${prefixes[field]}-${row[0]}`,
    })),
  );
})();

/** The rank of each result, 0 being the worst, as the page prints the order. */
export const printedRank: Readonly<Record<string, number>> = {
  INITIAL: 0,
  PROCESSING: 1,
  FAILED: 2,
  DECLINED: 3,
  OPERATOR_REQUIRED: 4,
  SUCCESS: 5,
};

/** The rank under the other answer to `failed-beside-declined`. */
export const otherRank: Readonly<Record<string, number>> = { ...printedRank, DECLINED: 2, FAILED: 3 };

/** The questions that the page leaves open, each with its answers, default first. */
export const printedQuestions: Readonly<Record<string, readonly string[]>> = {
  'result-scope': ['last-finished-group', 'last-applied-group', 'all-analyses'],
  'result-while-running': ['processing', 'hold'],
  'status-precedence': ['processing-first', 'failed-first'],
  'status-scope': ['all-analyses', 'last-applied-group', 'last-settled-group'],
  'failed-beside-declined': ['failed', 'declined'],
  'failed-group-finishes': ['yes', 'no', 'folder-fails'],
  'operator-decision': ['unspecified', 'allowed', 'forbidden'],
};

/** Every combination of answers, whether each question is asked under the others or not. */
export const printedReadings: readonly Readonly<Record<string, string>>[] = Object.entries(
  printedQuestions,
).reduce<Record<string, string>[]>(
  (readings, [question, answers]) =>
    readings.flatMap((reading) => answers.map((answer) => ({ ...reading, [question]: answer }))),
  [{}],
);
