/**
 * Ids, statuses and file names come from outside. Shown raw in a terminal they could move the cursor, recolour a
 * verdict or, by a bidirectional override, make one word read as another.
 */

/** Controls (C0, C1), invisible and bidirectional formats, lone surrogates, private and unassigned code points. */
const hidden = /[\p{C}\p{Zl}\p{Zp}]/gu;

const hexOf = (code: number, width: number) => code.toString(16).padStart(width, '0');

/** `text` on one line, with everything that a terminal would obey written as `\u{…}`, cut at `limit` characters. */
export function printable(text: string, limit = 500): string {
  const head = text.length > limit ? text.slice(0, limit) : text;
  const shown = head.replace(hidden, (character) => `\\u{${hexOf(character.codePointAt(0) ?? 0, 2)}}`);
  return head === text ? shown : `${shown}… (${text.length} characters)`;
}

/** `value` as JSON in which every hidden character is an escape, so that the text is safe to print and compare. */
export function escapedJson(value: unknown): string {
  const escapeUnits = (character: string) =>
    character === '\n'
      ? character
      : Array.from({ length: character.length }, (_, at) => `\\u${hexOf(character.charCodeAt(at), 4)}`).join(
          '',
        );
  return JSON.stringify(value, null, 2).replace(hidden, escapeUnits);
}
