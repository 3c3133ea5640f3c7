import { finding, type Finding, type Severity } from '../../observations/findings.ts';
import type { FolderCheck } from '../folder/folder-check.ts';
import { resultOf } from '../folder/folder-result.ts';
import { Found } from '../folder/found.ts';
import type { Observation, Where } from '../../observations/observation.ts';
import { Batch, keyOfTaken, nothingTaken, type Taken } from './overlap.ts';
import type { FolderResult } from '../../observations/results.ts';
import { maxTakenAgain, mayExplain, pastOf, type Past, type Recent } from './recent.ts';
import { keyOfStanding, unfollowed, united, type Standing } from '../folder/standing.ts';

/** At most so many checks of one folder, which have taken its requests in other orders, go on side by side. */
const maxOrders = 24;

/** At most so many parts of overlapping requests, of one length, are followed side by side. */
const maxParts = 64;

/** So many observations may be tried for each of some whose requests overlap, and once the check is short of effort. */
const maxTries = 200;
const maxTriesInHaste = 4;

/** And so many are taken again then. */
const maxTakenAgainInHaste = 4;

/** The checks of one folder after a part of a batch. */
interface Part {
  readonly taken: Taken;
  readonly checks: readonly FolderCheck[];
}

/** What becomes of a folder in every order of its requests. */
interface Outcome {
  /** The checks of the orders that violate nothing more; none if there is no such order. */
  readonly checks: readonly FolderCheck[];
  /** Whether there is an order that does. */
  readonly isLess: boolean;
}

/**
 * What becomes of a folder after observations, in every order of their requests; undefined if there may be too many.
 * `granted`: so many of them were observed before.
 */
export function inEveryOrder(
  checks: readonly FolderCheck[],
  observations: readonly Observation[],
  granted = 0,
): Outcome | undefined {
  const batch = new Batch(observations);
  // What is tried adds nothing to what they may cost together.
  checks[0]?.engine.grant(observations.length - granted);
  const perObservation = checks.some(({ engine }) => engine.budget.isSpent) ? maxTriesInHaste : maxTries;
  let left = perObservation * observations.length * checks.length;
  let isLess = false;
  let parts: readonly Part[] = [{ taken: nothingTaken, checks }];
  for (const _ of observations) {
    const next = new Map<string, { readonly taken: Taken; readonly checks: FolderCheck[] }>();
    for (const { taken, checks: before } of parts) {
      for (const at of batch.next(taken)) {
        left -= before.length;
        const after = batch.with(taken, at);
        const part = next.get(keyOfTaken(after)) ?? { taken: after, checks: [] };
        next.set(keyOfTaken(after), part);
        if (left < 0 || next.size > maxParts) return undefined;
        for (const check of before) {
          const attempt = check.attempt(observations[at]!);
          if (attempt.found.violations > check.found.violations) isLess = true;
          else part.checks.push(attempt);
        }
      }
    }
    parts = [...next.values()].map((part) => ({ ...part, checks: distinct(part.checks) }));
    if (parts.some((part) => part.checks.length > maxOrders)) return undefined;
  }
  return { checks: parts.flatMap((part) => part.checks), isLess };
}

/** Answers that were taken, and the checks as they stood before them. */
interface Again {
  readonly past: readonly Past[];
  readonly before: readonly FolderCheck[];
}

/** The answers to take again with some before which they were taken; undefined: these are not kept, or too many. */
export function againBeside(
  recent: Recent,
  observations: readonly Observation[],
  isSpent: boolean,
): Again | undefined {
  const past = recent.beside(observations, isSpent ? maxTakenAgainInHaste : maxTakenAgain);
  return past && { past, before: past[0]!.standing!() };
}

/** What becomes of a folder after observations together with answers that are taken again. */
export function inEveryOrderAgain(
  { past, before }: Again,
  observations: readonly Observation[],
): Outcome | undefined {
  const all = [...past.map((each) => each.observation()), ...observations];
  return inEveryOrder(before, all, past.length);
}

/** The checks, those that go on alike as one. */
function distinct(checks: readonly FolderCheck[]): readonly FolderCheck[] {
  if (checks.length < 2) return checks;
  const standings = new Map<string, [FolderCheck, ...FolderCheck[]]>();
  for (const check of checks) {
    const key = `${check.found.violations};${keyOfStanding(check.is)}`;
    const alike = standings.get(key);
    if (alike) alike.push(check);
    else standings.set(key, [check]);
  }
  return [...standings.values()].map(asOne);
}

