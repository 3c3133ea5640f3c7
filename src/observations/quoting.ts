/** The longest status, kind or key of a recording that a finding quotes. */
export const longestQuoted = 32;

const word = /^[A-Za-z]+(?:[_-][A-Za-z]+)*$/;

/** Whether a text of a recording can be quoted: letters, joined by `_` or `-`, and not many of them. */
export function isQuotable(text: string): boolean {
  return text.length <= longestQuoted && word.test(text);
}

/**
 * A status or a kind as a finding shows it. Any text can stand where a recording should have a status, a name or a
 * token as well: only what has the shape of a status is quoted, of anything else the length is told.
 */
export function shownText(text: string): string {
  if (isQuotable(text)) return text;
  return text === '' ? 'an empty text' : `a text of ${text.length} character${text.length === 1 ? '' : 's'}`;
}

/** The same for a message, where what is quoted stands in quotes. */
export function quotedText(text: string): string {
  return isQuotable(text) ? `"${text}"` : shownText(text);
}
