import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readingFrom } from '../../machines/index.ts';
import { commands } from '../../src/cli/commands.ts';
import { answerProblems } from '../../src/cli/frame/reading.ts';
import { repository } from './built.ts';
import { runHere } from './fake-terminal.ts';

const names = Object.keys(commands);

describe('the program', () => {
  test('lists every command in its help', async () => {
    const { code, stdout, stderr } = await runHere(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const name of names) expect(stdout).toContain(`\n  ${name} `);
  });

  test('shows its help for -h', async () => {
    expect(await runHere(['-h'])).toEqual(await runHere(['--help']));
  });

  test.each([['--version'], ['check', '--version']])(
    'shows the version of the package: %s %s',
    async (...args) => {
      const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
        version: string;
      };
      const { code, stdout } = await runHere(args.filter((arg) => arg !== undefined));
      expect({ code, stdout }).toEqual({ code: 0, stdout: `${manifest.version}\n` });
    },
  );

  test.each([
    [[], 'expected a command'],
    [['chekc'], 'did you mean check?'],
    [['--hlep'], 'did you mean --help?'],
    [['constructor'], 'there is no command constructor'],
    [['check'], 'expected FILE... | DIRECTORY | -, received nothing'],
    [['source', 'one', 'two'], 'received also two'],
    [['examples', 'one'], 'expected nothing, received also one'],
    [['check', '--redaing', 'x', 'file'], 'did you mean --reading?'],
    [['check', '--no-format', 'file'], 'there is no option --no-format'],
    [['check', '--toString', 'file'], 'there is no option --toString'],
    [['check', '--format', 'jsn', 'file'], 'received "jsn"; did you mean json?'],
    [['check', '--format', 'sarif=', 'file'], 'alone or with =FILE, received "sarif="'],
    [['check', '--format', 'sarfi=a', 'file'], 'received "sarfi=a"; did you mean sarif?'],
    [['check', '--format', 'text', '--format', 'json', 'file'], 'only one report can go to standard output'],
    [['check', '--format', 'text=a', '--output', 'b', 'file'], '--output: every --format names a file'],
    [['check', '--format', 'text=a', '--format', 'json=./a', 'file'], 'two reports go to ./a'],
    [['check', '--docs-url', 'docs', 'file'], '--docs-url: expected an address with http'],
    [['check', '--groups', 'all', 'file'], '--groups: expected known or first-seen, received "all"'],
    [['check', '--operator-required', 'no', 'file'], 'expected allowed or never'],
    [['check', '--color', 'yes', 'file'], 'expected auto or always or never'],
    [['check', '--all=yes', 'file'], '--all: expected no value, received yes'],
    [['check', 'file', '--output'], '--output: expected a value, received nothing'],
    [
      ['check', '--max-line-bytes', '-1', 'file'],
      '--max-line-bytes: expected a value, received -1; if that is the value, write --max-line-bytes=-1',
    ],
    [['check', '--format', '\u001b[31m', 'file'], 'received "\\u{1b}[31m"'],
    [['check', '--output=', 'file'], '--output: expected a value, received nothing'],
    [['check', '-', '-'], 'standard input (-) can be read only once'],
    [['check', '--reading', 'result-scop=all-analyses', 'file'], 'did you mean result-scope?'],
    [['check', '--reading', 'result-scope=all-analyse', 'file'], 'did you mean all-analyses?'],
    [['check', '--reading', 'result-scope', 'file'], 'received ""'],
    [
      [
        'check',
        '--reading',
        'result-scope=all-analyses',
        '--reading',
        'result-scope=last-applied-group',
        'file',
      ],
      'answered twice',
    ],
    [
      ['check', '--any-reading', '--reading', 'result-scope=all-analyses', 'file'],
      'overruled by --any-reading',
    ],
    [['explain', 'MASKED_RESULTS'], 'did you mean MASKED_RESULT?'],
    [['explain', 'toString'], 'there is no code or clause toString'],
  ])('refuses %j with exit code 2, says why and where help is', async (args, reason) => {
    const { code, stdout, stderr } = await runHere(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
    expect(stderr).toMatch(/\nHelp: oz-status .*--help\n$/);
  });

  test('never echoes a control character of its arguments', async () => {
    const { stderr } = await runHere(['check', '--\u001b[31m', '--reading', 'a\u202eb=\u009b', 'f']);
    expect(stderr).not.toMatch(/\p{Bidi_Control}|(?!\n)\p{Cc}/u);
    expect(stderr).toContain('\\u{1b}[31m');
  });
});

describe('a wrong answer', () => {
  test.each([
    ['result-scop', 'all-analyses'],
    ['result-scope', 'all-analysis'],
  ])('is refused with the words of the specification: %s=%s', (question, answer) => {
    const [problem] = answerProblems(question, answer);
    expect(() => readingFrom({ [question]: answer })).toThrow(`reading, ${question}: ${problem}`);
  });
});

describe.each(names)('%s --help', (name) => {
  test('shows every option and exit code in no more than 100 columns', async () => {
    const { code, stdout } = await runHere([name, '--help']);
    const command = commands[name];
    expect(code).toBe(0);
    for (const option of Object.keys(command?.options ?? {})) expect(stdout).toContain(`--${option}`);
    for (const exit of [...Object.keys(command?.exits ?? {}), '2']) expect(stdout).toContain(`\n  ${exit}  `);
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });
});
