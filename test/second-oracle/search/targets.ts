import type { Facts } from './facts.ts';
import type { Posted } from './posting.ts';
import { codes, type Rules } from './rules.ts';
import { codeAt, signatureOf, type State } from './state.ts';

/** Thrown where the search would take too much. */
export class TooMuch extends Error {}

/** What the named analyses have become at the observation. */
export interface Target {
  readonly res: number;
  readonly silent: number;
  /** The analyses that settled between the two observations, and those that still run, as masks. */
  readonly fresh: number;
  readonly running: number;
  /** How many analyses it changes. */
  readonly changes: number;
}

/** What the named analyses can have become at an observation. */
export class Targets {
  readonly #facts: Facts;
  readonly #rules: Rules;
  readonly #at: number;
  readonly #work: { left: number };

  constructor(facts: Facts, rules: Rules, at: number, work: { left: number }) {
    this.#facts = facts;
    this.#rules = rules;
    this.#at = at;
    this.#work = work;
  }

  /** What each named analysis has become. */
  of({ state, fresh }: Posted, take: (target: Target) => void): void {
    const { size, units } = this.#facts;
    const allowed = this.#facts.allowed[this.#at]!;
    const { next, decision } = this.#rules;
    const posted = units.reduce((mask, unit, at) => (fresh & (1 << at) ? mask | unit.mask : mask), 0);
    const twins = this.#twins(state);
    const choose = (at: number, target: Target): void => {
      if (at === size) {
        if (--this.#work.left < 0) throw new TooMuch();
        take(target);
        return;
      }
      const before = codeAt(state.res, at);
      const isNew = (posted & (1 << at)) !== 0;
      if (before === codes.unborn && !isNew) {
        choose(at + 1, target);
        return;
      }
      const options = allowed[at]! & (isNew ? ~1 : next[before]!);
      for (let code: number = codes.PROCESSING; code <= codes.SUCCESS; code += 1) {
        if (!(options & (1 << code)) || (twins[at]! >= 0 && code < codeAt(target.res, twins[at]!))) continue;
        const isDecided = before === codes.OPERATOR_REQUIRED && code !== before;
        const settles = code !== codes.PROCESSING && (isNew || before === codes.PROCESSING);
        choose(at + 1, {
          res: target.res | (code << (3 * at)),
          silent: isDecided && decision === 'silent' ? 1 : target.silent,
          fresh: settles ? target.fresh | (1 << at) : target.fresh,
          running: code === codes.PROCESSING ? target.running | (1 << at) : target.running,
          changes: code === before ? target.changes : target.changes + 1,
        });
      }
    };
    choose(0, { res: 0, silent: state.silent, fresh: 0, running: 0, changes: 0 });
  }

  /** By analysis: the one before it that is alike and of which the same has become; -1 where there is none. */
  #twins(state: State): readonly number[] {
    const { unitOf } = this.#facts;
    const twins = this.#facts.alike[this.#at]!.map((other, at) => {
      if (other < 0) return -1;
      return signatureOf(state, unitOf[at]!, at) === signatureOf(state, unitOf[other]!, other) ? other : -1;
    });
    return twins;
  }
}
