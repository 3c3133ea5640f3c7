import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { raw } from 'jq-wasm';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../machines/index.ts';
import { createChecker } from '../../src/conformance/index.ts';
import { longestFact } from '../../src/reports/check/text.ts';
import { repository } from '../cli/built.ts';
import { blocksOf } from '../docs/blocks.ts';
import { readText } from './reading.ts';

/** How each file was made stands beside them. */
const directory = join(repository, 'test/recordings/recorded');
const files = readdirSync(directory).filter((name) => /\.(?:har|ndjson|json)$/.test(name));
const printed = join(directory, 'printed');
const pointers: Readonly<Record<string, string>> = {
  'pino.ndjson': '/res/body',
  'winston.ndjson': '/payload',
  'bunyan.ndjson': '/exchange',
  'ecs-pino.ndjson': '/http/response/body/content',
  'express-winston.ndjson': '/meta/res/body',
  'loguru.ndjson': '/record/message',
  'okhttp.ndjson': '/message',
  'python-texts.ndjson': '/response',
  'pino-two-lines.ndjson': '/response',
  'fastify.ndjson': '/payload',
  'tshark.json': '/*/_source/layers/http/http.file_data',
  'tshark.ndjson': '/layers/http/http_http_file_data',
  'opentelemetry.json': '/resourceLogs/*/scopeLogs/*/logRecords/*/body/stringValue',
};

function judged(text: string, at: readonly string[]) {
  const { observations, findings } = readText(text, { at });
  const checker = createChecker({ settings: defaultSettings });
  for (const observation of observations) checker.observe(observation);
  const results = checker.finish();
  return {
    folders: results.map(({ folderId, verdict, observations: count }) => [folderId, verdict, count]),
    violations: results.flatMap((result) => result.findings.map(({ code }) => code)),
    findings: findings.map(({ code }) => code),
  };
}

const inFull = { folders: [['f-1', 'conforms', 5]], violations: [], findings: [] };

/** A recording of the same in which the folder shows another result, of as many bytes where chunks count them. */
const withWrongResult = (text: string): string =>
  text
    .replaceAll('system_resolution":"DECLINED"', 'system_resolution":"SUCCESS" ')
    .replaceAll(/(system_resolution(?:\W|x22){1,12})DECLINED/g, '$1SUCCESS');

describe('a recording that was made with', () => {
  it.each(files)('%s is judged in full', (name) => {
    const text = readFileSync(join(directory, name), 'utf8');
    const pointer = pointers[name];
    const at = pointer === undefined ? [] : [pointer];
    expect(judged(text, at)).toEqual(inFull);
    const wrong = withWrongResult(text);
    // Newman keeps bodies as lists of bytes.
    expect(wrong === text).toBe(name === 'newman.json');
    if (wrong !== text) expect(judged(wrong, at).folders).toEqual([['f-1', 'violates', 5]]);
    if (pointer === undefined) return;
    const hints = readText(text).findings.map(({ hint }) => hint);
    expect(hints).toContainEqual(expect.stringContaining(`--at '${pointer}`));
  });
});

describe('a recording that breaks off', () => {
  const whole = files.filter((name) => name.endsWith('.json') && pointers[name] === undefined);
  it.each(whole)('is judged as far as it is whole: %s', (name) => {
    const text = readFileSync(join(directory, name), 'utf8').trimEnd();
    const cuts = Array.from({ length: 24 }, (_, at) => Math.floor((text.length * (at + 1)) / 25));
    const read = [...cuts, text.length - 1].map((length) => judged(text.slice(0, length), []));
    expect(read.flatMap(({ violations }) => violations)).toEqual([]);
    expect(new Set(read.flatMap(({ findings }) => findings))).toEqual(new Set(['JSON_INVALID']));
    const counts = read.map(({ folders }) => Number(folders[0]?.[2] ?? 0));
    expect(counts).toEqual(counts.toSorted((one, other) => one - other));
    expect(new Set(counts)).toContain(2);
    expect(counts.at(-1)).toBeGreaterThanOrEqual(4);
  });
});

describe('what was printed by', () => {
  it.each(readdirSync(printed))('%s is judged in full, with its requests', (name) => {
    const text = readFileSync(join(printed, name), 'utf8');
    expect(judged(text, [])).toEqual({ ...inFull, findings: ['TEXT_AROUND_JSON'] });
    expect(judged(withWrongResult(text), []).folders).toEqual([['f-1', 'violates', 5]]);
    // What curl -i prints tells of no requests.
    const wholeGroups = readText(text).observations.filter(({ wholeGroup }) => wholeGroup);
    expect(wholeGroups).toHaveLength(name === 'curl-i.txt' ? 0 : 1);
  });
});

describe('a report of pytest', () => {
  it('is judged in full, with what it tells again left out', () => {
    const text = readFileSync(join(directory, 'pytest.txt'), 'utf8');
    expect(judged(text, [])).toEqual({ ...inFull, findings: ['TEXT_AROUND_JSON'] });
    expect(judged(withWrongResult(text), []).folders).toEqual([['f-1', 'violates', 5]]);
  });
});

