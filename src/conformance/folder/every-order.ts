import type { Observation } from '../../observations/observation.ts';
import type { FolderCheck } from './folder-check.ts';
import { violates } from './folder-step.ts';
import { Found } from './found.ts';
import { Overlap, keyOfTaken, nothingTaken, type Taken } from './overlap.ts';
import { keyOfStanding, united } from './standing.ts';

/** At most so many checks of one folder, which have taken its requests in other orders, go on side by side. */
export const maxOrders = 24;

/** At most so many parts of overlapping requests, of one length, are followed side by side. */
export const maxParts = 64;

/** So many observations may be tried for each of some whose requests overlap, and once the check is short of effort. */
const maxTries = 200;
const maxTriesInHaste = 4;

/** The checks of one folder after a part of an overlap. */
interface Part {
  readonly taken: Taken;
  readonly checks: readonly FolderCheck[];
}

/** What becomes of a folder in every order of its requests. */
export interface OrderedChecks {
  /** The checks of the orders that violate nothing more; none if there is no such order. */
  readonly checks: readonly FolderCheck[];
  /** Whether there is an order that does. */
  readonly isLess: boolean;
}

/**
 * What becomes of a folder after observations, in every order of their requests; undefined if there may be too many.
 * `granted`: so many of them were observed before. With `isApart` each order keeps a check
 * of its own, which knows what was seen in it, and orders that come to the same are not taken as one.
 */
export function inEveryOrder(
  checks: readonly FolderCheck[],
  observations: readonly Observation[],
  granted = 0,
  isApart = false,
): OrderedChecks | undefined {
  const overlap = new Overlap(observations);
  // What is tried adds nothing to what they may cost together.
  checks[0]?.engine.grant(observations.length - granted);
  const perObservation = checks.some(({ engine }) => engine.budget.isSpent) ? maxTriesInHaste : maxTries;
  let left = perObservation * observations.length * checks.length;
  let isLess = false;
  let parts: readonly Part[] = [{ taken: nothingTaken, checks }];
  for (const _ of observations) {
    const next = new Map<string, { readonly taken: Taken; readonly checks: FolderCheck[] }>();
    for (const { taken, checks: before } of parts) {
      for (const at of overlap.next(taken)) {
        left -= before.length;
        const after = overlap.with(taken, at);
        const part = next.get(keyOfTaken(after)) ?? { taken: after, checks: [] };
        next.set(keyOfTaken(after), part);
        if (left < 0 || next.size > maxParts) return undefined;
        for (const check of before) {
          const { engine, standing } = check;
          const observation = observations[at]!;
          const attempt = engine.tried(standing.members.size, () => check.attempt(observation));
          if (attempt.some(violates)) isLess = true;
          else part.checks.push(check.after(observation, attempt));
        }
      }
    }
    parts = [...next.values()].map((part) => ({
      ...part,
      checks: isApart ? part.checks : distinct(part.checks),
    }));
    if (parts.some((part) => part.checks.length > maxOrders)) return undefined;
  }
  return { checks: parts.flatMap((part) => part.checks), isLess };
}

/** The checks, those that go on alike as one. */
function distinct(checks: readonly FolderCheck[]): readonly FolderCheck[] {
  if (checks.length < 2) return checks;
  const standings = new Map<string, [FolderCheck, ...FolderCheck[]]>();
  for (const check of checks) {
    const key = `${check.found.violations};${keyOfStanding(check.standing)}`;
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
  const standings = checks.map(({ standing }) => standing);
  const found = Found.inAll(checks.map((check) => check.found));
  const one = first.with({ standing: united(standings, first.engine), found });
  if (checks.some(({ underAny }) => underAny.isOpen)) one.leaveOpen();
  if (one.standing.isMixed) one.followOneOrder();
  return one;
}
