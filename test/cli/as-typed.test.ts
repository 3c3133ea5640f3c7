import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { recordingOptions } from '../../src/cli/commands/readings-options.ts';
import { naturally } from '../../src/cli/io/operands.ts';
import { run } from '../../src/cli/run.ts';
import { directoryWith, runHere as runAround, terminal } from './fake-terminal.ts';

const runHere = (args: readonly string[], cwd: string) => runAround(args, { cwd });

const poll = (status: string, system: string, analyses: readonly object[] = []) =>
  JSON.stringify({ folder_id: 'f-1', resolution_status: status, system_resolution: system, analyses });
const done = { analyse_id: 'a', type: 'QUALITY', state: 'FINISHED', resolution_status: 'SUCCESS' };
const polls = {
  'poll-1.json': poll('INITIAL', 'INITIAL'),
  'poll-2.json': poll('PROCESSING', 'PROCESSING', [
    { analyse_id: 'a', type: 'QUALITY', state: 'PROCESSING' },
  ]),
  'poll-10.json': poll('FINISHED', 'SUCCESS', [done]),
};

describe('names of recordings', () => {
  test.each([
    ['.'],
    ['*.json'],
    ['poll-*.json'],
    ['poll-[12]*.json'],
    ['{poll-1,poll-2,poll-10}.json'],
    ['**/*.json'],
  ])('are taken in natural order from %s', async (operand) => {
    const { code, stdout } = await runHere(
      ['check', operand],
      directoryWith({ ...polls, 'package.json': '{}' }),
    );
    // A pattern says which files are meant.
    const all = operand.includes('*.json') && !operand.includes('poll');
    expect([code, stdout.match(/1 folder, 3 observations/) !== null]).toEqual([all ? 3 : 0, true]);
  });

  test('are found below a directory, hidden ones and configuration left out', async () => {
    const cwd = directoryWith({ 'oz-status.config.json': '{}' });
    mkdirSync(join(cwd, 'of-day', '.git'), { recursive: true });
    const entry = { startedDateTime: '2026-01-01', time: 1, request: { url: '/x' }, response: {} };
    writeFileSync(join(cwd, 'of-day', 'a.har'), JSON.stringify({ log: { entries: [entry] } }));
    writeFileSync(join(cwd, 'of-day', 'b.ndjson'), polls['poll-10.json']);
    writeFileSync(join(cwd, 'of-day', '.git', 'c.json'), 'no recording');
    const { code, stdout } = await runHere(['check', '.'], cwd);
    expect([code, stdout]).toEqual([0, expect.stringContaining('1 folder, 1 observation\n')]);
  });

  test('in a directory without any are refused', async () => {
    const { code, stderr } = await runHere(['check', '.'], directoryWith({ 'a.txt': '' }));
    expect([code, stderr]).toEqual([2, expect.stringContaining('.: expected a directory with')]);
  });

  test('that match nothing are files that are not there', async () => {
    const { code, stdout } = await runHere(['check', '*.har'], directoryWith({ 'a.txt': '' }));
    expect([code, stdout]).toEqual([3, expect.stringMatching(/INPUT_UNREADABLE[^]*\*\.har/)]);
  });

  test('in another order than their numbers are told of, where something violates', async () => {
    const files = Object.keys(polls);
    const wrong = await runHere(['check', files[0]!, files[2]!, files[1]!], directoryWith(polls));
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringContaining('poll-10.json before poll-2.json'),
    ]);
    const right = await runHere(['check', ...files], directoryWith(polls));
    expect([right.code, right.stderr]).toEqual([0, '']);
  });

  test('are compared by their numbers, whatever the language of the machine', () => {
    const names = ['b', 'a10', 'a9', 'a09', 'Z', 'a', 'a9b', 'a10b1', 'é'];
    expect(names.toSorted(naturally)).toEqual(['Z', 'a', 'a09', 'a9', 'a9b', 'a10', 'a10b1', 'b', 'é']);
  });
});

describe('a log that was put aside in pieces', () => {
  test.each([
    ['counted', ['app.log.2.gz', 'app.log.1', 'app.log']],
    ['dated', ['app.log-20260111.gz', 'app.log-20260112', 'app.log']],
    ['dated by Python', ['app.log.2026-01-11', 'app.log.2026-01-12', 'app.log']],
  ])('is taken with its oldest piece first, found in a directory: %s', async (_how, names) => {
    expect(names.toReversed().toSorted(naturally)).toEqual(names);
    const pieces = Object.values(polls).map((text) => `${text.trim()}\n`);
    const contents = names.map((name, at) => [
      name,
      name.endsWith('.gz') ? gzipSync(pieces[at]!) : pieces[at]!,
    ]);
    const here = directoryWith(Object.fromEntries(contents) as Record<string, string>);
    expect([
      (await runHere(['check', '.'], here)).code,
      (await runHere(['check', ...names.toReversed()], here)).code,
    ]).toEqual([0, 1]);
  });
});

