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
    async (_name, { text }) => {
      const directory = join(builtPackage(), 'blocks');
      mkdirSync(directory, { recursive: true });
      const path = join(directory, `${blocks.findIndex((block) => block.text === text)}-${process.pid}.js`);
      writeFileSync(path, toJavaScript(text, 'block.ts'));
      const { code, stdout, stderr } = await runNode([path]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.trimEnd().split('\n')).toEqual(promised(text));
    },
  );
});
