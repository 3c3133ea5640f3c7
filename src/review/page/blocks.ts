/**
 * A copy of the documentation page, as Markdown or HTML, taken apart into blocks of plain text. Markdown is first put
 * into the few elements that matter here, so that both forms of one page give the same blocks. Any text gives blocks:
 * what is not understood is text.
 */

/** A run of text that ends where its element does. */
export interface Block {
  readonly element: 'heading' | 'cell' | 'text';
  readonly text: string;
  /** Of a heading: 1 is the title. */
  readonly level?: number;
  /** Of a cell: its row and column in its table, from 0 on. */
  readonly row?: number;
  readonly column?: number;
}

/** The blocks of a copy in the order of the page. */
export function blocksOf(copy: string): readonly Block[] {
  const text = copy.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  return new Scanner(isHtml(text) ? text : htmlOfMarkdown(text)).blocks();
}

const isHtml = (text: string): boolean => /^\s*(?:<!doctype|<html|<head|<body|<\?xml)/i.test(text);

/** What surrounds the text of a page and is no part of it. */
const skipped = new Set('script style head template noscript svg nav aside footer button select'.split(' '));
/** Elements that stand within a line. */
const inline = new Set(
  'a abbr b bdi cite code em i img kbd label mark q s samp small span strong sub sup u var wbr'.split(' '),
);

/** Some sites make their tables of other elements. */
const roles: Readonly<Record<string, string>> = {
  table: 'table',
  row: 'tr',
  cell: 'td',
  columnheader: 'th',
  rowheader: 'th',
};

interface Tag {
  readonly name: string;
  readonly closes: boolean;
}

class Scanner {
  readonly #html: string;
  readonly #blocks: Block[] = [];
  #text = '';
  #heading = 0;
  #inCell = false;
  #row = -1;
  #column = -1;
  readonly #found = new Map<string, number>();
  /** What the open elements without a meaning of their own stand for. */
  readonly #divisions: string[] = [];
  #skipping: string | null = null;
  #skipDepth = 0;

  constructor(html: string) {
    this.#html = html;
  }

  blocks(): readonly Block[] {
    const html = this.#html;
    let at = 0;
    while (at < html.length) {
      const open = this.#next('<', at);
      const until = open < 0 ? html.length : open;
      this.#write(html.slice(at, until));
      if (open < 0) break;
      const end = html.startsWith('<!--', open) ? this.#next('-->', open) + 2 : this.#next('>', open);
      const tag = end <= open ? null : tagOf(html.slice(open + 1, end));
      if (tag) this.#tag(this.#meant(tag, html.slice(open, end)));
      const isWhole = end > open && (tag !== null || /^<[!?]/.test(html.slice(open, open + 2)));
      if (!isWhole) this.#write('<');
      at = isWhole ? end + 1 : open + 1;
    }
    this.#flush();
    return this.#blocks;
  }

