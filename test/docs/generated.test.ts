import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { clauseIds } from '../../machines/clauses.ts';
import { generatedFiles, listTests, slowFiles } from '../../src/build/generated-files.ts';
import { testedClauses, unknownIds } from '../../src/build/generate/index.ts';
import { clauseUses } from '../../src/review/index.ts';
import { repository } from '../cli/built.ts';
import { isDeep } from '../deep.ts';

const tests = listTests();
let files: ReadonlyMap<string, string>;

// Explores folders and lays out pictures of the documentation, once for all tests below.
beforeAll(async () => {
  files = new Map([...(await generatedFiles(tests)), ...(isDeep ? await slowFiles() : [])]);
}, 180_000);

describe('clauses', () => {
  test('are each used by a state, a transition, an invariant or a finding code', () => {
    const unused = [...clauseUses()].filter(([, uses]) => Object.values(uses).flat().length === 0);
    expect(unused.map(([id]) => id)).toEqual([]);
  });

  test('are each named by a test', () => {
    const tested = testedClauses(tests);
    expect(clauseIds.filter((id) => !tested.has(id))).toEqual([]);
  });

  test('are the only ids that tests name', () => {
    expect(unknownIds(tests)).toEqual([]);
    expect(unknownIds([{ name: 'a test [NO-SUCH-CLAUSE, ANALYSIS-FINAL]', file: 'a' }])).toEqual([
      'NO-SUCH-CLAUSE',
    ]);
  });
});

test('every generated file is up to date', () => {
  const stale = [...files]
    .filter(([name, content]) => !current(name)?.equals(Buffer.from(content)))
    .map(([name]) => name);
  expect(stale, 'run `npm run generate` and commit what it writes').toEqual([]);
});

test('no file lies among the generated ones that is not', () => {
  const slow = isDeep ? ['docs/diagrams'] : [];
  const places = ['docs/machines', 'docs/schemas', 'docs/examples/mitmproxy', ...slow];
  const present = places.flatMap((place) =>
    readdirSync(join(repository, place), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(repository, join(entry.parentPath, entry.name)).split(sep).join('/')),
  );
  expect(
    present.filter((name) => !files.has(name)),
    'nothing makes these any more: delete them',
  ).toEqual([]);
});

function current(name: string): Buffer | undefined {
  const path = join(repository, name);
  return existsSync(path) ? readFileSync(path) : undefined;
}
