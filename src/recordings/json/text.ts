import { newline, openList, openObject } from './bytes.ts';
import type { FindingCode, Finding } from '../../observations/findings.ts';
import { JsonScanner } from './syntax.ts';
import { amongLinesHint, textHint } from '../text-hints.ts';

/** Why a text could not be read as JSON; line and column are 1-based and count within the text. */
export interface TextProblem {
  readonly code: FindingCode;
  readonly message: string;
  readonly line: number;
  readonly column: number | null;
  readonly hint: Finding['hint'];
}

/** A JSON value, or why there is none. */
export type Parsed = { readonly value: unknown } | { readonly problem: TextProblem };

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** The value that the bytes of one whole JSON text spell. */
export function parseJson(bytes: Uint8Array, maxDepth: number): Parsed {
  let text: string;
  try {
    text = strict.decode(bytes);
  } catch {
    return { problem: textProblem(bytes) };
  }
  if (hasMore(text, maxDepth) && isDeeper(bytes, maxDepth))
    return { problem: syntaxProblem(bytes, maxDepth) };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { problem: syntaxProblem(bytes, maxDepth) };
  }
}

/** The value that a string inside a recording spells, as in a body that was kept as text. */
export function parseJsonText(text: string, maxDepth: number): Parsed {
  try {
    // In a text with fewer brackets than the limit nothing can nest deeper; where it is broken is looked for in bytes.
    if (!hasMore(text, maxDepth)) return { value: JSON.parse(text) as unknown };
  } catch {
    return { problem: syntaxProblem(encoder.encode(text), maxDepth) };
  }
  return parseJson(encoder.encode(text), maxDepth);
}

/** Whether lists and objects begin at more than `most` places of the text, those within strings counted. */
function hasMore(text: string, most: number): boolean {
  let count = 0;
  for (const bracket of ['[', '{']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      count += 1;
      if (count > most) return true;
    }
  }
  return false;
}

/** Whether the text, if it is JSON, nests deeper than the limit; strings are skipped, syntax is not checked. */
function isDeeper(bytes: Uint8Array, maxDepth: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (inString) {
      if (byte === 0x5c) at += 1;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
  return false;
}

/** The value that a text spells; undefined, which no text spells, where it is no JSON. */
export function spelledValue(text: string, maxDepth: number): unknown {
  const parsed = parseJsonText(text, maxDepth);
  return 'problem' in parsed ? undefined : parsed.value;
}

/** The problem of a text that nests too deep. */
export function depthProblem(maxDepth: number): TextProblem {
  return limitProblem(`at most ${maxDepth} nested lists and objects (maxDepth)`);
}

/** The problem of a text that is more than a limit allows. */
export function limitProblem(allowed: string): TextProblem {
  const message = `expected ${allowed}, received more`;
  return { code: 'INPUT_LIMIT', message, line: 1, column: null, hint: null };
}

function textProblem(bytes: Uint8Array): TextProblem {
  return {
    code: 'TEXT_INVALID',
    message: 'expected UTF-8 text, received other bytes',
    line: firstInvalidLine(bytes),
    column: null,
    hint:
      textHint(bytes, 0) ??
      'If this is text, save it as UTF-8, or convert it: iconv -f WINDOWS-1252 -t UTF-8 FILE | oz-status check -; if it is compressed or an archive, unpack it first, for example brotli -dc FILE | oz-status check -; gzip is read as it is.',
  };
}

function firstInvalidLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end === -1 ? bytes.length : end;
    try {
      strict.decode(bytes.subarray(start, stop));
    } catch {
      break;
    }
    start = stop + 1;
  }
  return line;
}

const beginsJson = ([first]: Uint8Array): boolean => first === openList || first === openObject;

/** Where and why the bytes, all of them text, are not one JSON value within the limit. */
function syntaxProblem(bytes: Uint8Array, maxDepth: number): TextProblem {
  const scanner = new JsonScanner(maxDepth);
  scanner.feed(bytes);
  // A newline ends a number; where the text ends too early, it is not the newline that is wrong.
  if (scanner.status === 'open') scanner.feed(newline);
  if (scanner.status === 'too deep') return depthProblem(maxDepth);
  const offset = Math.min(scanner.problem?.offset ?? bytes.length, bytes.length);
  const expected = scanner.problem?.expected ?? scanner.expected;
  const lineStart = offset === 0 ? 0 : bytes.lastIndexOf(0x0a, offset - 1) + 1;
  let line = 1;
  for (let at = bytes.indexOf(0x0a); at !== -1 && at < offset; at = bytes.indexOf(0x0a, at + 1)) {
    line += 1;
  }
  return {
    code: 'JSON_INVALID',
    message: `expected ${expected}, received ${receivedAt(bytes, offset)}`,
    line,
    column: lenient.decode(bytes.subarray(lineStart, offset)).length + 1,
    hint: textHint(bytes, offset) ?? (beginsJson(bytes) ? null : amongLinesHint),
  };
}

/** What stands at `offset`, without quoting text: only signs are told apart. */
function receivedAt(bytes: Uint8Array, offset: number): string {
  const byte = bytes[offset];
  if (byte === undefined) return 'the end';
  if (byte < 0x20 || byte === 0x7f) return `the byte 0x${byte.toString(16).padStart(2, '0')}`;
  const [character = ''] = lenient.decode(bytes.subarray(offset, offset + 4));
  if (/[A-Za-z]/.test(character)) return 'a letter';
  if (/[0-9]/.test(character)) return 'a digit';
  return byte < 0x80 ? JSON.stringify(character) : 'a character beyond ASCII';
}
