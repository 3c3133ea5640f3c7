import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../machines/index.ts';
import { createChecker } from '../../src/conformance/index.ts';
import { repository } from '../cli/built.ts';
import { readText } from './reading.ts';

/** How each file was made stands beside them. */
const directory = join(repository, 'test/recordings/recorded');
const files = readdirSync(directory).filter((name) => /\.(?:har|ndjson|json)$/.test(name));
const printed = join(directory, 'printed');
const pointers: Readonly<Record<string, string>> = {
  'pino.ndjson': '/res/body',
  'winston.ndjson': '/payload',
  'bunyan.ndjson': '/exchange',
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

describe('a recording that was made with', () => {
  it.each(files)('%s is judged in full', (name) => {
    const text = readFileSync(join(directory, name), 'utf8');
    const pointer = pointers[name];
    const at = pointer === undefined ? [] : [pointer];
    expect(judged(text, at)).toEqual(inFull);
    const wrong = text.replaceAll(/(system_resolution\\*":\s*\\*")DECLINED/g, '$1SUCCESS');
    // Newman keeps bodies as lists of bytes.
    expect(wrong === text).toBe(name === 'newman.json');
    if (wrong !== text) expect(judged(wrong, at).folders).toEqual([['f-1', 'violates', 5]]);
    if (pointer !== undefined) expect(readText(text).findings[0]?.hint).toContain(`--at '${pointer}`);
  });
});

describe('what was printed by', () => {
  it.each(readdirSync(printed))('%s is judged in full by the command that is named', (name) => {
    const { findings } = readText(readFileSync(join(printed, name), 'utf8'));
    const [, command = ''] = /: (awk .*) \| oz-status check -$/.exec(findings[0]?.hint ?? '') ?? [];
    // Values over several lines are read as well without being put into one each.
    const shown = command.replace(' FILE', ` '${join(printed, name)}'`).replace(/ \| jq -c \.$/, '');
    expect(judged(execFileSync('sh', ['-c', shown], { encoding: 'utf8' }), [])).toEqual(inFull);
  });
});
