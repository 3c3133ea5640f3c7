import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { repository, runNode } from '../cli/built.ts';
import { directoryWith } from '../cli/fake-terminal.ts';

const helper = pathToFileURL(join(import.meta.dirname, 'temporary.mjs')).href;

/** A program that has a temporary directory with a file in it, tells its name and goes on with `rest`. */
const program = (rest: string): string[] => {
  const script = `
    import { writeFileSync } from 'node:fs';
    import { temporaryDirectory } from '${helper}';
    const directory = temporaryDirectory('kept-');
    writeFileSync(directory + '/file', '');
    process.stdout.write(directory);
    ${rest}`;
  return ['--input-type=module', '--eval', script];
};

describe('a temporary directory', () => {
  test.each([
    ['its end', '', 0],
    ['a failure', 'throw new Error()', 1],
    ['an exit', 'process.exit(7)', 7],
  ])('is gone after %s of its process', async (_what, rest, expected) => {
    const { code, stdout } = await runNode(program(rest));
    expect([code, existsSync(stdout)]).toEqual([expected, false]);
    expect(stdout).toMatch(/kept-\w+$/);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('is gone after %s', async (signal, expected) => {
    const child = spawn(process.execPath, program('setInterval(() => undefined, 1000)'));
    onTestFinished(() => void child.kill('SIGKILL'));
    const [directory] = (await once(child.stdout, 'data')) as [Buffer];
    expect(existsSync(directory.toString())).toBe(true);
    child.kill(signal);
    const [code] = (await once(child, 'close')) as [number | null];
    expect([code, existsSync(directory.toString())]).toEqual([expected, false]);
  });
});

/** One file of tests, set up as those of this repository are, and a place for its temporary files. */
function testsOf(body: string) {
  const setup = join(import.meta.dirname, 'run-directory.ts');
  const root = directoryWith({
    'vitest.config.mjs': `export default { test: { globalSetup: [${JSON.stringify(setup)}] } };`,
    'some.test.mjs': `
      import { mkdtempSync, rmSync } from 'node:fs';
      import { tmpdir } from 'node:os';
      test('writes', () => { const directory = mkdtempSync(tmpdir() + '/left-'); ${body} });`,
  });
  const temporary = join(root, 'temporary');
  mkdirSync(temporary);
  const vitest = join(repository, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--globals', '--root', root, '--no-color'];
  return { args, how: { cwd: root, env: { TMPDIR: temporary } }, remains: () => readdirSync(temporary) };
}

describe('a run of the tests', () => {
  test('fails where a test leaves a temporary file, names it and removes it', async () => {
    const { args, how, remains } = testsOf('');
    const { code, stdout, stderr } = await runNode(args, how);
    expect(stdout).toContain('1 passed');
    expect(stderr).toMatch(/left temporary files behind: left-\w+\n$/);
    expect([code, remains()]).toEqual([1, []]);
  });

  test('passes where nothing is left', async () => {
    const { args, how, remains } = testsOf('rmSync(directory, { recursive: true });');
    const { code, stderr } = await runNode(args, how);
    expect([code, stderr, remains()]).toEqual([0, '', []]);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('leaves nothing after %s', async (signal) => {
    const { args, how, remains } = testsOf("console.log('begun'); return new Promise(() => undefined);");
    const child = spawn(process.execPath, args, { ...how, env: { ...process.env, ...how.env } });
    onTestFinished(() => void child.kill('SIGKILL'));
    for await (const text of child.stdout) if (String(text).includes('begun')) break;
    expect(remains()).not.toEqual([]);
    child.kill(signal);
    await once(child, 'close');
    expect(remains()).toEqual([]);
  });
});
