import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSpecification } from '../../../src/cli/review/specification-file.ts';
import { marksFile, noMarks } from '../../../src/review/marks.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';

const clauses = {
  'ANALYSIS-FINAL': {
    judgement: 'object',
    note: 'it is retried',
    of: { says: 'inferred: else', passages: [] },
  },
} as const;

test('review writes the report with the marks [ANALYSIS-FINAL]', async () => {
  const cwd = directoryWith({ 'marks.json': marksFile({ ...noMarks, clauses }) });
  const { code } = await runHere(['review', '--marks', 'marks.json', '--output', 'review.html'], { cwd });
  expect(code).toBe(0);
  const html = readFileSync(join(cwd, 'review.html'), 'utf8');
  expect(html).toContain('it is retried');
  expect(html).toContain('To be judged again');
});

test('review --diff prints moves, pairs and verdicts that an answer changes', async () => {
  const { code, stdout } = await runHere(['review', '--diff', 'status-precedence=failed-first']);
  expect(code).toBe(0);
  expect(stdout).toContain('- folder.resolution_status.FAILED -> folder.resolution_status.PROCESSING');
  expect(stdout).toMatch(/- failed-first\.ndjson: violates/);
  expect(stdout).toMatch(/\+ failed-first\.ndjson: conforms/);
  expect(stdout).not.toMatch(/^Clauses$/m);
});

test('review --diff prints what an answer changes where its question is asked', async () => {
  const { stdout } = await runHere(['review', '--diff', 'result-precedence=failed-first']);
  expect(stdout).toMatch(
    /^What result-precedence=failed-first changes under status-precedence=failed-first$/m,
  );
  expect(stdout).toMatch(/- failed-first\.ndjson: conforms/);
});

test.each([
  ['--marks', 'marks'],
  ['--source', 'a copy of the page'],
  ['--since', 'another version'],
])('review does not write over what %s reads', async (option, as) => {
  const given = marksFile({ ...noMarks, clauses });
  const cwd = directoryWith({ 'read.json': given });
  const refused = await runHere(['review', option, 'read.json', '--output', './read.json'], { cwd });
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain(
    `oz-status: the review cannot go to ./read.json: it is the same file as read.json, which is read as ${as}`,
  );
  expect(readFileSync(join(cwd, 'read.json'), 'utf8')).toBe(given);
});

test('review --since prints what differs from another version', async () => {
  const record = readSpecification();
  const { DELETION: _, ...others } = record.clauses;
  const cwd = directoryWith({
    'same.json': JSON.stringify(record),
    'old.json': JSON.stringify({ ...record, clauses: others }),
  });
  expect((await runHere(['review', '--since', 'same.json'], { cwd })).stdout).toContain('Nothing.');
  expect((await runHere(['review', '--since', 'old.json'], { cwd })).stdout).toContain('+ DELETION: silent');
});

test.each([
  [['--marks', 'none.json'], 'none.json: cannot be read'],
  [['--marks', 'bad.json'], 'bad.json: /format: expected "oz-status-marks"'],
  [['--source', 'bad.json'], 'bad.json: expected a copy of the page'],
  [['--since', 'bad.json'], 'bad.json: expected the docs/specification.json'],
  [['--since', 'deep.json'], 'deep.json: expected the docs/specification.json'],
  [['--diff', 'no-question=yes'], 'no-question'],
  [['--diff', 'status-precedence=failed-first', '--since', 'bad.json'], 'received both'],
  [['--diff', 'status-precedence=failed-first', '--marks', 'bad.json'], '--marks: expected without --diff'],
  [['--since', 'deep.json', '--source', 'bad.json'], '--source: expected without --diff'],
  [['--marks', ''], '--marks: expected a value'],
])('review %j is refused with the reason', async (args, says) => {
  const deep = JSON.stringify({ ...readSpecification(), clauses: { x: null } });
  const cwd = directoryWith({ 'bad.json': '{}', 'deep.json': deep });
  const { code, stderr } = await runHere(['review', ...args], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(says);
});
