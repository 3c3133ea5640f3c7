import { itemsOf, type Item } from './items.ts';
import { groupsThatSettle, type Settling } from './settling.ts';
import { bit, canonical, codes, type Rules } from './rules.ts';
import {
  afterDecisions,
  applied,
  codeAt,
  contentOf,
  fixedBits,
  hidden,
  keyOf,
  lookedAt,
  onlyFailure,
  ordered,
  statusOf,
  systemOf,
  type State,
} from './state.ts';
import type { Facts } from './facts.ts';
import { Postings, type Posted } from './posting.ts';
import { Targets, TooMuch, type Target } from './targets.ts';

/** Whether what happened in one case can go on to what happened in the other, where no group's turn matters. */
function leadsTo(less: Happened, more: Happened, rules: Rules): boolean {
  if (less.posted.fresh !== 0 && less.posted.fresh !== more.posted.fresh) return false;
  if (less.target.silent > more.target.silent) return false;
  for (let [one, other] = [less.target.res, more.target.res]; one | other; one >>>= 3, other >>>= 3) {
    const [from, to] = [one & 7, other & 7];
    if (from !== to && !(rules.next[from]! & (1 << to) && from !== codes.OPERATOR_REQUIRED)) return false;
  }
  return true;
}

interface Happened {
  readonly posted: Posted;
  readonly target: Target;
}

/**
 * All that can happen between two observations. Whatever happened can be told in this order without any field showing
 * it: everything is posted, then analyses and groups settle; and what a person decides, whenever it is. A group that
 * settles takes its members from what is open: nobody knows earlier which analyses it has.
 */
export class Interval {
  readonly found = new Map<string, State>();
  readonly #facts: Facts;
  readonly #rules: Rules;
  readonly #at: number;
  /** Whether groups that no list ever shows may be posted. */
  readonly #mayHide: boolean;
  readonly #isTail: boolean;
  readonly #isSeen: boolean;
  /** Whether what no list shows can as well happen later, where nothing asks for it before. */
  readonly #canWait: boolean;
  readonly #postings: Postings;
  readonly #targets: Targets;
  readonly #work: { left: number };

