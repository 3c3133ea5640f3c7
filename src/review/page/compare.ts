import { columnClause, type ClauseId } from '../../../machines/index.ts';
import { passagesOf, type Passage, type Place, type Unusable } from './passages.ts';
import { emptyCell, type RegisteredPassage } from './register.ts';

/** Puts a copy of the documentation page beside the register of the captured one. */

/** How a line of a copy stands to the captured page. */
export type LineChange = 'same' | 'changed' | 'added' | 'removed';

/** One passage of the copy, of the captured page, or of both. */
export interface Line extends Place {
  readonly change: LineChange;
  /** Null: the captured page has it and the copy does not. The words of the captured page are not kept. */
  readonly text: string | null;
  /** The hash in the copy, or, where it is gone, that of the captured page. */
  readonly hash: string;
  /** The clauses that stand there, or that the change touches. */
  readonly clauses: readonly ClauseId[];
  /** Why no clause stands there. */
  readonly without: string | null;
}

/** A copy beside the captured page. */
export interface Comparison {
  readonly lines: readonly Line[];
  /** The clauses that changed, added or removed passages touch, in the order of the page. */
  readonly touched: readonly ClauseId[];
  /** How many passages are as they were captured. */
  readonly same: number;
  /** Whether nothing differs. */
  readonly isSame: boolean;
}

/** Compares a copy, Markdown or HTML, with the captured page as `register` knows it. */
export async function compareCopy(
  copy: string,
  register: readonly RegisteredPassage[],
): Promise<Comparison | Unusable> {
  const passages = await passagesOf(copy);
  if ('problem' in passages) return passages;
  const lines = linesOf(register, passages);
  const same = lines.filter(({ change }) => change === 'same').length;
  if (same === 0)
    return { problem: 'expected a copy of the page, received a text with none of its sentences' };
  const changed = lines.filter(({ change }) => change !== 'same');
  return {
    lines,
    touched: [...new Set(changed.flatMap(({ clauses }) => clauses))],
    same,
    isSame: changed.length === 0,
  };
}

const isCell = ({ row, column }: Place): boolean => row !== undefined && column !== undefined;

/** What is equal in both texts; cells with one content are told apart by their places. */
const keyOf = (one: Place & { readonly hash: string }): string =>
  isCell(one) ? `${one.row} ${one.column} ${one.hash}` : one.hash;

/** The lines of both texts in one order: that of the copy, what is gone standing where it was. */
function linesOf(before: readonly RegisteredPassage[], after: readonly Passage[]): readonly Line[] {
  const lines: Line[] = [];
  let [old, now] = [0, 0];
  for (const [oldEqual, nowEqual] of [...equalPairs(before, after), [before.length, after.length] as const]) {
    lines.push(...gap(before.slice(old, oldEqual), after.slice(now, nowEqual)));
    const [was, is] = [before[oldEqual], after[nowEqual]];
    if (was && is) lines.push(sameLine(was, is));
    [old, now] = [oldEqual + 1, nowEqual + 1];
  }
  return lines;
}

/** A longest common subsequence, as pairs of indices. */
function equalPairs(
  before: readonly RegisteredPassage[],
  after: readonly Passage[],
): readonly (readonly [number, number])[] {
  const width = after.length + 1;
  const longest = new Uint16Array((before.length + 1) * width);
  const keys = after.map(keyOf);
  for (let old = before.length - 1; old >= 0; old -= 1) {
    const key = keyOf(before[old]!);
    for (let now = after.length - 1; now >= 0; now -= 1) {
      const at = old * width + now;
      longest[at] =
        keys[now] === key ? longest[at + width + 1]! + 1 : Math.max(longest[at + width]!, longest[at + 1]!);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let [old, now] = [0, 0];
  while (old < before.length && now < after.length) {
    const at = old * width + now;
    if (keys[now] === keyOf(before[old]!)) pairs.push([old++, now++]);
    else if (longest[at + width]! >= longest[at + 1]!) old += 1;
    else now += 1;
  }
  return pairs;
}

/** Between two equal passages: what took the place of what, then what is new and what is gone. */
function gap(before: readonly RegisteredPassage[], after: readonly Passage[]): readonly Line[] {
  const left = [...before];
  const partners = after.map((passage) => {
    const at = left.findIndex((one) => isInPlaceOf(passage, one));
    return at < 0 ? undefined : left.splice(at, 1)[0];
  });
  // As many new sentences as old ones: each stands for the one before it.
  const open = after.filter((passage, at) => partners[at] === undefined && !isCell(passage));
  const rest = left.filter((one) => !isCell(one));
  const isOneForOne = open.length === rest.length;
  const lines: Line[] = after.map((passage, at) => {
    const was = partners[at] ?? (isOneForOne && !isCell(passage) ? rest[open.indexOf(passage)] : undefined);
    return was ? changedLine(was, passage) : addedLine(passage);
  });
  const gone = left.filter((one) => isCell(one) || !isOneForOne);
  return [...lines, ...gone.map(removedLine)];
}

/** The same cell, or a sentence on the same status in the same section. */
function isInPlaceOf(passage: Passage, one: RegisteredPassage): boolean {
  if (passage.section !== one.section || passage.element !== one.element) return false;
  if (isCell(passage) || isCell(one)) return passage.row === one.row && passage.column === one.column;
  return passage.leads !== undefined && passage.leads === one.leads;
}

const sameLine = ({ clauses, without }: RegisteredPassage, passage: Passage): Line => ({
  ...passage,
  change: 'same',
  clauses,
  without: without ?? null,
});

function changedLine(was: RegisteredPassage, passage: Passage): Line {
  return {
    ...passage,
    change: 'changed',
    clauses: touchedBy(was, passage.hash),
    without: was.without ?? null,
  };
}

const addedLine = (passage: Passage): Line => ({ ...passage, change: 'added', clauses: [], without: null });

const removedLine = (was: RegisteredPassage): Line => ({
  ...was,
  change: 'removed',
  text: null,
  clauses: touchedBy(was, emptyCell),
  without: was.without ?? null,
});

/** A column is touched where a status enters or leaves it. */
function touchedBy({ column, hash, clauses }: RegisteredPassage, now: string): readonly ClauseId[] {
  const entersOrLeaves = column !== undefined && (hash === emptyCell) !== (now === emptyCell);
  return entersOrLeaves ? [...clauses, columnClause(column)] : clauses;
}
