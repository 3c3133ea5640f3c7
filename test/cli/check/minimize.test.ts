import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isDeep, some } from '../../deep.ts';
import { secretRecordings, secrets } from '../../reports/secret-recordings.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';
import { bad, good, unfinished } from '../sample-lines.ts';

const files = { 'bad.ndjson': bad, 'good.ndjson': good, 'unfinished.ndjson': unfinished };
const changed = 'SETTLED_ANALYSIS_CHANGED.ANALYSIS-FINAL.ndjson';

describe('--minimize', () => {
  test('writes a recording for each finding and the command that finds the same in it', async () => {
    const cwd = directoryWith(files);
    const asked =
      '--reading result-scope=all-analyses --groups first-seen --fields stale --decided-group last';
    const options = asked.split(' ');
    const run = await runHere(
      ['check', ...options, '--minimize', 'out dir', 'bad.ndjson', 'unfinished.ndjson'],
      { cwd },
    );
    expect(run.code).toBe(1);
    expect(readdirSync(join(cwd, 'out dir'))).toEqual([
      'ENDS_UNSETTLED.FOLDER-PROCESSING-MEANS.ndjson',
      changed,
    ]);
    const commands = [...run.stderr.matchAll(/^ {2}npx oz-status (.*)'(.*)'$/gm)];
    expect(commands).toHaveLength(2);
    for (const [, args = '', file = ''] of commands) {
      const again = await runHere([...args.trim().split(' '), '--format', 'json', file], { cwd });
      expect(again.stdout).toContain(`"code": "${/(\w+)\.[\w-]+\.ndjson/.exec(file)?.[1]}"`);
      expect(args).toContain(asked);
    }
  });

  test('writes the same again, and leaves a file alone that holds something else', async () => {
    const cwd = directoryWith(files);
    const run = () => runHere(['check', '--minimize', '.', 'bad.ndjson'], { cwd });
    const first = await run();
    const text = readFileSync(join(cwd, changed), 'utf8');
    expect([(await run()).stderr, readFileSync(join(cwd, changed), 'utf8')]).toEqual([first.stderr, text]);
    writeFileSync(join(cwd, changed), 'mine');
    const refused = await run();
    expect([refused.code, readFileSync(join(cwd, changed), 'utf8')]).toEqual([2, 'mine']);
    expect(refused.stderr).toContain('found something else');
  });

  test('says so where there is nothing to minimize, and where a directory cannot be made', async () => {
    const cwd = directoryWith(files);
    const fine = await runHere(['check', '--minimize', 'out', 'good.ndjson'], { cwd });
    expect([fine.code, fine.stderr]).toEqual([0, expect.stringContaining('nothing to minimize')]);
    const wrong = await runHere(['check', '--minimize', 'good.ndjson/out', 'bad.ndjson'], { cwd });
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringContaining('cannot be made: a part of the path is no directory'),
    ]);
    const piped = await runHere(['check', '--minimize', 'out', '-'], { cwd, stdin: bad });
    expect([piped.code, piped.stdout]).toEqual([2, '']);
  });

  test('calls ids by the pseudonyms of the reports, of the same key', async () => {
    const cwd = directoryWith(files);
    const run = (args: readonly string[], key: string) =>
      runHere(['check', '--redact', ...args, 'bad.ndjson'], { cwd, env: { OZ_STATUS_REDACT_KEY: key } });
    const key = 'a key that is long enough';
    const report = await run(['--format', 'json', '--minimize', 'out'], key);
    const minimal = readFileSync(join(cwd, 'out', changed), 'utf8');
    expect(minimal).not.toContain('bad');
    const pseudonyms = new Set(minimal.match(/redacted-\w+/g));
    expect(pseudonyms.size).toBe(2);
    for (const each of pseudonyms) expect(report.stdout).toContain(each);
    // What is there was made with another key, so it is something else.
    expect((await run(['--minimize', 'out'], `another: ${key}`)).code).toBe(2);
    expect(readFileSync(join(cwd, 'out', changed), 'utf8')).toBe(minimal);
  });

  test('holds nothing of persons and sessions', async () => {
    const cwd = directoryWith(secretRecordings);
    await runHere(['check', '--minimize', 'out', ...some(4, Object.keys(secretRecordings))], { cwd });
    const written = readdirSync(join(cwd, 'out'));
    expect(written.length).toBeGreaterThan(isDeep ? 10 : 3);
    for (const file of written) {
      expect(readFileSync(join(cwd, 'out', file), 'utf8'), file).not.toMatch(secrets);
    }
  });

  test('leaves out what a baseline knows', async () => {
    const known = (...entries: readonly object[]) => JSON.stringify({ formatVersion: 1, entries });
    const entry = { code: 'SETTLED_ANALYSIS_CHANGED', folder: 'bad', reason: 'known' };
    const other = bad.replaceAll('bad', 'other');
    const cwd = directoryWith({ ...files, 'other.ndjson': other, 'known.json': known(entry) });
    const run = (...args: readonly string[]) =>
      runHere(['check', '--baseline', 'known.json', '--minimize', ...args], { cwd });
    const nothing = await run('out', 'bad.ndjson');
    expect([nothing.code, nothing.stderr]).toEqual([
      0,
      'oz-status: nothing but what the baseline knows was found of any folder, so there is nothing to minimize\n',
    ]);
    expect((await run('out', 'bad.ndjson', 'other.ndjson')).code).toBe(1);
    expect(readFileSync(join(cwd, 'out', changed), 'utf8')).toContain('/other');
    writeFileSync(join(cwd, 'known.json'), known({ ...entry, expires: '2000-01-01' }));
    expect((await run('expired', 'bad.ndjson')).code).toBe(1);
    expect(readdirSync(join(cwd, 'expired'))).toEqual([changed]);
  });

  test('ends on a signal, with what was reported before', async () => {
    const cwd = directoryWith(files);
    const args = ['check', '--minimize', 'out', 'bad.ndjson'];
    const { code, stdout } = await runHere(args, { cwd, interruption: { signal: 'SIGTERM', at: 'output' } });
    expect([code, stdout]).toEqual([143, expect.stringContaining('failed (exit code 1)')]);
    expect(readdirSync(cwd)).not.toContain('out');
  });
});
