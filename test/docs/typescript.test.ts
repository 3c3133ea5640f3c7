import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtPackage, runNode } from '../cli/built.ts';
import { complaints } from '../cli/complaints.ts';
import { toJavaScript } from '../cli/to-javascript.ts';
import { blocksOf, pages, type Block } from './blocks.ts';

const blocks = pages.flatMap((page) => blocksOf(page, 'ts'));
const nameOf = ({ file, line }: Block) => `${file}:${line}`;

/** Those that a test runner runs, where the matchers are tested; the others are modules that print. */
const isTest = ({ text }: Block) => text.includes("from 'vitest'");
const printing = blocks.filter((block) => !isTest(block));

/** What the comments of a block promise that it prints, line by line. */
function promised(text: string): string[] {
  return [...text.matchAll(/\/\/ → (.*)$/gm)].map(([, output = '']) => output);
}

interface Printed {
  readonly error: string | null;
  readonly lines: readonly string[];
}
let printed: Promise<Readonly<Record<string, Printed>>> | undefined;

/** Imports modules one after the other, and prints what each printed. */
const printAll = `
  const all = {};
  const write = process.stdout.write.bind(process.stdout);
  for (const [name, path] of JSON.parse(process.argv[1])) {
    let text = '';
    let error = null;
    process.stdout.write = (more) => ((text += more), true);
    await import(path).catch((thrown) => (error = String(thrown?.stack ?? thrown)));
    all[name] = { error, lines: text === '' ? [] : text.trimEnd().split('\\n') };
  }
  write(JSON.stringify(all));
`;

/** What some blocks print, each in the package as it is installed: all in one process, which loads the package once. */
async function print(all: readonly Block[]): Promise<Readonly<Record<string, Printed>>> {
  const directory = join(builtPackage(), 'blocks');
  mkdirSync(directory, { recursive: true });
  const paths = all.map((block, at) => {
    const path = join(directory, `${at}-${process.pid}.js`);
    writeFileSync(path, toJavaScript(block.text, 'block.ts'));
    return [nameOf(block), path];
  });
  const { code, stdout, stderr } = await runNode([
    // Packages of others may try what a new Node calls experimental.
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '--eval',
    printAll,
    JSON.stringify(paths),
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Readonly<Record<string, Printed>>;
}

describe('TypeScript in the documentation', () => {
  test('is there, and promises output', () => {
    expect(blocks.length).toBeGreaterThan(3);
    expect(printing.filter(({ text }) => promised(text).length === 0).map(nameOf)).toEqual([]);
  });

  test('compiles', async () => {
    const found = await complaints(blocks.map(({ text }) => text));
    const wrong = found.flatMap((said, at) => said.map((line) => `${nameOf(blocks[at]!)} ${line}`));
    expect(wrong).toEqual([]);
  });

  test.each(printing.map((block) => [nameOf(block), block] as const))(
    'prints what its comments say: %s',
    async (name, { text }) => {
      printed ??= print(printing);
      expect((await printed)[name]).toEqual({ error: null, lines: promised(text) });
    },
  );
});
