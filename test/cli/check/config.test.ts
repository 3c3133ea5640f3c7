import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answersTo, questionNames } from '../../../machines/readings.ts';
import { configOptions } from '../../../src/cli/check/check-options.ts';
import { configSchema } from '../../../src/cli/check/config-schema.ts';
import { configProblems } from '../../../src/cli/check/config.ts';
import { runs } from '../../deep.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';
import { bad } from '../sample-lines.ts';

const whole = {
  $schema: 'x',
  reading: { 'result-scope': 'all-analyses' },
  anyReading: false,
  operatorRequired: 'never',
  groups: 'first-seen',
  fields: 'stale',
  decidedGroup: 'last',
  routePrefix: '/api',
  route: ['POST /own/result=folders'],
  at: '/log',
  maxLineBytes: '64M',
  maxDocumentBytes: '1G',
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
      runs(600, 2000),
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
    expect(stderr).toContain('my.json: cannot be read: there is no such file');
  });

  describe('that is found in the working directory', () => {
    /** A directory with a config file, beside another one that holds `kept`, and links that lead there. */
    function nextTo(config: object): { readonly cwd: string; readonly outside: string } {
      const outside = directoryWith({ kept: 'as it was' });
      const cwd = directoryWith({
        'oz-status.config.json': JSON.stringify(config, null, 1),
        'bad.ndjson': bad,
        'known.json': JSON.stringify({ formatVersion: 1, entries: [] }),
      });
      symlinkSync(outside, join(cwd, 'away'));
      symlinkSync(join(outside, 'kept'), join(cwd, 'link'));
      symlinkSync('.', join(cwd, 'here'));
      return { cwd, outside };
    }

    test.each([
      ['/output', { output: 'OUTSIDE/kept' }],
      ['/output', { output: '../NAME/kept' }],
      ['/output', { output: 'here/../../x' }],
      ['/output', { output: 'away/kept' }],
      ['/output', { output: 'away/new' }],
      ['/output', { output: 'away/none/new' }],
      ['/output', { output: 'link' }],
      ['/output', { output: '/dev/null' }],
      ['/output', { output: '.' }],
      ['/format', { format: 'json=link' }],
      ['/format/1', { format: ['text', 'json=link', 'sarif=here/x.sarif'] }],
    ])('may not have a report written elsewhere: %s in %j', async (pointer, config) => {
      const { cwd, outside } = nextTo({});
      const text = JSON.stringify(config, null, 1)
        .replace('OUTSIDE', outside)
        .replace('NAME', basename(outside));
      writeFileSync(join(cwd, 'oz-status.config.json'), text);
      const { code, stdout, stderr } = await runHere(['check', 'bad.ndjson'], { cwd });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^oz-status: oz-status\.config\.json:\d+:\d+ /);
      expect(stderr).toContain(`${pointer}: expected a file within the working directory`);
      expect(readFileSync(join(outside, 'kept'), 'utf8')).toBe('as it was');
      expect(readdirSync(outside)).toEqual(['kept']);
    });

    test('may where it is named', async () => {
      const { cwd, outside } = nextTo({ output: 'away/new', format: ['text', 'json=link'] });
      const args = ['check', 'bad.ndjson', '--config', 'oz-status.config.json'];
      expect((await runHere(args, { cwd })).code).toBe(1);
      expect(readdirSync(outside)).toEqual(['kept', 'new']);
      expect(readFileSync(join(outside, 'kept'), 'utf8')).toContain('SETTLED_ANALYSIS_CHANGED');
    });

    test('may within it', async () => {
      const { cwd } = nextTo({ output: 'here/a.txt', format: ['text', 'json=./b..json', 'github=..c'] });
      expect((await runHere(['check', 'bad.ndjson'], { cwd })).code).toBe(1);
      expect(readdirSync(cwd)).toEqual(expect.arrayContaining(['a.txt', 'b..json', '..c']));
    });

    test('may name a baseline elsewhere that is read, and not one that is written', async () => {
      const { cwd, outside } = nextTo({ baseline: 'away/kept' });
      const entries = [{ code: 'SETTLED_ANALYSIS_CHANGED', reason: 'known' }];
      const known = JSON.stringify({ formatVersion: 1, entries });
      writeFileSync(join(outside, 'kept'), known);
      expect((await runHere(['check', 'bad.ndjson'], { cwd })).code).toBe(0);
      const { code, stderr } = await runHere(['check', 'bad.ndjson', '--update-baseline'], { cwd });
      expect([code, stderr]).toEqual([2, expect.stringContaining('/baseline: expected a file within')]);
      expect(readFileSync(join(outside, 'kept'), 'utf8')).toBe(known);
      const named = ['check', 'bad.ndjson', '--update-baseline', '--baseline', 'away/kept'];
      expect((await runHere(named, { cwd })).code).toBe(0);
      expect(readFileSync(join(outside, 'kept'), 'utf8')).not.toBe(known);
    });
  });

  test('never gets its control characters echoed', async () => {
    const cwd = directoryWith({ 'oz-status.config.json': '{"\\u001b[2J": 1, "format": "\\u202ejson"}' });
    const { stderr } = await runHere(['check', 'f'], { cwd });
    expect(stderr).toContain('\\u{1b}[2J');
    expect(stderr).toContain('\\u{202e}json');
  });
});
