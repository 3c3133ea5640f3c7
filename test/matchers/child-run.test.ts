import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtPackage, repository, runNode } from '../cli/built.ts';
import { complaints } from '../cli/complaints.ts';
import { blocksOf } from '../docs/blocks.ts';

/** Runs a file of tests with vitest as a user of the package would, in a process of its own. */
async function runTests(text: string) {
  const directory = mkdtempSync(join(builtPackage(), 'tests-'));
  try {
    writeFileSync(join(directory, 'vitest.config.js'), 'export default {};');
    writeFileSync(join(directory, 'status.test.ts'), text);
    const vitest = join(repository, 'node_modules/vitest/vitest.mjs');
    const options = ['run', '--root', directory, '--reporter', 'default', '--no-color'];
    return await runNode([vitest, ...options], { cwd: directory });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const head = `
import { expect, test } from 'vitest';
import { toConformToOzStatuses } from 'oz-status-spec/matchers/vitest';
expect.extend({ toConformToOzStatuses });
`;

test('a failing expectation in a run of vitest shows the findings', async () => {
  const { code, stdout, stderr } = await runTests(`${head}
    const answers = [
      { analyse_id: 'a', state: 'FINISHED', resolution_status: 'DECLINED' },
      { analyse_id: 'a', state: 'FINISHED', resolution_status: 'SUCCESS' },
    ];
    test('fails', () => expect(answers).toConformToOzStatuses());
    test('passes', () => expect(answers).not.toConformToOzStatuses());
    test('is asked wrongly', () => expect(5).toConformToOzStatuses());
  `);
  expect(code).toBe(1);
  expect(stdout).toMatch(/Tests {2}2 failed \| 1 passed/);
  const message = `Error: expect(recording).toConformToOzStatuses()

Expected a recording that conforms to the statuses of the Oz API, received one that does not:

analysis a, whose folder is not named: violates (2 observations)

  violation SETTLED_ANALYSIS_CHANGED
    analysis a had settled as DECLINED and now shows SUCCESS
    where     received:2 /resolution_status
    observed  SUCCESS
    allowed   DECLINED
`;
  expect(stderr).toContain(message);
  expect(stderr).toContain(
    'TypeError: toConformToOzStatuses\n  expected a recording (its text; or a list of its lines',
  );
});

const inGuide = blocksOf('docs/guide/recordings.md', 'ts').filter(({ text }) => text.includes("'vitest'"));

test('the example of the guide passes in a run of vitest', async () => {
  expect(inGuide).toHaveLength(1);
  const { code, stdout, stderr } = await runTests(inGuide[0]?.text ?? '');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/Tests {2}1 passed/);
});

test('the types of vitest, of the globals of jest and of its package expect know the matcher and its options', async () => {
  const runners = [
    `import { expect } from 'vitest'; import 'oz-status-spec/matchers/vitest';`,
    `/// <reference types="jest" />\nimport 'oz-status-spec/matchers/jest';`,
    `import { expect } from 'expect'; import 'oz-status-spec/matchers/jest';`,
  ];
  const use = `
    expect('').toConformToOzStatuses();
    expect('').not.toConformToOzStatuses({ strict: true, readings: [{ 'result-while-running': 'hold' }] });
    expect({}).toEqual({ a: expect.toConformToOzStatuses(), b: expect.not.toConformToOzStatuses() });
    expect('').toConformToOzStatuses({ readings: [{ 'result-while-running': 'held' }] });
  `;
  const wrong = [expect.stringContaining(`Type '"held"' is not assignable to type`)];
  expect(await complaints(runners.map((imports) => imports + use))).toEqual([wrong, wrong, wrong]);
});

test('the types of a runner do not know the matcher unless it is imported', async () => {
  const use = `expect('').toConformToOzStatuses();`;
  const unknown = [expect.stringContaining('toConformToOzStatuses')];
  expect(await complaints([`import { expect } from 'vitest'; ${use}`])).toEqual([unknown]);
});

test('nothing of a test runner is loaded by the entries for them', () => {
  for (const name of ['vitest', 'jest']) {
    const built = readFileSync(join(builtPackage(), `dist/src/matchers/${name}.js`), 'utf8');
    expect(built.match(/(?<=\b(?:from|import)\b\s*["'])[^"']+/g)).toEqual(['./index.js']);
  }
});
