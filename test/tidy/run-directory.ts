import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { removeAtTheEnd, temporaryDirectory } from './temporary.mjs';

/**
 * All temporary files of a run of the tests stand in one directory. It is removed when the run ends, however it ends;
 * and a run whose tests, or the programs that they start, have left something there fails.
 */

const variable = 'OZ_STATUS_TEST_RUN';

/** The directory of this run, of which `temporary` is the one for temporary files. */
export function runDirectory(): string {
  return process.env[variable] ?? '';
}

/** Makes the directory before the first test; projects of the same run share it. */
export function setup({ tmpDir }: TestProject): void {
  // Vitest keeps modules there, and leaves them where a signal ends it.
  removeAtTheEnd(tmpDir);
  const prefix = `oz-status-tests-${process.pid}-`;
  if (runDirectory().includes(prefix)) return;
  process.env[variable] = temporaryDirectory(prefix);
  const temporary = join(runDirectory(), 'temporary');
  mkdirSync(temporary);
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = temporary;
  // npm, since Node 22, would keep its compiled code there.
  process.env['NODE_DISABLE_COMPILE_CACHE'] = '1';
  // At the very end, when the processes of the tests have ended, and before the directory goes.
  process.prependOnceListener('exit', () => {
    const left = readdirSync(temporary).toSorted();
    if (left.length === 0) return;
    process.stderr.write(`The tests have left temporary files behind: ${left.join(', ')}\n`);
    process.exitCode ||= 1;
  });
}
