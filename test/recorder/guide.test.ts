import { expect, test } from 'vitest';
import { program, runNode } from '../cli/built.ts';
import { blocksOf } from '../docs/blocks.ts';

const blocks = blocksOf('docs/guide/recordings.md', 'ndjson');

test.each([
  ['an access log', 0, 3, 'there was nothing to judge'],
  ['lines of your own', 1, 0, '1 folder, 2 observations'],
  ['a log with a line for a request and another for its answer', 2, 0, '1 folder, 1 observation'],
])('the sample of %s in the guide is judged as the guide says', async (_what, at, exitCode, said) => {
  const { code, stdout } = await runNode([program(), 'check', '-'], { input: blocks[at]?.text ?? '' });
  expect(stdout).toContain(said);
  expect(code).toBe(exitCode);
});

test('no sample of lines in the guide goes untested', () => {
  expect(blocks).toHaveLength(3);
});
