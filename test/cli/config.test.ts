import { Ajv2020 } from 'ajv/dist/2020.js';
import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { answersTo, questionNames } from '../../machines/readings.ts';
import { configOptions } from '../../src/cli/check-options.ts';
import { configSchema } from '../../src/cli/config-schema.ts';
import { configProblems } from '../../src/cli/config.ts';
import { directoryWith, runHere } from './fake-terminal.ts';

const whole = {
  $schema: 'x',
  reading: { 'result-scope': 'all-analyses' },
  anyReading: false,
  operatorRequired: 'never',
  groups: 'first-seen',
  routePrefix: '/api',
  baseline: 'known.json',
  redact: true,
  all: true,
  format: ['text', 'sarif=out.sarif'],
  output: 'report.txt',
  docsUrl: 'https://example.org/docs/',
  strict: true,
  quiet: true,
  color: 'never',
};

describe('the validator of config files', () => {
  test('accepts every setting there is', () => {
    expect(configProblems(whole)).toEqual([]);
    expect(
      Object.keys(whole)
        .filter((key) => key !== '$schema')
        .toSorted(),
    ).toEqual(Object.keys(configOptions).toSorted());
  });

  test('accepts exactly what the JSON Schema accepts', () => {
    const accepts = new Ajv2020().compile(configSchema());
    const anything = fc.oneof(
      fc.jsonValue({ maxDepth: 1 }),
      fc.constantFrom(
        '',
        'text',
        true,
        'never',
        'known',
        'text=',
        'html=a\nb',
        'htm=a',
        'xtext',
        [],
        ['json', '='],
      ),
    );
    const answer = fc.oneof(
      fc.constantFrom(...questionNames.flatMap((name) => [...answersTo(name)])),
      anything,
    );
    const question = fc.oneof(fc.constantFrom<string>(...questionNames), fc.string());
    const reading = fc.oneof(fc.dictionary(question, answer, { maxKeys: 2 }), anything);
    const legal = fc.constantFrom(...Object.entries(whole));
    const setting = fc.oneof(
      legal,
      fc.tuple(fc.constant('anyReading'), fc.boolean()),
      fc.tuple(fc.constant('reading'), reading),
      fc.tuple(fc.oneof(fc.constantFrom(...Object.keys(whole)), fc.string()), anything),
    );
    const config = fc.oneof(fc.array(setting, { maxLength: 5 }).map(Object.fromEntries), anything);
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(config, (value) => {
        const accepted = configProblems(value).length === 0;
        seen[accepted ? 'accepted' : 'refused'] += 1;
        expect(accepted).toBe(accepts(value));
      }),
      { numRuns: 2000 },
    );
    expect(seen.accepted).toBeGreaterThan(100);
    expect(seen.refused).toBeGreaterThan(100);
  });
});

describe('a config file', () => {
  test.each([
    ['{', '1:2: not valid JSON'],
    ['[]', '1:1: expected an object, received []'],
    ['{"formt": "json"}', '1:11 /formt: there is no such setting; did you mean format?'],
    ['{"format": "jsonn"}', 'received "jsonn"; did you mean json?'],
    ['{"format": ["text", "sarif="]}', '/format/1: expected text or json or'],
    ['{"format": []}', '/format: expected one or more, received []'],
    ['{"strict": "yes"}', '/strict: expected true or false, received "yes"'],
    ['{\n  "strict": true,\n  "output": 1\n}', '3:13 /output: expected text, received 1'],
    ['{"output": ""}', '/output: expected text, received ""'],
    ['{"$schema": 1}', '/$schema: expected text, received 1'],
    ['{"config": "other.json"}', '/config: there is no such setting'],
    ['{"__proto__": {}}', '/__proto__: there is no such setting'],
    ['{"reading": []}', '/reading: expected an object of questions and answers, received []'],
    ['{"reading": {"result-scop": "x"}}', '/reading/result-scop: expected a question'],
    ['{"reading": {"result-scope": "x"}}', '/reading/result-scope: expected last-finished-group or'],
    ['{"reading": {"a/b~c": "x"}}', '/reading/a~1b~0c: '],
    ['{"reading": {"operator-decision": null}}', 'received null'],
    ['['.repeat(10_000), 'at most 8 nested lists and objects'],
    [
      '{"anyReading": true, "reading": {"result-scope": "all-analyses"}}',
      '1:50 /reading/result-scope: overruled',
    ],
  ])('%s is refused with exit code 2 and the reason', async (content, reason) => {
    const cwd = directoryWith({ 'oz-status.config.json': content });
    const { code, stdout, stderr } = await runHere(['check', 'file.json'], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^oz-status: oz-status\.config\.json:\d+:\d+[ :]/);
    expect(stderr).toContain(reason);
  });

  test.each([
    ['{"docsUrl": "javascript:alert(1)"}', '--docs-url: expected an address with http:// or https://'],
    ['{"format": ["text", "json"]}', '--format: only one report can go to standard output'],
    ['{"format": ["text=a"], "output": "b"}', '--output: every --format names a file of its own'],
  ])('%s, legal by itself, is refused where its settings meet', async (content, reason) => {
    const cwd = directoryWith({ 'oz-status.config.json': content });
    const { code, stderr } = await runHere(['check', 'file.json'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
  });

  test('that is named has to be there', async () => {
    const { code, stderr } = await runHere(['check', '--config', 'my.json', 'f'], { cwd: directoryWith({}) });
    expect(code).toBe(2);
    expect(stderr).toContain('my.json: cannot be read (ENOENT)');
  });

  test('never gets its control characters echoed', async () => {
    const cwd = directoryWith({ 'oz-status.config.json': '{"\\u001b[2J": 1, "format": "\\u202ejson"}' });
    const { stderr } = await runHere(['check', 'f'], { cwd });
    expect(stderr).toContain('\\u{1b}[2J');
    expect(stderr).toContain('\\u{202e}json');
  });
});
