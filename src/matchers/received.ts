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
  if (ArrayBuffer.isView(received) || received instanceof ArrayBuffer) {
    return { problem: `${expected}, received bytes: decode them first, as readFileSync(file, 'utf8') does` };
  }
  if (isThenable(received)) return { problem: `${expected}, received a promise: await it first` };
  if (hasBody(received)) return { problem: `${expected}, received a body: await its text() first` };
  if (typeof received !== 'object' || received === null) {
    return { problem: `${expected}, received ${shown(received)}` };
  }
  const values: readonly unknown[] = Array.isArray(received) ? received : [received];
  const lines: string[] = [];
  for (const [at, value] of values.entries()) {
    const line = typeof value === 'string' ? value.replace(/\r?\n$/, '') : asJson(value);
    if (line === undefined) return { problem: `${expected}, received ${shown(value)} at [${at}]` };
    if (line.includes('\n')) {
      return { problem: `${expected}, received at [${at}] a text of several lines: give it alone` };
    }
    lines.push(line);
  }
  return { text: lines.join('\n') };
}

const isThenable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/** Whether a value is a response, a request or a blob, which JSON shows as empty. */
const hasBody = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'function';

/** The value as JSON; undefined where it has none, or is neither an object nor a list. */
function asJson(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
