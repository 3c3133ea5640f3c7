/** What is whole of a text that breaks off. */
import { closeList, closeObject, colon, comma, openList, openObject, quote } from './bytes.ts';
import { isBlank } from './syntax.ts';
import { ValueEnd } from './value-end.ts';

/** The beginning of a list or an object that breaks off, ended behind what is whole of it. */
export interface WholeBeginning {
  readonly text: Uint8Array;
  /** The names that lead to where it breaks off: of all that stands on this way, a part is missing. */
  readonly way: readonly string[];
}

/** Within more lists and objects than this nothing is looked for. */
const mostLevels = 8;

/** The whole beginning of a list or an object that breaks off; undefined where nothing of it is whole. */
export function wholeBeginning(bytes: Uint8Array, maxDepth: number): WholeBeginning | undefined {
  // What ends with the text ends before a comma.
  const text = new Uint8Array(bytes.length + 1);
  text.set(bytes);
  text[bytes.length] = comma;
  const way: string[] = [];
  const closing: number[] = [];
  let level = levelAt(text, nextIn(text, 0), maxDepth);
  while (level) {
    closing.unshift(level.close);
    const { open } = level;
    const inner =
      open && way.length < mostLevels ? levelAt(text, open.at, maxDepth - closing.length) : undefined;
    if (!inner) break;
    way.push(open!.name);
    level = inner;
  }
  if (!level || (way.length === 0 && !level.hasWhole)) return undefined;
  const whole = new Uint8Array(level.end + closing.length);
  whole.set(text.subarray(0, level.end));
  whole.set(closing, level.end);
  return { text: whole, way };
}

/** What is whole of a list or an object. */
interface WholeLevel {
  readonly close: number;
  /** Behind what is whole. */
  readonly end: number;
  readonly hasWhole: boolean;
  /** The list or the object within it that is open where it breaks off. */
  readonly open?: { readonly name: string; readonly at: number };
}

/** Undefined where no list or object begins, or where it does not break off. */
function levelAt(text: Uint8Array, begin: number, maxDepth: number): WholeLevel | undefined {
  const isList = text[begin] === openList;
  if (!isList && text[begin] !== openObject) return undefined;
  const close = isList ? closeList : closeObject;
  let end = begin + 1;
  let whole = 0;
  for (let at = nextIn(text, end); at < text.length; at = nextIn(text, end + 1)) {
    const name = isList ? undefined : nameAt(text, at);
    if (!isList && name === undefined) break;
    const from = name ? name.valueAt : at;
    const behind = endOf(text, from, maxDepth - 1);
    const isStructured = text[from] === openObject || text[from] === openList;
    if (behind === undefined) {
      const open = { name: name?.text ?? String(whole), at: from };
      return { close, end, hasWhole: whole > 0, ...(isStructured && { open }) };
    }
    // More digits may have followed.
    const mayGoOn = behind === text.length - 1 && !isStructured && text[from] !== quote;
    if (mayGoOn || (isList && !isStructured)) break;
    if (text[behind] !== comma) return undefined;
    end = behind;
    whole += 1;
  }
  return { close, end, hasWhole: whole > 0 };
}

/** The name of a member, and where its value begins; undefined where that is not known any more. */
function nameAt(
  text: Uint8Array,
  at: number,
): { readonly text: string; readonly valueAt: number } | undefined {
  const end = text[at] === quote ? endOf(text, at, 1) : undefined;
  if (end === undefined || text[end] !== colon) return undefined;
  const valueAt = nextIn(text, end + 1);
  return { text: JSON.parse(new TextDecoder().decode(text.subarray(at, end))) as string, valueAt };
}

/** Behind a value and the blanks after it; undefined where it breaks off or is none. */
function endOf(text: Uint8Array, at: number, maxDepth: number): number | undefined {
  const value = new ValueEnd(maxDepth, at);
  value.read(text);
  return value.is === 'found' ? value.end : undefined;
}

function nextIn(text: Uint8Array, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text[at]!)) at += 1;
  return at;
}
