import type { Item } from './items.ts';
import { bit, canonical, exists, type Rules } from './rules.ts';
import type { State } from './state.ts';

/** One way in which groups settled between two observations. */
export interface Settling {
  /** The items in these groups, as a mask. */
  readonly closed: number;
  readonly settled: number;
  readonly finished: number;
  /** What the group posted last holds, if it is one of them. */
  readonly held: number;
  /** Whether a group that no list shows settled. */
  readonly hides: boolean;
  /** Whether one that settled may hold analyses that no list shows, and whether one such failed. */
  readonly hosts: boolean;
  readonly failed: boolean;
}

/** What is asked about an interval. */
export interface Asked {
  readonly state: State;
  readonly rules: Rules;
  readonly isQuiet: boolean;
  /** Whether there may be groups that no list shows. */
  readonly mayHide: boolean;
  /** What has to be known of the group that settled last, and of the last without a failure. */
  readonly keeps: { readonly settled: boolean; readonly finished: boolean };
}

/** One group that settles, and what it holds. */
interface Group {
  readonly items: number;
  readonly content: number;
  readonly hides: boolean;
  readonly hosts: boolean;
  /** Whether its failure is one of those that no list shows. */
  readonly failed: boolean;
}

/** Whether each group has to have failed: it need not, it may be one that no list shows, it is a named one. */
type Fails = 0 | 1 | 2;

/** What is known of the last groups. */
type Last = Pick<Settling, 'settled' | 'finished'>;

/** All ways in which groups can have settled. */
export function groupsThatSettle(items: readonly Item[], asked: Asked): readonly Settling[] {
  return new Groups(items, asked).all();
}

class Groups {
  readonly #items: readonly Item[];
  readonly #asked: Asked;
  readonly #found = new Map<string, Settling>();
  readonly #known = new Map<number, boolean>();
  readonly #applied: number;

  constructor(items: readonly Item[], asked: Asked) {
    this.#items = items;
    this.#asked = asked;
    this.#applied = items.findIndex(({ isApplied }) => isApplied);
  }

  all(): readonly Settling[] {
    const { isQuiet } = this.#asked;
    const done = this.#maskOf(({ isDone }) => isDone);
    const everything = (1 << this.#items.length) - 1;
    const required = isQuiet
      ? everything
      : this.#maskOf(({ isDone, isAlone, isOpen }) => isDone && isAlone && !isOpen);
    if (required & ~done) return [];
    const optional = done & ~required;
    for (let some = optional; ; some = (some - 1) & optional) {
      const closed = required | some;
      if (!this.#skipsTwin(closed, everything) && this.#canRun(everything & ~closed)) this.#close(closed);
      if (some === 0) return [...this.#found.values()];
    }
  }

  /** Whether the first of those that are alike is left out: it would be the same with it. */
  #skipsTwin(some: number, of: number): boolean {
    return this.#items.some(
      ({ twin }, at) => twin >= 0 && some & (1 << at) && of & (1 << twin) && !(some & (1 << twin)),
    );
  }

  #maskOf(test: (item: Item) => boolean): number {
    return this.#items.reduce((mask, item, at) => (test(item) ? mask | (1 << at) : mask), 0);
  }

