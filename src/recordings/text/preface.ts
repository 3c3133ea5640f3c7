/** What stands before a value in its line, and before what goes on with it in the next ones. */

/** A line from there on; the client of Apache puts what it prints of one in quotes, with what ends it. */
export function unquoted(line: string, from: number, isQuoted: boolean): string {
  if (!isQuoted || !line.endsWith('"')) return line.slice(from);
  let end = line.length - 1;
  while (line.endsWith('[\\r]', end) || line.endsWith('[\\n]', end)) end -= '[\\n]'.length;
  return line.slice(from, Math.max(from, end));
}

/** What stands before a value in its line; lines in which it goes on may begin with the same words, or with a later time. */
export class Preface {
  readonly #words: RegExp | undefined;
  readonly #indent: number;
  readonly #isQuoted: boolean;

  constructor(text: string) {
    const isBlank = text.trim() === '';
    this.#words = isBlank || text.length > longestPreface ? undefined : beginningLike(text);
    this.#indent = isBlank ? text.length : 0;
    this.#isQuoted = text.endsWith('"');
  }

  /** What stands behind it in a line, if it does. */
  behind(line: string): string {
    const begin = this.#words?.exec(line)?.[0].length ?? 0;
    return unquoted(line, begin, this.#isQuoted);
  }

  /** Whether a line belongs to what begins behind it. */
  holds(line: string): boolean {
    const rest = this.behind(line);
    return rest.search(/\S/) > this.#indent || /^\s*[\]}]/.test(rest);
  }
}
const longestPreface = 1024;

/** How lines begin that begin with the same words, and any numbers. */
function beginningLike(text: string): RegExp {
  const escaped = text.replaceAll(/[^\w\s]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll(/\d+/g, String.raw`\d+`)}`);
}
