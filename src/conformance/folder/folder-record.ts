import { Allowance } from './allowance.ts';
import { previousOf } from '../blame/previous.ts';
import { constraintOf, type Claimed } from '../blame/claims.ts';
import type { Engine, Track } from '../belief/engine.ts';
import type { Change, Finding } from '../../observations/findings.ts';
import { Found } from './found.ts';
import { hazardsAtEnd } from './hazards.ts';
import { History } from './history.ts';
import type { Identities } from './identities.ts';
import type { Observation, Where } from '../../observations/observation.ts';
import type { CheckOptions } from '../../observations/results.ts';
import type { Constraint } from '../belief/constraint.ts';
import { standingAt, type Standing } from './standing.ts';
import { hintOf, limitFinding } from '../blame/static-rules.ts';
import type { UnderAny } from './under-any.ts';

/** An observation to follow, and what was known of identities before it. */
export interface NextObservation {
  readonly observation: Observation;
  readonly claimed: Claimed;
  readonly before: Identities;
  /** Whether all that was seen before had needed an operator's decision, as far as was known then. */
  readonly wasDecided: boolean;
}

/**
 * What a check is for: the verdict on a folder, an attempt to take one of several observations next, a trial of what other
 * readings make of the folder, or a probe of what would be found in another observation.
 */
export type Purpose = 'verdict' | 'attempt' | 'trial' | 'probe';

/** What a check holds beside what it judges by. */
interface Parts {
  readonly is?: Standing;
  readonly found?: Found;
  readonly underAny: UnderAny;
  readonly purpose?: Purpose;
}

/** What is known and what was found of one folder, and how more of both is taken in. */
export class FolderRecord {
  readonly engine: Allowance;
  readonly options: CheckOptions;
  readonly found: Found;
  readonly underAny: UnderAny;
  /** Whether something was shown late, so that all that was seen before was looked at again. */
  looksBack = false;
  readonly #purpose: Purpose;
  #is: Standing;
  /** Where the folder has shown before what is judged now. */
  protected seenBefore: Where | undefined;
  /** Judges what was judged before. */
  protected isAgain = false;

  /** `parts`: those that are not those of a folder of which nothing was seen. */
  constructor(engine: Engine, options: CheckOptions, parts: Parts) {
    this.engine = Allowance.of(engine);
    this.options = options;
    this.#is = parts.is ?? standingAt(engine.start);
    this.#purpose = parts.purpose ?? 'verdict';
    this.found = parts.found ?? new Found();
    this.underAny = parts.underAny;
  }

  /** Where the check stands. */
  get is(): Standing {
    return this.#is;
  }

  /** Whether it only tries what may be found: nobody is told how that comes about. */
  protected get isTrial(): boolean {
    return this.#purpose === 'trial' || this.#purpose === 'probe';
  }

  /** Whether it takes one observation only: what follows a violation is left out. */
  protected get isProbe(): boolean {
    return this.#purpose === 'attempt' || this.#purpose === 'probe';
  }

  /** Stands from now on where this is so. */
  protected stand(change: Partial<Standing>): void {
    this.#is = { ...this.#is, ...change };
  }

  /** Takes in observations that are not followed, and what was found in them. */
  refuse(because: Finding, observations: readonly Observation[]): void {
    for (const observation of observations) this.count(observation);
    this.underAny.refuse(because, observations);
    this.seenBefore = undefined;
    this.report(because);
  }

  protected count({ folderId, repeats = 0 }: Observation): void {
    this.stand({
      observations: this.is.observations + 1 + repeats,
      folderId: this.is.folderId ?? folderId,
    });
  }

  protected report(found: Finding, nearest: readonly Change[] = []): void {
    // What follows a loss may be judged a second time.
    if (this.isAgain && this.found.says(found)) return;
    const own = this.isTrial ? null : previousOf(this.is.before, this.is.members.ids(), nearest);
    const hint = found.severity === 'violation' ? hintOf(found, this.seenBefore) : found.hint;
    this.found.add({ ...found, before: found.before ?? own, nearest, hint });
    // What was seen up to a limit cannot be followed again.
    if (found.code === 'SEARCH_LIMIT' && this.found.violations === 0) this.underAny.leaveOpen();
  }

  /** A limit is met, and nothing of the folder is searched any more. */
  protected giveUp(observation: Observation, claimed: Claimed): void {
    this.report(limitFinding(this.engine.budget, observation.where));
    const { track: before, members } = this.is;
    const constraint = constraintOf(claimed, members, this.options);
    const track = this.engine.unsearched(before, constraint, members.facts());
    this.stand({ followed: false, history: new History(), track });
    this.note(observation, claimed);
  }

  /** All that an observation can mean beside how other analyses have settled, else what it can mean by itself. */
  protected matching(constraint: Constraint): Track {
    const { engine, options } = this;
    const facts = this.is.members.facts();
    const beside = this.is.members.besideSettled(constraint, options.settings);
    const track = engine.step(engine.start, beside, facts);
    return track.empty && beside !== constraint ? engine.step(engine.start, constraint, facts) : track;
  }

  /** Believes so much of the past, and remembers nothing of it. */
  protected beginWith(track: Track): void {
    this.stand({ track, history: new History(), isMixed: false });
  }

  /** Takes in an observation that is not followed. */
  protected note({ where }: Observation, claimed: Claimed): void {
    const members = this.is.members.settledBy(claimed.views);
    const before = { constraint: constraintOf(claimed, members, this.options), where };
    this.stand({ members, before, last: undefined });
  }

  protected remember(constraint: Constraint, where: Where, { views }: Claimed): void {
    const members = this.is.members.settledBy(views);
    const last = { constraint, where };
    const history = this.is.history.with(constraint, members.size, this.engine.budget.ofHistory);
    this.stand({ members, last, before: last, history });
  }

  /** What is found at the end of the recording. */
  end(): void {
    const { followed, last, sawStatus, track, members } = this.is;
    if (!followed || !last) return;
    const settles = !sawStatus || this.engine.maySettle(track, last.constraint, members.facts());
    if (settles === undefined) this.report(limitFinding(this.engine.budget, last.where));
    const hazards = hazardsAtEnd(track, settles === false, members.ids(), last.where);
    for (const hazard of this.found.unsaid(hazards)) this.found.add(hazard);
  }
}
