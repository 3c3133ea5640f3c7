import { printable } from '../../text/escape.ts';
import { labelled, reportWidth, wrap } from '../../text/layout.ts';

/** A piece of a document that is written for people, as text or as Markdown. */
export type TextBlock =
  | { readonly heading: string; readonly level: 1 | 2 | 3 | 4 }
  | { readonly text: string }
  | { readonly list: readonly string[]; readonly numbered?: boolean }
  | { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** Text from outside or a name, set off in Markdown, safe in both formats. */
export function quoted(text: string, limit = 200): string {
  return `\`${printable(text, limit).replaceAll('`', '’')}\``;
}

/** The document as text of at most `width` columns, as far as its words allow. */
export function documentText(blocks: readonly TextBlock[], width = reportWidth): string {
  return `${blocks.map((block) => textBlock(block, width).join('\n')).join('\n\n')}\n`;
}

const plain = (text: string): string => text.replaceAll('`', '');

function textBlock(block: TextBlock, width: number): string[] {
  if ('heading' in block) {
    const heading = plain(block.heading);
    const underline = { 1: '=', 2: '-', 3: '', 4: '' }[block.level];
    return underline === '' ? [heading] : [heading, underline.repeat(Math.min(heading.length, width))];
  }
  if ('text' in block) return wrap(plain(block.text), width);
  if ('list' in block) {
    const digits = `${block.list.length}`.length;
    return block.list.flatMap((item, at) =>
      labelled(2, block.numbered ? `${`${at + 1}`.padStart(digits)}. ` : '- ', plain(item), width),
    );
  }
  return textTable(
    block.head.map(plain),
    block.rows.map((row) => row.map(plain)),
    width,
  );
}

const gap = '  ';
const narrowest = 24;

/** Columns as wide as their longest cell; the last one is wrapped where there is no room for it. */
function textTable(head: readonly string[], rows: readonly (readonly string[])[], width: number): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const before = widths.slice(0, -1).reduce((sum, one) => sum + one + gap.length, gap.length);
  const room = Math.max(narrowest, width - before);
  return all.flatMap((row) => {
    const front = row.slice(0, -1).map((cell, column) => cell.padEnd(widths[column]!) + gap);
    return wrap(row.at(-1)!, room).map((line, at) =>
      `${at === 0 ? gap + front.join('') : ' '.repeat(before)}${line}`.trimEnd(),
    );
  });
}

/** The document as Markdown. */
export function documentMarkdown(blocks: readonly TextBlock[]): string {
  return `${blocks.map(markdownBlock).join('\n\n')}\n`;
}

function markdownBlock(block: TextBlock): string {
  if ('heading' in block) return `${'#'.repeat(block.level)} ${block.heading}`;
  if ('text' in block) return block.text;
  if ('list' in block) {
    return block.list.map((item, at) => `${block.numbered ? `${at + 1}.` : '-'} ${item}`).join('\n');
  }
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(block.head), line(block.head.map(() => '---')), ...block.rows.map(line)].join('\n');
}
