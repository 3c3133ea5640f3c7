import { resolve } from 'node:path';
import { printable } from '../reports/escape.ts';
import type { ReportFormat } from '../reports/index.ts';
import type { Checked } from './options.ts';

/** The formats of a report, the default first. */
export const formats = [
  'text',
  'json',
  'ndjson',
  'junit',
  'sarif',
  'github',
  'markdown',
  'html',
] as const satisfies readonly ReportFormat[];

/** One report to write: to a file, or to standard output without one. */
export interface Target {
  readonly format: ReportFormat;
  readonly file?: string;
}

/**
 * The reports to write. `output` takes what would go to standard output, where only one report can go; no two may go
 * to one file. Each of `given` is a format, alone or followed by `=FILE`.
 */
export function reportTargets(
  given: readonly string[],
  output: string | undefined,
  cwd: string,
): Checked<readonly Target[]> {
  const asked = (given.length === 0 ? [formats[0]] : given).map(parseTarget);
  const homeless = asked.filter(({ file }) => file === undefined).map(({ format }) => format);
  if (homeless.length > 1) {
    const place = output === undefined ? 'standard output' : 'the file of --output';
    return {
      problems: [`--format: only one report can go to ${place}, received ${homeless.join(', ')}: add =FILE`],
    };
  }
  if (output !== undefined && homeless.length === 0) {
    return { problems: ['--output: every --format names a file of its own, so nothing is left to write'] };
  }
  const targets = asked.map((target) =>
    target.file === undefined && output !== undefined ? { ...target, file: output } : target,
  );
  const files = targets.flatMap(({ file }) => (file === undefined ? [] : [file]));
  const paths = files.map((file) => resolve(cwd, file));
  const twice = files.filter((_, at) => paths.indexOf(paths[at] ?? '') < at);
  return twice.length === 0
    ? { value: targets }
    : { problems: twice.map((file) => `--format: two reports go to ${printable(file, 200)}`) };
}

function parseTarget(given: string): Target {
  const at = given.indexOf('=');
  const format = (at < 0 ? given : given.slice(0, at)) as ReportFormat;
  return at < 0 ? { format } : { format, file: given.slice(at + 1) };
}