  constructor(facts: Facts, rules: Rules, at: number, work: { left: number }) {
    this.#facts = facts;
    this.#rules = rules;
    this.#at = at;
    this.#isTail = at > facts.lastComplete;
    const { status, system } = facts.fields[at]!;
    this.#canWait = !(rules.usesFinished && rules.stage === 'last-settled-group');
    this.#isSeen = status !== undefined || system !== undefined || !this.#canWait;
    this.#mayHide = this.#isTail && at <= facts.lastFields && (this.#isSeen || rules.usesApplied);
    const posting = { isTail: this.#isTail, isSeen: this.#isSeen, mayHide: this.#mayHide };
    this.#postings = new Postings(facts, rules, at, posting);
    this.#targets = new Targets(facts, rules, at, work);
    this.#work = work;
  }

  /** Adds all that can come of one state. What can as well happen after this observation is left for later. */
  advance(state: State): void {
    if (this.#isSeenAs(state)) {
      this.#keep(state);
      return;
    }
    for (const decided of this.#hiddenDecisions(state)) {
      const all: Happened[] = [];
      for (const posted of this.#postings.of(decided))
        this.#targets.of(posted, (target) => void all.push({ posted, target }));
      const { keepsSettled, keepsFinished, usesApplied } = this.#rules;
      const isLazy = !keepsSettled && !keepsFinished && !usesApplied;
      const enough: Happened[] = [];
      if (isLazy) all.sort((one, other) => one.target.changes - other.target.changes);
      for (const step of all) {
        this.#settle(step.posted, step.target, true);
        if (isLazy && enough.some((less) => leadsTo(less, step, this.#rules))) continue;
        if (this.#settle(step.posted, step.target, false) && isLazy) enough.push(step);
      }
    }
  }

  /** Whether the folder, as it was, looks like this: then whatever happened can as well have happened later. */
  #isSeenAs(state: State): boolean {
    const { size, allowed } = this.#facts;
    const here = allowed[this.#at]!;
    for (let at = 0; at < size; at += 1) if (!(here[at]! & (1 << codeAt(state.res, at)))) return false;
    return this.#looksRight(state);
  }

  #looksRight(state: State): boolean {
    const { status, system } = this.#facts.fields[this.#at]!;
    if (status === undefined && system === undefined) return true;
    const looked = lookedAt(state, this.#facts);
    return (
      (status === undefined || statusOf(looked, this.#rules) === status) &&
      (system === undefined || systemOf(looked, this.#rules) === system)
    );
  }

  /** A person may have decided what no list shows. */
  #hiddenDecisions(state: State): readonly State[] {
    const { decision, result } = this.#rules;
    if (decision === 'forbidden' || !this.#isSeen) return [state];
    const silent = decision === 'silent' ? 1 : state.silent;
    const states = [state];
    const isSame = state.finished === state.settled;
    for (const name of ['held', 'settled', 'finished'] as const) {
      if (!(state[name] & bit.operator) || (name === 'finished' && isSame)) continue;
      const rest = state[name] & ~bit.operator;
      for (const content of [rest, canonical(rest | bit.declined)]) {
        states.push({
          ...state,
          silent,
          [name]: content,
          ...(name === 'settled' && isSame && { finished: content }),
        });
      }
    }
    if (result === 'all-analyses' && state.hidden & hidden.operator) {
      const rest = state.hidden & ~hidden.operator;
      states.push({ ...state, silent, hidden: rest }, { ...state, silent, hidden: rest | hidden.declined });
    }
    return states;
  }

  /** Whether the two fields can be what they are if nothing runs, or if something does. */
  #mayBe(isQuiet: boolean): boolean {
    const { status, system } = this.#facts.fields[this.#at]!;
    const { stage, result, failedFirst, resultFailsFirst, holds, awaitsEarlier } = this.#rules;
    const runs = 'PROCESSING';
    if (status !== undefined && status !== 'INITIAL' && stage !== 'last-applied-group') {
      if (isQuiet ? status === runs : status !== runs && !(failedFirst && status === 'FAILED')) return false;
    }
    const isOfAll = result !== 'last-applied-group' || awaitsEarlier;
    if (system !== undefined && system !== 'INITIAL' && isOfAll) {
      const isHeld = holds && result === 'last-finished-group';
      const hasFailed = resultFailsFirst && system === 'FAILED';
      if (isQuiet ? system === runs : system !== runs && !isHeld && !hasFailed) return false;
    }
    return true;
  }

  /** Adds what that gives; whether it needed nothing that no list shows. */
  #settle(posted: Posted, target: Target, isQuiet: boolean): boolean {
    if ((isQuiet && target.running !== 0) || !this.#mayBe(isQuiet)) return false;
    let isPlainly = false;
    const { state } = posted;
    const mayHide = posted.mayHide || (state.hidden & hidden.runs) !== 0;
    const items = itemsOf(state, target, this.#facts, {
      rules: this.#rules,
      alike: this.#facts.alike[this.#at + 1]!,
    });
    const keeps = isQuiet
      ? { settled: this.#rules.usesSettled, finished: this.#rules.usesFinished }
      : { settled: this.#rules.keepsSettled, finished: this.#rules.keepsFinished };
    const asked = { state, rules: this.#rules, isQuiet, keeps };
    const isEnough = new Set<number>();
    const isLazy = this.#canWait && this.#isSeen && !this.#rules.usesApplied;
    for (const hides of isLazy && mayHide ? [false, true] : [mayHide && this.#isSeen]) {
      for (const settling of groupsThatSettle(items, { ...asked, mayHide: hides })) {
        if (--this.#work.left < 0) throw new TooMuch();
        if (hides && isEnough.has(settling.closed)) continue;
        const isPlain = isLazy && mayHide && !hides;
        const found = this.#hide(
          { posted, target, isQuiet, mayHide, items, settling },
          isPlain || !this.#isSeen,
        );
        if (found && isPlain && !settling.failed) isEnough.add(settling.closed);
        isPlainly ||= found && !settling.failed && (isPlain || !mayHide);
      }
    }
    return isPlainly;
  }

  /** What became of the analyses that no list shows: `isPlain`, no more than has to. Whether that can be. */
  #hide(step: Step, isPlain: boolean): boolean {
    const { posted, isQuiet, mayHide, settling, items, target } = step;
    const before = posted.state.hidden;
    const remaining = items.filter((_, at) => !(settling.closed & (1 << at)));
    const { usesFailure, usesApplied, result, operatorRequired } = this.#rules;
    const usual = before & hidden.runs;
    const isApart = isPlain && !(usesApplied && mayHide);
    let found = false;
    for (const runs of isQuiet ? [0] : isApart ? [usual] : [0, hidden.runs]) {
      if (runs ? !mayHide : usual && !settling.hides) continue;
      const isRunning = runs !== 0 || target.running !== 0 || remaining.length > 0;
      if (isRunning === isQuiet) continue;
      const isAppliedOpen = usesApplied && remaining.some(({ isApplied, isOpen }) => isApplied && isOpen);
      const may = (mayHide && (runs !== 0 || settling.hides)) || settling.hosts || isAppliedOpen;
      const added = [0];
      if (usesFailure && may && (!isPlain || settling.failed)) added.push(hidden.failed);
      if (result === 'all-analyses' && may && !isPlain) {
        added.push(...added.map((one) => one | hidden.declined));
        if (operatorRequired) added.push(...added.map((one) => one | hidden.operator));
      }
      for (const some of added) {
        if (settling.failed && usesFailure && !(some & hidden.failed) && !(before & hidden.failed)) continue;
        found = this.#applied(step, remaining, before | some | runs, runs) || found;
      }
    }
    return found;
  }

  /** Whether one of those in the group posted last, which no list shows, has failed before the group settles. */
  #applied(step: Step, remaining: readonly Item[], hide: number, runs: number): boolean {
    const last = remaining.find(({ isApplied }) => isApplied);
    const mayFail = last?.isOpen === true && (!this.#rules.usesFailure || (hide & hidden.failed) !== 0);
    const options = mayFail && !last.hostedFailed ? [false, true] : [last?.hostedFailed === true];
    return (
      options.filter((fails) => this.#add(step, remaining, (hide & ~hidden.runs) | runs, fails)).length > 0
    );
  }

  #add(
    { posted, target, settling }: Step,
    remaining: readonly Item[],
    hide: number,
    fails: boolean,
  ): boolean {
    const { state } = posted;
    const { res } = target;
    const rules = this.#rules;
    const last = remaining.find(({ isApplied }) => isApplied);
    const some = res !== 0 || last !== undefined || hide !== 0 || settling.hides ? hidden.some : 0;
    const unseen = (state.hidden & hidden.some) | some | hide;
    const fixed = remaining.filter(({ unit }) => unit < 0);
    const encoded = fixed.map((item) => (item.isApplied && fails ? item.code | fixedBits.failed : item.code));
    const head = fixed[0]?.isApplied ? 1 : 0;
    const open = remaining.reduce((mask, { unit }) => (unit < 0 ? mask : mask | (1 << unit)), 0);
    const isFailureKnown =
      !rules.usesFailure || (contentOf((1 << this.#facts.size) - 1, res) & bit.failed) !== 0;
    const isApplied = rules.usesApplied && unseen !== 0;
    const held = settling.held || afterDecisions(state.held, res);
    const next: State = {
      res,
      open,
      epochs: state.epochs.map((epoch, at) => (open & (1 << at) ? epoch : 0)),
      fixed: [...encoded.slice(0, head), ...encoded.slice(head).toSorted((a, b) => a - b)],
      applied: !isApplied ? applied.none : last ? applied.runs : applied.settled,
      held: !isApplied || last ? 0 : narrow(held, rules.result === 'last-applied-group'),
      settled: narrow(
        settling.settled && afterDecisions(settling.settled, res),
        rules.result === 'last-finished-group',
      ),
      finished: settling.finished && afterDecisions(settling.finished, res),
      hidden: isFailureKnown ? unseen & ~hidden.failed : unseen,
      silent: target.silent,
    };
    if (!this.#looksRight(next)) return false;
    this.#keep(next);
    return true;
  }

  #keep(found: State): void {
    const { alike, unitOf } = this.#facts;
    const state = ordered(found, alike[this.#at + 1]!, unitOf);
    const key = keyOf(state);
    const known = this.found.get(key);
    if (known === undefined || known.silent > state.silent) this.found.set(key, state);
  }
}

interface Step {
  readonly posted: Posted;
  readonly target: Target;
  readonly isQuiet: boolean;
  readonly mayHide: boolean;
  readonly items: readonly Item[];
  readonly settling: Settling;
}

const narrow = (content: number, isResult: boolean): number => (isResult ? content : content & onlyFailure);
