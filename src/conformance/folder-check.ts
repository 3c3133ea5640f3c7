import type { Reading } from '../../machines/readings.ts';
import { Allowance } from './allowance.ts';
import { bit } from './bits.ts';
import { beforeOf, type Followed } from './before.ts';
import { blame, changesOf, type Changed } from './blame.ts';
import type { Correction, Judge } from './correction.ts';
import {
  claimsOf,
  draftOf,
  observationOf,
  onceEach,
  shapeOfDraft,
  sightOf,
  type Claim,
  type Draft,
} from './draft.ts';
import { unsearched, type Engine, type Track } from './engine.ts';
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
import { UnderAny, type Attempt } from './under-any.ts';

/** The check of one folder: its observations go in one by one. */
export class FolderCheck implements Attempt {
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
  /** Only tries one observation: nothing follows after what is found. */
  #isProbe = false;
  readonly #engineOfAll: (() => Engine) | undefined;
  #underAny = new UnderAny();

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
    copy.#underAny = this.#underAny.copy();
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
    this.#underAny.refuse(because);
    this.#report(because);
  }

  #report(found: Finding, nearest: readonly Change[] = []): void {
    const before = this.#isTrial ? null : beforeOf(this.#before, this.#members.ids(), nearest);
    const list = found.severity === 'hazard' ? this.#hazards : this.#findings;
    if (found.code !== 'SEARCH_LIMIT' || !metLimit(list)) list.push({ ...found, before, nearest });
  }

  /**
   * Which statuses of the draft have to be others for nothing to be found, or nothing but what is `spared`, and what
   * would be allowed in `about`. `claims` are those of groups, unless the members have taken them in.
   */
  #correct(
    observation: Observation,
    draft: Draft,
    { spared, about, claims = '' }: { spared?: Severity; about?: Claim | undefined; claims?: string } = {},
  ): Correction | undefined {
    if (this.#isTrial) return undefined;
    const state = [this.#track.id, this.#followed, this.#history.number, this.#members.signature];
    const asked = [spared, about?.field, about?.at, observation.wholeGroup, claims];
    const key = [...state, ...asked, shapeOfDraft(draft, this.#members)].join(';');
    const judge: Judge = (each) => {
      const probe = this.#twin(this.#engine, this.#options, this.#members);
      probe.#isProbe = true;
      probe.observe(observationOf(each, observation));
      return metLimit(probe.#findings)
        ? undefined
        : probe.#findings.every(({ severity }) => severity === spared);
    };
    return this.#engine.corrected(key, draft, judge, about);
  }

  observe(observation: Observation): void {
    this.#underAny.observe(observation);
    this.#observations++;
    this.#folderId ??= observation.folderId;
    const once = onceEach(observation.analyses);
    if ('torn' in once) return this.#report(tornFinding(once.torn, observation.where));
    const draft = draftOf(observation, once);
    this.#sawStatus ||= claimsOf(draft).length > 0;
    const impossible = this.#members.impossible(observation, once, this.#options.settings);
    if (impossible) {
      const claims = once.map(({ groupId }) => groupId).join();
      const correction = this.#correct(observation, draft, { spared: 'unspecified', claims });
      this.#report(impossible, changesOf(draft, correction));
      this.#last = undefined;
    } else if (this.#followed) this.#follow(observation, draft);
    else this.#watch(observation, draft);
  }

  /** Advances the belief to the observation. */
  #follow(observation: Observation, draft: Draft): void {
    const { where } = observation;
    const { views } = draft;
    if (!this.#engine.add()) {
      this.#underAny.leaveOpen();
      return this.#lose(limitFinding(this.#engine.budget, where), observation, draft);
    }
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
    else this.#accept(track, sight, observation, draft, before);
  }

  #accept(track: Track, sight: Sight, observation: Observation, draft: Draft, before: Members): void {
    const { where } = observation;
    if (track.decided && !this.#track.decided) {
      const nearest = changesOf(draft, this.#correct(observation, draft));
      this.#report(wholeFinding('OPERATOR_DECIDED', where), nearest);
    }
    // Whoever only tries has found an explanation, and asks for no more.
    if (track.truncated && !this.#isTrial) return this.#goOnBeyondLimit(sight, observation, draft, before);
    this.#track = track;
    const hazards = hazardsOf(track, draft, where, this.#options);
    for (const hazard of unsaid(hazards, this.#hazards)) this.#report(hazard);
    this.#remember(sight, where, draft);
  }

  #violated(observation: Observation, draft: Draft, before: Members, truncated: boolean): void {
    const { where } = observation;
    const changed = this.#members.settledOtherwise(draft.views, this.#options.settings);
    const sight = sightOf(draft, this.#members, this.#options);
    if (truncated && !changed) return this.#goOnBeyondLimit(sight, observation, draft, before);
    if (!changed || changed.from === bit.OPERATOR_REQUIRED) this.#lookUnderAny(observation, before);
    this.#blame(observation, draft, changed);
    this.#restart(observation, draft, before);
  }

  /** Goes on from all that an observation can mean by itself, or if nothing explains that, from before it. */
  #restart(observation: Observation, draft: Draft, before: Members): void {
    if (this.#isProbe) return;
    const sight = sightOf(draft, this.#members, this.#options);
    const again = this.#engine.step(this.#engine.start, sight, this.#members.facts());
    if (again.truncated) this.#giveUp(observation, draft);
    else this.#goOnFrom(again, sight, observation, draft, before);
  }

  /** Says that a limit is met, and goes on from all that matches the sight: what is found there is certain. */
  #goOnBeyondLimit(sight: Sight, observation: Observation, draft: Draft, before: Members): void {
    this.#report(limitFinding(this.#engine.budget, observation.where));
    if (this.#isProbe) return;
    this.#underAny.leaveOpen();
    const again = this.#engine.budget.isSpent
      ? unsearched
      : this.#engine.step(this.#engine.start, sight, this.#members.facts());
    if (again.truncated) return this.#giveUp(observation, draft);
    if (again.empty) this.#report(blame(draft, undefined, observation.where, this.#options));
    this.#goOnFrom(again, sight, observation, draft, before);
  }

  /** Goes on from all that matches the sight, or, where nothing does, from what was before it. */
  #goOnFrom(track: Track, sight: Sight, { where }: Observation, draft: Draft, before: Members): void {
    if (track.empty) {
      this.#members = before;
      this.#last = undefined;
      return;
    }
    this.#history = new History();
    this.#track = track;
    this.#remember(sight, where, draft);
  }

  /** Reports what is to blame in a draft that nothing explains: what has changed, if something settled has. */
  #blame(observation: Observation, draft: Draft, changed: Changed | undefined): void {
    const correction = this.#correct(observation, draft, { spared: 'unspecified', about: changed?.claim });
    const found = blame(draft, correction, observation.where, this.#options, changed);
    this.#report(found, changesOf(draft, correction));
  }

  /** A limit is met, and nothing of the folder is searched any more. */
  #giveUp(observation: Observation, draft: Draft): void {
    this.#report(limitFinding(this.#engine.budget, observation.where));
    this.#underAny.leaveOpen();
    this.#followed = false;
    this.#history = new History();
    this.#track = this.#engine.start;
    this.#note(observation, draft);
  }

  /** Follows the folder under every reading as well, if this is the first thing that is wrong with it. */
  #lookUnderAny(observation: Observation, before: Members): void {
    const violated = this.#findings.some(({ severity }) => severity === 'violation');
    if (!this.#engineOfAll || violated) return;
    if (this.#history.isFull || this.#engine.budget.isSpent) return this.#underAny.leaveOpen();
    const attempt = this.#twin(this.#engineOfAll(), everyReading(this.#options), before);
    const { empty, truncated } = attempt.#relearn();
    if (empty && truncated) return this.#underAny.leaveOpen();
    if (empty) return;
    attempt.observe(observation);
    this.#underAny.follow(attempt);
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
    this.#note(observation, draft);
  }

  /** Takes in an observation that is not followed. */
  #note({ where }: Observation, draft: Draft): void {
    this.#members.settle(draft.views);
    this.#before = { sight: sightOf(draft, this.#members, this.#options), where };
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
      const settles = !this.#sawStatus || this.#engine.maySettle(this.#track, sight, this.#members.facts());
      if (settles === undefined) this.#report(limitFinding(this.#engine.budget, where));
      const atEnd = hazardsAtEnd(this.#track, settles === false, this.#members.ids(), where);
      this.#hazards.push(...unsaid(atEnd, this.#hazards));
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
    const readings = this.#engineOfAll && this.#underAny.readings;
    return readings && nearestFirst(this.#options, readings);
  }

  get isExplained(): boolean | undefined {
    if (this.#findings.some(({ severity }) => severity === 'violation')) return false;
    return this.#track.truncated || metLimit(this.#findings) ? undefined : true;
  }

  /** The readings that explain what was seen under every reading. */
  get readings(): readonly Reading[] {
    return readingsOf(admittedIn(this.#track, this.#engine.classes));
  }
}
