import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { writeOutput } from '../../../src/cli/io/output.ts';
import { builtPackage, runNode } from '../built.ts';
import { directoryWith, runHere, terminal } from '../fake-terminal.ts';
import { bad } from '../sample-lines.ts';

/** A text longer than what is written at once, in pieces; `ask` is told of each that is asked for. */
function* text(pieces: number, ask: (at: number) => void = () => undefined): Generator<string> {
  for (let at = 0; at < pieces; at += 1) {
    ask(at);
    yield `${at}`.padStart(40_000);
  }
}

const whole = (pieces: number) => [...text(pieces)].join('');

describe('- for standard output', () => {
  test.each([
    [
      ['check', '--output', '-', 'bad.ndjson'],
      ['check', 'bad.ndjson'],
    ],
    [
      ['check', '--format', 'json=-', 'bad.ndjson'],
      ['check', '--format', 'json', 'bad.ndjson'],
    ],
    [
      ['export', 'promela', '--output', '-'],
      ['export', 'promela'],
    ],
    [
      ['diagram', 'group', '--format', 'mermaid', '--output=-'],
      ['diagram', 'group', '--format', 'mermaid'],
    ],
    [['review', '--output', '-'], ['review']],
  ])('means what no file at all does: %j', async (args, without) => {
    const cwd = directoryWith({ 'bad.ndjson': bad });
    expect(await runHere(args, { cwd })).toEqual(await runHere(without, { cwd }));
    expect(readdirSync(cwd)).toEqual(['bad.ndjson']);
  });

  test('stands in a config file as well, and takes one report', async () => {
    const config = JSON.stringify({ output: '-', format: ['json=-'] });
    const cwd = directoryWith({ 'bad.ndjson': bad, 'config.json': config });
    const { stdout } = await runHere(['check', '--config', 'config.json', 'bad.ndjson'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ summary: { folders: 1 } });
    expect(readdirSync(cwd)).toEqual(['bad.ndjson', 'config.json']);
    const two = ['check', '--format', 'json=-', '--format', 'text', 'bad.ndjson'];
    expect((await runHere(two, { cwd })).stderr).toContain('only one report can go to standard output');
  });

  test('is a terminal where it is one, which takes no picture', async () => {
    const args = ['diagram', 'group', '--format', 'png', '--output', '-'];
    const { code, stderr } = await runHere(args, { isTerminal: true });
    expect([code, stderr]).toEqual([2, expect.stringContaining('received a terminal')]);
  });
});

describe('output in pieces', () => {
  test('goes to standard output whole and in order, no faster than it is taken', async () => {
    const written: string[] = [];
    const asked: number[] = [];
    let release = () => undefined as void;
    const io = terminal('.', {
      write: (content) => void written.push(String(content)),
      ready: () => new Promise((resolve) => (release = resolve)),
    });
    const ended = writeOutput(
      text(10, (at) => asked.push(at)),
      undefined,
      io,
      'the text',
    );
    const end = ended.then(() => true);
    const turn = () => new Promise<false>((resolve) => setImmediate(() => resolve(false)));
    for (let turns = 0; turns < 5; turns += 1) await turn();
    // Nothing is asked for while the first is not taken.
    expect([written.length, asked]).toEqual([1, [0, 1]]);
    while (!(await Promise.race([end, turn()]))) release();
    expect([await ended, written.join('')]).toEqual([true, whole(10)]);
  });

  test('ends when nobody reads standard output any more', async () => {
    const asked: number[] = [];
    const io = terminal('.', { isOpen: false });
    expect(
      await writeOutput(
        text(1000, (at) => asked.push(at)),
        undefined,
        io,
        'the text',
      ),
    ).toBe(true);
    expect(asked.length).toBeLessThan(5);
  });

  test('replaces a file when it is whole, also behind a link', async () => {
    const cwd = directoryWith({ file: 'before' });
    symlinkSync('file', join(cwd, 'link'));
    const seen: string[] = [];
    const look = () => void seen.push(readFileSync(join(cwd, 'file'), 'utf8'));
    expect(await writeOutput(text(10, look), 'link', terminal(cwd), 'the text')).toBe(true);
    expect(new Set(seen)).toEqual(new Set(['before']));
    expect(readFileSync(join(cwd, 'link'), 'utf8')).toBe(whole(10));
    expect(readdirSync(cwd).toSorted()).toEqual(['file', 'link']);
  });

  test('leaves the file as it was when it is stopped', async () => {
    const cwd = directoryWith({ file: 'before' });
    const stop = new AbortController();
    const content = text(10, (at) => at === 5 && stop.abort('SIGINT'));
    await writeOutput(content, 'file', terminal(cwd), 'the text', { stop: stop.signal });
    expect(readFileSync(join(cwd, 'file'), 'utf8')).toBe('before');
    expect(readdirSync(cwd)).toEqual(['file']);
  });

  test('leaves the file as it was when making it fails, which is a defect', async () => {
    const cwd = directoryWith({ file: 'before' });
    const fail = (at: number) => {
      if (at === 5) throw new TypeError('a defect');
    };
    await expect(writeOutput(text(10, fail), 'file', terminal(cwd), 'the text')).rejects.toThrow('a defect');
    expect(readFileSync(join(cwd, 'file'), 'utf8')).toBe('before');
    expect(readdirSync(cwd)).toEqual(['file']);
  });

  test('leaves the file as it was, and nothing beside it, when the process ends meanwhile', async () => {
    const cwd = directoryWith({ file: 'before' });
    const module = pathToFileURL(join(builtPackage(), 'dist/src/cli/io/output.js')).href;
    const script = `
      import { readdirSync } from 'node:fs';
      import { writeOutput } from '${module}';
      function* content() {
        yield 'x'.repeat(100_000);
        console.log(readdirSync('.').length);
        // As the program does where a signal is not waited for.
        process.exit(143);
      }
      await writeOutput(content(), 'file', { cwd: '.' }, 'the text');`;
    const { code, stdout, stderr } = await runNode(['--input-type=module', '--eval', script], { cwd });
    expect({ code, stdout, stderr }).toEqual({ code: 143, stdout: '2\n', stderr: '' });
    expect(readFileSync(join(cwd, 'file'), 'utf8')).toBe('before');
    expect(readdirSync(cwd)).toEqual(['file']);
  });

  test('is told where the disk is full', async () => {
    const io = terminal('/');
    expect(await writeOutput(text(10), '/dev/full', io, 'the text')).toBe(false);
    expect(io.complaints).toEqual(['oz-status: /dev/full: the text cannot be written: the disk is full\n']);
  });
});

test('a signal while reports are written ends the check, with those whole that are', async () => {
  const many = Array.from({ length: 300 }, (_, at) => bad.replaceAll('bad', `bad-${at}`)).join('');
  const cwd = directoryWith({ 'many.ndjson': many });
  const args = ['check', 'many.ndjson', '--format', 'json', '--format', 'ndjson=report.ndjson'];
  const uninterrupted = await runHere(args, { cwd });
  const interruption = { signal: 'SIGTERM', at: 'output' } as const;
  const { code, stdout } = await runHere(args, { cwd, interruption });
  expect([uninterrupted.code, code]).toEqual([1, 143]);
  // Standard output comes last, and ends where the signal came.
  expect(stdout.length).toBeGreaterThan(0);
  expect(stdout.length).toBeLessThan(uninterrupted.stdout.length);
  expect(uninterrupted.stdout.startsWith(stdout)).toBe(true);
  expect(readFileSync(join(cwd, 'report.ndjson'), 'utf8').trimEnd().split('\n')).toHaveLength(601);
});
