import type { Facts } from './facts.ts';
import { bit, type Rules } from './rules.ts';
import { applied, codeAt, contentOf, fixedBits, type State } from './state.ts';

/** What may become a group that settles, or a part of one. */
export interface Item {
  /** The number of the unit; -1 for a fixed group. */
  readonly unit: number;
  /** The fixed group as the state writes it. */
  readonly code: number;
  /** Its analyses. */
  readonly mask: number;
  readonly label: string | undefined;
  /** Whether it is a group by itself and never with others that are named. */
  readonly isAlone: boolean;
  /** The interval in which it was posted: only what was posted at once can be one group. */
  readonly epoch: number;
  /** Whether the group may hold analyses that no list shows. */
  readonly isOpen: boolean;
  /** Whether all its named analyses have settled. */
  readonly isDone: boolean;
  /** Whether one of them settled since the last observation. */
  readonly isFresh: boolean;
  /** Whether one failed; of those that no list shows; of all. */
  readonly hostedFailed: boolean;
  readonly failed: boolean;
  readonly isApplied: boolean;
  readonly content: number;
  /** The item before it that nothing tells apart from it; -1 where there is none. */
  readonly twin: number;
}

interface Target {
  readonly res: number;
  readonly fresh: number;
  readonly running: number;
}

/** Everything posted whose group has not settled, as far as it matters when groups settle. */
export function itemsOf(
  state: State,
  target: Target,
  facts: Facts,
  { rules, alike }: { readonly rules: Rules; readonly alike: readonly number[] },
): readonly Item[] {
  const usesGroups = rules.usesSettled || rules.usesFinished;
  const items: Item[] = [];
  for (const [at, code] of state.fixed.entries()) {
    const isApplied = at === 0 && state.applied === applied.runs;
    if (!isApplied && !usesGroups) continue;
    const mask = facts.units.reduce((sum, unit, of) => (code & (1 << of) ? sum | unit.mask : sum), 0);
    const own = partOf(mask, target);
    const hostedFailed = (code & fixedBits.failed) !== 0;
    const more = { isOpen: (code & fixedBits.isOpen) !== 0, hostedFailed, isApplied, twin: -1 };
    const failed = own.failed || hostedFailed;
    items.push({ unit: -1, code, label: undefined, isAlone: true, epoch: 0, ...own, ...more, failed });
  }
  for (const [at, unit] of facts.units.entries()) {
    if (!usesGroups || !(state.open & (1 << at))) continue;
    const epoch = state.epochs[at]!;
    const isOpen = epoch - 1 > facts.lastComplete && !unit.isWhole;
    const { label, isWhole: isAlone } = unit;
    const own = partOf(unit.mask, target);
    const alikeOne = alike[31 - Math.clz32(unit.mask)]!;
    const before = alikeOne < 0 ? -1 : items.findIndex((item) => item.unit === facts.unitOf[alikeOne]);
    const other = items[before];
    const isTwin =
      other?.epoch === epoch && other.isFresh === own.isFresh && sameCode(other.mask, unit.mask, target);
    const more = { isOpen, hostedFailed: false, isApplied: false, twin: isTwin ? before : -1 };
    items.push({ unit: at, code: 0, label, isAlone, epoch, ...own, ...more });
  }
  return items;
}

const sameCode = (one: number, other: number, { res }: Target): boolean =>
  codeAt(res, 31 - Math.clz32(one)) === codeAt(res, 31 - Math.clz32(other));

function partOf(mask: number, { res, fresh, running }: Target) {
  const content = contentOf(mask, res);
  const failed = (content & bit.failed) !== 0;
  return { mask, isDone: (mask & running) === 0, isFresh: (mask & fresh) !== 0, failed, content };
}
