import { finding, type Finding } from '../../observations/findings.ts';
import type { FolderCheck } from '../folder/folder-check.ts';
import { Found, type Decisive } from '../folder/found.ts';
import type { Observation, Where } from '../../observations/observation.ts';
import type { FolderResult } from '../../observations/results.ts';
import { inEveryOrder, maxOrders, maxParts, type OrderedChecks } from '../folder/every-order.ts';
import {
  againBeside,
  inEveryOrderAgain,
  maxTakenAgain,
  mayExplain,
  pastOf,
  showLate,
  type Again,
  type Recent,
} from './recent.ts';
import { unfollowed, type Standing } from '../folder/standing.ts';

/** What was taken again, and what it came to. */
interface TakenAgain {
  readonly again: Again;
  readonly after: OrderedChecks;
}

/** The same object for the many folders of which nothing is left out. */
const noIds: ReadonlySet<string> = new Set();

/** The check of one folder in every order that its requests may have had. */
export class Orders {
  /** Of as many violations each. */
  #checks: readonly [FolderCheck, ...FolderCheck[]];
  /** What every order has in common, once there were several. */
  #found: Found | undefined;
  /** The ids of analyses in answers that are left out. */
  #leftOut: ReadonlySet<string> = noIds;
  /** Whether any answers are: then no hazards are judged. */
  #isPartial = false;

  constructor(check: FolderCheck) {
    this.#checks = [check];
  }

  /** What has been found so far. It only grows, unless an answer that arrives late may have come before it. */
  get found(): Pick<FolderResult, 'folderId' | 'findings' | 'hazards'> {
    const { findings, hazards } = this.#commonFound;
    return { folderId: this.#checks[0].standing.folderId ?? null, findings, hazards };
  }

  get #commonFound(): Found {
    return this.#found ?? this.#checks[0].found;
  }

  /** What can be believed in the first order. */
  get belief(): Pick<Standing, 'track' | 'members' | 'followed'> {
    const { track, members, followed } = this.#checks[0].standing;
    return { track, members, followed };
  }

  /** Where the folder was seen last. */
  get place(): Where | undefined {
    return this.#checks[0].standing.before?.where;
  }

