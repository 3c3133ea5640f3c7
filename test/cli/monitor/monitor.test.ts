import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { isDeep } from '../../deep.ts';
import { folderOf, spoofed } from '../../monitor/monitoring.ts';
import { program } from '../built.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';

const text = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');

interface Told {
  readonly id: string;
  readonly code: string;
  readonly folderId: string | null;
}

/** The lines of an output or of a file, the summary left out. */
const toldIn = (lines: string): readonly Told[] =>
  lines
    .split('\n')
    .filter((line) => line.includes('"type":"finding"'))
    .map((line) => JSON.parse(line) as Told);

interface Running {
  readonly url: string;
  readonly child: ChildProcess;
}

async function started(...args: readonly string[]): Promise<Running> {
  const child = spawn(process.execPath, [program(), 'monitor', '--listen', '0', '--quiet', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = (await once(createInterface({ input: child.stderr }), 'line')) as [string];
  expect(line).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+$/);
  return { url: line.slice('ready '.length), child };
}

/** Clients that post the lives of folders, answer by answer, each again until it is taken. */
class Clients {
  readonly #lives: readonly (readonly object[])[];
  readonly #next: number[];

  constructor(count: number) {
    this.#lives = Array.from({ length: count }, (_, at) => spoofed(`f${at}`));
    this.#next = this.#lives.map(() => 0);
  }

  get areDone(): boolean {
    return this.#lives.every((life, at) => this.#next[at] === life.length);
  }

  /** Posts until all is taken, or the process is killed, which it is after so many answers. */
  async post({ url, child }: Running, killAfter: number): Promise<void> {
    let answered = 0;
    const life = async (at: number): Promise<void> => {
      while (this.#next[at]! < this.#lives[at]!.length) {
        const nth = this.#next[at]!;
        try {
          // oxlint-disable-next-line no-await-in-loop -- one after the other, as a client does
          const response = await fetch(`${url}/answers`, {
            method: 'POST',
            headers: { 'idempotency-key': `${at}-${nth}` },
            body: text([this.#lives[at]![nth]]),
          });
          // oxlint-disable-next-line no-await-in-loop -- its end is the acknowledgement
          await response.text();
          expect(response.status).toBe(200);
        } catch {
          return;
        }
        this.#next[at]! += 1;
        answered += 1;
        if (answered === killAfter) child.kill('SIGKILL');
      }
    };
    // Some at a time, so that there is always one under way when the process is killed.
    const waiting = this.#lives.map((_, at) => at);
    const some = async (): Promise<void> => {
      for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
        // oxlint-disable-next-line no-await-in-loop -- one life after the other
        await life(at);
      }
    };
    await Promise.all([some(), some(), some()]);
  }
}

test('loses no finding and tells none twice, whenever it is killed', async () => {
  const directory = directoryWith({});
  const [journal, findings] = [join(directory, 'journal'), join(directory, 'findings')];
  const clients = new Clients(isDeep ? 200 : 10);
  const kills = isDeep ? [1, 2, 3, 4, 5, 6, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47] : [4, 9];
  const begin = () => started('--journal', journal, '--findings', findings);
  for (const killAfter of kills) {
    // oxlint-disable-next-line no-await-in-loop -- each begins where the one before was killed
    const running = await begin();
    const ended = once(running.child, 'exit');
    // oxlint-disable-next-line no-await-in-loop -- see above
    await clients.post(running, killAfter);
    // oxlint-disable-next-line no-await-in-loop -- see above
    expect(await ended).toEqual([null, 'SIGKILL']);
  }
  const last = await begin();
  await clients.post(last, Infinity);
  expect(clients.areDone).toBe(true);
  last.child.kill('SIGTERM');
  expect(await once(last.child, 'exit')).toEqual([143, null]);
  const told = toldIn(readFileSync(findings, 'utf8'));
  const expected = Array.from({ length: isDeep ? 200 : 10 }, (_, at) => `f${at} SETTLED_ANALYSIS_CHANGED`);
  expect(told.map(({ folderId, code }) => `${folderId} ${code}`).toSorted()).toEqual(expected.toSorted());
  expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
});

describe('a monitor of standard input', () => {
  const run = (stdin: string, ...args: readonly string[]) => runHere(['monitor', '-', ...args], { stdin });

  it('tells what it finds, ends all folders with its input, and ends as a check does', async () => {
    const { code, stdout, stderr } = await run(text([...spoofed('f'), folderOf('g', 'INITIAL', 'INITIAL')]));
    expect([code, stderr]).toEqual([1, '']);
    expect(toldIn(stdout).map(({ folderId, code: is }) => [folderId, is])).toEqual([
      ['f', 'SETTLED_ANALYSIS_CHANGED'],
      ['g', 'ENDS_UNSETTLED'],
    ]);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!)).toMatchObject({
      type: 'summary',
      judged: 4,
      violations: 1,
      hazards: 1,
      ended: { conforms: 1, violates: 1 },
      exitCode: 1,
    });
  });

  const declined = text(spoofed('f').slice(0, 2));
  it.each<[string, string, readonly string[], number]>([
    ['what conforms', declined, [], 0],
    ['nothing', '', [], 3],
    ['what cannot be read', `${declined}{\n`, [], 3],
    ['a line that is too long', `${declined}${'x'.repeat(99)}\n`, ['--max-line-bytes', '98'], 3],
    ['what is not settled', text(spoofed('f').slice(0, 1)), [], 0],
    ['what is not settled, if strict', text(spoofed('f').slice(0, 1)), ['--strict'], 1],
  ])('ends with the exit code of a check after %s', async (_, stdin, args, expected) => {
    const { code } = await run(stdin, ...args);
    expect(code).toBe(expected);
  });

  it('calls ids by pseudonyms, if it is told to', async () => {
    const { stdout } = await run(text(spoofed('secret')), '--redact');
    expect(stdout).not.toContain('secret');
    expect(toldIn(stdout)[0]!.folderId).toMatch(/^redacted-/);
  });

  it('goes on with what it knew, and tells nothing twice', async () => {
    const directory = directoryWith({});
    const lines = spoofed('f');
    const args = ['monitor', '-', '--journal', 'journal'];
    const codes: number[] = [];
    const told: Told[] = [];
    for (const line of lines) {
      // oxlint-disable-next-line no-await-in-loop -- each goes on where the one before ended
      const { code, stdout } = await runHere(args, { cwd: directory, stdin: text([line]) });
      codes.push(code);
      told.push(...toldIn(stdout));
    }
    expect(codes).toEqual([0, 0, 1]);
    expect(told.map(({ code }) => code)).toEqual(['SETTLED_ANALYSIS_CHANGED']);
  });

  it('ends when it is interrupted, and says so', async () => {
    const { code, stdout } = await runHere(['monitor', '-'], {
      stdin: text(spoofed('f')),
      interruption: { signal: 'SIGTERM', at: 'output' },
    });
    expect(code).toBe(143);
    expect(stdout).toContain('"partial":"SIGTERM"');
  });
});

