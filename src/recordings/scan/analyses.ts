/** Reads the list of analyses in a folder from its bytes. */
import { isRepeated, type ByteView } from '../../observations/packed/byte-view.ts';
import {
  codeBits,
  firstView,
  slot,
  maxViews,
  viewSlot,
  viewSize,
  type Packed,
} from '../../observations/packed/packed.ts';
import { closeList, comma, openList, openObject } from '../json/bytes.ts';
import { skipBlanks, skipValue, toNext, unproved } from '../json/skip.ts';
import { forRenamed, Names, otherName, Words } from './names.ts';
import { takeStatus, takeText } from './texts.ts';

/** What a name means: below `statusNames` the slot of a text, from there on a status. */
const statusNames = 16;
const mainStatus = 0;
const otherStatus = 1;
const aliasStatus = 2;

const names = new Names(
  new Words({
    analyse_id: viewSlot.id,
    analysis_id: viewSlot.id,
    group_id: viewSlot.group,
    folder_id: viewSlot.folder,
    type: viewSlot.kind,
    resolution_status: statusNames + mainStatus,
    state: statusNames + otherStatus,
    resolution: statusNames + aliasStatus,
  }),
  forRenamed(unproved),
);

/** The codes of the statuses of the analysis that is read. */
const codes = new Int32Array(3);

/** The codes of an analysis as one number, or `unproved` where `resolution_status` and `resolution` disagree. */
export function packCodes(state: number, status: number, alias: number): number {
  if (status !== 0 && alias !== 0 && status !== alias) return unproved;
  return state | ((status === 0 ? alias : status) << codeBits);
}

/** Behind the analysis at `from`, its view noted from `view` on. */
function takeAnalysis(text: ByteView, from: number, into: Packed, view: number): number {
  const { bytes } = text;
  if (bytes[from] !== openObject) return unproved;
  for (let at = view; at < view + viewSize; at += 1) into[at] = -1;
  codes[0] = codes[1] = codes[2] = 0;
  let known = 0;
  let at = skipBlanks(bytes, from + 1);
  for (let nth = 0; at >= 0; nth += 1) {
    const name = names.read(text, at, nth);
    at = names.behind;
    if (name === otherName) at = skipValue(text, at);
    else {
      if (name < 0 || at < 0 || (known & (1 << name)) !== 0) return unproved;
      known |= 1 << name;
      at =
        name < statusNames
          ? takeText(text, at, into, view + name)
          : takeStatus(text, at, codes, name - statusNames);
    }
    if (at < 0) return unproved;
    at = toNext(bytes, at);
  }
  const packed = packCodes(codes[otherStatus], codes[mainStatus], codes[aliasStatus]);
  into[view + viewSlot.codes] = packed;
  return packed < 0 || into[view + viewSlot.id]! < 0 || at === unproved ? unproved : -at - 1;
}

/** Behind the list of analyses at `from`, their views and their number noted. */
export function takeAnalyses(text: ByteView, from: number, into: Packed): number {
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
  into[slot.views] = views;
  return at + 1;
}

/** Whether every analysis that names a folder names this one. */
export function areOfFolder(text: ByteView, into: Packed): boolean {
  const views = into[slot.views]!;
  const start = into[slot.folder]!;
  const length = into[slot.folder + 1]! - start;
  for (let view = 0; view < views; view += 1) {
    const own = firstView + view * viewSize + viewSlot.folder;
    const from = into[own]!;
    if (from < 0) continue;
    if (into[own + 1]! - from !== length) return false;
    if (!isRepeated(text.view, start, from, length)) return false;
  }
  return true;
}
