import type { Facts } from './facts.ts';
import { bit, canonical, codes, exists, literals, memberShift, worstOf, type Rules } from './rules.ts';

/**
 * One thing that a folder can be, as far as its two fields and its future need it. Analyses that no list shows have
 * no number: only whether there are any of a kind is kept, because as many as an explanation needs may be there.
 */
export interface State {
  /** The code of each analysis, three bits each. */
  readonly res: number;
  /** The units whose group has not settled and is not fixed, as a mask. */
  readonly open: number;
  /** By unit: the interval in which it was posted, counted from 1; 0 where that no longer matters. */
  readonly epochs: readonly number[];
  /** Groups whose members are settled upon while they run; the group posted last comes first if it is one of them. */
  readonly fixed: readonly number[];
  /** Whether the group posted last is there, runs, or has settled. */
  readonly applied: (typeof applied)[keyof typeof applied];
  /** What the group posted last holds, once it has settled. */
  readonly held: number;
  /** What the group that settled last holds; 0 where there is none or it does not matter. */
  readonly settled: number;
  /** What the group that settled last without a failure holds. */
  readonly finished: number;
  /** What is there beside the named analyses. */
  readonly hidden: number;
  /** 1 where a step was needed on which the page is silent. */
  readonly silent: number;
}

/** What is known of the group posted last. */
export const applied = { none: 0, runs: 1, settled: 2 } as const;

/** What is there beside the named analyses: groups of their own that run, and analyses that have settled. */
export const hidden = { runs: 1, failed: 2, declined: 4, operator: 8, some: 16 } as const;

/** A fixed group: the mask of its units, and beyond it whether others may be in it and whether one of those failed. */
export const fixedBits = { units: (1 << 10) - 1, isOpen: 1 << 10, failed: 1 << 11 } as const;

/** The folder before anything was posted. */
export const start = (units: number): State => ({
  res: 0,
  open: 0,
  epochs: Array.from({ length: units }, () => 0),
  fixed: [],
  applied: applied.none,
  held: 0,
  settled: 0,
  finished: 0,
  hidden: 0,
  silent: 0,
});

/** The code of analysis `at`. */
export const codeAt = (res: number, at: number): number => (res >>> (3 * at)) & 7;

/** What has become of an analysis and its unit, in one number: of those that are alike, equal ones can be exchanged. */
export function signatureOf(state: State, unit: number, at: number): number {
  const inFixed = state.fixed.findIndex((group) => group & (1 << unit)) + 1;
  const need = (content: number) => (content >>> (memberShift + at)) & 1;
  return (
    codeAt(state.res, at) |
    (((state.open >>> unit) & 1) << 3) |
    (need(state.held) << 4) |
    (need(state.settled) << 5) |
    (need(state.finished) << 6) |
    (inFixed << 7) |
    (state.epochs[unit]! << 11)
  );
}

/** The same state with analyses that are alike in one order; `alike` and `unitOf` as in the facts. */
export function ordered(state: State, alike: readonly number[], unitOf: readonly number[]): State {
  let now = state;
  for (let isSorted = false; !isSorted;) {
    isSorted = true;
    for (const [at, other] of alike.entries()) {
      if (other < 0 || signatureOf(now, unitOf[other]!, other) <= signatureOf(now, unitOf[at]!, at)) continue;
      now = exchanged(now, [unitOf[at]!, unitOf[other]!], [at, other]);
      isSorted = false;
    }
  }
  return now;
}

/** The number with two of its fields of so many bits exchanged. */
function swapBits(value: number, one: number, other: number, width: number): number {
  const mask = (1 << width) - 1;
  const difference = ((value >>> one) ^ (value >>> other)) & mask;
  return value ^ ((difference << one) | (difference << other));
}

/** Exchanges two analyses, and their units where they have one each. */
function exchanged(state: State, [unit, otherUnit]: Two, [at, other]: Two): State {
  const content = (value: number) => swapBits(value, memberShift + at, memberShift + other, 1);
  const epochs = state.epochs.with(unit, state.epochs[otherUnit]!).with(otherUnit, state.epochs[unit]!);
  const fixed = state.fixed.map((group) => swapBits(group, unit, otherUnit, 1));
  const head = state.applied === applied.runs ? 1 : 0;
  return {
    ...state,
    res: swapBits(state.res, 3 * at, 3 * other, 3),
    open: swapBits(state.open, unit, otherUnit, 1),
    epochs,
    fixed: [...fixed.slice(0, head), ...fixed.slice(head).toSorted((a, b) => a - b)],
    held: content(state.held),
    settled: content(state.settled),
    finished: content(state.finished),
  };
}

type Two = readonly [number, number];

/** States with the same key are the same, but for whether they needed a silent step. */
export const keyOf = (state: State): string =>
  `${state.res},${state.open},${state.epochs.join('.')},${state.fixed.join('.')},${state.applied},${state.held},${state.settled},${state.finished},${state.hidden}`;

