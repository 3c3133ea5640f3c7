import type { Reading } from '../../machines/readings.ts';
import { Allowance } from './allowance.ts';
import { bit } from './bits.ts';
import { beforeOf, type Followed } from './before.ts';
import { blame, changesOf, type Changed } from './blame.ts';
import { correctionOf, type Correction, type Judge } from './correction.ts';
import { claimsOf, draftOf, observationOf, onceEach, sightOf, type Claim, type Draft } from './draft.ts';
import type { Engine, Track } from './engine.ts';
import { type Change, type Finding, type Severity } from './findings.ts';
import { hazardsAtEnd, hazardsOf, unsaid } from './hazards.ts';
import { History } from './history.ts';
import { admittedIn, everyReading, readingsOf } from './infer-admitted.ts';
import { nearestFirst, withHints } from './infer-nearest.ts';
import { lateFinding } from './late.ts';
import { Members, type Identity } from './members.ts';
import type { Observation, Where } from './observation.ts';
import { metLimit, verdictOn, type CheckOptions, type FolderResult } from './results.ts';
import { keyOfSight, type Sight } from './sight.ts';
import { historyFinding, limitFinding, lostFinding, tornFinding, wholeFinding } from './statics.ts';

/** The check of one folder: its observations go in one by one. */
export class FolderCheck {
  readonly #engine: Allowance;
  readonly #options: CheckOptions;
  #members = new Members();
  #track: Track;
  #history = new History();
  #folderId: string | undefined;
  #findings: Finding[] = [];
  #hazards: Finding[] = [];
  #observations = 0;
  #sawStatus = false;
  #followed = true;
  #last: Followed | undefined;
  /** As `#last`, but kept when an observation is not followed. */
  #before: Followed | undefined;
  /** Only tries whether something may follow: what is found is not pinpointed. */
  #isTrial = false;
  readonly #engineOfAll: (() => Engine) | undefined;
  /** The same folder under every reading, from its first violation on, if a reading may explain that one. */
  #underAny: FolderCheck | undefined;
  /** A limit leaves open what explains all up to the first violation. */
  #isOpen = false;

  /** With `engineOfAll`, for `everyReading`, a folder that violates is also told which readings explain it. */
  constructor(engine: Engine, options: CheckOptions, engineOfAll?: () => Engine) {
    this.#engine = Allowance.of(engine);
    this.#options = options;
    this.#engineOfAll = engineOfAll;
    this.#track = engine.start;
  }

  /** A copy, independent but for what it may cost; with `isApart` for another folder, also in that. */
  copy(isApart = false): FolderCheck {
    const engine = isApart ? this.#engine.forked() : this.#engine;
    const copy = this.#twin(engine, this.#options, this.#members, this.#engineOfAll);
    copy.#folderId = this.#folderId;
    copy.#findings = [...this.#findings];
    copy.#hazards = [...this.#hazards];
    copy.#observations = this.#observations;
    copy.#sawStatus = this.#sawStatus;
    copy.#last = this.#last;
    copy.#before = this.#before;
    copy.#isTrial = this.#isTrial;
    copy.#underAny = this.#underAny?.copy();
    copy.#isOpen = this.#isOpen;
    return copy;
  }

