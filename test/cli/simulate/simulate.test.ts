import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, inject, onTestFinished, test } from 'vitest';
import { lockOn } from '../../../src/cli/io/journal-lock.ts';
import { JournalProblem } from '../../../src/cli/io/journal-problem.ts';
import { Journal } from '../../../src/cli/simulate/journal.ts';
import { isDeep } from '../../deep.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';

interface Running {
  readonly url: string;
  readonly child: ChildProcess;
}

async function started(...args: readonly string[]): Promise<Running> {
  const program = join(inject('builtPackage'), 'dist/cli/main.cjs');
  const child = spawn(process.execPath, [program, 'simulate', '--quiet', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  expect(line).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+$/);
  return { url: line.slice('ready '.length), child };
}

/** Posts folders, several at a time, until the process is killed; returns the answers that arrived. */
async function postUntilKilled({ url, child }: Running, killAfter: number): Promise<readonly string[]> {
  const answered: string[] = [];
  const one = async (number: number): Promise<void> => {
    for (;;) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- one after the other, as a client does
        const response = await fetch(`${url}/s/${number}/api/folders/`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ analyses: [{ type: 'quality' }] }),
        });
        const { folder_id: id } = (await response.json()) as { readonly folder_id: string };
        answered.push(`/s/${number}/api/folders/${id}`);
        if (answered.length === killAfter) child.kill('SIGKILL');
      } catch {
        return;
      }
    }
  };
  await Promise.all([1, 2, 3].map(one));
  return answered;
}

test('loses nothing that was acknowledged, whenever it is killed', async () => {
  const journal = join(directoryWith({}), 'journal.ndjson');
  const known: string[] = [];
  const kills = isDeep ? [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144] : [7];
  for (const killAfter of kills) {
    // oxlint-disable-next-line no-await-in-loop -- each begins where the one before was killed
    known.push(...(await postUntilKilled(await started('--journal', journal), killAfter)));
  }
  const { url, child } = await started('--journal', journal);
  expect(known.length).toBeGreaterThanOrEqual(Math.max(...kills));
  const answers = await Promise.all(known.map(async (path) => (await fetch(`${url}${path}`)).status));
  expect(answers).toEqual(known.map(() => 200));
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('goes on from whole lines, and cuts off one that was not written to its end', () => {
  const line = '{"session":"/s/a","entry":{"is":"folder","at":0,"id":"f","meta":{},"media":[]}}\n';
  const path = join(directoryWith({ journal: `${line}${line.slice(0, 30)}` }), 'journal');
  const journal = new Journal(path);
  expect(journal.snapshot.sessions).toHaveLength(1);
  journal.write({ session: '/s/a', forgotten: true });
  journal.close();
  expect(readFileSync(path, 'utf8')).toBe(`${line}{"session":"/s/a","forgotten":true}\n`);
  expect(new Journal(path).snapshot.sessions).toEqual([]);
  writeFileSync(path, `${line}[]\n`);
  expect(() => new Journal(path)).toThrow(
    new JournalProblem('line 2: expected a line that simulate has written'),
  );
});

test('keeps a line wholly or not at all where the disk is full, and goes on when there is room', () => {
  const path = join(directoryWith({}), 'journal');
  let room = 100;
  const journal = new Journal(path, (file, bytes) => {
    if (room === 0) throw Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' });
    const written = writeSync(file, bytes, 0, Math.min(room, bytes.length));
    room -= written;
    return written;
  });
  const forget = (session: string) => journal.write({ session, forgotten: true });
  forget('/s/first');
  expect(() => [1, 2, 3].map((number) => forget(`/s/of-a-longer-name/${number}`))).toThrow('no space');
  room = 1000;
  forget('/s/last');
  journal.close();
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { readonly session: string }).session)).toEqual([
    '/s/first',
    '/s/of-a-longer-name/1',
    '/s/last',
  ]);
});

test('refuses a journal that another simulator uses', async () => {
  const path = join(directoryWith({}), 'journal');
  const lock = await lockOn('simulator', path);
  const { code, stderr } = await runHere(['simulate', '--journal', path]);
  lock?.close();
  expect(stderr).toContain('expected a journal of its own, but another simulator uses it');
  expect(code).toBe(2);
});

test.each([
  [['--port', '70000'], '--port: expected a number up to 65535'],
  [['--host', 'a b'], '--host: expected an address'],
  [['--allow-origin', 'localhost'], '--allow-origin: expected an origin'],
  [['--journal', ''], '--journal: expected a file'],
  [['--journal', 'one', '--record', './one'], 'the same file as one, which is read as the journal'],
  [['--max-sessions', '0'], '--max-sessions: expected a number from 1'],
  [['--reading', 'x=y'], 'x'],
  [['--journal', '/nonexistent/journal'], 'nonexistent'],
])('says what is wrong with a command: %o', async (args, message) => {
  const { code, stderr } = await runHere(['simulate', ...args]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test('ends when it is interrupted, and says what it held', async () => {
  const { code, stdout } = await runHere(['simulate'], { interruption: { signal: 'SIGINT', at: 'output' } });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+\nended: 0 sessions, 0 entries\n$/);
});

test('lists scenarios with what they teach', async () => {
  const { stdout } = await runHere(['scenarios']);
  expect(stdout).toContain('two-steps\n  Two steps, and the second hides the first\n');
  const generated = isDeep ? ['--generated'] : [];
  const { stdout: json } = await runHere(['scenarios', ...generated, '--format', 'json']);
  const { scenarios } = JSON.parse(json) as { readonly scenarios: readonly { readonly is: string }[] };
  const kinds = ['bundled', 'illegal', ...(isDeep ? ['generated'] : [])];
  expect(new Set(scenarios.map(({ is }) => is))).toEqual(new Set(kinds));
});
