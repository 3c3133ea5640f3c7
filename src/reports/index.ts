/** Reports: results of a check -> text and exit code. Pure; whoever calls writes the text somewhere. */
import { githubReport } from './check/github.ts';
import { htmlReport } from './check/html.ts';
import { jsonReport } from './check/json.ts';
import { junitReport } from './check/junit.ts';
import { markdownReport } from './check/markdown.ts';
import { ndjsonReport } from './check/ndjson.ts';
import type { CheckOutcome, Report, ReportOptions } from './check/outcome.ts';
import { sarifReport } from './check/sarif.ts';
import { textReport } from './check/text.ts';

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

export * from '../text/escape.ts';
export * from './check/github.ts';
export * from './check/html.ts';
export * from './check/json.ts';
export * from './check/junit.ts';
export * from '../text/layout.ts';
export * from './check/markdown.ts';
export * from './check/ndjson.ts';
export * from './check/outcome.ts';
export * from './check/remarks.ts';
export * from './check/sarif.ts';
export * from './check/text.ts';
