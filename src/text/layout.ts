/** The width that text reports keep to. */
export const reportWidth = 100;

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** A way to set off a piece of text in a terminal. */
export type Style = keyof typeof codes;

/** Sets off `text` in a style. The text has to be escaped before: a painter adds the only codes there are. */
export interface Paint {
  (style: Style, text: string): string;
  /** The width that lines keep to. */
  readonly width: number;
}

/** A painter: one that writes colour codes, or one that leaves text as it is. */
export function painter(colour: boolean, width = reportWidth): Paint {
  const paint = (style: Style, text: string) => (colour ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
  return Object.assign(paint, { width });
}

/** The width for a terminal of so many columns: what can be read, and no wider than a report is elsewhere. */
export function widthFor(columns: number | undefined): number {
  return columns === undefined || columns < 1 ? reportWidth : Math.max(40, Math.min(reportWidth, columns));
}

/** The lines as text, each with its line break. */
export function block(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

/** A word, or several in quotes: what a command quotes would be another argument with a line break in it. */
const plainWord = /(?:(?<![^ ])'[^']*'(?![^ ])|[^ ])+/;
/** A command that makes a recording of a file: with a line break in it, a shell would run two. */
const command =
  /(?<![^ (])\(?(?:7z|awk|base64|bzip2|grep|gzip|iconv|jq|lz4|node|npx|python3|sed|tac|tar|tr|unzip|xz|yq|zstd) [^\n]*?\| oz-status check(?: --\S+(?: '[^']*')?)* -\S*/;
const word = new RegExp(`${command.source}|${plainWord.source}`, 'g');

/** `text` broken at spaces into lines of at most `width`; a longer word, or a longer command, stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [next] of text.matchAll(word)) {
    if (line !== '' && line.length + 1 + next.length > width) {
      lines.push(line);
      line = next;
    } else {
      line = line === '' ? next : `${line} ${next}`;
    }
  }
  return [...lines, line];
}

/** `text` wrapped under a label, the label in front of the first line and the others aligned with it. */
export function labelled(indent: number, label: string, text: string, width = reportWidth): string[] {
  const margin = ' '.repeat(indent + label.length);
  return wrap(text, Math.max(20, width - margin.length)).map(
    (line, at) => (at === 0 ? ' '.repeat(indent) + label : margin) + line,
  );
}

/**
 * A count with a comma between groups of three digits. A formatter of the language's own has to load its tables first,
 * which takes longer than a check of a small recording.
 */
export function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `count` things: `1 folder`, `2 folders`. */
export function counted(count: number, thing: string): string {
  return `${grouped(count)} ${thing}${count === 1 ? '' : 's'}`;
}
