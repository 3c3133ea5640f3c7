import { bit } from '../belief/resolution-set.ts';
import type { Reading } from '../../../machines/readings.ts';
import { Allowance } from './allowance.ts';
import { constraintOf } from '../blame/claims.ts';
import type { Engine } from '../belief/engine.ts';
import type { Finding } from '../../observations/findings.ts';
import { isCut, violates, type Detected, type FolderContext, type FolderStep } from './folder-step.ts';
import { admittedIn, everyReading, readingsOf } from './admitted-readings.ts';
import type { CheckOptions } from '../../observations/results.ts';
import type { Observation } from '../../observations/observation.ts';
import type { Standing } from './standing.ts';
import { step } from './step.ts';

/** By what a folder is followed under every reading. */
export interface UnderEvery {
  readonly engine: Engine;
  readonly options: CheckOptions;
}

/** What a folder that violates is followed by from then on. */
export interface Proposals {
  /** The options of the check, under every reading. */
  readonly asChecked: () => UnderEvery;
  /** The same where a decided group finishes last; undefined: that is how the check judges. */
  readonly decidedLast: (() => UnderEvery) | undefined;
}

/** The proposals of a check. Their engines are made for the first folder that violates: others pay nothing for them. */
export function proposalsFor(options: CheckOptions, engineFor: (asked: CheckOptions) => Engine): Proposals {
  const underEvery = (asked: CheckOptions): (() => UnderEvery) => {
    const made = (every: CheckOptions): UnderEvery => ({ engine: engineFor(every), options: every });
    let known: UnderEvery | undefined;
    return () => (known ??= made(everyReading(asked)));
  };
  const isLast = options.decidedGroup === 'last';
  return {
    asChecked: underEvery(options),
    decidedLast: isLast ? undefined : underEvery({ ...options, decidedGroup: 'last' }),
  };
}

/** A folder as it is followed under every reading. */
interface Trial {
  readonly context: FolderContext;
  readonly standing: Standing;
}

/** How a trial goes on: undefined where no reading explains the folder any more, `open` where a limit leaves that open. */
type Tried = Trial | 'open' | undefined;

interface Parts {
  readonly isOpen: boolean;
  /** Only one of several orders of overlapping requests is followed. */
  readonly isOneOrder: boolean;
  readonly asChecked: Trial | undefined;
  readonly decidedLast: Trial | undefined;
}

/** What other readings make of a folder from its first violation on. It is a value. */
export class UnderAny {
  readonly #parts: Parts;

  /** `isOpen`: nobody looks what other readings make of it. */
  constructor(isOpen: boolean, parts: Omit<Parts, 'isOpen'> = nothingTried) {
    this.#parts = { ...parts, isOpen };
  }

  /** Whether it is open what explains the folder. */
  get isOpen(): boolean {
    return this.#parts.isOpen;
  }

  /** The same where it is open what explains the folder. */
  leftOpen(): UnderAny {
    return this.isOpen ? this : this.#with('open', undefined);
  }

  /** The same where only one of several orders is followed: that no reading explains it is left open. */
  inOneOrder(): UnderAny {
    return new UnderAny(this.isOpen, { ...this.#parts, isOneOrder: true });
  }

  /** What they make of it after one more observation. */
  after(observation: Observation): UnderAny {
    const { asChecked, decidedLast, isOpen } = this.#parts;
    if (!asChecked && !decidedLast) return this;
    const next = asChecked && tried(asChecked, observation);
    return this.#with(isOpen ? 'open' : next, decidedLast && tried(decidedLast, observation));
  }

  /** What they make of it where observations are left aside because of a finding. */
  afterRefusal({ severity, code }: Finding): UnderAny {
    const { asChecked, decidedLast } = this.#parts;
    if (severity !== 'violation' && code !== 'SEARCH_LIMIT') return this;
    if (!asChecked && !decidedLast) return this;
    const isOpen = asChecked ? severity !== 'violation' : this.isOpen;
    return this.#with(isOpen ? 'open' : undefined, undefined);
  }

  /** What they make of a folder of which a step has found the first violation. */
  afterFirst(detected: Detected, found: FolderStep, { asChecked, decidedLast }: Proposals): UnderAny {
    if (this.isOpen) return this;
    const next = begun(detected, found, asChecked);
    const mayDecide = decidedLast !== undefined && found.at.history.showsOperatorRequired;
    return this.#with(next, mayDecide ? begun(detected, found, decidedLast) : undefined);
  }

  /** The readings that explain all that was seen of a folder that violates; undefined: a limit leaves that open. */
  get readings(): readonly Reading[] | undefined {
    const { asChecked, isOpen, isOneOrder } = this.#parts;
    if (asChecked) return readingsBy(asChecked);
    return isOpen || isOneOrder ? undefined : [];
  }

  /** The readings that explain it where a decided group finishes last. */
  get readingsDecidedLast(): readonly Reading[] {
    const { decidedLast } = this.#parts;
    return decidedLast ? readingsBy(decidedLast) : [];
  }

  /** What no reading explains any more need not be followed, nor what a limit has left open. */
  #with(asChecked: Tried, decidedLast: Tried): UnderAny {
    const parts = { asChecked: trialOf(asChecked), decidedLast: trialOf(decidedLast) };
    return new UnderAny(asChecked === 'open', { ...this.#parts, ...parts });
  }
}

const nothingTried = { isOneOrder: false, asChecked: undefined, decidedLast: undefined };

const trialOf = (of: Tried): Trial | undefined => (of === 'open' ? undefined : of);

const readingsBy = ({ standing, context }: Trial): readonly Reading[] =>
  readingsOf(admittedIn(standing, context.engine.classes));

/** What comes of following a folder under every reading from the step on that has found its first violation. */
function begun({ open }: Detected, { at }: FolderStep, by: () => UnderEvery): Tried {
  if (!open || open.of === 'correction' || !at.followed) return undefined;
  const { changed, judged } = open;
  if (changed && changed.from !== bit.OPERATOR_REQUIRED) return undefined;
  const { observation, claimed, before, context } = judged;
  const { engine, options } = by();
  const constraint = constraintOf(claimed, at.members, context.options);
  // What laws exclude under every reading needs no search: they are quick to ask where all analyses are seen.
  if (claimed.complete && !engine.mayBe(engine.start, constraint, at.members.facts())) return undefined;
  if (at.history.isFull || context.engine.budget.isSpent) return 'open';
  const trial = { engine: Allowance.of(engine), options };
  const { members } = before;
  const again = at.history.followAgain(trial, (known) => members.facts(known));
  if (again.track.empty) return again.track.truncated ? 'open' : undefined;
  return tried({ context: trial, standing: { ...at, ...again, members, last: undefined } }, observation);
}

function tried({ context, standing }: Trial, observation: Observation): Tried {
  const next = step(standing, observation, context);
  const explained = isExplained(next);
  if (explained === undefined) return 'open';
  return explained ? { context, standing: next.standing } : undefined;
}

/** Whether some reading explains what has led to a step; undefined where a limit leaves that open. */
function isExplained(next: FolderStep): boolean | undefined {
  const isLimited = isCut(next);
  const beyond = isLimited ? next.goOn?.() : undefined;
  if (violates(next) || (beyond && violates(beyond))) return false;
  return isLimited || next.standing.track.truncated ? undefined : true;
}
