import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { defaultSettings } from '../../machines/index.ts';
import { asCurl, asTest } from '../../src/reviewer/page/simulate/traffic.ts';

const base = 'https://simulator.test/s/page/clock=polls';
const hostile = `{"meta_data":{"a":"it's $(touch x) \`id\` \\\\ \\" $HOME\\n"}}`;
const sent = [
  { method: 'POST', path: '/api/folders/', body: hostile, status: 201, answer: '{}' },
  { method: 'GET', path: "/api/folders/a'b?x=$HOME", body: '', status: null, answer: 'the connection broke' },
];

test('commands for a shell say exactly what was sent', () => {
  const text = asCurl(base, defaultSettings, sent);
  // In the place of the program, one that prints what it is given.
  const given = execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${text}`], { encoding: 'utf8' });
  const http = 'http://127.0.0.1:8080/s/page/clock=polls';
  const sentTo = `-sS -X POST ${http}/api/folders/ -H`.split(' ');
  const then = `-sS -X GET ${http}/api/folders/a'b?x=$HOME`.split(' ');
  const said = [...sentTo, 'content-type: application/json', '--data-raw', hostile, ...then];
  expect(given.split('\0')).toEqual([...said, '']);
});

test('commands and test name the settings that are not the default ones', () => {
  const reading = { ...defaultSettings.reading, 'status-precedence': 'failed-first' } as const;
  const settings = { reading, operatorRequired: 'never' } as const;
  expect(asCurl(base, settings, []).split('\n')[0]).toBe(
    '# npx oz-status simulate --port 8080 --reading status-precedence=failed-first --operator-required never',
  );
  const made = asTest(base, settings, sent);
  expect(made).toContain(
    'createSimulator({"reading":{"status-precedence":"failed-first"},"operatorRequired":"never"})',
  );
  expect(made).toContain(`await ask("POST", "/api/folders/", ${JSON.stringify(hostile)}), [201]);`);
  expect(made).toContain('[null]);');
});
