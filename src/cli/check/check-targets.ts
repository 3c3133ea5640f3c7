import { resolve } from 'node:path';
import { printable } from '../../text/escape.ts';
import type { reportFormats, ReportFormat } from '../../reports/index.ts';
import type { Checked } from '../frame/options.ts';
import { identityOf } from '../io/same-file.ts';

/** Loads what makes a report, by its format, the default first; of the others a check needs nothing. */
export const loadReport = {
  text: async () => (await import('../../reports/check/text.ts')).textReport,
  json: async () => (await import('../../reports/check/json.ts')).jsonReport,
  ndjson: async () => (await import('../../reports/check/ndjson.ts')).ndjsonReport,
  junit: async () => (await import('../../reports/check/junit.ts')).junitReport,
  sarif: async () => (await import('../../reports/check/sarif.ts')).sarifReport,
  github: async () => (await import('../../reports/check/github.ts')).githubReport,
  markdown: async () => (await import('../../reports/check/markdown.ts')).markdownReport,
  html: async () => (await import('../../reports/check/html.ts')).htmlReport,
} as const satisfies Record<ReportFormat, () => Promise<(typeof reportFormats)[ReportFormat]>>;

/** The formats of a report, the default first. */
export const formats = Object.keys(loadReport) as readonly ReportFormat[];

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
  const byDefault: readonly string[] = formats.slice(0, 1);
  const asked = (given.length === 0 ? byDefault : given).map(parseTarget);
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
  const paths = files.map((file) => identityOf(resolve(cwd, file)) ?? resolve(cwd, file));
  const twice = files.filter((_, at) => paths.indexOf(paths[at] ?? '') < at);
  return twice.length === 0
    ? { value: targets }
    : { problems: twice.map((file) => `--format: two reports go to ${printable(file, 200)}`) };
}

/** The report that a value of `--format` asks for. */
export function parseTarget(given: string): Target {
  const at = given.indexOf('=');
  const format = (at < 0 ? given : given.slice(0, at)) as ReportFormat;
  return at < 0 ? { format } : { format, file: given.slice(at + 1) };
}