  /** A check on trial that has seen as much, of which nothing was found. */
  #twin(engine: Engine, options: CheckOptions, members: Members, engineOfAll?: () => Engine): FolderCheck {
    const twin = new FolderCheck(engine, options, engineOfAll);
    twin.#members = members.copy();
    twin.#track = this.#track;
    twin.#history = this.#history;
    twin.#followed = this.#followed;
    twin.#isTrial = true;
    return twin;
  }

  /**
   * Two checks of equal signature, of which nothing but hazards was found, go on alike but for names: those that went
   * one way, and all of which it is told what their history holds.
   */
  get signature(): { readonly text: string; readonly isTold: boolean; readonly left: string } {
    const last = this.#last && keyOfSight(this.#last.sight);
    const { signature, isTold } = this.#history;
    const found = this.#hazards.map(({ code }) => code).join();
    const followed = [this.#track.id, this.#followed, this.#sawStatus, last, signature, found];
    const text = [...followed, this.#members.signature].join(';');
    return { text, isTold, left: this.#engine.standing };
  }

  /** The check of a folder that has lived alike up to now, of which no more than hazards was found, under its names. */
  under({ nameOf, groupOf, folderId, observations, where, hazards }: Identity): FolderCheck {
    const copy = this.copy(true);
    copy.#engine.grant(observations - this.#observations);
    copy.#members = this.#members.renamed(nameOf, groupOf);
    copy.#folderId = folderId;
    copy.#observations = observations;
    copy.#hazards = [...hazards];
    if (this.#last) copy.#last = copy.#before = { sight: this.#last.sight, where };
    return copy;
  }

  /** What has been found so far; both lists only grow. */
  get found(): Pick<FolderResult, 'folderId' | 'findings' | 'hazards'> {
    return { folderId: this.#folderId ?? null, findings: this.#findings, hazards: this.#hazards };
  }

  /** What can be believed, of analyses of which so much is known, and whether observations still move it. */
  get belief() {
    return { track: this.#track, members: this.#members, followed: this.#followed };
  }

  /** Takes in what was found in an observation that is not followed. */
  refuse(because: Finding): void {
    for (const check of this.#underAny ? [this, this.#underAny] : [this]) check.#report(because);
  }

  #report(found: Finding, nearest: readonly Change[] = []): void {
    const before = this.#isTrial ? null : beforeOf(this.#before, this.#members.ids(), nearest);
    const list = found.severity === 'hazard' ? this.#hazards : this.#findings;
    if (found.code !== 'SEARCH_LIMIT' || !metLimit(list)) list.push({ ...found, before, nearest });
  }

  /** Which statuses of the draft have to be others for nothing to be found, or nothing but what is `spared`. */
  #correct(observation: Observation, draft: Draft, spared?: Severity, about?: Claim): Correction | undefined {
    if (this.#isTrial) return undefined;
    let isUnsure = false;
    const judge: Judge = (each) => {
      this.#engine.tries(this.#members.size);
      const trial = this.#twin(this.#engine, this.#options, this.#members);
      trial.observe(observationOf(each, observation));
      isUnsure ||= metLimit(trial.#findings);
      return trial.#findings.every(({ severity }) => severity === spared);
    };
    const correction = correctionOf(draft, judge, about);
    return isUnsure ? undefined : correction;
  }

  observe(observation: Observation): void {
    this.#underAny?.observe(observation);
    this.#observations++;
    this.#folderId ??= observation.folderId;
    const once = onceEach(observation.analyses);
    if ('torn' in once) return this.#report(tornFinding(once.torn, observation.where));
    const draft = draftOf(observation, once);
    this.#sawStatus ||= claimsOf(draft).length > 0;
    const impossible = this.#members.impossible(observation, once, this.#options.settings);
    if (impossible) {
      this.#report(impossible, changesOf(draft, this.#correct(observation, draft, 'unspecified')));
      this.#last = undefined;
    } else if (this.#followed) this.#follow(observation, draft);
    else this.#watch(observation, draft);
  }

  /** Advances the belief to the observation. */
  #follow(observation: Observation, draft: Draft): void {
    const { where } = observation;
    const { views } = draft;
    if (!this.#engine.add()) return this.#lose(limitFinding(this.#engine.budget, where), observation, draft);
    const before = this.#members.copy();
    const learntLate = this.#members.learn(observation, views);
    if (observation.complete && this.#members.size > views.length) {
      return this.#lose(lostFinding(this.#members.missingIn(views), where), observation, draft);
    }
    if (learntLate && this.#history.isFull) {
      return this.#lose(historyFinding(this.#engine.budget.ofHistory, where), observation, draft);
    }
    const sight = sightOf(draft, this.#members, this.#options);
    const repeated = !learntLate && this.#last && keyOfSight(sight) === keyOfSight(this.#last.sight);
    if (repeated && before.size === this.#members.size) {
      this.#last = this.#before = { sight, where };
      return;
    }
    const again = learntLate ? this.#relearn() : this.#track;
    if (again.empty && !again.truncated) {
      this.#lookUnderAny(observation, before);
      this.#report(lateFinding(this.#history, this.#engine, before, observation, views));
      return this.#restart(observation, draft, before);
    }
    const track = again.empty ? again : this.#engine.step(again, sight, this.#members.facts());
    if (track.empty) this.#violated(observation, draft, before, track.truncated);
    else this.#accept(track, sight, observation, draft);
  }

  #accept(track: Track, sight: Sight, observation: Observation, draft: Draft): void {
    const { where } = observation;
    if (track.decided && !this.#track.decided) {
      const nearest = changesOf(draft, this.#correct(observation, draft));
      this.#report(wholeFinding('OPERATOR_DECIDED', where), nearest);
    }
    this.#track = track;
    const hazards = hazardsOf(track, draft, where, this.#options);
    for (const hazard of unsaid(hazards, this.#hazards)) this.#report(hazard);
    this.#remember(sight, where, draft);
  }

  #violated(observation: Observation, draft: Draft, before: Members, truncated: boolean): void {
    const { where } = observation;
    const changed = this.#members.settledOtherwise(draft.views, this.#options.settings);
    if (truncated && !changed) this.#report(limitFinding(this.#engine.budget, where));
    else {
      if (!changed || changed.from === bit.OPERATOR_REQUIRED) this.#lookUnderAny(observation, before);
      this.#blame(observation, draft, changed);
    }
    this.#restart(observation, draft, before);
  }

  /** Goes on from all that an observation can mean by itself, or if nothing explains that, from before it. */
  #restart({ where }: Observation, draft: Draft, before: Members): void {
    const sight = sightOf(draft, this.#members, this.#options);
    const again = this.#engine.step(this.#engine.start, sight, this.#members.facts());
    if (again.empty) {
      this.#members = before;
      this.#last = undefined;
      return;
    }
    this.#history = new History();
    this.#track = again;
    this.#remember(sight, where, draft);
  }

  /** Reports what is to blame in a draft that nothing explains: what has changed, if something settled has. */
  #blame(observation: Observation, draft: Draft, changed: Changed | undefined): void {
    const correction = this.#correct(observation, draft, 'unspecified', changed?.claim);
    const found = blame(draft, correction, observation.where, this.#options, changed);
    this.#report(found, changesOf(draft, correction));
  }

  /** Follows the folder under every reading as well, if this is the first thing that is wrong with it. */
  #lookUnderAny(observation: Observation, before: Members): void {
    const violated = this.#findings.some(({ severity }) => severity === 'violation');
    if (!this.#engineOfAll || violated) return;
    this.#isOpen = this.#history.isFull || this.#engine.budget.isSpent;
    if (this.#isOpen) return;
    const other = this.#twin(this.#engineOfAll(), everyReading(this.#options), before);
    const { empty, truncated } = other.#relearn();
    this.#isOpen = empty && truncated;
    if (!empty) this.#underAny = other;
    this.#underAny?.observe(observation);
  }

  /** From now on, because of what was found, only the laws of single analyses are checked. */
  #lose(because: Finding, observation: Observation, draft: Draft): void {
    this.#report(because);
    this.#followed = false;
    this.#watch(observation, draft);
  }

  #watch(observation: Observation, draft: Draft): void {
    this.#members.learn(observation, draft.views);
    const changed = this.#members.settledOtherwise(draft.views, this.#options.settings);
    if (changed) this.#blame(observation, draft, changed);
    this.#members.settle(draft.views);
    this.#before = { sight: sightOf(draft, this.#members, this.#options), where: observation.where };
    this.#last = undefined;
  }

  #remember(sight: Sight, where: Where, { views }: Draft): void {
    this.#members.settle(views);
    this.#last = this.#before = { sight, where };
    this.#history = this.#history.with(sight, this.#members.size, this.#engine.budget.ofHistory);
  }

  /** Follows everything seen so far again, knowing now what was learnt late; where it ends, unless it fits nothing. */
  #relearn(): Track {
    const track = this.#history.followAgain(this.#engine, (known) => this.#members.facts(known));
    if (!track.empty) this.#track = track;
    return track;
  }

  result(): FolderResult {
    if (this.#followed && this.#last) {
      const { sight, where } = this.#last;
      const unsettled = this.#sawStatus && !this.#engine.maySettle(this.#track, sight, this.#members.facts());
      const hazards = hazardsAtEnd(this.#track, unsettled, this.#members.ids(), where);
      this.#hazards.push(...unsaid(hazards, this.#hazards));
    }
    const verdict = verdictOn(this.#findings, this.#sawStatus);
    const explainedUnder = verdict === 'violates' ? this.#explainedUnder() : undefined;
    return {
      ...this.found,
      verdict,
      observations: this.#observations,
      findings: withHints(this.#findings, explainedUnder ?? [], this.#options),
      ...(explainedUnder && { explainedUnder }),
    };
  }

  /** The readings under which nothing violates, nearest first; undefined where a limit leaves that open. */
  #explainedUnder(): readonly Reading[] | undefined {
    const other = this.#underAny;
    if (!this.#engineOfAll || this.#isOpen) return undefined;
    if (!other || verdictOn(other.#findings, other.#sawStatus) === 'violates') return [];
    if (other.#track.truncated || metLimit(other.#findings)) return undefined;
    return nearestFirst(this.#options, readingsOf(admittedIn(other.#track, other.#engine.classes)));
  }
}