describe('a part of what was printed by', () => {
  it.each(readdirSync(printed))('%s never violates, wherever it is cut', (name) => {
    const text = readFileSync(join(printed, name), 'utf8');
    const cuts = Array.from({ length: 10 }, (_, at) => Math.floor((text.length * (at + 1)) / 11));
    for (const cut of cuts)
      for (const part of [text.slice(0, cut), text.slice(cut), `log\n${text.slice(cut)}`])
        expect([cut, judged(part, []).violations]).toEqual([cut, []]);
  });
});

const byCommand = join(directory, 'by-command');
/** What a command prints, run by a shell, but for jq, which need not be installed. */
async function printedBy(command: string, file: string): Promise<string> {
  const sh = (script: string, input = '') =>
    execFileSync('sh', ['-c', script], { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'inherit'] });
  const [, flag, filter, rest] = /^jq (-\w+) '([^']*)' FILE(?: \| (.*))?$/.exec(command) ?? [];
  if (flag === undefined) return sh(command.replace(' FILE', ` '${file}'`));
  const text = readFileSync(file, 'utf8');
  const given = file.endsWith('.ndjson') ? text : (JSON.parse(text) as object);
  const output = `${await raw(given, filter!, [flag])}\n`;
  return rest === undefined ? output : sh(rest, output);
}

interface ByCommand {
  readonly name: string;
  readonly program: 'node' | 'jq' | 'awk' | 'python3';
  readonly at?: string;
  /** The pointer with which what the command makes is read. */
  readonly inner?: string;
}
const commands: readonly ByCommand[] = [
  { name: 'playwright.har', program: 'node' },
  { name: 'trace.network', program: 'node', at: '/snapshot' },
  { name: 'betamax.json', program: 'node' },
  { name: 'undici.json', program: 'jq' },
  { name: 'opentelemetry.json', program: 'jq' },
  { name: 'netlog.json', program: 'jq' },
  { name: 'goreplay.gor', program: 'node' },
  { name: 'envoy-segments.ndjson', program: 'jq' },
  { name: 'http2.json', program: 'node' },
  { name: 'curl-trace.txt', program: 'awk' },
  { name: 'hurl.json', program: 'node' },
  { name: 'dynamodb.ndjson', program: 'jq' },
  { name: 'sqlite.csv', program: 'python3' },
  { name: 'clickhouse.json', program: 'jq' },
];

describe('a file that is not read', () => {
  it.each(commands)(
    'is judged in full by the command that is named: $name, with $program',
    async ({ name, program, at, inner }) => {
      const file = join(byCommand, name);
      const begin = new RegExp(`${program} (?:-|')`);
      const { findings } = readText(readFileSync(file, 'utf8'), { at: at === undefined ? [] : [at] });
      const hint = findings.find((one) => begin.test(one.hint ?? ''))?.hint ?? '';
      // Reports cut what is longer, and with it the command.
      expect(hint.length).toBeLessThanOrEqual(longestFact);
      const command = hint.slice(hint.search(begin), hint.indexOf(' | oz-status check -'));
      const shown = await printedBy(command, file);
      const spelled = shown.replaceAll(/"(ey[^"]+)"/g, (_, text: string) => JSON.stringify(atob(text)));
      // Betamax keeps one answer of each request.
      const all = name === 'betamax.json' ? 4 : 5;
      const innerWay = inner === undefined ? [] : [inner];
      const notes = /^[[{]/.test(shown) ? [] : ['TEXT_AROUND_JSON'];
      const conforming = { ...inFull, folders: [['f-1', 'conforms', all]], findings: notes };
      expect(judged(shown, innerWay)).toEqual(conforming);
      expect(judged(withWrongResult(spelled), innerWay).folders).toEqual([['f-1', 'violates', all]]);
    },
  );
});

describe('a recording of GoReplay', () => {
  it('is refused with one sentence, as its messages are not in order of time', () => {
    const { observations, findings } = readText(readFileSync(join(byCommand, 'goreplay.gor'), 'utf8'));
    expect(observations).toEqual([]);
    expect(findings.map(({ code, where }) => [code, where.line])).toEqual([['JSON_INVALID', 1]]);
  });
});

describe('a log in which requests come after their answers', () => {
  it('is judged in full by the command of the guide', async () => {
    const blocks = blocksOf('docs/guide/recordings.md', 'sh').map(({ text }) => text);
    const command = blocks.find((text) => text.startsWith('jq -'))!;
    const [, flag, filter, at] = /^jq (-\w+) '([^']+)' app\.log \| npx oz-status check --at (\S+) -/.exec(
      command,
    )!;
    const log = readFileSync(join(directory, 'by-recipe/pino-http.ndjson'), 'utf8');
    expect(judged(log, [at!])).toEqual({ ...inFull, findings: ['REQUEST_UNKNOWN'] });
    const shown = await raw(log, filter!, [flag!]);
    expect(judged(shown, [at!])).toEqual(inFull);
    const { observations } = readText(shown, { at: [at!] });
    expect(observations.map(({ wholeGroup }) => wholeGroup)).toEqual([false, true, false, false, false]);
    expect(judged(withWrongResult(shown), [at!]).folders).toEqual([['f-1', 'violates', 5]]);
  });
});
