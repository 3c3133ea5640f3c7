import type { Collector } from '../io/collector.ts';
import { limitProblem, type TextProblem } from '../json/text.ts';
import { limitHint, type ReadLimits } from '../options.ts';

/** Reports a text that begins on a line of the file and cannot be read. */
export function reportProblem(out: Collector, number: number, problem: TextProblem): void {
  const { code, message, line, column, hint } = problem;
  const where = { file: out.file, line: number + line - 1, ...(column !== null && { column }) };
  out.find(code, where, { message, hint });
}

/** Reports a line or a document that is longer than its limit. */
export function reportLength(
  out: Collector,
  number: number,
  limits: ReadLimits,
  limit: 'maxLineBytes' | 'maxDocumentBytes',
): void {
  const what = limit === 'maxLineBytes' ? 'a line' : 'a document';
  const problem = limitProblem(`${what} of at most ${limits[limit]} bytes (${limit})`);
  reportProblem(out, number, { ...problem, hint: limitHint(limit) });
}