/** What of a group's content its status needs, and what the result of the folder needs. */
export const onlyFailure = exists | bit.failed;

/** What the two fields look at. */
export interface Looked {
  readonly isEmpty: boolean;
  readonly isQuiet: boolean;
  readonly anyFailed: boolean;
  /** What all analyses hold together. */
  readonly all: number;
  readonly applied: { readonly runs: boolean; readonly failed: boolean; readonly content: number };
  readonly settled: number;
  readonly finished: number;
}

/** What the two fields of a folder in this state look at. */
export function lookedAt(state: State, { size, units }: Pick<Facts, 'size' | 'units'>): Looked {
  const { hidden: unseen, fixed, res } = state;
  const named = contentOf((1 << size) - 1, res);
  const runs = state.applied === applied.runs;
  const last = runs ? fixed[0]! : 0;
  const inLast = units.reduce((mask, unit, at) => (last & (1 << at) ? mask | unit.mask : mask), 0);
  const failedInLast = (last & fixedBits.failed) | (contentOf(inLast, res) & bit.failed);
  return {
    isEmpty: (unseen & hidden.some) === 0,
    isQuiet: state.open === 0 && fixed.length === 0 && (unseen & hidden.runs) === 0 && !isRunning(res),
    anyFailed: ((named & bit.failed) | (unseen & hidden.failed)) !== 0,
    all:
      named |
      (unseen & hidden.failed ? bit.failed : 0) |
      (unseen & hidden.declined ? bit.declined : 0) |
      (unseen & hidden.operator ? bit.operator : 0),
    applied: { runs, failed: (runs ? failedInLast : state.held & bit.failed) !== 0, content: state.held },
    settled: state.settled,
    finished: state.finished,
  };
}

function isRunning(res: number): boolean {
  for (let rest = res; rest !== 0; rest >>>= 3) if ((rest & 7) === codes.PROCESSING) return true;
  return false;
}

function stage(runs: boolean, failed: boolean, rules: Rules): string {
  if (runs && failed) return rules.failedFirst ? 'FAILED' : 'PROCESSING';
  return runs ? 'PROCESSING' : failed ? 'FAILED' : 'FINISHED';
}

/** `folder.resolution_status` as the rules give it. */
export function statusOf(looked: Looked, rules: Rules): string {
  if (looked.isEmpty) return 'INITIAL';
  if (rules.stage === 'last-applied-group') return stage(looked.applied.runs, looked.applied.failed, rules);
  const isSettled = rules.stage === 'last-settled-group' && looked.isQuiet;
  const failed = isSettled ? (looked.settled & bit.failed) !== 0 : looked.anyFailed;
  return stage(!looked.isQuiet, failed, rules);
}

/** `system_resolution` as the rules give it. */
export function systemOf(looked: Looked, rules: Rules): string {
  return looked.isEmpty ? 'INITIAL' : literals[resultOf(looked, rules)]!;
}

function resultOf(looked: Looked, rules: Rules): number {
  const running = (failed: boolean) => (failed && rules.resultFailsFirst ? codes.FAILED : codes.PROCESSING);
  if (rules.awaitsEarlier && !looked.isQuiet) return running(looked.anyFailed);
  if (rules.result === 'last-applied-group') {
    const { runs, failed, content } = looked.applied;
    return runs ? running(failed) : worstOf(content, rules);
  }
  if (rules.result === 'all-analyses') {
    return looked.isQuiet ? worstOf(looked.all, rules) : running(looked.anyFailed);
  }
  const last = rules.usesFinished ? looked.finished : looked.settled;
  if (!looked.isQuiet) return rules.holds && last ? worstOf(last, rules) : running(looked.anyFailed);
  if (rules.failedFinishes === 'folder-fails' && looked.anyFailed) return codes.FAILED;
  const deciding = rules.failedFinishes === 'no' && looked.finished ? looked.finished : looked.settled;
  return worstOf(deciding, rules);
}

/** The codes of these analyses together, as the content of a group. */
export function contentOf(mask: number, res: number): number {
  let content: number = exists;
  for (let at = 0; mask >>> at; at += 1) {
    if (!((mask >>> at) & 1)) continue;
    const code = codeAt(res, at);
    if (code === codes.FAILED) content |= bit.failed;
    else if (code === codes.DECLINED) content |= bit.declined;
    else if (code === codes.OPERATOR_REQUIRED) content |= 1 << (memberShift + at);
  }
  return canonical(content);
}

/** The content of a settled group after members that needed a person were decided. */
export function afterDecisions(content: number, res: number): number {
  let rest = content;
  for (let at = 0; rest >>> (3 + at) && 3 + at < 20; at += 1) {
    if (!((rest >>> (3 + at)) & 1)) continue;
    const code = codeAt(res, at);
    if (code === codes.OPERATOR_REQUIRED) continue;
    rest &= ~(1 << (3 + at));
    if (code === codes.DECLINED) rest |= bit.declined;
  }
  return canonical(rest);
}
