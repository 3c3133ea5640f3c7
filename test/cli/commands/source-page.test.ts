import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { directoryWith, runHere } from '../fake-terminal.ts';

const page = 'a page';

vi.mock(import('../../../machines/clauses.ts'), async (original) => {
  const registry = await original();
  const sha256 = createHash('sha256').update('a page').digest('hex') as typeof registry.source.sha256;
  return { ...registry, source: { ...registry.source, sha256 } };
});

test('source ends with 0 for the very page that is specified', async () => {
  const cwd = directoryWith({ 'page.md': page });
  const { code, stdout } = await runHere(['source', 'page.md'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain('page.md is the page that is specified.');
});

test('source ends with 1 once a single byte is added', async () => {
  const cwd = directoryWith({ 'page.md': `${page}\n` });
  const { code } = await runHere(['source', 'page.md'], { cwd });
  expect(code).toBe(1);
});
