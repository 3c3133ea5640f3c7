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
}

/** What a check holds beside what it judges by. */
interface Parts {
  readonly is?: Standing;
  readonly found?: Found;
  readonly underAny: UnderAny;
}

/** What is known and what was found of one folder, and how more of both is taken in. */
export class FolderRecord {
  readonly engine: Allowance;
  readonly options: CheckOptions;
  readonly is: Standing;
  readonly found: Found;
  readonly underAny: UnderAny;
  /** Whether something was shown late, so that all that was seen before was looked at again. */
  looksBack = false;
  /** Only tries whether something may follow, and only in one observation: nothing follows after a violation. */
  protected isTrial = false;
  protected isProbe = false;
  /** Where the folder has shown before what is judged now. */
  protected echo: Where | undefined;
  /** Judges what was judged before. */
  protected isAgain = false;

  /** `parts`: those that are not those of a folder of which nothing was seen. */
  constructor(engine: Engine, options: CheckOptions, parts: Parts) {
    this.engine = Allowance.of(engine);
    this.options = options;
    this.is = parts.is ?? standingAt(engine.start);
    this.found = parts.found ?? new Found();
    this.underAny = parts.underAny;
  }

  /** Takes in observations that are not followed, and what was found in them. */
  refuse(because: Finding, observations: readonly Observation[]): void {
    for (const observation of observations) this.count(observation);
    this.underAny.refuse(because, observations);
    this.report(because);
  }

  protected count({ folderId, repeats = 0 }: Observation): void {
    this.is.observations += 1 + repeats;
    this.is.folderId ??= folderId;
  }

  protected report(found: Finding, nearest: readonly Change[] = []): void {
    // What follows a loss may be judged a second time.
    if (this.isAgain && this.found.says(found)) return;
    const own = this.isTrial ? null : previousOf(this.is.before, this.is.members.ids(), nearest);
    const hint = found.severity === 'violation' ? hintOf(found, this.echo) : found.hint;
    this.found.add({ ...found, before: found.before ?? own, nearest, hint });
    // What was seen up to a limit cannot be followed again.
    if (found.code === 'SEARCH_LIMIT' && this.found.violations === 0) this.underAny.leaveOpen();
  }

  /** A limit is met, and nothing of the folder is searched any more. */
  protected giveUp(observation: Observation, claimed: Claimed): void {
    this.report(limitFinding(this.engine.budget, observation.where));
    this.is.followed = false;
    this.is.history = new History();
    const constraint = constraintOf(claimed, this.is.members, this.options);
    this.is.track = this.engine.unsearched(this.is.track, constraint, this.is.members.facts());
    this.note(observation, claimed);
  }

  /** Believes so much of the past, and remembers nothing of it. */
  protected beginWith(track: Track): void {
    this.is.track = track;
    this.is.history = new History();
    this.is.isMixed = false;
  }

  /** Takes in an observation that is not followed. */
  protected note({ where }: Observation, claimed: Claimed): void {
    this.is.members.settle(claimed.views);
    this.is.before = { constraint: constraintOf(claimed, this.is.members, this.options), where };
    this.is.last = undefined;
  }

  protected remember(constraint: Constraint, where: Where, { views }: Claimed): void {
    this.is.members.settle(views);
    this.is.last = this.is.before = { constraint, where };
    this.is.history = this.is.history.with(constraint, this.is.members.size, this.engine.budget.ofHistory);
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