test('reads files once, from where it had come to, and says what is not there', async () => {
  const directory = directoryWith({ a: text(spoofed('f')) });
  const run = (...files: readonly string[]) =>
    runHere(['monitor', '--once', '--quiet', '--journal', 'j', '--findings', 'out', ...files], {
      cwd: directory,
    });
  expect((await run('a')).code).toBe(1);
  writeFileSync(
    join(directory, 'a'),
    text([...spoofed('f'), folderOf('f', 'FINISHED', 'DECLINED', { a: 'DECLINED' })]),
  );
  expect((await run('a')).code).toBe(1);
  expect((await run('a', 'b')).code).toBe(3);
  expect(toldIn(readFileSync(join(directory, 'out'), 'utf8')).map(({ code }) => code)).toEqual([
    'SETTLED_ANALYSIS_CHANGED',
    'SETTLED_ANALYSIS_CHANGED',
    'INPUT_UNREADABLE',
  ]);
});

test.each<[readonly string[], string]>([
  [[], 'expected files, - for standard input, or --listen PORT'],
  [['-', 'a'], 'expected files or - for standard input, received both'],
  [['a', 'a'], 'expected each file once, received “a” twice'],
  [['--once', '-'], '--once: expected files, and no --listen'],
  [['--listen', '70000'], '--listen: expected a number up to 65535'],
  [['--listen', '0', '--host', 'a b'], '--host: expected an address'],
  [['a', '--host', '::1'], 'expected with --listen'],
  [['--listen', '0', '--allow-origin', 'localhost'], '--allow-origin: expected an origin'],
  [['-', '--webhook', 'file:///etc/passwd'], '--webhook: expected a URL of http or https'],
  [['-', '--otlp', 'http://me:secret@host/'], '--otlp: expected a URL of http or https without a user name'],
  [['-', '--rest', '0'], '--rest: expected a number from 1 to 86400, received “0”'],
  [['-', '--max-folders', '1e3'], '--max-folders: expected a number'],
  [['-', '--journal', ''], '--journal: expected a file'],
  [
    ['a', '--journal', './a'],
    'the journal cannot go to ./a: it is the same file as a, which is read as a recording',
  ],
  [['a', '--findings', 'b/../a'], 'findings cannot go to b/../a: it is the same file as a'],
  [['a', '--journal', 'b', '--findings', './b'], 'it is the same file as b, which is read as the journal'],
  [['-', '--redact', '--journal', 'j'], 'expected a key in OZ_STATUS_REDACT_KEY'],
  [['-', '--reading', 'x=y'], 'x'],
  [['-', '--any-reading', '--reading', 'status-scope=all-analyses'], 'overruled by --any-reading'],
  [['-', '--at', 'log'], '--at: expected a JSON pointer'],
  [['-', '--journal', '/nonexistent/journal'], 'there is no such file or directory'],
  [['-', '--findings', '/nonexistent/findings'], 'there is no such file or directory'],
])('says what is wrong with a command: %o', async (args, message) => {
  const { code, stderr } = await runHere(['monitor', ...args]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test('refuses a journal that another monitor uses', async () => {
  const directory = directoryWith({});
  const { child } = await started('--journal', join(directory, 'j'));
  const { code, stderr } = await runHere(['monitor', '-', '--journal', 'j'], { cwd: directory });
  expect([code, stderr]).toEqual([
    2,
    'oz-status: j: expected a journal of its own, but another monitor uses it\n',
  ]);
  child.kill('SIGTERM');
  await once(child, 'exit');
  expect((await runHere(['monitor', '-', '--journal', 'j'], { cwd: directory })).code).toBe(3);
  expect(existsSync(join(directory, 'j'))).toBe(true);
});

test.each<[readonly string[], Readonly<Record<string, string>>, string]>([
  [
    ['--webhook', 'http://127.0.0.1:1/'],
    { OZ_STATUS_WEBHOOK_TOKEN: 'secret\n' },
    'OZ_STATUS_WEBHOOK_TOKEN: expected visible characters, received others, such as a line break',
  ],
  [
    ['--otlp', 'http://127.0.0.1:1/'],
    { OTEL_EXPORTER_OTLP_HEADERS: 'secret=%zz' },
    'OTEL_EXPORTER_OTLP_HEADERS: expected name=value,name=value, received something else',
  ],
])('refuses secrets that no header can hold, and does not tell them: %o', async (args, env, message) => {
  const { code, stderr } = await runHere(['monitor', '-', ...args], { env });
  expect([code, stderr]).toEqual([2, `oz-status: ${message}\nHelp: oz-status monitor --help\n`]);
});
