import type { CheckedRow } from '../../src/build/generate/index.ts';

/** One cell of a table of the cross-check: what one engine said of one subject. */
export interface Outcome {
  readonly section: string;
  readonly subject: string;
  readonly engine: string;
  readonly result: CheckedRow['result'];
  /** What stands in the cell where it passed. */
  readonly says: string;
  /** Where it failed: expected, received; where it was given up, why. */
  readonly detail?: string;
}

const cell = ({ result, says }: Outcome): string =>
  result === 'passed' ? says : result === 'failed' ? 'DISAGREES' : 'NOT RUN';

/** The outcomes as one table for each section: a subject in a row, an engine in a column. */
export function tablesOf(outcomes: readonly Outcome[]): string {
  const sections = [...new Set(outcomes.map(({ section }) => section))];
  return sections
    .map((section) => {
      const inside = outcomes.filter((one) => one.section === section);
      const columns = [...new Set(inside.map(({ engine }) => engine))];
      const subjects = [...new Set(inside.map(({ subject }) => subject))];
      const rows = subjects.map((subject) => [
        subject,
        ...columns.map((engine) => {
          const one = inside.find((each) => each.subject === subject && each.engine === engine);
          return one ? cell(one) : '-';
        }),
      ]);
      return `${section}\n${aligned([['', ...columns], ...rows])}\n`;
    })
    .join('\n');
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) => `  ${row.map((text, at) => text.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}

/** What there is to tell of the outcomes with this result, one paragraph for each. */
export function tellingOf(outcomes: readonly Outcome[], wanted: Outcome['result']): readonly string[] {
  return outcomes.flatMap(({ section, subject, engine, result, detail }) =>
    result === wanted && detail !== undefined ? [`${section}, ${subject}, ${engine}: ${detail}`] : [],
  );
}
