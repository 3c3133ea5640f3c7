/** Values as Python, Node and Ruby print them: not JSON, but lists and objects of the same parts. */

const words: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...['null', 'None', 'nil', 'undefined', 'NaN', 'nan'].map((word) => [word, null] as const),
  ...['true', 'True'].map((word) => [word, true] as const),
  ...['false', 'False'].map((word) => [word, false] as const),
]);

/** What stands between tokens, also a comment. */
const blank = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
const quotedText = /'([^'\\]*(?:\\[^][^'\\]*)*)'|"([^"\\]*(?:\\[^][^"\\]*)*)"|`([^`\\]*(?:\\[^][^`\\]*)*)`/y;
const number = /[-+]?(?:0x[\da-f]+|\d+(?:\.\d*)?(?:e[-+]?\d+)?)(?![\w.])/iy;
const word = /[A-Za-z_$][\w$]*/y;
/** What stands between a name and its value; Ruby writes a name before it as a symbol. */
const arrow = /=>|:/y;
const symbol = /:([A-Za-z_]\w*)(?=\s*=>)/y;

/** What Node prints for a value that nests too deep, for elements beyond the first hundred, and of a list beside its elements. */
const shortened = /\[(?:Object|Array|Circular \*\d+)\]|\.\.\. \d+ more items?/y;
const besideElements = /\[\w+\]: /y;

/** A name that Node puts in brackets. */
const bracketed = /\['([^'\\]*)'\](?=:)/y;

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '' };

/** The text that is spelled between quotes. */
export const unescaped = (text: string): string =>
  text.replaceAll(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\}|U([\da-fA-F]{8})|([^]))/g,
    (_, ...parts) => {
      const [two, four, many, eight, one] = parts as (string | undefined)[];
      const spelled = two ?? four ?? many ?? eight;
      if (spelled === undefined) return escapes[one!] ?? one!;
      const code = Number.parseInt(spelled, 16);
      return String.fromCodePoint(code > lastCodePoint ? replacement : code);
    },
  );
const [lastCodePoint, replacement] = [0x10ffff, 0xfffd];

/** The value that a whole text spells so; undefined where it spells none, or not all of it. */
export function literalValue(text: string, maxDepth: number): unknown {
  try {
    const reader = new LiteralReader(text, maxDepth);
    return reader.whole();
  } catch (error) {
    if (error instanceof NoLiteral) return undefined;
    throw error;
  }
}

class NoLiteral extends Error {}

/** Where the first value of a text ends as far as its brackets say; `open`: in none of the lines so far. */
export class BracketsInText {
  #depth = 0;

  /** Reads on in a line: behind the last bracket; -1 where a text in quotes has no end, or too many are open. */
  read(line: string): number | 'open' {
    for (const { 0: found, index } of line.matchAll(bracketOrQuoted)) {
      if (found === "'" || found === '"' || found === '`') return -1;
      if (found.length === 1) this.#depth += '[{('.includes(found) ? 1 : -1;
      if (this.#depth > deepest) return -1;
      if (this.#depth === 0) return index + 1;
    }
    return 'open';
  }
}
const deepest = 32;
/** A bracket, a text in quotes, a comment, or a quote without an end. */
const bracketOrQuoted = new RegExp(String.raw`[[\](){}]|${quotedText.source}|\/\/.*|['"\x60]`, 'g');

class LiteralReader {
  readonly #text: string;
  readonly #maxDepth: number;
  #at = 0;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  whole(): unknown {
    const value = this.#value(0);
    this.#take(blank);
    if (this.#at < this.#text.length) throw new NoLiteral();
    return value;
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }

  /** Whether this sign stands here, behind blanks; it is passed. */
  #passes(sign: string): boolean {
    this.#take(blank);
    const isHere = this.#text[this.#at] === sign;
    if (isHere) this.#at += 1;
    return isHere;
  }

  #value(depth: number): unknown {
    if (depth > this.#maxDepth) throw new NoLiteral();
    this.#take(blank);
    if (this.#take(shortened)) return null;
    if (this.#passes('{')) return this.#members(depth);
    if (this.#passes('[')) return this.#elements(depth, ']');
    if (this.#passes('(')) return this.#inParentheses(depth);
    const text = this.#quoted();
    if (text !== undefined) return text;
    const digits = this.#take(number);
    if (digits) return Number(digits[0]);
    const named = this.#take(word)?.[0] ?? '';
    if (words.has(named)) return words.get(named);
    // Such as ObjectId('…') or Decimal('…').
    if (named === '' || !this.#passes('(')) throw new NoLiteral();
    const [only, ...others] = this.#elements(depth, ')');
    if (only === undefined || others.length > 0) throw new NoLiteral();
    return only;
  }

  /** A text in quotes, with those that go on with it: Python puts parts side by side, Node a plus between them. */
  #quoted(): string | undefined {
    let text: string | undefined;
    for (let found = this.#take(quotedText); found; found = this.#take(quotedText)) {
      text = (text ?? '') + unescaped(found[1] ?? found[2] ?? found[3]!);
      if (this.#passes('+')) this.#take(blank);
    }
    return text;
  }

  /** A tuple of Python, or a value by itself. */
  #inParentheses(depth: number): unknown {
    const begin = this.#at;
    const value = this.#value(depth + 1);
    if (this.#passes(')')) return value;
    this.#at = begin;
    return this.#elements(depth, ')');
  }

  #members(depth: number): object {
    const members: [string, unknown][] = [];
    while (!this.#passes('}')) {
      if (members.length > 0 && !this.#passes(',')) throw new NoLiteral();
      if (this.#passes('}')) break;
      const name =
        (this.#take(symbol) ?? this.#take(bracketed))?.[1] ?? this.#quoted() ?? this.#take(word)?.[0];
      this.#take(blank);
      if (name === undefined || !this.#take(arrow)) throw new NoLiteral();
      members.push([name, this.#value(depth + 1)]);
    }
    return Object.fromEntries(members);
  }

  #elements(depth: number, end: string): readonly unknown[] {
    const elements: unknown[] = [];
    while (!this.#passes(end)) {
      if (elements.length > 0 && !this.#passes(',')) throw new NoLiteral();
      if (this.#passes(end)) break;
      if (this.#take(besideElements)) this.#value(depth + 1);
      else elements.push(this.#value(depth + 1));
    }
    return elements;
  }
}
