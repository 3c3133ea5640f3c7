/**
 * Takes from one line what a check needs of a folder, without a string or an object made, and accepts only lines that
 * are proved to be valid JSON and to be read alike by the reader of values. It has to be right, not complete: whatever
 * it cannot prove (an escape in a wanted text, a repeated name, an unknown status) is left to `JSON.parse`.
 */
import { isRepeated, slack, type Chunk } from '../../observations/packed/chunk.ts';
import {
  codeBits,
  codeOf,
  firstView,
  glanceAt,
  maxViews,
  viewAt,
  viewSize,
  type Glance,
} from '../../observations/packed/glance.ts';
import { endOfPlain, isNull, maxNesting, skipBlanks, skipValue, toNext, unproved } from '../json/skip.ts';
import { Names, otherName, Words } from './names.ts';
import { closeList, comma, lineFeed, openList, openObject, quote } from '../json/bytes.ts';

/** The deepest nesting that an accepted line can have: the folder, its list, an analysis, and what is skipped there. */
export const deepestAccepted = 3 + maxNesting + 1;

/** What a name means: below `statusNames` the slot of a text, from there on a status, or one of the rest. */
const statusNames = 16;
const mainStatus = statusNames;
const otherStatus = statusNames + 1;
const aliasStatus = statusNames + 2;
const list = 20;
/** With such a member a value may be another thing than a folder. */
const refused = 21;

const analysisNames = new Names({
  analyse_id: viewAt.id,
  analysis_id: viewAt.id,
  group_id: viewAt.group,
  folder_id: viewAt.folder,
  type: viewAt.kind,
  resolution_status: mainStatus,
  state: otherStatus,
  resolution: aliasStatus,
});

const folderNames = new Names({
  folder_id: glanceAt.folder,
  resolution_status: mainStatus,
  system_resolution: otherStatus,
  analyses: list,
  analyse_id: refused,
  analysis_id: refused,
  log: refused,
  source: refused,
});

const statusWords = new Words(Object.fromEntries(codeOf));

/** The codes of the statuses that were read last, by `mainStatus` and so on; 0 for none. */
const codes = new Int32Array(3);

/** Behind a status or null. */
function takeStatus({ bytes, view }: Chunk, from: number, which: number): number {
  const word = statusWords.find(view, from);
  if (word < 0) return isNull(bytes, from) ? from + 4 : unproved;
  codes[which - statusNames] = statusWords.meaningOf(word);
  return from + statusWords.lengthOf(word);
}

/** How long a UUID is without its dashes, and with them. */
const uuidLengths = { least: 32, most: 36 } as const;

/** Whether the text may be a UUID that is not written as `usualId` writes it. */
function mayBeUnusual({ view }: Chunk, from: number, to: number): boolean {
  const { least, most } = uuidLengths;
  if (to - from < least || to - from > most) return false;
  if (to - from < most) return true;
  for (let at = from; at < to; at += 4) {
    const four = view.getInt32(at, true);
    // Of the signs that are letters only the small ones have the bit below.
    if ((four & ~(four << 1) & 0x40404040) !== 0) return true;
  }
  return false;
}

/** Behind a text that is wanted, null or not empty, with its bounds at `slot`. */
function takeText(text: Chunk, from: number, into: Glance, slot: number): number {
  const { bytes } = text;
  if (bytes[from] !== quote) return isNull(bytes, from) ? from + 4 : unproved;
  const end = endOfPlain(text, from + 1);
  if (end <= from + 1 || mayBeUnusual(text, from + 1, end)) return unproved;
  into[slot] = from + 1;
  into[slot + 1] = end;
  return end + 1;
}

/** Behind the analysis at `from`, its view noted from `view` on. */
function takeAnalysis(text: Chunk, from: number, into: Glance, view: number): number {
  const { bytes } = text;
  if (bytes[from] !== openObject) return unproved;
  for (let at = view; at < view + viewSize; at += 1) into[at] = -1;
  codes[0] = codes[1] = codes[2] = 0;
  let known = 0;
  let at = skipBlanks(bytes, from + 1);
  for (let nth = 0; at >= 0; nth += 1) {
    const name = analysisNames.read(text, at, nth);
    at = analysisNames.behind;
    if (name === otherName) at = skipValue(text, at);
    else {
      if (name < 0 || at < 0 || (known & (1 << name)) !== 0) return unproved;
      known |= 1 << name;
      at = name < statusNames ? takeText(text, at, into, view + name) : takeStatus(text, at, name);
    }
    if (at < 0) return unproved;
    at = toNext(bytes, at);
  }
  const state = codes[otherStatus - statusNames]!;
  const status = codes[mainStatus - statusNames]!;
  const alias = codes[aliasStatus - statusNames]!;
  if (status !== 0 && alias !== 0 && status !== alias) return unproved;
  into[view + viewAt.codes] = state | ((status === 0 ? alias : status) << codeBits);
  return into[view + viewAt.id]! < 0 || at === unproved ? unproved : -at - 1;
}

