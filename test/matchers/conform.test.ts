import { readFileSync } from 'node:fs';
import { expect as jestExpect } from 'expect';
import { describe, expect, it } from 'vitest';
import type { Example } from '../../src/cli/commands/bundled.ts';
import { toConformToOzStatuses } from '../../src/matchers/vitest.ts';
import { analysis, folder } from '../recorder/api-server.ts';

expect.extend({ toConformToOzStatuses });
jestExpect.extend({ toConformToOzStatuses });

const directory = new URL('../../docs/examples/recordings/', import.meta.url);
const textOf = (file: string) => readFileSync(new URL(file, directory), 'utf8');
const examples = (JSON.parse(textOf('index.json')) as readonly Example[])
  .filter(({ file }) => !file.endsWith('.gz'))
  .map(({ file, expected }) => [file, expected.exitCode, expected.codes] as const);

const runners = [
  ['vitest', expect],
  ['jest', jestExpect as unknown as typeof expect],
] as const;

/** What a failing expectation says; fails itself where the expectation holds. */
function failure(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the expectation holds');
}

const passed = [
  folder('PROCESSING', 'PROCESSING', [analysis('a', 'QUALITY', 'PROCESSING')]),
  folder('FINISHED', 'SUCCESS', [analysis('a', 'QUALITY', 'FINISHED', 'SUCCESS')]),
];
const changed = [...passed, analysis('a', 'QUALITY', 'FINISHED', 'DECLINED')];

