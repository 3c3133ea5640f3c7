/** Values whose quotes are escaped or doubled, as they stand within quotes. */
import { unescaped as unescapedLiteral } from './literal.ts';

const decoder = new TextDecoder();

/** A value and what stands behind it in its line. */
interface Quoted {
  readonly value: unknown;
  readonly rest: string;
}

/** The value with which a text begins, its quotes escaped or doubled, its backslashes doubled, or as Python prints bytes; undefined where there is none. */
export function quotedValue(text: string): Quoted | undefined {
  const end = endOfBrackets(text);
  if (end === undefined || !/\\|""/.test(text.slice(0, end))) return undefined;
  const rest = text.slice(end);
  for (const way of [unescaped, withoutDoubles, withoutDoubledBackslashes, ofBytes]) {
    let spelled: string | undefined = text.slice(0, end);
    for (let times = 0; times < mostTimes && spelled !== undefined; times += 1) {
      spelled = way(spelled);
      const value = spelled === undefined ? undefined : parsed(spelled);
      if (value !== undefined) return { value, rest };
    }
  }
  return undefined;
}

/** A text is no more often put in quotes than so, nor does an answer nest deeper. */
const mostTimes = 3;
const deepest = 32;

/** Behind the bracket that closes the first one, wherever quotes stand. */
function endOfBrackets(text: string): number | undefined {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > deepest) return undefined;
    if (depth === 0) return index + 1;
  }
  return undefined;
}

const withHex = (text: string): string => text.replaceAll('\\x', '\\u00');

function unescaped(text: string): string | undefined {
  const spelled = parsed(`"${withHex(text)}"`);
  return typeof spelled === 'string' ? spelled : undefined;
}
const withoutDoubles = (text: string): string => text.replaceAll('""', '"');
const withoutDoubledBackslashes = (text: string): string => withHex(text.replaceAll('\\\\', '\\'));

/** The text of bytes that Python prints. */
function ofBytes(text: string): string | undefined {
  const bytes = Array.from(unescapedLiteral(text), (one) => one.codePointAt(0)!);
  return bytes.some((byte) => byte > 0xff) ? undefined : decoder.decode(Uint8Array.from(bytes));
}

/** The value that a text spells; undefined, which no text spells, where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