describe('a command line as people type it', () => {
  test.each([
    [['help'], 'Usage: oz-status COMMAND'],
    [['help', 'check'], 'Usage: oz-status check'],
    [['-v'], /^\d+\.\d+\.\d+\n$/],
    [['--no-color', '--version'], /^\d+\.\d+\.\d+\n$/],
    [['poll-10.json'], 'passed'],
    [['./poll-10.json', '--no-color'], 'passed'],
    [['check', '--no-colour', 'poll-10.json'], 'passed'],
    [['--no-color', 'check', 'poll-10.json'], 'passed'],
    [['--strict', 'poll-10.json'], 'passed'],
    [['help', 'readings', 'infer'], 'Usage: oz-status readings [OPTION...] infer FILE... | -'],
  ])('is understood: %j', async (args, expected) => {
    const { code, stdout } = await runHere(args, directoryWith(polls));
    expect([code, stdout]).toEqual([
      0,
      typeof expected === 'string' ? expect.stringContaining(expected) : expect.stringMatching(expected),
    ]);
  });

  test.each([
    [['check', '--format', 'xml', 'poll-10.json'], 'did you mean junit?'],
    [['validate'], 'did you mean check?'],
    [['help', 'chekc'], 'did you mean check?'],
    [['check', '--at', 'log', 'poll-10.json'], 'expected a JSON pointer'],
    [['check', '--route', 'GET x', 'poll-10.json'], 'expected METHOD /path=KIND'],
    [['check', '--max-line-bytes', 'much', 'poll-10.json'], 'expected a number of bytes'],
    [['check', '--config', 'nope.json', 'poll-10.json'], 'there is no such file'],
    [['check', '--output', 'no/such/place', 'poll-10.json'], 'there is no such file or directory'],
  ])('is refused with what was meant: %j', async (args, expected) => {
    const { code, stderr } = await runHere(args, directoryWith(polls));
    expect([code, stderr]).toEqual([2, expect.stringContaining(expected)]);
    expect(stderr).not.toMatch(/ENOENT/);
  });

  test.each([
    ['poll-10.jsn', 'did you mean poll-10.json?'],
    ['https://api.example/session.har', 'curl -sS ADDRESS | oz-status check -'],
    ['file:///tmp/poll.json', 'did you mean /tmp/poll.json?'],
  ])('is told of a file that is not there what was meant: %s', async (file, expected) => {
    const { code, stdout } = await runHere(['check', file], directoryWith(polls));
    expect([code, stdout.replaceAll(/\s+/g, ' ')]).toEqual([3, expect.stringContaining(expected)]);
  });

  test('is told where answers stand if --at leads to none', async () => {
    const line = JSON.stringify({ res: { body: { folder_id: 'f-1', resolution_status: 'INITIAL' } } });
    const cwd = directoryWith({ 'session.log': `${line}\n` });
    const { code, stdout } = await runHere(['check', '--at', '/res/bdoy', 'session.log'], cwd);
    expect([code, stdout]).toEqual([3, expect.stringContaining("--at '/res/body'")]);
    const { code: found } = await runHere(
      ['check', '--at', '/res/bdoy', '--at', '/res/body', 'session.log'],
      cwd,
    );
    expect(found).toBe(0);
  });

  test('has two examples or three in the help of every command', async () => {
    const cwd = directoryWith(polls);
    for (const [name, { examples }] of Object.entries(commands)) {
      const { stdout } = await runHere([name, '--help'], cwd);
      expect(examples.length, name).toBeGreaterThanOrEqual(2);
      for (const [typed] of examples) expect(stdout).toContain(typed);
    }
  });

  test('is told of a part of a command what that part takes, and nothing else', async () => {
    const cwd = directoryWith(polls);
    const { stdout } = await runHere(['readings', 'infer', '--help'], cwd);
    for (const name of recordingOptions) expect(stdout).toContain(`--${name} `.trimEnd());
    expect(stdout).not.toMatch(/--run|--token|readings plan|infer: /);
    expect(stdout.match(/^ {2}oz-status readings infer /gm)).toHaveLength(2);
    const plan = await runHere(['readings', 'plan', '--help'], cwd);
    expect(plan.stdout).toContain('--run URL');
    expect(plan.stdout).not.toMatch(/--at|infer FILE/);
  });

  test('may raise the limits of an inference, as its messages say', async () => {
    const cwd = directoryWith({ 'long.json': `[${polls['poll-1.json']},\n${polls['poll-10.json']}]` });
    const few = ['readings', 'infer', '--max-document-bytes', '100', 'long.json'];
    expect((await runHere(few, cwd)).stdout).toContain('--max-document-bytes BYTES');
    const enough = await runHere(['readings', 'infer', '--max-document-bytes', '1K', 'long.json'], cwd);
    expect(enough.stdout).not.toContain('INPUT_LIMIT');
    const wrong = await runHere(['readings', 'infer', '--max-line-bytes', 'much', 'long.json'], cwd);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('expected a number of bytes')]);
  });

  test('whose reports go to files is answered with a summary', async () => {
    const cwd = directoryWith(polls);
    const { stdout, stderr } = await runHere(['check', '--format', 'html=report.html', 'poll-10.json'], cwd);
    expect([stdout, stderr]).toEqual(['', expect.stringContaining('passed: nothing violates')]);
    const quiet = await runHere(['check', '--quiet', '--format', 'html=report.html', 'poll-10.json'], cwd);
    expect([quiet.stdout, quiet.stderr]).toEqual(['', '']);
  });

  test('names the option that raises a limit, which does', async () => {
    const long = directoryWith({ 'long.ndjson': `${polls['poll-1.json']}\n${polls['poll-10.json']}\n` });
    const short = await runHere(['check', '--max-line-bytes', '100', 'long.ndjson'], long);
    expect([short.code, short.stdout]).toEqual([3, expect.stringContaining('--max-line-bytes')]);
    expect((await runHere(['check', '--max-line-bytes', '1K', 'long.ndjson'], long)).code).toBe(0);
  });
});

