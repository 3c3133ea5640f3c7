import { groupsThatSettle, itemsOf, type Item, type Settling } from './settling.ts';
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
  signatureOf,
  statusOf,
  systemOf,
  type State,
} from './state.ts';
import type { Facts } from './facts.ts';

/** Thrown where the search would take too much. */
export class TooMuch extends Error {}

/** What was posted between two observations. */
interface Posted {
  readonly state: State;
  /** The units that are new. */
  readonly fresh: number;
  /** Whether groups that no list shows may have been posted, beside one that is the last. */
  readonly mayHide: boolean;
}

/** What the named analyses have become at the observation. */
interface Target {
  readonly res: number;
  readonly silent: number;
  /** The analyses that settled between the two observations, and those that still run, as masks. */
  readonly fresh: number;
  readonly running: number;
  /** How many analyses it changes. */
  readonly changes: number;
}

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
      for (const posted of this.#posts(decided))
        this.#targets(posted, (target) => void all.push({ posted, target }));
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

  /** Which named units were posted, and with which of them the last group. */
  #posts(state: State): readonly Posted[] {
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
      return [{ state: { ...state, epochs, open }, fresh, mayHide: this.#mayHide }];
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
      mayHide: this.#mayHide,
    });
    const all: Posted[] = [];
    if (fresh === 0) all.push({ state, fresh, mayHide: false });
    for (let group = fresh; group > 0; group = (group - 1) & fresh) {
      const whole = this.#facts.units.some(({ isWhole }, at) => group & (1 << at) && isWhole);
      const labels = this.#facts.units.filter(({ label }, at) => group & (1 << at) && label !== undefined);
      if ((whole && group & (group - 1)) || labels.length > 1 || this.#skipsAlike(group, fresh)) continue;
      all.push(withLast(group | (this.#isTail && !whole ? fixedBits.isOpen : 0), group));
    }
    if (this.#mayHide && this.#isSeen) all.push(withLast(fixedBits.isOpen, 0));
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

  /** What each named analysis has become. */
  #targets({ state, fresh }: Posted, take: (target: Target) => void): void {
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

  /** Whether the two fields can be what they are if nothing runs, or if something does. */
  #mayBe(isQuiet: boolean): boolean {
    const { status, system } = this.#facts.fields[this.#at]!;
    const { stage, result, failedFirst, holds } = this.#rules;
    const runs = 'PROCESSING';
    if (status !== undefined && status !== 'INITIAL' && stage !== 'last-applied-group') {
      if (isQuiet ? status === runs : status !== runs && !(failedFirst && status === 'FAILED')) return false;
    }
    if (system !== undefined && system !== 'INITIAL' && result !== 'last-applied-group') {
      if (isQuiet ? system === runs : system !== runs && !(holds && result === 'last-finished-group'))
        return false;
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

/** The numbers of the analyses in a mask. */
export function membersOf(mask: number): readonly number[] {
  const members: number[] = [];
  for (let at = 0; mask >>> at; at += 1) if ((mask >>> at) & 1) members.push(at);
  return members;
}
