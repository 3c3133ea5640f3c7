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

/** Words on which a statement of the page turns, and what one could read into it that it does not say. */
export const printedWords: Readonly<Record<string, { readonly has: RegExp; readonly lacks?: RegExp }>> = {
  'STATE-FINISHED': { has: /successful/ },
  'FOLDER-FINISHED': { has: /successful/, lacks: /every|whichever|result/ },
  'FOLDER-INITIAL': { has: /starts/, lacks: /ever|analys/ },
  'SYSTEM-INITIAL': { has: /starts/, lacks: /ever|analys/ },
  'RESULT-OPERATOR_REQUIRED': { has: /check/, lacks: /person/ },
  'SYSTEM-OPERATOR_REQUIRED': { has: /check/, lacks: /person/ },
  'SYSTEM-SUCCESS': { has: /check/, lacks: /every|counts/ },
  'STATE-FAILED-MEANS': { has: /error.*finished/, lacks: /result/ },
  'RESULT-INHERITS-STATE': { has: /not finished.*`analyse.state`/ },
  'OPERATOR-SETTING': { has: /biometry settings/, lacks: /installation/ },
  'FOLDER-HOLDS-MEDIA': { has: /media/ },
  'FOLDER-STAGE': { has: /not finished.*media/, lacks: /stage of the analyses/ },
  'FOLDER-INITIAL-MEANS': { has: /appli/, lacks: /ever|posted/ },
  'FOLDER-FINISHED-MEANS': { has: /media.*finished/, lacks: /result|good|bad/ },
  'FOLDER-RESULT': { has: /all analyses.*media/ },
  'FOLDER-RESULT-WHEN-FINISHED': { has: /all analyses/ },
  'SYSTEM-SUCCESS-MEANS': { has: /every analysis.*success/, lacks: /counts|decide|group/ },
  'LIVENESS-FOLDER-NO-OPERATOR': { has: /liveness/i, lacks: /only/ },
  'GROUP-SUCCESS-MEANS': { has: /every analysis.*success.*error/ },
};

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
  'result-while-earlier-runs': ['group-result', 'processing'],
  'status-precedence': ['processing-first', 'failed-first'],
  'status-scope': ['all-analyses', 'last-applied-group', 'last-settled-group'],
  'failed-beside-declined': ['failed', 'declined'],
  'result-precedence': ['processing-first', 'failed-first'],
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
