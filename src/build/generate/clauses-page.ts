import { clauseIds, clauses, source, type ClauseId } from '../../../machines/clauses.ts';
import { evidenceMeans } from '../../reports/check/text.ts';
import { clauseUses, type ClauseUses } from './clause-uses.ts';
import { code, page, table } from '../../text/markdown.ts';
import { testedClauses, type ListedTest } from './tested-clauses.ts';

/** docs/clauses.md: every clause, where it stands on the page, what rests on it and which tests name it. */
export function clausesPage(tests: readonly ListedTest[]): string {
  const uses = clauseUses();
  const tested = testedClauses(tests);
  return page(
    '# Clauses',
    `Every statement of the page “${source.title}” (captured ${source.captured}, SHA-256 \`${source.sha256}\`) under a stable id, ` +
      'in this project’s words. States, transitions, invariants, findings and tests name these ids. Of the evidence of a clause:',
    Object.entries(evidenceMeans)
      .map(([evidence, means]) => `- ${code(evidence)}: ${means}.`)
      .join('\n'),
    table(
      ['Clause', 'Evidence', 'Place on the page', 'Used by', 'Tested in'],
      clauseIds.map((id) => [
        `[${id}](#${id.toLowerCase()})`,
        clauses[id].evidence,
        clauses[id].where,
        countUses(uses.get(id)),
        counted(tested.get(id)?.length ?? 0, 'file'),
      ]),
    ),
    ...clauseIds.map((id) => section(id, uses.get(id), tested.get(id) ?? [])),
  );
}

const counted = (count: number, thing: string) =>
  count === 0 ? '' : `${count} ${thing}${count === 1 ? '' : 's'}`;

const kinds = {
  states: 'state',
  transitions: 'transition',
  invariants: 'invariant',
  codes: 'finding code',
} as const satisfies Record<keyof ClauseUses, string>;

const kindNames = Object.keys(kinds) as (keyof ClauseUses)[];

/** How many things of each kind rest on a clause, in words. */
function countUses(uses: ClauseUses | undefined): string {
  return kindNames
    .map((kind) => counted(uses?.[kind].length ?? 0, kinds[kind]))
    .filter((text) => text !== '')
    .join(', ');
}

function section(id: ClauseId, uses: ClauseUses | undefined, files: readonly string[]): string {
  const list = (title: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`- ${title}`, ...names.map((name) => `  - ${code(name)}`)];
  return [
    `## ${id}`,
    '',
    `${clauses[id].text} _(${clauses[id].evidence}; ${clauses[id].where})_`,
    '',
    ...kindNames.flatMap((kind) => list(`${kinds[kind]}s`, uses?.[kind] ?? [])),
    ...list('tests in', files),
  ].join('\n');
}
