import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { directoryWith, runHere } from './fake-terminal.ts';
import { bad, good, unfinished } from './sample-lines.ts';

const files = { 'bad.ndjson': bad, 'good.ndjson': good, 'unfinished.ndjson': unfinished };
const changed = 'SETTLED_ANALYSIS_CHANGED.ANALYSIS-FINAL.ndjson';

describe('--minimize', () => {
  test('writes a recording for each finding and the command that finds the same in it', async () => {
    const cwd = directoryWith(files);
    const options = ['--reading', 'result-scope=all-analyses', '--groups', 'first-seen'];
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
      expect(args).toContain('--reading result-scope=all-analyses --groups first-seen');
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
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('cannot be made')]);
    const piped = await runHere(['check', '--minimize', 'out', '-'], { cwd, stdin: bad });
    expect([piped.code, piped.stdout]).toEqual([2, '']);
  });

  test('calls ids by pseudonyms where the reports do', async () => {
    const cwd = directoryWith(files);
    await runHere(['check', '--redact', '--minimize', '.', 'bad.ndjson'], { cwd });
    expect(readFileSync(join(cwd, changed), 'utf8')).not.toContain('bad');
  });
});
