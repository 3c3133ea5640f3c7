import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { directoryWith, runHere } from './fake-terminal.ts';
import { good, life, lines } from './sample-lines.ts';

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

describe('hostile input', () => {
  test.each([
    ['binary', bytes([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0xff, 0xfe, 0x0a, 0x80])],
    ['NUL', bytes([0, 0, 0, 0x0a, 0])],
    ['invalid UTF-8', bytes('{"folder_id":"', [0xc3, 0x28], '"}\n', good)],
    ['deep nesting', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['deep nesting on a line', lines(good.trimEnd(), '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000))],
    ['an unfinished value', good.slice(0, -10)],
    ['a gzip header only', bytes([0x1f, 0x8b, 0x08])],
    ['text', 'Dear API,\nhow are you?\n'],
    ['a number', '42'],
  ])('%s is reported and ends with 3, not with a crash', async (_name, content) => {
    const cwd = directoryWith({ file: content });
    const { code, stdout, stderr } = await runHere(['check', 'file'], { cwd });
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(stdout).toMatch(/unreadable [A-Z_]+\n/);
  });

  test('a line of 100 MB is reported, and what follows is judged', async () => {
    const cwd = directoryWith({});
    const file = openSync(join(cwd, 'file'), 'w');
    const part = Buffer.alloc(1_000_000, 'x');
    writeSync(file, good);
    for (let written = 0; written < 100; written += 1) writeSync(file, part);
    writeSync(file, `\n${lines(...life('after', 'DECLINED'))}`);
    closeSync(file);
    const { code, stdout } = await runHere(['check', '--all', 'file'], { cwd });
    expect(code).toBe(3);
    expect(stdout).toContain('INPUT_LIMIT');
    expect(stdout).toContain('folder good: conforms (3 observations)');
    expect(stdout).toContain('folder after: conforms (3 observations)');
  });

  test('ids, statuses and file names never reach the terminal raw', async () => {
    const evil = '\u001b]0;owned\u0007\u009b31m\u202eDENILCED\u2066\r\n';
    const polls = [...life(`folder${evil}`, 'SUCCESS'), ...life('plain', `SUCCESS${evil}`)];
    const cwd = directoryWith({ [`file${evil}`]: lines(...polls) });
    for (const format of ['text', 'json']) {
      const args = ['check', '--all', '--format', format, `file${evil}`, `missing${evil}`];
      const { code, stdout } = await runHere(args, { cwd });
      expect(code).toBe(1);
      expect(stdout).not.toMatch(/\p{Bidi_Control}|(?!\n)\p{Cc}/u);
      expect(stdout).toContain('DENILCED');
    }
  });

  test.each([['check'], ['source'], ['readings', 'infer']])(
    'a path that no file can have is reported: %s',
    async (...command) => {
      const { code } = await runHere([...command, 'a\u0000b']);
      expect(code).toBe(3);
    },
  );

  test('keys that objects inherit are data like any other', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const stdin = lines(...names.flatMap((name) => life(name, 'SUCCESS')));
    const { code, stdout } = await runHere(['check', '--all', '-'], { stdin });
    expect(code).toBe(0);
    for (const name of names) expect(stdout).toContain(`folder ${name}: conforms`);
  });
});

test('10,000 legal folders give no finding', async () => {
  const ends = ['SUCCESS', 'DECLINED', 'FAILED'];
  const polls = Array.from({ length: 10_000 }, (_, at) => life(`folder-${at}`, ends[at % 3] ?? 'SUCCESS'));
  const { code, stdout } = await runHere(['check', '--format', 'json', '-'], {
    stdin: lines(...polls.flat()),
  });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    summary: { observations: 30_000, folders: 10_000, conforms: 10_000, hazards: 0, unreadable: 0 },
    folders: [],
    unreadable: [],
  });
});
