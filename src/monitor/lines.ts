import { finding, type Finding } from '../observations/findings.ts';
import type { Observation, Where } from '../observations/observation.ts';
import type { IgnoredReason } from '../recordings/index.ts';
import { limitsOf, optionFor, type ReadOptions } from '../recordings/options.ts';
import { RecordingReader } from '../recordings/reader/reader.ts';
import { traceOf, type Trace } from './told.ts';

/** A line of the input; `bytes` is null where it was longer than a line may be. */
export interface InputLine {
  readonly bytes: Uint8Array | null;
  /** From 1. */
  readonly number: number;
  /** Where it begins, in bytes, in what can be read again. */
  readonly offset?: number;
}

/** An observation, and the trace of its request where that was recorded. */
export interface Seen {
  readonly observation: Observation;
  readonly trace?: Trace;
}

/** What some lines say. */
export interface LinesRead {
  readonly seen: readonly Seen[];
  readonly findings: readonly Finding[];
  /** How many answers were understood and left aside. */
  readonly ignored: number;
}

/** A line that is left aside: what comes after it are lines, however they look. */
const firstLine = new TextEncoder().encode('{"url":"/","method":"GET","status":404}\n');
const newline = new TextEncoder().encode('\n');
const asBytes = new TextDecoder('latin1');

/** Reads lines, each a value of its own. */
export function readLines(lines: readonly InputLine[], options: ReadOptions): LinesRead {
  const { file } = options;
  const seen: Seen[] = [];
  const findings: Finding[] = [];
  let current: InputLine | undefined;
  let trace: Trace | undefined;
  const placed = (where: Where): Where => {
    if (where.file !== file || !current) return where;
    const { number, offset } = current;
    return { ...where, line: number, ...(offset !== undefined && { offset }) };
  };
  const reader = new RecordingReader(
    { ...options, isWhole: false },
    {
      observe: (observation) =>
        void seen.push({
          observation: { ...observation, where: placed(observation.where) },
          ...(trace && { trace }),
        }),
      find: (one) => void findings.push({ ...one, where: placed(one.where) }),
    },
  );
  reader.push(firstLine);
  for (const line of lines) {
    current = line;
    if (line.bytes === null) findings.push(tooLong(line, options));
    else {
      trace = /traceparent/i.test(asBytes.decode(line.bytes)) ? traceIn(line.bytes) : undefined;
      reader.push(line.bytes);
      reader.push(newline);
    }
  }
  const { ignored } = reader.end();
  const all = (Object.keys(ignored) as IgnoredReason[]).reduce((sum, reason) => sum + ignored[reason], 0);
  return { seen, findings, ignored: all - 1 };
}

function tooLong({ number, offset }: InputLine, options: ReadOptions): Finding {
  const { maxLineBytes } = limitsOf(options);
  return finding('INPUT_LIMIT', {
    message: `expected a line of at most ${maxLineBytes} bytes (maxLineBytes), received a longer one`,
    where: { file: options.file, line: number, ...(offset !== undefined && { offset }) },
    hint: `Raise the limit: ${optionFor('maxLineBytes')} BYTES.`,
  });
}

/**
 * The trace of the request on a line: the header `traceparent` of an envelope, at its top or among its headers or those
 * of its request, as an object or as a list of names and values.
 */
function traceIn(bytes: Uint8Array): Trace | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // That it cannot be read is told by whoever reads it.
    return undefined;
  }
  const { request, headers } = membersOf(value);
  const places = [value, headers, membersOf(request)['headers']];
  return places.map((place) => traceOf(headerIn(place))).find((trace) => trace !== undefined);
}

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

const isName = (name: unknown): boolean => typeof name === 'string' && name.toLowerCase() === 'traceparent';

function headerIn(headers: unknown): unknown {
  if (Array.isArray(headers))
    return headers
      .map((one: unknown) =>
        Array.isArray(one) ? { name: one[0] as unknown, value: one[1] as unknown } : membersOf(one),
      )
      .find(({ name }) => isName(name))?.value;
  return Object.entries(membersOf(headers)).find(([name]) => isName(name))?.[1];
}
