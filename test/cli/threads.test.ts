import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, symlinkSync, truncateSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { builtPackage, program, runNode } from './built.ts';
import { directoryWith, runHere } from './fake-terminal.ts';
import { bad, folderLine, good, life, unfinished } from './sample-lines.ts';

/** A line that takes `length` bytes more than it says anything with. */
const padded = (folder: string, length: number): string =>
  folderLine(folder, 'PROCESSING', 'PROCESSING').replace('{', `{"note":"${'x'.repeat(length)}",`);

/**
 * A directory with a file `large` that is large enough for threads: lines as `between` gives them, one longer than what
 * is read at a time, and one that fills the file with zeros, which take no room on a disk.
 */
function directoryWithLarge(folders: number, between: (at: number) => string): string {
  const filling = Array.from(
    { length: folders },
    (_, at) => `${padded(`filled-${at}`, 3000)}\n${between(at)}`,
  );
  const begin = `${good}${filling.join('')}${padded('very long', 3 << 20)}\r\n`;
  const cwd = directoryWith({ large: begin });
  truncateSync(join(cwd, 'large'), 300_000_000);
  appendFileSync(join(cwd, 'large'), `\n${filling.slice(0, 1000).join('')}${unfinished}${bad.trimEnd()}`);
  return cwd;
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
  runNode([program(), 'check', ...options, file], { cwd });

describe('a large file', () => {
  test('is judged alike by one thread and by several, to the byte', async () => {
    const cwd = directoryWithLarge(2500, everyKind);
    const read = (threads: number) => check('large', cwd, '--format', 'json', '--threads', `${threads}`);
    const [one, ...several] = [await read(1), await read(2), await read(4)];
    expect([one.code, one.stderr]).toEqual([1, '']);
    expect(JSON.parse(one.stdout)).toMatchObject({ summary: { violates: 23, unreadable: 15 } });
    for (const other of several) expect(other).toEqual(one);
  });

  test('is judged by the others where a thread fails, which is told', async () => {
    const cwd = directoryWithLarge(2500, everyKind);
    const whole = await check('large', cwd, '--quiet');
    const place = directoryWith({});
    const from = builtPackage();
    cpSync(from, place, {
      recursive: true,
      filter: (path) => !/scan-worker|node_modules|docs/.test(relative(from, path)),
    });
    for (const name of ['docs', 'node_modules']) symlinkSync(join(from, name), join(place, name));
    const main = join(place, relative(from, program()));
    const args = ['check', '--quiet', '--threads', '2', 'large'];
    const { stderr, ...rest } = await runNode([main, ...args], { cwd });
    expect(rest).toEqual({ code: whole.code, signal: null, stdout: whole.stdout });
    expect(stderr).toMatch(/^oz-status: a thread has failed, the others read on: .*Cannot find module.*\n$/);
  });

  test('is told of as far as it was read when the check is interrupted', async () => {
    const cwd = directoryWithLarge(5000, (at) => bad.replaceAll('bad', `bad-${at}`));
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
    expect([summary.partial, summary.violates > 0, summary.violates < 5000]).toEqual(['SIGINT', true, true]);
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
