import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { clauseIds } from '../../machines/clauses.ts';
import { generatedFiles, listTests } from '../../src/cli/generated-files.ts';
import { clauseUses, testedClauses, unknownIds, type ListedTest } from '../../src/generate/index.ts';
import { repository } from '../cli/built.ts';

let tests: readonly ListedTest[] = [];

// Listing loads every file of tests that names a clause; some explore while they are loaded.
beforeAll(async () => {
  tests = await listTests();
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

test('every generated file is up to date', async () => {
  const stale: string[] = [];
  for (const [name, content] of await generatedFiles(tests)) {
    const present = readFileSync(join(repository, name));
    if (!present.equals(Buffer.from(content))) stale.push(name);
  }
  expect(stale, 'run `npm run generate` and commit what it writes').toEqual([]);
});
