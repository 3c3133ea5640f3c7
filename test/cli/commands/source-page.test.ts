import { expect, test, vi } from 'vitest';
import { inventPage } from '../../review/invented-page.ts';
import { run } from '../../../src/cli/run.ts';
import { directoryWith, runHere, terminal } from '../fake-terminal.ts';

const page = await inventPage();

vi.mock(import('../../../src/cli/review/specification-file.ts'), async (original) => {
  const { readSpecification } = await original();
  return { readSpecification: () => ({ ...readSpecification(), passages: page.register }) };
});

test('source ends with 0 for the very page that is specified, whatever its line ends', async () => {
  const cwd = directoryWith({
    'page.md': page.markdown,
    'page.txt': `\uFEFF${page.markdown.replaceAll('\n', '\r\n')}\n`,
  });
  for (const file of ['page.md', 'page.txt']) {
    const { code, stdout } = await runHere(['source', file], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain(`${file} is the page that is specified.`);
    expect(stdout).toContain('https://doc.ozforensics.com/');
  }
});

test('source ends with 1 once a word differs, and names clause, state, transition and test [GROUP-IS-ONE-POST]', async () => {
  const cwd = directoryWith({
    'page.html': page.html.replace(
      'number 8 of what is said of system',
      'number 8 of whatever is said of system',
    ),
  });
  const { code, stdout } = await runHere(['source', 'page.html'], { cwd });
  expect(code).toBe(1);
  expect(stdout).toContain('section on system_resolution, sentence 8: changed');
  expect(stdout).toContain('GROUP-IS-ONE-POST (documented: the page says so).');
  expect(stdout).toContain('transition  folder, on group.posted, if the event is legal');
  expect(stdout).toMatch(/test {8}test\/\S+\.test\.ts/);
  expect(stdout).not.toContain('as captured\n');
});

test('source --annotate prints every passage with its clauses, and why one has none', async () => {
  const cwd = directoryWith({ 'page.md': page.markdown });
  const { code, stdout } = await runHere(['source', '--annotate', 'page.md'], { cwd });
  expect(code).toBe(0);
  expect(stdout.match(/: as captured$/gm)).toHaveLength(page.register.length);
  expect(stdout).toContain('WORST-ORDER (documented: the page says so).');
  expect(stdout).toContain('no clause: a heading states nothing');
});

test.each([
  ['a file that is not there', 'none.md', 'expected a readable file'],
  ['another page', 'other.md', 'expected a copy of the page'],
  ['an empty file', 'empty.md', 'expected the text of a page'],
])('source ends with 3 for %s', async (_what, file, says) => {
  const cwd = directoryWith({ 'other.md': '# Other\n\nWords.', 'empty.md': '' });
  const { code, stderr } = await runHere(['source', file], { cwd });
  expect(code).toBe(3);
  expect(stderr).toContain(says);
});

test('source keeps to the columns of a terminal, as far as words allow', async () => {
  const cwd = directoryWith({ 'page.md': page.markdown });
  const text: string[] = [];
  const io = terminal(cwd, { columns: 60, write: (content) => void text.push(String(content)) });
  expect(await run(['source', '--annotate', 'page.md'], io)).toBe(0);
  const lines = text.join('').split('\n');
  expect(lines.length).toBeGreaterThan(100);
  expect(lines.filter((line) => line.length > 60 && line.trim().split(/ +/).length > 2)).toEqual([]);
});
