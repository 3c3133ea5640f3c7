import { Allowance } from './allowance.ts';
import type { Engine } from '../belief/engine.ts';
import type { Finding } from '../../observations/findings.ts';
import { violates, type FolderContext, type FolderStep } from './folder-step.ts';
import { Found } from './found.ts';
import { hazardsAtEnd } from './hazards.ts';
import type { Identity } from './identities.ts';
import type { Observation } from '../../observations/observation.ts';
import type { Reading } from '../../../machines/readings.ts';
import { verdictOn, type CheckOptions, type FolderResult } from '../../observations/results.ts';
import { pinpointed, told } from './pinpoint.ts';
import { counted, signatureOf, standingAt, underNames, type Signature, type Standing } from './standing.ts';
import { ifDecidedLast, nearestFirst, withHints } from '../blame/nearest-readings.ts';
import { limitFinding } from '../blame/static-rules.ts';
import { step } from './step.ts';
import { UnderAny, type Proposals } from './under-any.ts';

/** What a check has come to. */
interface Parts {
  readonly standing: Standing;
  readonly found: Found;
  readonly underAny: UnderAny;
}

/** The check of one folder: its observations go in one by one, and what is found is told. */
export class FolderCheck implements FolderContext {
  readonly engine: Allowance;
  readonly options: CheckOptions;
  readonly found: Found;
  readonly #proposals: Proposals | undefined;
  #standing: Standing;
  #underAny: UnderAny;

  /**
   * With `proposals` a folder that violates is also told what explains it; `parts`: those that are not those of a folder of
   * which nothing was seen.
   */
  constructor(engine: Engine, options: CheckOptions, proposals?: Proposals, parts: Partial<Parts> = {}) {
    this.engine = Allowance.of(engine);
    this.options = options;
    this.#proposals = proposals;
    this.#standing = parts.standing ?? standingAt(engine.start);
    this.found = parts.found ?? new Found();
    this.#underAny = parts.underAny ?? new UnderAny(proposals === undefined);
  }

  /** Where the check stands. */
  get standing(): Standing {
    return this.#standing;
  }

  /** What other readings make of the folder. */
  get underAny(): UnderAny {
    return this.#underAny;
  }

  /** A copy with some parts in place of its own, independent but for what it may cost, unless that is another. */
  with(parts: Partial<Parts>, engine = this.engine): FolderCheck {
    const { standing = this.#standing, found = this.found.copy(), underAny = this.#underAny } = parts;
    return new FolderCheck(engine, this.options, this.#proposals, { standing, found, underAny });
  }

  /** Equal for checks that go on alike but for names; `left`: as far as it matters, how much they may still cost. */
  get signature(): Signature & { readonly left: string } {
    return { ...signatureOf(this.#standing, this.found.hazards), left: this.engine.standing };
  }

  /** The check of a folder that has lived alike up to now, of which no more than hazards was found, under its names. */
  under(identity: Identity): FolderCheck {
    const engine = this.engine.forked();
    engine.grant(identity.observations - this.#standing.observations);
    const standing = underNames(this.#standing, identity);
    return this.with({ standing, found: new Found([], identity.hazards) }, engine);
  }

  /** What one more observation would lead to, as far as nothing is violated; nothing of it is taken in or told. */
  attempt(observation: Observation): readonly FolderStep[] {
    const steps: FolderStep[] = [];
    let next: FolderStep | undefined = step(counted(this.#standing, observation), observation, this);
    for (; next; next = violates(next) ? undefined : next.goOn?.()) steps.push(next);
    return steps;
  }

  /** The check after an observation that has led to these steps, none of which violates anything. */
  after(observation: Observation, steps: readonly FolderStep[]): FolderCheck {
    const check = this.with({});
    check.take(observation, steps);
    return check;
  }

  /** Takes in what an observation has led to that violates nothing. */
  take(observation: Observation, steps: readonly FolderStep[]): void {
    this.#underAny = this.#underAny.after(observation);
    for (const each of steps) this.#take(each, false);
  }

  observe(observation: Observation): void {
    this.#underAny = this.#underAny.after(observation);
    this.#standing = counted(this.#standing, observation);
    this.#judge(observation, false);
  }

  /** Judges an observation that is counted; `isAgain`: it may have been judged before. */
  #judge(observation: Observation, isAgain: boolean): void {
    let next: FolderStep | undefined = step(this.#standing, observation, this);
    let again: readonly Observation[] = [];
    while (next) {
      this.#take(next, isAgain);
      ({ again = [] } = next);
      next = next.goOn?.();
    }
    for (const each of again) this.#judge(each, true);
  }

  /** Stands where a step has led, and tells what it has found. */
  #take(next: FolderStep, isAgain: boolean): void {
    this.#standing = next.standing;
    for (const detected of next.detected) {
      if (detected.finding.severity === 'hazard' && this.found.holds(detected.finding.code)) continue;
      const finding = pinpointed(detected, next);
      if (this.#proposals && this.found.violations === 0)
        this.#underAny = this.#underAny.afterFirst(detected, next, this.#proposals);
      // What follows a loss may be judged a second time.
      if (!isAgain || !this.found.says(finding)) this.#add(finding);
    }
  }

  #add(finding: Finding): void {
    this.found.add(finding);
    // What was seen up to a limit cannot be followed again.
    if (finding.code === 'SEARCH_LIMIT' && this.found.violations === 0) this.leaveOpen();
  }

  /** Takes in observations that are not followed, and what was found in them. */
  refuse(because: Finding, observations: readonly Observation[]): void {
    for (const observation of observations) this.#standing = counted(this.#standing, observation);
    this.#underAny = this.#underAny.afterRefusal(because);
    this.#add(told(because, this.#standing));
  }

  /** Leaves open from now on what explains the folder. */
  leaveOpen(): void {
    this.#underAny = this.#underAny.leftOpen();
  }

  /** Follows only one of several orders from now on. */
  followOneOrder(): void {
    this.#underAny = this.#underAny.inOneOrder();
  }

  /** What is found at the end of the recording. */
  end(): void {
    const { followed, last, sawStatus, track, members } = this.#standing;
    if (!followed || !last) return;
    const settles = !sawStatus || this.engine.maySettle(track, last.constraint, members.facts());
    if (settles === undefined) this.#add(told(limitFinding(this.engine.budget, last.where), this.#standing));
    const hazards = hazardsAtEnd(track, settles === false, members.ids(), last.where);
    for (const hazard of this.found.unsaid(hazards)) this.found.add(hazard);
  }

  /** The result on the folder, once the check has ended, of which `found` was found. */
  result({ findings, hazards }: Pick<Found, 'findings' | 'hazards'> = this.found): FolderResult {
    const { folderId = null, observations, sawStatus } = this.#standing;
    const verdict = verdictOn(findings, sawStatus);
    const readings = verdict === 'violates' ? this.#underAny.readings : undefined;
    const explainedUnder = readings && nearestFirst(this.options, readings);
    const hinted = this.#hinted(findings, explainedUnder ?? []);
    return explainedUnder
      ? { folderId, verdict, observations, findings: hinted, hazards, explainedUnder }
      : { folderId, verdict, observations, findings: hinted, hazards };
  }
  /** The findings with what explains the folder: a reading, else another way of judging. */
  #hinted(findings: readonly Finding[], explainedUnder: readonly Reading[]): readonly Finding[] {
    if (explainedUnder.length > 0) return withHints(findings, explainedUnder, this.options);
    const readings = nearestFirst(this.options, this.#underAny.readingsDecidedLast);
    return withHints(findings, readings, this.options, ifDecidedLast);
  }
}