  /** Whether each of these can be in a group that still runs. */
  #canRun(remaining: number): boolean {
    const left = this.#items.filter((_, at) => remaining & (1 << at));
    return left.every((item) => {
      if (item.isOpen || !item.isDone) return true;
      if (item.isAlone) return false;
      const beside = left.filter(({ epoch, isAlone }) => epoch === item.epoch && !isAlone);
      const named = beside.filter(({ isDone, label }) => isDone && label !== undefined).length;
      const free = beside.filter(({ isDone, label }) => !isDone && label === undefined).length;
      return named <= free && beside.some(({ isDone }) => !isDone);
    });
  }

  /** Whether these can be one group that settles now. */
  #isGroup(group: number, fails: Fails): boolean {
    const members = this.#items.filter((_, at) => group & (1 << at));
    const [first, ...others] = members;
    if (!first) return false;
    if (others.length > 0) {
      if (members.some(({ isAlone, epoch }) => isAlone || epoch !== first.epoch)) return false;
      if (members.filter(({ label }) => label !== undefined).length > 1) return false;
    }
    if (!first.isOpen && !members.some(({ isFresh }) => isFresh)) return false;
    return fails === 0 || (fails === 1 && first.isOpen) || members.some(({ failed }) => failed);
  }

  /** Whether these can be told apart into groups that settle now, each with a failure if that is asked. */
  #canSettle(closed: number, fails: Fails): boolean {
    if (closed === 0) return true;
    const key = closed * 3 + fails;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const first = closed & -closed;
    const others = closed & ~first;
    let can = false;
    for (let some = others; !can; some = (some - 1) & others) {
      const group = first | some;
      can = this.#isGroup(group, fails) && this.#canSettle(closed & ~group, fails);
      if (some === 0) break;
    }
    this.#known.set(key, can);
    return can;
  }

  /** All that can have been the last groups, if exactly these settled. */
  #close(closed: number): void {
    const { keeps, state } = this.#asked;
    const finished = keeps.finished ? state.finished : 0;
    if (!keeps.settled && !keeps.finished) {
      if (this.#canSettle(closed, 0)) this.#add(closed, [], { settled: 0, finished });
      return;
    }
    if (!keeps.settled) {
      this.#unchanged(closed, [], { settled: 0, finished });
      this.#finish(closed, []);
      return;
    }
    if (closed === 0)
      this.#addOne(0, [], { settled: state.settled, finished }, { hides: false, failed: false });
    for (const last of this.#groups(closed)) {
      const rest = closed & ~last.items;
      const settled = last.content;
      if (keeps.finished && settled & bit.failed) {
        this.#unchanged(rest, [last], { settled, finished }, closed);
        this.#finish(rest, [last], closed, settled);
      } else if (this.#canSettle(rest, 0)) {
        this.#add(closed, [last], { settled, finished: keeps.finished ? settled : 0 });
      }
    }
  }

  /** Each of these, too, failed: the last group without a failure is the one before. */
  #unchanged(rest: number, after: readonly Group[], found: Last, closed = rest): void {
    const isNamed = this.#canSettle(rest, 2);
    if (!isNamed && !this.#canSettle(rest, 1)) return;
    const isHidden = after.some(({ hides }) => hides);
    this.#addOne(closed, after, found, { hides: isHidden, failed: !isNamed, each: true });
    if (this.#asked.mayHide) this.#addOne(closed, after, found, { hides: true, failed: true, each: true });
  }

  /** All that can have been the last group without a failure among these, before those that are given. */
  #finish(among: number, after: readonly Group[], closed = among, settled = 0): void {
    for (const group of this.#groups(among)) {
      if (group.content & bit.failed || !this.#canSettle(among & ~group.items, 0)) continue;
      this.#add(closed, [...after, group], { settled, finished: group.content });
    }
  }

  /** Every group that can be made of these, and one that no list shows. */
  #groups(among: number): readonly Group[] {
    const { mayHide } = this.#asked;
    const groups: Group[] = [];
    for (let group = among; group > 0; group = (group - 1) & among) {
      if (this.#skipsTwin(group, among) || !this.#isGroup(group, 0)) continue;
      for (const { content, hosts, failed } of this.#contents(group)) {
        groups.push({ items: group, content, hides: false, hosts, failed });
      }
    }
    if (mayHide) {
      for (const content of this.#hiddenContents(exists)) {
        groups.push({ items: 0, content, hides: true, hosts: true, failed: (content & bit.failed) !== 0 });
      }
    }
    return groups;
  }

  #contents(group: number): readonly { content: number; hosts: boolean; failed: boolean }[] {
    const members = this.#items.filter((_, at) => group & (1 << at));
    const base = canonical(members.reduce((sum, { content }) => sum | content, exists));
    if (!members[0]!.isOpen) return [{ content: base, hosts: false, failed: false }];
    const mustFail = members.some(({ hostedFailed }) => hostedFailed);
    return this.#hiddenContents(base)
      .filter((content) => !mustFail || content & bit.failed)
      .map((content) => ({ content, hosts: true, failed: (content & ~base & bit.failed) !== 0 }));
  }

  /** What a group can hold if some of it is not shown. */
  #hiddenContents(base: number): readonly number[] {
    const { rules } = this.#asked;
    const some = [0, bit.failed];
    if (rules.result !== 'all-analyses') {
      some.push(bit.declined, bit.failed | bit.declined);
      if (rules.operatorRequired) some.push(bit.operator, bit.failed | bit.operator);
    }
    return [...new Set(some.map((more) => canonical(base | more)))];
  }

  #add(closed: number, groups: readonly Group[], found: Last): void {
    const hides = groups.some((group) => group.hides);
    this.#addOne(closed, groups, found, { hides, failed: false });
    if (this.#asked.mayHide && !hides) this.#addOne(closed, groups, found, { hides: true, failed: false });
  }

  /** Adds what is found, with all that the group posted last can hold if it is one of those that settle. */
  #addOne(
    closed: number,
    groups: readonly Group[],
    found: Last,
    more: { readonly hides: boolean; readonly failed: boolean; readonly each?: boolean },
  ): void {
    const hosts = this.#items.some(({ isOpen }, at) => closed & (1 << at) && isOpen);
    const failed = more.failed || groups.some((group) => group.failed);
    const part = { closed, ...found, hides: more.hides, hosts, failed };
    const last = this.#applied;
    if (last < 0 || !(closed & (1 << last))) {
      this.#set({ ...part, held: 0 });
      return;
    }
    const known = groups.find(({ items }) => items & (1 << last));
    for (const one of known ? [known] : this.#contents(1 << last)) {
      if (more.each && !(one.content & bit.failed)) continue;
      this.#set({ ...part, held: one.content, failed: failed || one.failed });
    }
  }

  #set(settling: Settling): void {
    const { closed, settled, finished, held, hides, hosts, failed } = settling;
    const key = `${closed},${settled},${finished},${held},${Number(hides)}${Number(hosts)}${Number(failed)}`;
    if (!this.#found.has(key)) this.#found.set(key, settling);
  }
}
