import { bit } from '../belief/resolution-set.ts';
import type { Reading } from '../../../machines/readings.ts';
import { Allowance } from './allowance.ts';
import { constraintOf } from '../blame/claims.ts';
import type { Engine } from '../belief/engine.ts';
import type { Finding } from '../../observations/findings.ts';
import { isCut, violates, type Detected, type FolderContext, type FolderStep } from './folder-step.ts';
import { admittedIn, everyReading, readingsOf } from './admitted-readings.ts';
import type { Observation } from '../../observations/observation.ts';
import type { Standing } from './standing.ts';
import { step } from './step.ts';

/** A folder as it is followed under every reading. */
interface Trial {
  readonly context: FolderContext;
  readonly standing: Standing;
}

/** What other readings make of a folder from its first violation on. It is a value. */
export class UnderAny {
  readonly #trial: Trial | undefined;
  /** Whether it is open what explains the folder. */
  readonly isOpen: boolean;
  /** Only one of several orders of overlapping requests is followed. */
  readonly #isOneOrder: boolean;

  /** `isOpen`: nobody looks what other readings make of it. */
  constructor(isOpen: boolean, trial?: Trial, isOneOrder = false) {
    this.isOpen = isOpen;
    this.#trial = trial;
    this.#isOneOrder = isOneOrder;
  }

  /** The same where it is open what explains the folder. */
  leftOpen(): UnderAny {
    return this.isOpen ? this : new UnderAny(true, undefined, this.#isOneOrder);
  }

  /** The same where only one of several orders is followed: that no reading explains it is left open. */
  inOneOrder(): UnderAny {
    return new UnderAny(this.isOpen, this.#trial, true);
  }

  /** What they make of it after one more observation. */
  after(observation: Observation): UnderAny {
    return this.#trial ? this.#tried(this.#trial, observation) : this;
  }

  /** What they make of it where observations are left aside because of a finding. */
  afterRefusal({ severity, code }: Finding): UnderAny {
    if (!this.#trial || (severity !== 'violation' && code !== 'SEARCH_LIMIT')) return this;
    return new UnderAny(severity !== 'violation', undefined, this.#isOneOrder);
  }

  /** What they make of a folder of which a step has found the first violation. */
  afterFirst({ open }: Detected, { at }: FolderStep, engineOfAll: () => Engine): UnderAny {
    if (this.isOpen || !open || open.of === 'correction' || !at.followed) return this;
    const { changed, judged } = open;
    if (changed && changed.from !== bit.OPERATOR_REQUIRED) return this;
    const { observation, claimed, before, context } = judged;
    const engine = engineOfAll();
    const constraint = constraintOf(claimed, at.members, context.options);
    // What laws exclude under every reading needs no search: they are quick to ask where all analyses are seen.
    if (claimed.complete && !engine.mayBe(engine.start, constraint, at.members.facts())) return this;
    if (at.history.isFull || context.engine.budget.isSpent) return this.leftOpen();
    const trial = { engine: Allowance.of(engine), options: everyReading(context.options) };
    const { members } = before;
    const again = at.history.followAgain(trial, (known) => members.facts(known));
    if (again.track.empty) return again.track.truncated ? this.leftOpen() : this;
    const standing = { ...at, ...again, members, last: undefined };
    return this.#tried({ context: trial, standing }, observation);
  }

  /** The readings that explain all that was seen of a folder that violates; undefined: a limit leaves that open. */
  get readings(): readonly Reading[] | undefined {
    if (this.#trial) {
      const { standing, context } = this.#trial;
      return readingsOf(admittedIn(standing, context.engine.classes));
    }
    return this.isOpen || this.#isOneOrder ? undefined : [];
  }

  /** What no reading explains any more need not be followed, nor what a limit has left open. */
  #tried({ context, standing }: Trial, observation: Observation): UnderAny {
    const next = step(standing, observation, context);
    const explained = isExplained(next);
    const trial = explained ? { context, standing: next.standing } : undefined;
    return new UnderAny(explained === undefined, trial, this.#isOneOrder);
  }
}

/** Whether some reading explains what has led to a step; undefined where a limit leaves that open. */
function isExplained(next: FolderStep): boolean | undefined {
  const isLimited = isCut(next);
  const beyond = isLimited ? next.goOn?.() : undefined;
  if (violates(next) || (beyond && violates(beyond))) return false;
  return isLimited || next.standing.track.truncated ? undefined : true;
}
