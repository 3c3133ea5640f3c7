import { fields, source, statuses, type Field, type Status } from '../../../machines/index.ts';
import { blocksOf, type Block } from './blocks.ts';

/** A copy of the documentation page sentence by sentence, each with its place and a hash that tells it from others. */

/** The part of the page in which something stands: up to the first section, or the section on a field. */
export type Section = Field | 'opening';

/** Where a passage stands in its section. */
export interface Place {
  readonly section: Section;
  readonly element: 'heading' | 'cell' | 'sentence';
  /** Of a sentence or a heading: its number among those of its section, from 1 on. */
  readonly order: number;
  /** Of a cell of the table of statuses. */
  readonly row?: Status;
  readonly column?: Field;
  /** The status with which a sentence begins. */
  readonly leads?: Status;
}

/** A sentence, a heading or a cell of a copy. */
export interface Passage extends Place {
  /** As plain text, blanks joined. */
  readonly text: string;
  readonly hash: string;
}

/** The longest copy that is read, in characters. */
export const maxCopy = 4_000_000;
/** The most passages of a copy that are compared. */
export const maxPassages = 5000;

/** What of a copy cannot be read. */
export interface Unusable {
  readonly problem: string;
}

/** The passages of a copy from its title on, or why it is none. */
export async function passagesOf(copy: string): Promise<readonly Passage[] | Unusable> {
  if (copy.length > maxCopy) return { problem: `expected at most ${maxCopy} characters, received more` };
  const drafts = draftsOf(fromTitle(blocksOf(copy)));
  if (drafts.length > maxPassages) {
    return { problem: `expected at most ${maxPassages} sentences, received ${drafts.length}` };
  }
  if (drafts.length === 0) return { problem: 'expected the text of a page, received none' };
  return Promise.all(drafts.map(async (draft) => ({ ...draft, hash: await hashOf(draft.text) })));
}

/** What stands before the title is the menu of a site. */
function fromTitle(blocks: readonly Block[]): readonly Block[] {
  const title = essenceOf(source.title);
  const at = blocks.findIndex(({ element, text }) => element === 'heading' && essenceOf(text) === title);
  return blocks.slice(Math.max(0, at));
}

type Draft = Omit<Passage, 'hash'>;

/** What sites put below a page. */
const belowPages = /^(?:last updated|previous|next|was this helpful)\b/i;

function draftsOf(blocks: readonly Block[]): readonly Draft[] {
  const drafts: Draft[] = [];
  const table = new TableReader();
  let section: Section = 'opening';
  let order = 0;
  for (const block of blocks) {
    if (block.element === 'cell') {
      const { text } = block;
      const cell = table.read(block);
      if (cell === 'label') continue;
      drafts.push({ section, element: 'cell', order: cell ? 0 : (order += 1), ...cell, text });
      continue;
    }
    if (block.element === 'heading') {
      const named = fields.find((field) => block.text.includes(field));
      if (named !== undefined && named !== section) [section, order] = [named, 0];
      drafts.push({ section, element: 'heading', order: (order += 1), text: block.text });
      continue;
    }
    if (belowPages.test(block.text)) continue;
    for (const text of sentencesOf(block.text)) {
      const leads = statuses.find((status) => new RegExp(`^${status}\\b`).test(text));
      const place = leads === undefined ? {} : { leads };
      drafts.push({ section, element: 'sentence', order: (order += 1), ...place, text });
    }
  }
  return drafts;
}

/** Knows of a cell in which row and column of the table of statuses it stands. */
class TableReader {
  #columns = new Map<number, Field>();
  #row: Status | undefined;

  /** A label is the name of a status or of a field: with it begins a row or a column. */
  read({ text, row = 0, column = 0 }: Block): Pick<Place, 'row' | 'column'> | 'label' | undefined {
    if (row === 0 && column === 0) this.#columns = new Map();
    const field = fields.find((one) => one === text);
    if (field !== undefined && row === 0) this.#columns.set(column, field);
    if (column === 0) this.#row = statuses.find((one) => one === text);
    if ((row === 0 && field !== undefined) || (column === 0 && this.#row !== undefined)) return 'label';
    const under = this.#columns.get(column);
    return under === undefined || this.#row === undefined ? undefined : { row: this.#row, column: under };
  }
}

/** A full stop ends a sentence where a capital follows: abbreviations go on in small letters. */
const sentencesOf = (text: string): readonly string[] => text.split(/(?<=[.!?])\s+(?=["“(]?[A-Z])/);

/** What makes two sentences the same: their signs without blanks, with one kind of quotation marks. */
function essenceOf(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\s\u200B-\u200D\u2060\uFEFF]/g, '')
    .replaceAll(/[“”„«»]/g, '"')
    .replaceAll(/[‘’]/g, "'");
}

/** The digits of a SHA-256 that are kept: enough to tell the sentences of a page apart. */
const hashDigits = 16;

/** The hash of a sentence, blanks and the kind of quotation marks left aside. */
export async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(essenceOf(text)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, hashDigits);
}