/** One check for several of equal standing, which believes what any of them believes. */
function asOne(checks: readonly [FolderCheck, ...FolderCheck[]]): FolderCheck {
  const [first] = checks;
  if (checks.length === 1) return first;
  const standings = checks.map(({ is }) => is);
  const found = Found.inAll(checks.map((check) => check.found));
  const one = first.with({ is: united(standings, first.engine), found });
  if (checks.some(({ underAny }) => underAny.isOpen)) one.underAny.leaveOpen();
  if (one.is.isMixed) one.underAny.followOneOrder();
  return one;
}

/** The check of one folder in every order that its requests may have had. */
export class Orders {
  /** Of as many violations each. */
  #checks: readonly [FolderCheck, ...FolderCheck[]];
  /** What every order has in common, once there were several. */
  #found: Found | undefined;
  /** The ids of analyses in answers that are left out. */
  readonly #leftOut = new Set<string>();
  /** Whether any answers are: then no hazards are judged. */
  #isPartial = false;

  constructor(check: FolderCheck) {
    this.#checks = [check];
  }

  /** What has been found so far. It only grows, unless an answer that arrives late may have come before it. */
  get found(): Pick<FolderResult, 'folderId' | 'findings' | 'hazards'> {
    const { findings, hazards } = this.#commonFound;
    return { folderId: this.#checks[0].is.folderId ?? null, findings, hazards };
  }

  get #commonFound(): Found {
    return this.#found ?? this.#checks[0].found;
  }

  /** What can be believed in the first order. */
  get belief(): Pick<Standing, 'track' | 'members' | 'followed'> {
    const { track, members, followed } = this.#checks[0].is;
    return { track, members, followed };
  }

  /** Where the folder was seen last. */
  get place(): Where | undefined {
    return this.#checks[0].is.before?.where;
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
    if (late.length === 0) this.#takeNow(observations, recent);
    else this.#takeLate(observations, late, recent!);
    this.#agree();
  }

  #takeNow(observations: readonly Observation[], recent: Recent | undefined): void {
    const [first, ...others] = this.#checks;
    const before = recent?.isStandingDue ? this.#checks.map((check) => check.with({})) : undefined;
    if (observations.length === 1 && others.length === 0) first.observe(observations[0]!);
    else if (!this.#takeSeveral(observations)) return this.#leaveOut(observations, recent);
    observations.forEach((each, at) => recent?.note(pastOf(each, at === 0 ? before : undefined)));
  }

  /** Takes observations of which those that are `late` may have come before some that were taken. */
  #takeLate(observations: readonly Observation[], late: readonly Observation[], recent: Recent): void {
    const [{ found, engine }] = this.#checks;
    const again = againBeside(recent, observations, engine.budget.isSpent);
    const after = again && inEveryOrderAgain(again, observations);
    const [first, ...others] = after?.checks ?? [];
    if (again && first) {
      this.#checks = [first, ...others];
      if (after!.isLess) for (const { underAny } of this.#checks) underAny.followOneOrder();
      const limit = this.#commonFound.limit;
      this.#found = Found.inAll(again.before.map((check) => check.found));
      if (limit) this.#found.add(limit);
      return recent.mix(again.past, observations);
    }
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
    for (const { id } of observations.flatMap(({ analyses }) => analyses)) this.#leftOut.add(id);
    const known = new Set([...this.#leftOut, ...this.#checks[0].is.members.ids()]);
    if (observations.some((each) => lacksAny(each, known))) this.#unfollow(this.#commonFound);
  }

  /** Checks nothing but the laws of single analyses from now on; `found` is what is certain. */
  #unfollow(found: Found): void {
    const { limit } = this.#checks[0].found;
    if (limit) found.add(limit);
    const [first] = this.#checks;
    const check = first.with({ is: unfollowed(first.is), found: found.copy() });
    check.underAny.leaveOpen();
    this.#checks = [check];
    this.#found = found;
  }

  /** Whether they are taken: they may have too many orders. */
  #takeSeveral(observations: readonly Observation[]): boolean {
    this.#found ??= this.#checks[0].found.copy();
    const after = inEveryOrder(this.#checks, observations);
    if (!after) return false;
    const [first, ...others] = after.checks;
    if (first) this.#checks = [first, ...others];
    else this.#violate(observations);
    if (after.isLess) for (const { underAny } of this.#checks) underAny.followOneOrder();
    return true;
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
    for (const severity of ['violation', 'unspecified'] satisfies readonly Severity[]) {
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
    return resultOf(this.#checks[0], this.#found);
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