describe('a text that is no JSON', () => {
  test.each([
    ['a sequence of JSON texts', `\u001e${polls['poll-10.json']}\n`, 'RFC 7464'],
    ['events of a server', `event: poll\ndata: ${polls['poll-10.json']}\n\n`, 'SSE'],
    ['two values on a line', `${polls['poll-1.json']}${polls['poll-10.json']}\n`, 'side by side'],
    ['values with commas', `${polls['poll-1.json']},\n${polls['poll-10.json']}\n`, 'commas'],
    ['words behind JSON', `${polls['poll-1.json']} (took 12 ms)\n`, 'among other text'],
    ['a list that is cut off', `[${polls['poll-1.json']},`, 'breaks off here'],
    ['an answer that is cut off', polls['poll-1.json'].slice(0, -20), 'breaks off here'],
    ['UTF-16', Buffer.from(`\ufeff${polls['poll-1.json']}`, 'utf16le'), 'UTF-16'],
  ])('is told from others, with what to do: %s', async (_what, text, hint) => {
    const { code, stdout } = await runHere(['check', 'x.json'], directoryWith({ 'x.json': text }));
    expect([code, stdout]).toEqual([3, expect.stringContaining(hint)]);
  });
});

/** Commands, a word that they say, and the columns of their widest table, if that is wider than others. */
const typed: readonly (readonly [args: readonly string[], says: string, table?: number])[] = [
  [['check', '--color', 'never', 'poll-10.json', 'poll-2.json'], 'SETTLED_ANALYSIS_CHANGED'],
  [['check', '--help'], '--output'],
  [['readings'], 'Open questions', 72],
  [['readings', 'plan'], 'Experiment 1', 72],
  [['readings', 'infer', 'poll-2.json', 'poll-10.json'], 'readings explain'],
  [['paths', 'group'], 'Paths of the group machine'],
  [['explain', 'MASKED_RESULT'], 'FOLDER-RESULT'],
  [['examples'], 'Judge your own'],
  [['review', '--diff', 'status-precedence=failed-first'], 'What status-precedence=failed-first changes'],
];

test.each(
  [60, 80, 300].flatMap((columns) =>
    typed.map(([args, says, table = 0]) => [Math.max(columns, table), args, says] as const),
  ),
)('text keeps to a terminal of %i columns, and to what can be read: %j', async (columns, args, says) => {
  const text: string[] = [];
  const cwd = directoryWith(polls);
  const io = terminal(cwd, {
    columns,
    isTerminal: true,
    write: (content) => void text.push(String(content)),
  });
  await run(args, { ...io, env: { NO_COLOR: '1' } });
  const lines = text.join('').split('\n');
  const words = lines.filter(
    (line) => line.trim().includes(' ') && !line.startsWith('  --') && !line.includes('oz-status check'),
  );
  expect(Math.max(...words.map((line) => line.length))).toBeLessThanOrEqual(Math.min(columns, 100));
  expect(text.join('')).toContain(says);
});
