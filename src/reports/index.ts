/** Reports: results of a check -> text and exit code. Pure; whoever calls writes the text somewhere. */
import { githubReport } from './github.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { junitReport } from './junit.ts';
import { markdownReport } from './markdown.ts';
import { ndjsonReport } from './ndjson.ts';
import type { CheckOutcome, Report, ReportOptions } from './outcome.ts';
import { sarifReport } from './sarif.ts';
import { textReport } from './text.ts';

/** The formats of a report by name, the default first. */
export const reportFormats = {
  text: textReport,
  json: jsonReport,
  ndjson: ndjsonReport,
  junit: junitReport,
  sarif: sarifReport,
  github: githubReport,
  markdown: markdownReport,
  html: htmlReport,
} as const satisfies Record<string, (outcome: CheckOutcome, options?: ReportOptions) => Report>;

/** The name of a report format. */
export type ReportFormat = keyof typeof reportFormats;

export * from './escape.ts';
export * from './github.ts';
export * from './html.ts';
export * from './json.ts';
export * from './junit.ts';
export * from './layout.ts';
export * from './markdown.ts';
export * from './ndjson.ts';
export * from './outcome.ts';
export * from './remarks.ts';
export * from './sarif.ts';
export * from './text.ts';
