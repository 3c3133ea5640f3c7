import { finding, type Finding, type Severity } from '../../observations/findings.ts';
import type { FolderCheck } from '../folder/folder-check.ts';
import { resultOf } from '../folder/folder-result.ts';
import { Found } from '../folder/found.ts';
import type { Observation } from '../../observations/observation.ts';
import { Batch, keyOfTaken, nothingTaken, type Taken } from './overlap.ts';
import type { FolderResult } from '../../observations/results.ts';
import { keyOfStanding, united, type Standing } from '../folder/standing.ts';

/** At most so many checks of one folder, which have taken its requests in other orders, go on side by side. */
const maxOrders = 24;

/** At most so many parts of overlapping requests, of one length, are followed side by side. */
const maxParts = 64;

/** So many observations may be tried for each of some whose requests overlap, and once the check is short of effort. */
const maxTries = 200;
const maxTriesInHaste = 4;

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

/** What becomes of a folder after observations, in every order of their requests; undefined if there may be too many. */
export function inEveryOrder(
  checks: readonly FolderCheck[],
  observations: readonly Observation[],
): Outcome | undefined {
  const batch = new Batch(observations);
  // What is tried adds nothing to what they may cost together.
  checks[0]?.engine.grant(observations.length);
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

  constructor(check: FolderCheck) {
    this.#checks = [check];
  }

  /** What has been found so far; both lists only grow. */
  get found(): Pick<FolderResult, 'folderId' | 'findings' | 'hazards'> {
    const [{ is, found }] = this.#checks;
    const { findings, hazards } = this.#found ?? found;
    return { folderId: is.folderId ?? null, findings, hazards };
  }

  /** What can be believed in the first order. */
  get belief(): Pick<Standing, 'track' | 'members' | 'followed'> {
    const { track, members, followed } = this.#checks[0].is;
    return { track, members, followed };
  }

  /** Takes in what was found in an observation that is not followed. */
  refuse(because: Finding): void {
    for (const check of this.#checks) check.refuse(because);
    this.#agree();
  }

  /** Takes one observation, or several whose requests overlap, in order of arrival. */
  take(observations: readonly Observation[]): void {
    const [first, ...others] = this.#checks;
    if (observations.length === 1 && others.length === 0) first.observe(observations[0]!);
    else this.#takeSeveral(observations);
    this.#agree();
  }

  #takeSeveral(observations: readonly Observation[]): void {
    this.#found ??= this.#checks[0].found.copy();
    const after = inEveryOrder(this.#checks, observations);
    if (!after) {
      for (const check of this.#checks) check.refuse(tooManyOrders(observations));
      return;
    }
    const [first, ...others] = after.checks;
    if (first) this.#checks = [first, ...others];
    else this.#violate(observations);
    if (after.isLess) for (const { underAny } of this.#checks) underAny.followOneOrder();
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
    const limited = all.find(({ isLimited }) => isLimited);
    const limit = limited?.findings.find(({ code }) => code === 'SEARCH_LIMIT');
    if (limit && !found.isLimited) found.add(limit);
    for (const severity of ['violation', 'unspecified'] satisfies readonly Severity[]) {
      const [least] = all.toSorted((one, other) => one.count(severity) - other.count(severity));
      if (least!.count(severity) === found.count(severity)) continue;
      for (const each of least!.of(severity).slice(found.count(severity))) found.add(each);
    }
    const agreed = all[0]!.hazards.filter(({ code }) => all.every((each) => each.holds(code)));
    for (const hazard of found.unsaid(agreed)) found.add(hazard);
  }

  result(): FolderResult {
    for (const check of this.#checks) check.end();
    this.#agree();
    return resultOf(this.#checks[0], this.#found);
  }
}

function tooManyOrders(observations: readonly Observation[]): Finding {
  return finding('SEARCH_LIMIT', {
    message: `${observations.length} answers whose requests overlap may have come in too many orders: they are left out, the hazards of this folder are not judged, and nothing is claimed of it but what is reported`,
    where: observations[0]!.where,
    hint: `at most ${maxOrders} outcomes, and parts of ${maxParts} orders, are followed side by side`,
  });
}
