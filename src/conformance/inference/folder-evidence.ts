import { contentOf } from '../blame/claims.ts';
import { Budget, inferLimits } from '../belief/budget.ts';
import { createEngine, type Engine } from '../belief/engine.ts';
import type { Finding } from '../../observations/findings.ts';
import { allAdmitted, everyReading, isSame, type Admitted } from '../folder/admitted-readings.ts';
import { Follower } from './follower.ts';
import type { Observation, Where } from '../../observations/observation.ts';
import type { CheckOptions } from '../../observations/results.ts';

/** Where something was seen. */
export interface SeenAt {
  /** The id of the folder as received; null where the recording gives none. */
  readonly folderId: string | null;
  readonly where: Where;
}

/** Observations at one moment of the recording, several only where they overlap. */
export interface Moment {
  readonly number: number;
  readonly observations: readonly Observation[];
}

/** What all folders of an inference share. */
export interface InferContext {
  readonly options: CheckOptions;
  readonly engine: Engine;
  /** The engine for which each observation may follow another reading. */
  readonly changing: () => Engine;
  readonly budget: Budget;
}

/** Engines and options for inferring readings as a check with `options` would judge; `budget` is what it may cost. */
export function inferContext(
  options: Pick<CheckOptions, 'settings' | 'groups'>,
  budget = new Budget(inferLimits),
): InferContext {
  const every = everyReading(options);
  let changing: Engine | undefined;
  return {
    options: every,
    engine: createEngine(every, budget),
    changing: () => (changing ??= createEngine(every, budget, true)),
    budget,
  };
}

/** Observations of one folder beyond this many are not kept for a second look. */
const maxKept = 2000;

/** What one folder says of the readings. */
export class FolderEvidence {
  readonly folderId: string | null;
  readonly #context: InferContext;
  readonly #follower: Follower;
  #kept: Moment[] | undefined = [];
  #last: Observation | undefined;
  /** Why the folder says nothing of the readings, if it does not. */
  leftOut: Finding | undefined;
  /** It shows an analysis of another folder. */
  #isStray = false;
  /** A limit leaves open whether the folder says anything of the readings. */
  #isOpen = false;

  constructor(context: InferContext, folderId: string | null) {
    this.#context = context;
    this.#follower = new Follower(context.engine, context.options);
    this.folderId = folderId;
  }

  /** The readings that explain all that was seen of the folder. */
  get admitted(): Admitted {
    return this.leftOut || this.#isOpen ? allAdmitted() : this.#follower.admitted;
  }

  /** Whether a limit ended the search, so that fewer readings may be excluded than could be. */
  get limited(): boolean {
    return !this.leftOut && (this.#isOpen || this.#follower.truncated);
  }

  /** What was seen of the folder, without repetitions; undefined where it was too much to be kept. */
  get moments(): readonly Moment[] | undefined {
    return this.#kept;
  }

  /** Takes the observations of a moment; whether they change what the folder admits. */
  take(moment: Moment): boolean {
    if (this.#isStray) return false;
    const before = this.admitted;
    const { ended } = this.#follower;
    if (!ended) this.#keep(moment);
    this.#follower.take(moment.observations);
    if (!ended) this.#judgeEnd();
    // What was seen late may explain what violates without it.
    else if (ended !== this.#follower.ended) this.leftOut = undefined;
    return !this.leftOut && !isSame(before, this.admitted);
  }

  /** Takes in why an observation is not followed: it breaks what all readings have in common, or a limit is met. */
  refuse(because: Finding): void {
    if (because.severity === 'violation') this.leaveOut(because);
    else this.#isOpen = true;
  }

  /** Leaves the folder out, whatever is seen of it later. */
  leaveOut(because: Finding): void {
    this.#isStray = true;
    this.#break(because);
  }

  #break(because: Finding): void {
    this.leftOut ??= because;
    this.#kept = undefined;
  }

  /** Nothing explains the folder under one reading: is that a matter of readings at all? */
  #judgeEnd(): void {
    const { ended } = this.#follower;
    if (ended?.by !== 'violation') return;
    if (!this.#kept) {
      this.#isOpen = true;
      return;
    }
    const follower = new Follower(this.#context.changing(), this.#context.options);
    for (const { observations } of this.#kept) follower.take(observations);
    if (follower.ended?.by === 'violation') this.#break(follower.ended.findingOf());
    else this.#isOpen = follower.truncated;
  }

  #keep(moment: Moment): void {
    const [only] = moment.observations;
    const repeated = moment.observations.length === 1 && this.#last && showsTheSame(this.#last, only!);
    this.#last = moment.observations.at(-1);
    if (repeated || !this.#kept) return;
    if (this.#kept.length < maxKept) this.#kept.push(moment);
    else this.#kept = undefined;
  }
}

/** Whether two observations say the same. */
function showsTheSame(one: Observation, other: Observation): boolean {
  return (
    one.resolutionStatus === other.resolutionStatus &&
    one.systemResolution === other.systemResolution &&
    one.complete === other.complete &&
    one.wholeGroup === other.wholeGroup &&
    one.analyses.length === other.analyses.length &&
    one.analyses.every(
      (view, at) => view.id === other.analyses[at]!.id && contentOf(view) === contentOf(other.analyses[at]!),
    )
  );
}
