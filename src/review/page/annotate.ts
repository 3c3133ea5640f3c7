import { evidenceMeans } from '../../reports/check/text.ts';
import { printable } from '../../text/escape.ts';
import { counted, labelled } from '../../text/layout.ts';
import type { ClauseRecord, Reviewed } from '../record.ts';
import type { Comparison, Line, LineChange } from './compare.ts';
import { placeText } from './register.ts';

/** A copy of the page as text, the clauses and what rests on them beside each sentence. */

/** How the change of a line is called. */
export const changeWords = {
  same: 'as captured',
  changed: 'changed',
  added: 'new',
  removed: 'gone',
} as const satisfies Record<LineChange, string>;

/** Why nothing stands beside a line. */
export function withoutText({ change, without }: Line): string {
  if (change === 'added') return 'no clause covers it: the captured page does not have it';
  return `no clause: ${without ?? 'none was read here'}`;
}

/** One sentence on what differs. */
export function comparisonText({ lines, same, isSame, touched }: Comparison): string {
  if (isSame) return `All ${counted(same, 'passage')} are as they were captured.`;
  const counts = (['changed', 'added', 'removed'] as const)
    .map((change) => [lines.filter((line) => line.change === change).length, changeWords[change]] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`);
  return `Of the passages ${same} are as captured, ${counts.join(', ')}; that touches ${counted(touched.length, 'clause')}.`;
}

/** The copy line by line; of lines that are as captured only those are told that `all` asks for. */
export function annotation(
  { lines }: Comparison,
  { clauses }: Reviewed,
  all: boolean,
  width: number,
): readonly string[] {
  return lines
    .filter(({ change }) => all || change !== 'same')
    .flatMap((line) => [
      ...labelled(0, '', `${placeText(line)}: ${changeWords[line.change]}`, width),
      ...(line.text === null ? [] : labelled(2, '', printable(line.text, 2000), width)),
      ...(line.clauses.length === 0 ? labelled(4, '', withoutText(line), width) : []),
      ...line.clauses.flatMap((id) => clauseLines(id, clauses[id], width)),
      '',
    ]);
}

/** What rests on a clause, in the words for one of each kind. */
export const supportWords = {
  states: 'state',
  transitions: 'transition',
  invariants: 'invariant',
  codes: 'finding',
  tests: 'test',
} as const satisfies Partial<Record<keyof ClauseRecord, string>>;

const kinds = Object.keys(supportWords) as (keyof typeof supportWords)[];

function clauseLines(id: string, clause: ClauseRecord | undefined, width: number): readonly string[] {
  if (!clause) return [`    ${id}`];
  return [
    ...labelled(
      4,
      '',
      `${id} (${clause.evidence}: ${evidenceMeans[clause.evidence]}). ${clause.text}`,
      width,
    ),
    ...kinds.flatMap((kind) =>
      clause[kind].flatMap((name) => labelled(6, supportWords[kind].padEnd(12), name, width)),
    ),
  ];
}
