import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formats } from '../../../src/cli/check/check-targets.ts';
import { runHere } from '../fake-terminal.ts';

/** The reports of one check of `files`, which are found from the directory `cwd`, by their format. */
export async function everyReport(
  options: readonly string[],
  files: readonly string[],
  cwd: string,
): Promise<ReadonlyMap<string, string>> {
  const asked = formats.flatMap((format) => ['--format', `${format}=report.${format}`]);
  await runHere(['check', ...asked, ...options, ...files], { cwd });
  return new Map(formats.map((format) => [format, readFileSync(join(cwd, `report.${format}`), 'utf8')]));
}