  /** Takes in observations that are not followed, and what was found in them; `recent`: as for those that are taken. */
  refuse(observations: readonly Observation[], because: Finding, recent?: Recent): void {
    for (const check of this.#checks) check.refuse(because, observations);
    recent?.letGo();
    this.#agree();
  }

  /**
   * Takes one observation, or several whose requests overlap, in order of arrival; `recent`: those taken before, if
   * others may still come before them.
   */
  take(observations: readonly Observation[], recent?: Recent): void {
    const late = recent ? recent.lateIn(observations) : [];
    if (observations.some((each) => lacksAny(each, this.#leftOut))) this.#unfollow(this.#commonFound);
    const showsLate = recent !== undefined && showLate(this.#checks, observations);
    if (recent && (late.length > 0 || showsLate)) this.#takeLate(observations, late, recent, showsLate);
    else this.#takeNow(observations, recent);
    this.#agree();
  }

  #takeNow(observations: readonly Observation[], recent: Recent | undefined): void {
    const [first, ...others] = this.#checks;
    const before = recent?.isStandingDue ? this.#checks.map((check) => check.with({})) : undefined;
    if (observations.length === 1 && others.length === 0) first.observe(observations[0]!);
    else {
      this.#found ??= first.found.copy();
      const after = inEveryOrder(this.#checks, observations);
      if (!after) return this.#leaveOut(observations, recent);
      const apart = recent && this.#lacksLate(after) ? this.#takenApart(observations, recent) : undefined;
      if (apart) return this.#goOnWith(apart, observations, recent!);
      this.#goOn(after, observations);
    }
    observations.forEach((each, at) => recent?.note(pastOf(each, at === 0 ? before : undefined)));
  }

  #lacksLate({ checks }: OrderedChecks): boolean {
    return !this.#commonFound.isLimited && checks.some(({ standing }) => standing.lacksLate);
  }

  /** The same with what overlapped before, no two orders of it taken as one; undefined where that decides nothing. */
  #takenApart(observations: readonly Observation[], recent: Recent): TakenAgain | undefined {
    const again = againBeside(recent, observations, this.#checks[0].engine.budget.isSpent, true);
    const after = again && inEveryOrderAgain(again, observations, true);
    return after && after.checks.length > 0 && !this.#lacksLate(after) ? { again, after } : undefined;
  }

  /** Goes on with what was taken again, of which some order violates nothing. */
  #goOnWith({ again, after }: TakenAgain, observations: readonly Observation[], recent: Recent): void {
    const [first, ...others] = after.checks;
    this.#checks = [first!, ...others];
    if (after.isLess) for (const check of this.#checks) check.followOneOrder();
    const { limit } = this.#commonFound;
    this.#found = Found.inAll(again.before.map((check) => check.found));
    if (limit) this.#found.add(limit);
    recent.mix(again.past, observations);
  }

  /**
   * Takes observations of which those that are `late` may have come before some that were taken, or that show late what
   * analyses are, if `showsLate`.
   */
  #takeLate(
    observations: readonly Observation[],
    late: readonly Observation[],
    recent: Recent,
    showsLate: boolean,
  ): void {
    const [{ found, engine }] = this.#checks;
    const again = againBeside(recent, observations, engine.budget.isSpent, showsLate);
    const after = again && inEveryOrderAgain(again, observations);
    if (after && after.checks.length > 0) {
      const apart = this.#lacksLate(after) ? this.#takenApart(observations, recent) : undefined;
      return this.#goOnWith(apart ?? { again, after }, observations, recent);
    }
    if (late.length === 0) return this.#takeNow(observations, recent);
    if (after && observations.length > 1) {
      // Not all of them need violate: each has its place before those that arrived earlier, if it has one.
      for (const each of observations) this.take([each], recent);
      return;
    }
    if (after && again.before[0]!.found.violations === found.violations)
      return this.#takeNow(observations, recent);
    this.#leaveOut(late, recent);
    if (!after && mayExplain(late))
      this.#unfollow(again ? Found.inAll(again.before.map((check) => check.found)) : new Found());
    const rest = observations.filter((each) => !late.includes(each));
    if (rest.length > 0) this.#takeNow(rest, recent);
  }

  /** Leaves observations out, and says so. */
  #leaveOut(observations: readonly Observation[], recent: Recent | undefined): void {
    this.#found ??= this.#checks[0].found.copy();
    this.#isPartial = true;
    const because = leftOut(observations);
    for (const check of this.#checks) check.refuse(because, observations);
    recent?.letGo();
    const ids = observations.flatMap(({ analyses }) => analyses.map(({ id }) => id));
    this.#leftOut = new Set([...this.#leftOut, ...ids]);
    const known = new Set([...this.#leftOut, ...this.#checks[0].standing.members.ids()]);
    if (observations.some((each) => lacksAny(each, known))) this.#unfollow(this.#commonFound);
  }

  /** Checks nothing but the laws of single analyses from now on; `found` is what is certain. */
  #unfollow(found: Found): void {
    const { limit } = this.#checks[0].found;
    if (limit) found.add(limit);
    const [first] = this.#checks;
    const check = first.with({ standing: unfollowed(first.standing), found: found.copy() });
    check.leaveOpen();
    this.#checks = [check];
    this.#found = found;
  }

  /** Goes on with what observations that overlap came to. */
  #goOn({ checks, isLess }: OrderedChecks, observations: readonly Observation[]): void {
    const [first, ...others] = checks;
    if (first) this.#checks = [first, ...others];
    else this.#violate(observations);
    if (isLess) for (const check of this.#checks) check.followOneOrder();
  }

  /** Takes observations that violate in every order as they arrived, and goes on with what violates least. */
  #violate(observations: readonly Observation[]): void {
    for (const check of this.#checks) for (const observation of observations) check.observe(observation);
    const least = Math.min(...this.#checks.map(({ found }) => found.violations));
    const [first, ...others] = this.#checks.filter(({ found }) => found.violations === least);
    this.#checks = [first!, ...others];
  }

  /** Adds what has been found in every order by now. */
  #agree(): void {
    const found = this.#found;
    if (!found) return;
    const all = this.#checks.map((check) => check.found);
    const limit = all.map((each) => each.limit).find((each) => each);
    if (limit) found.add(limit);
    for (const severity of ['violation', 'unspecified'] satisfies readonly Decisive[]) {
      const [least] = all.toSorted((one, other) => one.count(severity) - other.count(severity));
      if (least!.count(severity) === found.count(severity)) continue;
      for (const each of least!.of(severity).slice(found.count(severity))) found.add(each);
    }
    if (this.#isPartial) return;
    const agreed = all[0]!.hazards.filter(({ code }) => all.every((each) => each.holds(code)));
    for (const hazard of found.unsaid(agreed)) found.add(hazard);
  }

  result(): FolderResult {
    for (const check of this.#checks) check.end();
    this.#agree();
    return this.#checks[0].result(this.#found);
  }
}

/** Whether the list is complete and one of these analyses is not in it. */
function lacksAny({ complete, analyses }: Observation, ids: ReadonlySet<string>): boolean {
  if (!complete || ids.size === 0) return false;
  const listed = new Set(analyses.map(({ id }) => id));
  return [...ids].some((id) => !listed.has(id));
}

function leftOut(observations: readonly Observation[]): Finding {
  const many = observations.length > 1;
  return finding('SEARCH_LIMIT', {
    message: `${observations.length} ${many ? 'answers' : 'answer'} whose requests overlap with others may have come in too many orders: ${many ? 'they are' : 'it is'} left out, the hazards of this folder are not judged, and nothing is claimed of it but what is reported`,
    where: observations[0]!.where,
    hint: `at most ${maxOrders} outcomes, and parts of ${maxParts} orders, are followed side by side; at most the last ${maxTakenAgain} answers are taken again, and none from before a violation`,
  });
}
