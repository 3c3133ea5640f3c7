import type { UntypedMembers } from '../../machines/given-values.ts';
import { printable } from '../text/escape.ts';
import { shown } from './conform-options.ts';

/** A recording as text, or why what was received is none. */
export type Received = { readonly text: string } | { readonly problem: string };

const expected =
  'expected a recording (its text; or a list of its lines or of answers of the API; or one answer, or a HAR)';

/**
 * The text of a recording that a test holds: the text of a file as it is, a list as one line for each element, in
 * order of arrival, of which text is a line as it is; anything else as one JSON document.
 */
export function textOf(received: unknown): Received {
  if (typeof received === 'string') return { text: received };
  if (!Array.isArray(received)) return lineOf(received, '');
  const lines: string[] = [];
  for (const [at, value] of (received as readonly unknown[]).entries()) {
    const line =
      typeof value === 'string' ? { text: value.replace(/\r?\n$/, '') } : lineOf(value, ` at [${at}]`);
    if ('problem' in line) return line;
    if (line.text.includes('\n')) {
      return { problem: `${expected}, received at [${at}] a text of several lines: give it alone` };
    }
    lines.push(line.text);
  }
  return { text: lines.join('\n') };
}

/** A value that is no text as one line of JSON; of what has none that says anything, what to do about it. */
function lineOf(value: unknown, at: string): Received {
  const problem = (what: string, remedy: string): Received => ({
    problem: `${expected}, received ${what}${at}: ${remedy}`,
  });
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
    return problem('bytes', "decode them first, as readFileSync(file, 'utf8') does");
  }
  if (hasMethod(value, 'then')) return problem('a promise', 'await it first');
  if (hasMethod(value, 'text')) return problem('a body', 'await its text() first');
  if (typeof value !== 'object' || value === null) {
    return { problem: `${expected}, received ${shown(value)}${at}` };
  }
  if (Symbol.iterator in value && !Array.isArray(value)) {
    return problem('what can be gone through and is no list', 'make one of it, as [...it] does');
  }
  try {
    const text: unknown = JSON.stringify(value);
    return typeof text === 'string' ? { text } : problem('an object', 'it has no JSON');
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : typeof error).split('\n');
    return problem('an object', `it has no JSON: ${printable(reason, 80)}`);
  }
}

/** Whether a value is an object with a method: a promise, or a response, a request or a blob, which JSON shows as empty. */
const hasMethod = (value: unknown, name: string): boolean =>
  typeof value === 'object' && value !== null && typeof (value as UntypedMembers)[name] === 'function';