/** Behind the list of analyses at `from`, their views and their number noted. */
function takeAnalyses(text: Chunk, from: number, into: Glance): number {
  const { bytes } = text;
  if (bytes[from] !== openList) return unproved;
  let at = skipBlanks(bytes, from + 1);
  let views = 0;
  while (bytes[at] !== closeList || views > 0) {
    if (views === maxViews) return unproved;
    at = takeAnalysis(text, at, into, firstView + views * viewSize);
    if (at < 0) return unproved;
    views += 1;
    at = skipBlanks(bytes, at);
    if (bytes[at] === closeList) break;
    if (bytes[at] !== comma) return unproved;
    at = skipBlanks(bytes, at + 1);
  }
  into[glanceAt.views] = views;
  return at + 1;
}

/**
 * Reads the line that begins at `from` and ends with a newline. Gives the position behind that newline, with `into`
 * filled, if the line is one folder with its id and not indented; otherwise `unproved`, with `into` left in no
 * particular state.
 */
export function scanLine(text: Chunk, from: number, into: Glance): number {
  const behind = scanFolder(text, from, into, false);
  return behind >= 0 && text.bytes[behind] === lineFeed ? behind + 1 : unproved;
}

/**
 * The same for the folder at `from`, whatever follows it: behind it and the blanks after it. Its list of analyses is
 * complete, also if it is empty, where it was asked for.
 */
export function scanFolder(text: Chunk, from: number, into: Glance, asksForAnalyses: boolean): number {
  const { bytes } = text;
  if (bytes[from] !== openObject) return unproved;
  into[glanceAt.folder] = unproved;
  into[glanceAt.status] = into[glanceAt.system] = into[glanceAt.views] = into[glanceAt.wholeGroup] = 0;
  let known = 0;
  let at = skipBlanks(bytes, from + 1);
  for (let nth = 0; at >= 0; nth += 1) {
    const name = folderNames.read(text, at, nth);
    at = folderNames.behind;
    if (name === otherName) at = skipValue(text, at);
    else {
      if (name < 0 || at < 0 || name === refused || (known & (1 << name)) !== 0) return unproved;
      known |= 1 << name;
      if (name === list) at = takeAnalyses(text, at, into);
      else if (name < statusNames) at = takeText(text, at, into, name);
      else {
        codes[name - statusNames] = 0;
        at = takeStatus(text, at, name);
        into[name === mainStatus ? glanceAt.status : glanceAt.system] = codes[name - statusNames]!;
      }
    }
    if (at < 0) return unproved;
    at = toNext(bytes, at);
  }
  if (at === unproved || into[glanceAt.folder]! < 0) return unproved;
  const hasList = (known & (1 << list)) !== 0;
  into[glanceAt.complete] = into[glanceAt.views]! > 0 || (hasList && asksForAnalyses) ? 1 : 0;
  const isFolder = hasList || (known & (1 << otherStatus)) !== 0;
  return isFolder && areOfFolder(text, into) ? skipBlanks(bytes, -at - 1) : unproved;
}

/** Behind the last line that ends in the bytes and can be scanned there, or 0. */
export function endOfLines(bytes: Uint8Array): number {
  const last = bytes.length - 1 - slack;
  return last < 0 ? 0 : bytes.lastIndexOf(lineFeed, last) + 1;
}

/** Whether every analysis that names a folder names this one. */
function areOfFolder(text: Chunk, into: Glance): boolean {
  const views = into[glanceAt.views]!;
  const start = into[glanceAt.folder]!;
  const length = into[glanceAt.folder + 1]! - start;
  for (let view = 0; view < views; view += 1) {
    const own = firstView + view * viewSize + viewAt.folder;
    const from = into[own]!;
    if (from < 0) continue;
    if (into[own + 1]! - from !== length) return false;
    if (!isRepeated(text.view, start, from, length)) return false;
  }
  return true;
}
