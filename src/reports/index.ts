/** Reports: results of a check -> text and exit code. Pure; whoever calls writes the text somewhere. */
import { jsonReport } from './json.ts';
import { textReport } from './text.ts';
import type { CheckOutcome, Report, ReportOptions } from './outcome.ts';

/** The formats of a report by name, the default first. */
export const reportFormats = {
  text: textReport,
  json: jsonReport,
} as const satisfies Record<string, (outcome: CheckOutcome, options?: ReportOptions) => Report>;

/** The name of a report format. */
export type ReportFormat = keyof typeof reportFormats;

export * from './escape.ts';
export * from './json.ts';
export * from './layout.ts';
export * from './outcome.ts';
export * from './text.ts';
