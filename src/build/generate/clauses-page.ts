import { clauseIds, clauses, type ClauseId } from '../../../machines/clauses.ts';
import { evidenceMeans } from '../../reports/check/text.ts';
import { capturedPage, type ClauseUses, type Support } from '../../review/index.ts';
import { counted } from '../../text/layout.ts';
import { code, page, table } from '../../text/markdown.ts';

/** docs/clauses.md: every clause, where it stands on the page, what rests on it and which tests name it. */
export function clausesPage(support: Readonly<Record<ClauseId, Support>>): string {
  const { title, address, captured, sha256 } = capturedPage;
  return page(
    '# Clauses',
    `Every statement of the page [${title}](${address}) (captured ${captured}, SHA-256 \`${sha256}\`) under a stable id, ` +
      'in this project’s words. States, transitions, invariants, findings and tests name these ids. ' +
      '`oz-status source FILE --annotate` shows a copy of the page with the clauses beside its sentences. Of the evidence of a clause:',
    Object.entries(evidenceMeans)
      .map(([evidence, means]) => `- ${code(evidence)}: ${means}.`)
      .join('\n'),
    table(
      ['Clause', 'Evidence', 'Place on the page', 'Used by', 'Tested in'],
      clauseIds.map((id) => [
        `[${id}](#${id.toLowerCase()})`,
        clauses[id].evidence,
        clauses[id].where,
        countUses(support[id]),
        countedOrNot(support[id].tests.length, 'file'),
      ]),
    ),
    ...clauseIds.map((id) => section(id, support[id])),
  );
}

const countedOrNot = (count: number, thing: string) => (count === 0 ? '' : counted(count, thing));

const kinds = {
  states: 'state',
  transitions: 'transition',
  invariants: 'invariant',
  codes: 'finding code',
} as const satisfies Record<keyof ClauseUses, string>;

const kindNames = Object.keys(kinds) as (keyof ClauseUses)[];

/** How many things of each kind rest on a clause, in words. */
function countUses(uses: ClauseUses): string {
  return kindNames
    .map((kind) => countedOrNot(uses[kind].length, kinds[kind]))
    .filter((text) => text !== '')
    .join(', ');
}

function section(id: ClauseId, { tests, ...uses }: Support): string {
  const list = (title: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`- ${title}`, ...names.map((name) => `  - ${code(name)}`)];
  return [
    `## ${id}`,
    '',
    `${clauses[id].text} _(${clauses[id].evidence}; ${clauses[id].where})_`,
    '',
    ...kindNames.flatMap((kind) => list(`${kinds[kind]}s`, uses[kind])),
    ...list('tests in', tests),
  ].join('\n');
}
