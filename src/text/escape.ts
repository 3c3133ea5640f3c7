/**
 * Ids, statuses and file names come from outside. Shown raw in a terminal they could move the cursor, recolour a
 * verdict or, by a bidirectional override, make one word read as another; in a log of a pipeline, XML, HTML or
 * Markdown they could become commands or markup.
 */

/**
 * Controls (C0, C1), invisible and bidirectional formats, lone surrogates, private and unassigned code points; and
 * the beginnings of what pipelines take for commands in a log: `##[…`, `##vso[…` anywhere, `::…` before a line.
 */
const hidden = /[\p{C}\p{Zl}\p{Zp}]|#(?=#\w*\[)|(?<!\S):(?=:)/gu;

const hexOf = (code: number, width: number) => code.toString(16).padStart(width, '0');

/** `text` on one line, with everything that a terminal or a log would obey as `\u{…}`, cut at `limit` characters. */
export function printable(text: string, limit = 500): string {
  const head = text.length > limit ? text.slice(0, limit) : text;
  const shown = head.replace(hidden, (character) => `\\u{${hexOf(character.codePointAt(0) ?? 0, 2)}}`);
  return head === text ? shown : `${shown}… (${text.length} characters)`;
}

const asUnits = (character: string) =>
  Array.from({ length: character.length }, (_, at) => `\\u${hexOf(character.charCodeAt(at), 4)}`).join('');

/**
 * `value` as JSON in which every hidden character is an escape, so that the text is safe to print and compare;
 * with `indent` 0 on one line.
 */
export function escapedJson(value: unknown, indent = 2): string {
  const escape = (character: string) => (character === '\n' ? character : asUnits(character));
  return JSON.stringify(value, null, indent).replace(hidden, escape);
}

const markupNames: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What XML 1.0 forbids in any form, and HTML as text. */
const notInMarkup = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** `text` with U+FFFD for each character that XML 1.0 forbids. */
export function withoutForbidden(text: string): string {
  return text.replace(notInMarkup, '\ufffd');
}

/** `text` for XML 1.0 and HTML, between tags or in quotes; a character forbidden there becomes U+FFFD. */
export function markup(text: string): string {
  return withoutForbidden(text).replace(/[&<>"']/g, (character) => markupNames[character] ?? '');
}

const asReference = (sign: string) => `&#${sign.charCodeAt(0)};`;

/** What Markdown reads as more than text, but for the signs that later steps of a renderer look for. */
const markdownSigns = /[!"$%&'*+<=>?[\\\]^`{|}~]|(?<![^\W_])_|_(?![^\W_])|(?<=www)\.|:(?=\/)/gi;

/**
 * `text` as printable text that Markdown, also that of GitHub with its tables, links, mentions and emoji, takes for
 * nothing but text: signs become character references, and where a renderer looks at its result once more, an empty
 * comment parts the sign from what follows.
 */
export function markdownText(text: string, limit?: number): string {
  return printable(text, limit)
    .replace(markdownSigns, asReference)
    .replace(/@|(?<!&)#|:(?=[\w&-])/g, (sign) => `${asReference(sign)}<!-- -->`);
}

/** `text` as code in Markdown: as `markdownText`, but nothing looks at it once more. */
export function markdownCode(text: string, limit?: number): string {
  const inert = printable(text, limit).replace(markdownSigns, asReference);
  return `<code>${inert.replace(/@|(?<!&)#/g, asReference)}</code>`;
}

/** `text` as a value of a workflow command of GitHub: what follows `::`. */
export function commandText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** `text` as a property of a workflow command of GitHub, where colons and commas mean something too. */
export function commandProperty(text: string): string {
  return commandText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/**
 * `text` as a plain message of SARIF, on one line: what would begin a placeholder, `{0}`, or the target of a link,
 * `](`, is written as JSON would escape it, and so is what `printable` hides.
 */
export function sarifText(text: string, limit?: number): string {
  return printable(text, limit)
    .replace(/\\u\{([0-9a-f]+)\}/g, 'U+$1')
    .replace(/\{(?=\d)|(?<=\])\(/g, asUnits);
}

/** A path as a relative URI, or as a `file:` one where it is absolute. */
export function uriOf(path: string): string {
  const parts = path.replace(/\p{Cs}/gu, '\ufffd').split('/');
  const uri = parts
    .map(encodeURIComponent)
    .join('/')
    .replace(/^(?:\.\/+)+/, '');
  return path.startsWith('/') ? `file://${uri}` : uri;
}
