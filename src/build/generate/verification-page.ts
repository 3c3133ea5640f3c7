import type { ClauseId } from '../../../machines/clauses.ts';
import { code, page, table } from '../../text/markdown.ts';

/** How a check ended. What could not be run neither passed nor failed; what was only measured had nothing to pass. */
export type CheckResult = 'passed' | 'failed' | 'not run' | 'measured';

/** One thing that a run checked. */
export interface CheckedRow {
  /** What is claimed, in words; unique in its run. */
  readonly name: string;
  /** The clauses that demand it; absent where it is about the tools. */
  readonly clauses?: readonly ClauseId[];
  /** For which sizes and readings it was checked: `unbounded`, `2 groups x 3 analyses, every reading`. */
  readonly bound: string;
  /** What checked it, with its version where that matters. */
  readonly engine: string;
  readonly result: CheckResult;
  /** What the run counted, with its unit: `649820 states, 2487599 transitions`. */
  readonly measured?: string;
}

/** What one run of a command found out about the specification: a file of `test/results/`, named after the run. */
export interface RunRecord {
  /** The name of the run: kebab-case. */
  readonly run: string;
  readonly title: string;
  /** The command that repeats the run and rewrites the record. */
  readonly command: string;
  /** What is checked and how, in a sentence or two. */
  readonly what: string;
  /** How long it took, rounded, and on what. */
  readonly took: string;
  /** The digest of the specification that was checked. */
  readonly specification: string;
  readonly rows: readonly CheckedRow[];
  /** What a reader of the rows has to know: exceptions with their reasons, limits. */
  readonly remarks?: readonly string[];
}

const checkResults = ['passed', 'failed', 'not run', 'measured'] as const satisfies readonly CheckResult[];

/** How many rows ended how, in words: `12 passed, 1 not run`. */
function tally(rows: readonly CheckedRow[]): string {
  return checkResults
    .map((result) => ({ result, count: rows.filter((row) => row.result === result).length }))
    .filter(({ count }) => count > 0)
    .map(({ result, count }) => `${count} ${result}`)
    .join(', ');
}

/**
 * docs/verification.md: what the recorded runs found out, each number from a run. `specification` is the digest of
 * the present one: a record of another one says so on the page.
 */
export function verificationPage(records: readonly RunRecord[], specification: string): string {
  const outdated = ({ specification: checked }: RunRecord) => checked !== specification;
  return page(
    '# Verification',
    'This page lists what is proved or checked beyond single examples: for which sizes, by which tool, with which result. ' +
      'Every number comes from a record in `test/results/`, written by the named run; `npm run generate` only prints the records. ' +
      '`not run` means that a tool was missing or a limit was met, and never counts as passed; `measured` means that there was nothing to pass. ' +
      '`npm test` does not depend on these runs.',
    table(
      ['Run', 'Repeat it with', 'Rows', 'Took', 'Specification'],
      records.map((record) => [
        `[${record.title}](#${record.run})`,
        code(record.command),
        tally(record.rows),
        record.took,
        outdated(record) ? 'an earlier one: repeat the run' : 'the present one',
      ]),
    ),
    ...records.flatMap(section),
  );
}

function section(record: RunRecord): string[] {
  const { run, title, what, rows, remarks = [] } = record;
  return [
    `<a id="${run}"></a>\n\n## ${title}`,
    what,
    table(
      ['What', 'Clauses', 'Bound', 'Engine', 'Result', 'Measured'],
      rows.map(({ name, clauses = [], bound, engine, result, measured = '' }) => [
        name,
        clauses.map((id) => `[${id}](clauses.md#${id.toLowerCase()})`).join(', '),
        bound,
        engine,
        result,
        measured,
      ]),
    ),
    ...(remarks.length > 0 ? [remarks.map((remark) => `- ${remark}`).join('\n')] : []),
  ];
}
