import { code, table } from '../../text/markdown.ts';

/** One mistake of clients of the API, and what keeps it from being made with this package. */
export interface ClientMistake {
  /** What was done, as it was seen in public code. */
  readonly made: string;
  /** What prevents it here. */
  readonly prevented: string;
  /** Statements of a client that make it, which the compiler refuses: each with a part of what it says. */
  readonly refused?: readonly { readonly code: string; readonly says: string }[];
  /** Answers on which the mistake lets somebody pass or gives up, and the verdict on each instead. */
  readonly answered?: readonly { readonly answer: object; readonly is: string }[];
  /** The bundled recording of a client that makes it, and the finding there, where a check can see it. */
  readonly found?: { readonly recording: string; readonly code: string };
}

/** The table of the mistakes in the guide for developers: what was made, what prevents it, and what the tests see. */
export function mistakesTable(mistakes: readonly ClientMistake[]): string {
  const seen = ({ refused = [], answered = [], found }: ClientMistake): string =>
    [
      ...(refused.length > 0
        ? [`${refused.length} compile ${refused.length === 1 ? 'error' : 'errors'}`]
        : []),
      ...new Set(answered.map(({ is }) => code(is))),
      ...(found ? [code(found.code)] : []),
    ].join(', ');
  const head = ['Mistake', 'What prevents it', 'Seen in tests'];
  const rows = mistakes.map((mistake) => [mistake.made, mistake.prevented, seen(mistake)]);
  // As the formatter of the guides has it, which is written by hand but for this table.
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]!.length)));
  const padded = (row: readonly string[]) => row.map((text, at) => text.padEnd(widths[at]!));
  return table(padded(head), rows.map(padded)).replace(
    /^\| -.*$/m,
    () => `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
  );
}
