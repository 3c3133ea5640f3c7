import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { builtPackage, program, runNode } from './built.ts';
import { directoryWith, runHere } from './fake-terminal.ts';
import { bad, folderLine, good, life, unfinished } from './sample-lines.ts';

/** A line that takes `length` bytes more than it says anything with. */
const padded = (folder: string, length: number): string =>
  folderLine(folder, 'PROCESSING', 'PROCESSING').replace('{', `{"note":"${'x'.repeat(length)}",`);

/** A file that is large enough for threads: lines of every kind, some of them longer than what is read at a time. */
function largeFile(folders: number, between: (at: number) => string): string {
  const filling = Array.from(
    { length: folders },
    (_, at) => `${padded(`filled-${at}`, 8000)}\n${between(at)}`,
  );
  return `${good}${filling.join('')}${padded('very long', 3 << 20)}\r\n${padded('too long', 17 << 20)}\n${unfinished}${bad.trimEnd()}`;
}

const kinds: readonly ((at: number) => string)[] = [
  (at) => `${life(`folder-${at}`, 'SUCCESS').join('\r\n')}\r\n`,
  (at) => bad.replaceAll('bad', `bad-${at}`),
  (at) => `{"folder_id":"broken-${at}",\n\n`,
  (at) => good.replaceAll('good', String.raw`escaped-\u0041-${at}`),
  (at) => good.replaceAll('good', `ф-${at}`),
];
const everyKind = (at: number): string => (at % 50 === 0 ? kinds[(at / 50) % kinds.length]!(at) : '');

const check = (file: string, cwd: string, ...options: readonly string[]) =>
  runNode([program(), 'check', '--all', '--format', 'json', ...options, file], { cwd });

describe('a large file', () => {
  test('is judged alike by one thread and by several, to the byte', async () => {
    const cwd = directoryWith({ large: largeFile(6000, everyKind) });
    const [one, ...several] = [
      await check('large', cwd, '--threads', '1'),
      await check('large', cwd, '--threads', '2'),
      await check('large', cwd, '--threads', '3'),
      await check('large', cwd, '--threads', '4'),
    ];
    expect([one.code, one.stderr]).toEqual([1, '']);
    expect(JSON.parse(one.stdout)).toMatchObject({ summary: { violates: 25, unreadable: 22 } });
    for (const other of several) expect(other).toEqual(one);
  });

  test('is judged by the others where a thread fails, which is told', async () => {
    const cwd = directoryWith({ large: largeFile(6000, everyKind) });
    const whole = await check('large', cwd);
    const place = directoryWith({});
    const from = builtPackage();
    cpSync(from, place, {
      recursive: true,
      filter: (path) => !/scan-worker|node_modules|docs/.test(relative(from, path)),
    });
    for (const name of ['docs', 'node_modules']) symlinkSync(join(from, name), join(place, name));
    const main = join(place, relative(from, program()));
    const args = ['check', '--all', '--format', 'json', '--threads', '2', 'large'];
    const { stderr, ...rest } = await runNode([main, ...args], { cwd });
    expect(rest).toEqual({ code: whole.code, signal: null, stdout: whole.stdout });
    expect(stderr).toMatch(/^oz-status: a thread has failed, the others read on: .*Cannot find module.*\n$/);
  });

  test('is told of as far as it was read when the check is interrupted', async () => {
    const cwd = directoryWith({ large: largeFile(6000, (at) => bad.replaceAll('bad', `bad-${at}`)) });
    const args = ['check', '--format', 'ndjson', '--threads', '2', 'large'];
    const child = spawn(process.execPath, [program(), ...args], { cwd });
    onTestFinished(() => void child.kill('SIGKILL'));
    let seen = '';
    // More is found than a pipe holds: as long as nobody reads on, the check cannot end by itself.
    child.stdout.once('data', (text: Buffer) => {
      seen += text.toString();
      child.stdout.pause();
      child.kill('SIGINT');
      child.stdout.on('data', (more: Buffer) => (seen += more.toString()));
      child.stdout.resume();
    });
    const [code] = (await once(child, 'close')) as [number | null];
    const last = seen.trimEnd().split('\n').at(-1)!;
    expect(code).toBe(130);
    const summary = JSON.parse(last) as { readonly partial: string; readonly violates: number };
    expect([summary.partial, summary.violates > 0, summary.violates < 6000]).toEqual(['SIGINT', true, true]);
  });
});

test.each(['0', '9', '2.5', 'many', '-1'])(
  'a number of threads that cannot be is refused: %s',
  async (given) => {
    const { code, stderr } = await runHere(['check', `--threads=${given}`, 'file']);
    expect(code).toBe(2);
    expect(stderr).toContain('--threads: expected auto or 1 or 2');
    expect(stderr).toContain(`received "${given}"`);
  },
);