describe.each(runners)('toConformToOzStatuses in %s', (_name, runner) => {
  it.each(examples)('judges %s as the check does: exit code %i', (file, exitCode, codes) => {
    const text = textOf(file);
    const [holds, isRefused] = [
      () => runner(text).toConformToOzStatuses({ file }),
      () => runner(text).not.toConformToOzStatuses({ file }),
    ];
    if (exitCode === 0) holds();
    else for (const code of codes) expect(failure(holds)).toContain(code);
    if (exitCode === 1) isRefused();
    else expect(failure(isRefused)).toContain(exitCode === 0 ? 'received one that does:' : 'can be judged');
  });

  it('takes answers and lines in order of arrival, one answer, and a HAR', () => {
    const lines = passed.map((one) => `${JSON.stringify(one)}\n`);
    const har = JSON.parse(textOf('browser.har')) as unknown;
    for (const received of [passed, lines, lines.join(''), passed[1], har]) {
      runner(received).toConformToOzStatuses();
    }
    for (const received of [changed, passed.toReversed()]) {
      expect(failure(() => runner(received).toConformToOzStatuses())).toContain('received:');
      runner(received).not.toConformToOzStatuses();
    }
  });

  it('stands inside of a larger expectation', () => {
    runner({ answers: passed }).toEqual({ answers: runner.toConformToOzStatuses() });
    runner({ answers: changed }).toEqual({ answers: runner.not.toConformToOzStatuses({ strict: true }) });
    expect(
      failure(() => runner({ answers: changed }).toEqual({ answers: runner.toConformToOzStatuses() })),
    ).toContain('toConformToOzStatuses');
  });

  it('takes the options of a check', () => {
    const failed = textOf('failed-first.ndjson');
    runner(failed).not.toConformToOzStatuses();
    runner(failed).toConformToOzStatuses({ readings: [{ 'status-precedence': 'failed-first' }] });
    runner(failed).toConformToOzStatuses({ readings: 'any' });
    runner(textOf('two-steps.ndjson')).toConformToOzStatuses();
    runner(textOf('two-steps.ndjson')).not.toConformToOzStatuses({ strict: true });
    const elsewhere = failure(() =>
      runner(textOf('envelopes.ndjson')).toConformToOzStatuses({ routePrefix: '/x' }),
    );
    expect(elsewhere).toContain('received one that holds nothing to judge');
  });

  it.each([
    ['an empty list', []],
    ['an empty text', ''],
    ['what is unreadable', '{"folder_id":'],
  ])('fails either way for %s, which nobody can judge', (_what, received) => {
    for (const expectation of [
      () => runner(received).toConformToOzStatuses(),
      () => runner(received).not.toConformToOzStatuses(),
    ]) {
      expect(failure(expectation)).toContain('Expected a recording that can be judged');
    }
  });

  it.each([
    ['undefined', undefined, 'received undefined'],
    ['a number', 5, 'received 5'],
    [
      'bytes',
      new TextEncoder().encode('{}'),
      "received bytes: decode them first, as readFileSync(file, 'utf8') does",
    ],
    ['a promise', Promise.resolve('{}'), 'received a promise: await it first'],
    ['a list of numbers', [5], 'received 5 at [0]'],
    ['a list of promises', [{}, Promise.resolve('{}')], 'received a promise at [1]: await it first'],
    ['a list of responses', [new Response('{}')], 'received a body at [0]: await its text() first'],
    ['a map', new Map([['a', '{}']]), 'and is no list: make one of it, as [...it] does'],
    ['a list of a set', [new Set(['{}'])], 'and is no list at [0]: make one of it, as [...it] does'],
    [
      'a number that JSON does not know',
      { folder_id: 1n },
      'received an object: it has no JSON: Do not know how',
    ],
    [
      'a list of what has no JSON',
      [{ toJSON: () => undefined }],
      'received an object at [0]: it has no JSON',
    ],
    [
      'a list of texts of several lines',
      ['{}\n{}'],
      'received at [0] a text of several lines: give it alone',
    ],
    ['a function', () => undefined, 'received function'],
  ])('says what it expects where it receives %s', (_what, received, message) => {
    expect(failure(() => runner(received).toConformToOzStatuses())).toContain(message);
    expect(failure(() => runner(received).not.toConformToOzStatuses())).toContain(message);
  });

  it.each([
    ['no object', 5, 'options: expected an object, received 5'],
    [
      'an unknown option',
      { strickt: true },
      'options: expected readings, operatorRequired, groups, fields, decidedGroup, strict',
    ],
    ['a wrong type', { strict: 'yes' }, 'options.strict: expected true or false, received "yes"'],
    ['a wrong choice', { groups: 'all' }, 'options.groups: expected known or first-seen, received "all"'],
    ['no text', { file: 1 }, 'options.file: expected text, received 1'],
    [
      'no list of readings',
      { readings: 'hold' },
      "options.readings: expected 'any' or a list of one or more",
    ],
    ['no reading at all', { readings: [] }, 'one or more readings, received none'],
    [
      'one reading for readings',
      { reading: { 'result-while-running': 'hold' } },
      'received "reading"; did you mean readings?',
    ],
    [
      'no reading',
      { readings: ['hold'] },
      'options.readings[0]: expected an object of questions and answers, received "hold"',
    ],
    [
      'an unknown question',
      { readings: [{}, { scope: 'x' }] },
      'options.readings[1]: expected a question (result-scope, ',
    ],
    [
      'an unknown answer',
      { readings: [{ 'result-while-running': 'x' }] },
      'options.readings[0][\'result-while-running\']: expected processing or hold, received "x"',
    ],
    [
      'two answers on operators',
      { readings: [{}, { 'operator-decision': 'allowed' }] },
      'options.readings: expected one answer to operator-decision, received unspecified, allowed',
    ],
  ])('says what is wrong with options that are %s', (_what, options, message) => {
    expect(failure(() => runner(passed).toConformToOzStatuses(options as object))).toContain(message);
    expect(failure(() => runner(changed).not.toConformToOzStatuses(options as object))).toContain(message);
  });

  it('shows findings as the text report does, hidden characters escaped', () => {
    const message = failure(() =>
      runner([{ folder_id: 'f\u001b[31m', resolution_status: 'DONE' }]).toConformToOzStatuses(),
    );
    expect(message).toContain('violation STATUS_NOT_IN_FIELD\n');
    expect(message).toContain('where     received:1 /resolution_status\n    observed  DONE\n');
    expect(message).toContain('folder f\\u{1b}[31m: violates');
    expect(message).not.toContain('exit code');
  });
});
