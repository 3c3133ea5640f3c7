import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { repository } from '../cli/built.ts';

const read = (path: string): string => readFileSync(join(repository, path), 'utf8');
const page = read('docs/guide/package.md');

/** The names in the first column of the table below a heading, and whether something stands beside each. */
function rowsOf(heading: string): readonly (readonly [names: readonly string[], reason: string])[] {
  const [, section = ''] = page.split(`## ${heading}\n`);
  const rows = [...section.split('\n## ')[0]!.matchAll(/^\| (`.+?) +\| (.*?) *\|$/gm)];
  return rows.map(([, names = '', reason = '']) => [
    [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
    reason,
  ]);
}

const namesOf = (heading: string): readonly string[] => rowsOf(heading).flatMap(([names]) => names);

test('the guide says what each entry of the package is for', () => {
  const { name, exports } = JSON.parse(read('package.json')) as { name: string; exports: object };
  expect(namesOf('Entries').toSorted()).toEqual(
    Object.keys(exports)
      .map((entry) => name + entry.slice(1))
      .toSorted(),
  );
});

test('the guide gives the reason for each name of the main entry, which exports by name only', () => {
  const tree = ts.createSourceFile('index.ts', read('src/index.ts'), ts.ScriptTarget.Latest);
  const clauses = tree.statements.map((node) =>
    ts.isExportDeclaration(node) ? node.exportClause : undefined,
  );
  const exported = clauses.flatMap((clause) =>
    clause && ts.isNamedExports(clause) ? clause.elements.map(({ name }) => name.text) : ['*'],
  );
  expect(namesOf('The main entry').toSorted()).toEqual(exported.toSorted());
});

test('no reason is missing', () => {
  const rows = [...rowsOf('Entries'), ...rowsOf('The main entry')];
  expect(rows.filter(([, reason]) => reason.length < 10)).toEqual([]);
});
