import { createHmac } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { some } from '../../deep.ts';
import { repository } from '../built.ts';
import { everyReport } from './every-report.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';
import { bad } from '../sample-lines.ts';

const recordings = join(repository, 'docs/examples/recordings');
const names = some(
  13,
  readdirSync(recordings).filter((name) => name !== 'index.json'),
);
const key = 'a key of this test only';

/** Runs `check` on bundled recordings. */
const check = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runHere(['check', '--all', ...args, ...names], { cwd: recordings, env });

const idOf = /00000000-0000-4000-8000-\d{12}/g;
const pseudonym = (id: string) =>
  `redacted-${createHmac('sha256', key).update(id).digest('hex').slice(0, 20)}`;

describe('--redact', () => {
  test('calls every id by its keyed hash and changes nothing else', async () => {
    const plain = await check(['--format', 'json']);
    const redacted = await check(['--format', 'json', '--redact'], { OZ_STATUS_REDACT_KEY: key });
    expect(plain.stdout.match(idOf)?.length).toBeGreaterThan(20);
    expect(redacted.stdout).toBe(plain.stdout.replaceAll(idOf, pseudonym));
    expect(redacted.code).toBe(plain.code);
  });

  test('leaves no id in a report, whatever its format', async () => {
    const paths = names.map((name) => join(recordings, name));
    for (const [format, report] of await everyReport(['--all', '--redact'], paths, directoryWith({}))) {
      expect(report.match(idOf), format).toEqual(null);
      expect(report, format).toContain('redacted-');
    }
  });

  test('leaves no id in what readings infer prints', async () => {
    const args = ['readings', '--format', 'json', 'infer', '--redact', 'failed-first.ndjson'];
    const { stdout } = await runHere(args, { cwd: recordings });
    expect(stdout.match(idOf)).toEqual(null);
    expect(stdout).toContain('redacted-');
  });

  test('draws another key for each run where the environment has none', async () => {
    const cwd = directoryWith({ 'bad.ndjson': bad });
    const run = async () => (await runHere(['check', '--redact', 'bad.ndjson'], { cwd })).stdout;
    const [one, other] = [await run(), await run()];
    expect(one).not.toBe(other);
    const masked = (report: string) => report.replaceAll(/redacted-[0-9a-f]{20}/g, 'redacted');
    expect(masked(one)).toBe(masked(other));
  });

  test('keeps the names of files, which say where to look', async () => {
    const cwd = directoryWith({ 'bad.ndjson': bad });
    const { stdout } = await runHere(['check', '--redact', 'bad.ndjson'], { cwd });
    expect(stdout).toContain('bad.ndjson:4:178 /analyses/0/resolution_status');
  });

  test.each([
    ['check', 'bad.ndjson'],
    ['readings', 'infer', 'bad.ndjson'],
  ])('refuses a key that can be guessed: %s', async (...args) => {
    const around = { cwd: directoryWith({ 'bad.ndjson': bad }), env: { OZ_STATUS_REDACT_KEY: 'short' } };
    const { code, stdout, stderr } = await runHere([...args, '--redact'], around);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('OZ_STATUS_REDACT_KEY: expected at least 16 characters, received 5');
  });
});
