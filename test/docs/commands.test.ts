import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { configProblems } from '../../src/cli/check/config.ts';
import { parseCall } from '../../src/cli/frame/options.ts';
import { program, repository, runNode } from '../cli/built.ts';
import { blocksOf, pages, type Block } from './blocks.ts';

const nameOf = ({ file, line }: Block) => `${file}:${line}`;
const named = (blocks: readonly Block[]) => blocks.map((block) => [nameOf(block), block] as const);

/** The lines that stand for left out ones. */
const leftOut = '…';

/** The arguments of `oz-status` for a command as the documentation shows it. */
function argumentsOf(command: string): string[] {
  if (/^npm start( --silent)?$/.test(command)) return ['examples'];
  const [npx, name, ...args] = command.split(' ');
  expect([npx, name]).toEqual(['npx', 'oz-status']);
  return args;
}

/** Whether `output` is `shown`, but for what stands in the place of the lines left out. */
function isShown(output: string, shown: string): boolean {
  const parts = shown.split(`${leftOut}\n`);
  let at = 0;
  for (const [number, part] of parts.entries()) {
    const found = output.indexOf(part, at);
    if (found < 0 || (number === 0 && found > 0)) return false;
    at = found + part.length;
  }
  return at === output.length || shown.endsWith(`${leftOut}\n`);
}

const consoles = pages.flatMap((page) => blocksOf(page, 'console'));

describe('commands in the documentation', () => {
  test.each(named(consoles))('print what is shown: %s', async (_name, { text }) => {
    for (const part of text.split(/^\$ /m).filter((one) => one !== '')) {
      const end = part.indexOf('\n');
      const { stdout, stderr } = await runNode([program(), ...argumentsOf(part.slice(0, end))]);
      expect(stderr).toBe('');
      const shown = part.slice(end + 1);
      // Compared whole where it differs, so that the failure shows how.
      if (!isShown(stdout, shown)) expect(stdout).toBe(shown);
    }
  });

  test('are shown with their output somewhere', () => {
    expect(consoles.length).toBeGreaterThan(0);
  });

  test('use options that exist', () => {
    const shells = pages.flatMap((page) => blocksOf(page, 'sh'));
    const calls = shells.flatMap(({ text }) => text.match(/(?<=npx oz-status ).*/g) ?? []);
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) {
      const [name = '', ...args] = call.split(' ');
      expect(parseCall(args, commands[name]?.options ?? {}).problems ?? []).toEqual([]);
    }
  });
});

const guides = pages.filter((page) => page === 'README.md' || page.startsWith('docs/guide/'));

test.each(named(guides.flatMap((page) => blocksOf(page, 'json'))))(
  'is a legal config file: %s',
  (_name, { text }) => {
    expect(configProblems(JSON.parse(text))).toEqual([]);
  },
);

test.each(pages)('every link of %s leads somewhere', (page) => {
  const text = readFileSync(join(repository, page), 'utf8');
  const links = [...text.matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map(([, target = '']) => target);
  const broken = links
    .filter((target) => !/^https?:/.test(target))
    .filter((target) => !existsSync(join(repository, dirname(page), target)));
  expect(broken).toEqual([]);
});
