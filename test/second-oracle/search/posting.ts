import type { Facts } from './facts.ts';
import { codes, type Rules } from './rules.ts';
import { applied, codeAt, fixedBits, hidden, type State } from './state.ts';

/** What was posted between two observations. */
export interface Posted {
  readonly state: State;
  /** The units that are new. */
  readonly fresh: number;
  /** Whether groups that no list shows may have been posted, beside one that is the last. */
  readonly mayHide: boolean;
}

/** What an interval says of what may be posted in it. */
interface Moment {
  readonly isTail: boolean;
  readonly isSeen: boolean;
  readonly mayHide: boolean;
}

/** What may be posted between two observations. */
export class Postings {
  readonly #facts: Facts;
  readonly #rules: Rules;
  readonly #at: number;
  readonly #moment: Moment;

  constructor(facts: Facts, rules: Rules, at: number, moment: Moment) {
    this.#facts = facts;
    this.#rules = rules;
    this.#at = at;
    this.#moment = moment;
  }

  /** Which named units were posted, and with which of them the last group. */
  of(state: State): readonly Posted[] {
    const { units } = this.#facts;
    const allowed = this.#facts.allowed[this.#at]!;
    let choices = [0];
    for (const [at, { mask }] of units.entries()) {
      const members = membersOf(mask);
      if (codeAt(state.res, members[0]!) !== codes.unborn) continue;
      const may = members.every((one) => allowed[one]! & ~1);
      const mayWait = members.every((one) => allowed[one]! & 1);
      // Of those that are alike, the first ones are taken.
      const before = this.#unitBefore(at);
      const isUnborn = before >= 0 && codeAt(state.res, membersOf(units[before]!.mask)[0]!) === codes.unborn;
      choices = choices.flatMap((choice) => [
        ...(mayWait ? [choice] : []),
        ...(may && !(isUnborn && !(choice & (1 << before))) ? [choice | (1 << at)] : []),
      ]);
    }
    return choices.flatMap((fresh) => this.#lastPosted(state, fresh));
  }

  #lastPosted(state: State, fresh: number): readonly Posted[] {
    const epochs =
      fresh === 0
        ? state.epochs
        : state.epochs.map((epoch, at) => (fresh & (1 << at) ? this.#at + 1 : epoch));
    const open = state.open | fresh;
    if (!this.#rules.usesApplied)
      return [{ state: { ...state, epochs, open }, fresh, mayHide: this.#moment.mayHide }];
    const others = state.applied === applied.runs ? state.fixed.slice(1) : state.fixed;
    const [before] = state.applied === applied.runs ? state.fixed : [];
    const isHidden = before !== undefined && (before & fixedBits.units) === 0;
    const later = before === undefined || isHidden ? others : [...others, before].toSorted((a, b) => a - b);
    const rest = isHidden ? state.hidden | hidden.runs : state.hidden;
    const withLast = (group: number, mask: number): Posted => ({
      state: {
        ...state,
        epochs,
        open: open & ~mask,
        hidden: rest,
        applied: applied.runs,
        held: 0,
        fixed: [group, ...later],
      },
      fresh,
      mayHide: this.#moment.mayHide,
    });
    const all: Posted[] = [];
    if (fresh === 0) all.push({ state, fresh, mayHide: false });
    for (let group = fresh; group > 0; group = (group - 1) & fresh) {
      const whole = this.#facts.units.some(({ isWhole }, at) => group & (1 << at) && isWhole);
      const labels = this.#facts.units.filter(({ label }, at) => group & (1 << at) && label !== undefined);
      if ((whole && group & (group - 1)) || labels.length > 1 || this.#skipsAlike(group, fresh)) continue;
      all.push(withLast(group | (this.#moment.isTail && !whole ? fixedBits.isOpen : 0), group));
    }
    if (this.#moment.mayHide && this.#moment.isSeen) all.push(withLast(fixedBits.isOpen, 0));
    return all;
  }

  /** The unit before this one that is alike, if both are single analyses. */
  #unitBefore(unit: number): number {
    const { units, alike, unitOf } = this.#facts;
    const other = alike[this.#at]![31 - Math.clz32(units[unit]!.mask)]!;
    return other < 0 || unitOf[other] === unit ? -1 : unitOf[other]!;
  }

  /** Whether the first of those that are alike is left out. */
  #skipsAlike(some: number, of: number): boolean {
    return this.#facts.units.some((_, at) => {
      if (!(some & (1 << at))) return false;
      const before = this.#unitBefore(at);
      return before >= 0 && (of & ~some & (1 << before)) !== 0;
    });
  }
}

/** The numbers of the analyses in a mask. */
export function membersOf(mask: number): readonly number[] {
  const members: number[] = [];
  for (let at = 0; mask >>> at; at += 1) if ((mask >>> at) & 1) members.push(at);
  return members;
}
