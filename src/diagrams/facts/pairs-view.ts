import type { ChangeKind } from '../figure/figure.ts';
import type { Pair, PairGraph, PairMove } from './pairs.ts';
import { counted } from '../../text/layout.ts';
import { differenceText, settingsText } from './settings-text.ts';

/** What a picture of pairs shows: one reading, or two readings side by side. */

/** A pair or a move under one reading or both. */
export interface Both<T> {
  readonly id: string;
  /** As it is under the first reading, where it is also under the second. */
  readonly first: T | null;
  /** As it is under the second reading, or under the first if it is only there. */
  readonly second: T;
  readonly change: ChangeKind | null;
}

/** All that is drawn. */
export interface PairView {
  readonly id: string;
  /** The reading or readings, then what was explored. */
  readonly heading: readonly [reading: string, explored: string];
  readonly note: string;
  readonly pairs: readonly Both<Pair>[];
  readonly moves: readonly Both<PairMove>[];
}

/** The view of one pair graph. */
export function viewPairs(graph: PairGraph): PairView {
  const alone = <T extends { readonly id: string }>(one: T): Both<T> => {
    return { id: one.id, first: null, second: one, change: null };
  };
  return {
    id: 'pairs',
    heading: [settingsText(graph.settings), exploredText(graph)],
    note: noteOf(graph),
    pairs: graph.pairs.map(alone),
    moves: graph.moves.map(alone),
  };
}

/**
 * The view of what differs between two pair graphs of the same bounds, and of nothing else: the moves that only one
 * has, or that other events make, and the pairs at their ends or that only one has.
 */
export function viewPairsDifference(first: PairGraph, second: PairGraph): PairView {
  const all = bothOf(first.pairs, second.pairs, () => true);
  const moves = bothOf(
    first.moves,
    second.moves,
    (one, other) => Object.keys(one.events).join() === Object.keys(other.events).join(),
  ).filter(({ change }) => change !== null);
  const ends = new Set(moves.flatMap(({ second: { from, to } }) => [from, to]));
  const pairs = all.filter(({ id, change }) => change !== null || ends.has(id));
  const compared = differenceText(first.settings, second.settings);
  const [samePairs, sameMoves] = [all.length - pairs.length, second.moves.length - countIn(second, moves)];
  const left =
    moves.length + pairs.length === 0
      ? 'No pair and no move differs.'
      : `Not drawn, as under both: ${counted(samePairs, 'other pair')} and ${counted(sameMoves, 'move')}.`;
  return {
    id: 'pairs-difference',
    heading: [`${compared} ${left}`, exploredText(second, first)],
    note: noteOf(second, first),
    pairs,
    moves,
  };
}

/** How many of the moves that are drawn occur in a graph. */
function countIn(graph: PairGraph, drawn: readonly Both<PairMove>[]): number {
  const ids = new Set(graph.moves.map(({ id }) => id));
  return drawn.filter(({ id }) => ids.has(id)).length;
}

function bothOf<T extends { readonly id: string }>(
  first: readonly T[],
  second: readonly T[],
  equal: (one: T, other: T) => boolean,
): readonly Both<T>[] {
  const before = new Map(first.map((one) => [one.id, one]));
  const after = new Set(second.map(({ id }) => id));
  const kept = second.map((one): Both<T> => {
    const other = before.get(one.id) ?? null;
    const change = other === null ? 'added' : equal(other, one) ? null : 'changed';
    return { id: one.id, first: other, second: one, change };
  });
  const gone = first.filter(({ id }) => !after.has(id));
  return [
    ...kept,
    ...gone.map((one): Both<T> => ({ id: one.id, first: null, second: one, change: 'removed' })),
  ];
}

/** A count, before and after where that differs. */
function countText(count: number, before: number): string {
  return count === before ? String(count) : `${before} → ${count}`;
}

/** What was explored, in one sentence. */
function exploredText({ bounds, folders, transitions }: PairGraph, before?: PairGraph): string {
  const size = bounds.sizes === 'up-to' ? `at most ${bounds.analyses}` : `exactly ${bounds.analyses}`;
  return (
    `Computed from every folder of at most ${bounds.groups} groups with ${size} analyses each: ` +
    `${countText(folders, before?.folders ?? folders)} folders, ` +
    `${countText(transitions, before?.transitions ?? transitions)} transitions ` +
    '(like analyses of a group count as interchangeable).'
  );
}

function noteOf({ unseen }: PairGraph, before?: PairGraph): string {
  const unmoved = countText(unseen, before?.unseen ?? unseen);
  return (
    '× counts explored transitions. Transitions that leave both fields as they are, ' +
    `${unmoved} of them, are not drawn.`
  );
}

/** A pair as one name. */
export function pairName({ resolutionStatus, systemResolution }: Pair): string {
  return resolutionStatus === systemResolution
    ? resolutionStatus
    : `${resolutionStatus} · ${systemResolution}`;
}

/** How many folders show a pair, before and after where that differs. */
export function foldersText(first: Pair | null, second: Pair): string {
  const count = (folders: number) => `${folders} folder${folders === 1 ? '' : 's'}`;
  return first === null || first.folders === second.folders
    ? count(second.folders)
    : `${first.folders} → ${count(second.folders)}`;
}

/** How often each event makes a move, before and after where that differs. */
export function eventTexts({ first, second }: Both<PairMove>): readonly string[] {
  const names = [...new Set([...Object.keys(first?.events ?? {}), ...Object.keys(second.events)])];
  return names.map((name) => {
    const now = second.events[name] ?? 0;
    const before = first === null ? now : (first.events[name] ?? 0);
    return before === now ? `${name} ×${now}` : `${name} ×${before} → ×${now}`;
  });
}

const changeWords = {
  added: 'Only under the second reading: ',
  removed: 'Only under the first reading: ',
  changed: 'Different under the two readings: ',
} as const satisfies Record<ChangeKind, string>;

/** All that a picture of the view shows, in sentences. */
export function pairsInWords({ heading, pairs, moves }: PairView): string {
  const prefix = (change: ChangeKind | null): string => (change === null ? '' : changeWords[change]);
  const pairSentences = pairs.map(({ first, second, change }) => {
    const surprise = !second.surprising
      ? ''
      : second.goneUnder.length === 0
        ? '; surprising, and no single answer avoids it'
        : `; surprising, and it does not occur under ${second.goneUnder.join(' or ')}`;
    return `${prefix(change)}Pair ${second.id}: ${foldersText(first, second)}${surprise}.`;
  });
  const moveSentences = moves.map(({ second, change }) => {
    const events = Object.entries(second.events).map(([name, count]) => `${name} ${count} times`);
    return `${prefix(change)}From ${second.from} to ${second.to}: ${events.join(', ')}.`;
  });
  return [...heading, ...pairSentences, ...moveSentences].join(' ');
}