  /** Where a sign stands next; one that was found is not looked for again, so that no copy takes long. */
  #next(sign: string, from: number): number {
    const known = this.#found.get(sign);
    if (known !== undefined && (known < 0 || known >= from)) return known;
    const at = this.#html.indexOf(sign, from);
    this.#found.set(sign, at);
    return at;
  }

  /** The tag as what its role says. */
  #meant(tag: Tag, text: string): Tag {
    if (tag.name !== 'div' || this.#skipping !== null) return tag;
    if (tag.closes) return { ...tag, name: this.#divisions.pop() ?? 'div' };
    const name = roles[/\srole="(\w{1,20})"/.exec(text)?.[1] ?? ''] ?? 'div';
    this.#divisions.push(name);
    return { ...tag, name };
  }

  #write(text: string): void {
    if (this.#skipping === null) this.#text += decode(text);
  }

  #tag({ name, closes }: Tag): void {
    if (this.#skipping !== null) {
      if (name === this.#skipping) this.#skipDepth += closes ? -1 : 1;
      if (this.#skipDepth === 0) this.#skipping = null;
      return;
    }
    if (skipped.has(name)) {
      if (closes) return;
      this.#skipping = name;
      this.#skipDepth = 1;
      return;
    }
    if (inline.has(name)) return;
    if (name === 'br' || (this.#inCell && !/^(?:t[dhr]|table|tbody|thead)$/.test(name))) {
      this.#text += ' ';
      return;
    }
    this.#flush();
    const heading = /^h([1-6])$/.exec(name)?.[1];
    this.#heading = heading !== undefined && !closes ? Number(heading) : 0;
    this.#inCell = (name === 'td' || name === 'th') && !closes;
    if (name === 'table') this.#row = -1;
    if (name === 'tr' && !closes) {
      this.#row += 1;
      this.#column = -1;
    }
    if (this.#inCell) this.#column += 1;
  }

  #flush(): void {
    const text = this.#text.replaceAll(/\s+/g, ' ').trim();
    this.#text = '';
    if (this.#inCell) this.#blocks.push({ element: 'cell', text, row: this.#row, column: this.#column });
    else if (text === '') return;
    else if (this.#heading > 0) this.#blocks.push({ element: 'heading', text, level: this.#heading });
    else this.#blocks.push({ element: 'text', text });
  }
}

function tagOf(inside: string): Tag | null {
  const [, slash, name] = /^(\/?)([a-zA-Z][a-zA-Z0-9-]*)(?:[\s/]|$)/.exec(inside) ?? [];
  return name === undefined ? null : { name: name.toLowerCase(), closes: slash === '/' };
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  rsquo: '’',
  lsquo: '‘',
  ldquo: '“',
  rdquo: '”',
};

function decode(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, ten, sixteen, name) => {
    if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
    const point = ten === undefined ? Number.parseInt(String(sixteen), 16) : Number(ten);
    return point <= 0x10_ff_ff ? String.fromCodePoint(point) : whole;
  });
}

/** Markdown, with the blocks of GitBook, as the elements that the scanner knows. */
function htmlOfMarkdown(markdown: string): string {
  const lines = markdown.replace(/^---\n[^]*?\n---\n/, '').split('\n');
  let inTable = false;
  const html: string[] = [];
  for (const line of lines) {
    const text = line.trim().replace(/^>\s?/, '');
    const isRow = text.length > 1 && text.startsWith('|') && text.endsWith('|');
    if (isRow !== inTable) html.push(isRow ? '<table>' : '</table>');
    inTable = isRow;
    html.push(isRow ? rowOf(text) : elementOf(text));
  }
  return html.join('\n');
}

function rowOf(text: string): string {
  const cells = text.slice(1, -1).split(/(?<!\\)\|/);
  if (cells.every((cell) => /^\s*:?-+:?\s*$/.test(cell)) && text.includes('--')) return '';
  return `<tr>${cells.map((cell) => `<td>${withoutMarks(cell)}</td>`).join('')}</tr>`;
}

function elementOf(text: string): string {
  if (text === '' || /^\{%.*%\}$/.test(text) || /^(?:```|~~~|---+$)/.test(text)) return '<p>';
  const heading = /^(#{1,6})\s+(.*?)(?:\s#+)?$/.exec(text);
  if (heading) return `<h${heading[1]!.length}>${withoutMarks(heading[2]!)}</h${heading[1]!.length}>`;
  const item = /^(?:[-*+]|\d{1,9}[.)])\s+(.*)$/.exec(text);
  return item ? `<li>${withoutMarks(item[1]!)}</li>` : withoutMarks(text);
}

/** Text without the marks of Markdown for code, emphasis, links and signs that stand for themselves. */
function withoutMarks(text: string): string {
  return text
    .replaceAll(/!?\[([^\][]*)\]\([^()\s]*(?:\s"[^"]*")?\)/g, (whole, words: string) =>
      whole.startsWith('!') ? '' : words,
    )
    .replaceAll(/\\([!-/:-@[-`{-~])|[`*]/g, (_, sign?: string) => sign ?? '');
}
