import { codesOfNoHistory, traps } from '../../simulator/index.ts';
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
  return alignedTable(head, rows);
}

/** The table of the mistakes that example clients make when they are told to, with the traps that catch each. */
export function trapsTable(caught: Readonly<Record<string, readonly string[]>>): string {
  const rows = Object.entries(caught).map(([mistake, by]) => {
    const others = traps.map(({ id }) => id).filter((id) => !by.includes(id));
    const isMost = others.length < by.length / 2;
    const list = (isMost ? others : by).map(code).join(', ');
    return [code(mistake), isMost ? `all but ${list}` : list];
  });
  return alignedTable([`Mistake`, `Caught by, of ${traps.length} traps`], rows);
}

/** The table of the codes that no illegal history gives, each with the reason. */
export function codesTable(): string {
  const byReason = new Map<string, string[]>();
  for (const [name, reason] of Object.entries(codesOfNoHistory))
    byReason.set(reason, [...(byReason.get(reason) ?? []), code(name)]);
  return alignedTable(
    ['Codes', 'Why'],
    [...byReason].map(([reason, codes]) => [codes.join(', '), reason]),
  );
}

/** A table as the formatter of the guides has it, which are written by hand but for these. */
function alignedTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]!.length)));
  const padded = (row: readonly string[]) => row.map((text, at) => text.padEnd(widths[at]!));
  const line = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return table(padded(head), rows.map(padded)).replace(/^\| -.*$/m, () => line);
}
