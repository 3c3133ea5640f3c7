import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, createReadStream, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { writeOutput } from '../../../src/cli/io/output.ts';
import { program } from '../built.ts';
import { directoryWith, runHere, terminal } from '../fake-terminal.ts';
import { bad } from '../sample-lines.ts';
import { some } from '../../deep.ts';

/** A directory with recordings and pipes. */
function withPipes(...pipes: readonly string[]): string {
  const cwd = directoryWith({ 'bad.ndjson': bad });
  for (const name of pipes) execFileSync('mkfifo', [join(cwd, name)]);
  return cwd;
}

function start(cwd: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, [program(), ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return { child, ended };
}

/** What `act` gives, as soon as it is no error and not nothing. */
async function asSoonAs(act: () => number): Promise<number> {
  let result = 0;
  const attempt = () => {
    try {
      result ||= act();
    } catch {
      // The other side of the pipe is not there yet.
    }
    return result;
  };
  await expect.poll(attempt, { interval: 5, timeout: 30_000 }).toBeGreaterThan(0);
  return result;
}

/** The side of a pipe to write to, as soon as a program reads it. */
const writerOf = (path: string) => asSoonAs(() => openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));

/** Waits until something is written into a pipe. */
const filled = (reader: number) => asSoonAs(() => readSync(reader, new Uint8Array(1)));

const signals = some(1, [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const);

describe('a pipe that nobody writes to', () => {
  test.each(signals)('is read until %s, and what came before is reported', async (signal, exitCode) => {
    const { child, ended } = start(withPipes('pipe'), 'check', '--format', 'ndjson', 'bad.ndjson', 'pipe');
    await once(child.stdout, 'data');
    child.kill(signal);
    expect(await ended).toBe(exitCode);
  });

  test.each([
    ['check', 'pipe'],
    ['check', '--config', 'pipe', 'bad.ndjson'],
    ['check', '--baseline', 'pipe', 'bad.ndjson'],
    ['readings', 'infer', 'pipe'],
    ['source', 'pipe'],
  ])('or whose writer is silent ends on a signal: %s %s %s %s', async (...args) => {
    const cwd = withPipes('pipe');
    const { child, ended } = start(cwd, ...args);
    // From here on it waits for what this side does, which is nothing.
    const writer = await writerOf(join(cwd, 'pipe'));
    child.kill('SIGTERM');
    expect(await ended).toBe(143);
    closeSync(writer);
  });

  test('is waited for, and read to the end of its writer', async () => {
    const cwd = withPipes('pipe');
    const running = runHere(['check', 'pipe'], { cwd });
    const writer = await writerOf(join(cwd, 'pipe'));
    for (const part of [bad.slice(0, 100), bad.slice(100)]) writeSync(writer, part);
    closeSync(writer);
    expect(await running).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('SETTLED_ANALYSIS_CHANGED'),
    });
  });

  test('may hold the options and the baseline of a check', async () => {
    const cwd = withPipes('options', 'known');
    const running = runHere(['check', '--config', 'options', '--baseline', 'known', 'bad.ndjson'], { cwd });
    for (const [name, content] of [
      ['options', { all: true }],
      ['known', { formatVersion: 1, entries: [] }],
    ] as const) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const writer = await writerOf(join(cwd, name));
      writeSync(writer, JSON.stringify(content));
      closeSync(writer);
    }
    expect((await running).code).toBe(1);
  });

  test('is no baseline that can be updated', async () => {
    const cwd = withPipes('pipe');
    const args = ['check', '--baseline', 'pipe', '--update-baseline', 'bad.ndjson'];
    expect((await runHere(args, { cwd })).stderr).toContain(
      '--update-baseline: expected a file, received pipe, which cannot be read and then written',
    );
  });
});

describe('a pipe that nobody reads', () => {
  test.each(signals)('keeps a report waiting until %s', async (signal, exitCode) => {
    const cwd = withPipes('first', 'second');
    const args = ['check', 'bad.ndjson', '--format', 'json=first', '--format', 'text=second'];
    const { child, ended } = start(cwd, ...args);
    // The check has come to its end, and the second report is next.
    JSON.parse(await text(createReadStream(join(cwd, 'first'))));
    child.kill(signal);
    expect(await ended).toBe(exitCode);
  });

  test.each([
    ['export', 'scxml', '--output', 'pipe'],
    ['diagram', '--format=mermaid', '--output', 'pipe'],
    ['inspect', '--record', 'pipe'],
  ])('is waited for, and then filled: %s', async (...args) => {
    const cwd = withPipes('pipe');
    const { child, ended } = start(cwd, ...args);
    const received = createReadStream(join(cwd, 'pipe'));
    const [beginning] = (await once(received, 'data')) as [Buffer];
    expect(beginning.length).toBeGreaterThan(0);
    received.resume();
    if (args[0] === 'inspect') {
      await once(child.stdout, 'data');
      child.kill('SIGTERM');
    }
    await once(received, 'end');
    expect(await ended).toBe(0);
  });

  test('lets other things go on, until it is stopped', async () => {
    const cwd = withPipes('pipe');
    const stop = new AbortController();
    const ended = writeOutput('x', 'pipe', terminal(cwd), 'the text', { stop: stop.signal });
    const turn = () => new Promise<'turn'>((resolve) => setImmediate(() => resolve('turn')));
    for (let turns = 0; turns < 5; turns += 1) expect(await Promise.race([ended, turn()])).toBe('turn');
    stop.abort('SIGINT');
    expect(await ended).toBe(true);
  });

  test('is not waited for by a check that was interrupted', async () => {
    const cwd = withPipes('pipe');
    const interruption = { signal: 'SIGINT', at: 'start' } as const;
    const args = ['check', 'bad.ndjson', '--output', 'pipe'];
    expect(await runHere(args, { cwd, interruption })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'oz-status: pipe: the report cannot be written: nobody reads it\n',
    });
  });

  test('any more, or not on, ends the writing', async () => {
    const cwd = withPipes('pipe');
    const path = join(cwd, 'pipe');
    const long = Array.from({ length: 50 }, () => 'x'.repeat(70_000));
    const open = () => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    // It holds less than a part of the text: then its reader goes away, or the writing is stopped.
    const reader = open();
    const io = terminal(cwd);
    const failed = writeOutput(long, 'pipe', io, 'the text');
    await filled(reader);
    closeSync(reader);
    expect([await failed, io.complaints]).toEqual([
      false,
      ['oz-status: pipe: the text cannot be written: its reader has gone away\n'],
    ]);
    const silent = open();
    const stop = new AbortController();
    const stopped = writeOutput(long, 'pipe', io, 'the text', { stop: stop.signal });
    await filled(silent);
    stop.abort('SIGINT');
    expect(await stopped).toBe(true);
    closeSync(silent);
  });
});
