import type { Reading } from '../../machines/readings.ts';
import { Allowance } from './allowance.ts';
import { bit } from './bits.ts';
import { beforeOf, type Followed } from './before.ts';
import { blame, changesOf } from './blame.ts';
import { correctionOf, type Correction } from './correction.ts';
import { claimsOf, draftOf, observationOf, onceEach, sightOf, type Draft } from './draft.ts';
import type { Engine, Track } from './engine.ts';
import { type Change, type Finding, type Severity } from './findings.ts';
import { hazardsAtEnd, hazardsOf } from './hazards.ts';
import { followAgain, maxHistory, type History } from './history.ts';
import { admittedIn, everyReading, readingsOf } from './infer-admitted.ts';
import { nearestFirst, withHints } from './infer-nearest.ts';
import { Members } from './members.ts';
import type { AnalysisView, Observation, Where } from './observation.ts';
import { metLimit, verdictOn, type CheckOptions, type FolderResult } from './results.ts';
import { keyOfSight, type Sight } from './sight.ts';
import type { Facts } from './state.ts';
import { changedFinding, lostFinding, neverSeen, tornFinding, wholeFinding } from './statics.ts';

/** The check of one folder: its observations go in one by one. */
export class FolderCheck {
  readonly #engine: Allowance;
  readonly #options: CheckOptions;
  #members: Members;
  #track: Track;
  #history: History[number][] = [];
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
    this.#members = new Members(options.groups === 'first-seen');
    this.#track = engine.start;
  }

  /** An independent copy, for trying an order of observations. */
  copy(): FolderCheck {
    const copy = new FolderCheck(this.#engine, this.#options, this.#engineOfAll);
    copy.#members = this.#members.copy();
    copy.#track = this.#track;
    copy.#history = [...this.#history];
    copy.#folderId = this.#folderId;
    copy.#findings = [...this.#findings];
    copy.#hazards = [...this.#hazards];
    copy.#observations = this.#observations;
    copy.#sawStatus = this.#sawStatus;
    copy.#followed = this.#followed;
    copy.#last = this.#last;
    copy.#before = this.#before;
    copy.#underAny = this.#underAny?.copy();
    copy.#isOpen = this.#isOpen;
    return copy;
  }

  /** Equal for two copies from which everything goes on alike. */
  get standing(): string {
    return `${this.#track.id} ${this.#followed} ${JSON.stringify([this.#members.ids(), this.#facts()])}`;
  }

  /** What has been found so far; both lists only grow. */
  get found(): Pick<FolderResult, 'folderId' | 'findings' | 'hazards'> {
    return { folderId: this.#folderId ?? null, findings: this.#findings, hazards: this.#hazards };
  }

  /** What can be believed after what was followed so far. */
  get track(): Track {
    return this.#track;
  }

  /** The analyses in the order of the belief's numbers, and whether observations still move the belief. */
  get watched() {
    return { ids: this.#members.ids(), followed: this.#followed };
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

  /** What `#correct` would change. */
  #nearestTo(observation: Observation, draft: Draft, tolerated?: Severity): readonly Change[] {
    return changesOf(draft, this.#correct(observation, draft, tolerated));
  }

  /** Which statuses of the draft have to be others for nothing to be found, or nothing but what is `tolerated`. */
  #correct(observation: Observation, draft: Draft, tolerated?: Severity): Correction | undefined {
    if (this.#isTrial) return undefined;
    let isUnsure = false;
    const correction = correctionOf(draft, (each) => {
      this.#engine.tries(this.#members.size);
      const trial = new FolderCheck(this.#engine, this.#options);
      trial.#isTrial = true;
      trial.#members = this.#members.copy();
      trial.#track = this.#track;
      trial.#history = [...this.#history];
      trial.#followed = this.#followed;
      trial.observe(observationOf(each, observation));
      isUnsure ||= metLimit(trial.#findings);
      return trial.#findings.every(({ severity }) => severity === tolerated);
    });
    return isUnsure ? undefined : correction;
  }

  observe(observation: Observation): void {
    this.#underAny?.observe(observation);
    this.#observations++;
    this.#folderId ??= observation.folderId;
    const once = onceEach(observation.analyses);
    if ('torn' in once) return this.#report(tornFinding(once.torn, observation.where));
    this.#sawStatus ||= claimsOf(draftOf(observation, once)).length > 0;
    const kindOf = (view: AnalysisView) => view.kind ?? this.#members.kindOf(view.id);
    const impossible =
      neverSeen(observation, once, kindOf, this.#options.settings) ??
      this.#members.contradiction(observation, once);
    if (impossible) {
      this.#report(impossible, this.#nearestTo(observation, draftOf(observation, once), 'unspecified'));
      this.#last = undefined;
    } else if (this.#followed) this.#follow(observation, once);
    else this.#watch(observation, once);
  }

  /** Advances the belief to the observation. */
  #follow(observation: Observation, views: readonly AnalysisView[]): void {
    const { where } = observation;
    if (!this.#engine.add()) return this.#lose(wholeFinding('SEARCH_LIMIT', where), observation, views);
    const before = this.#members.copy();
    const learntLate = this.#members.learn(observation, views);
    const draft = draftOf(observation, views);
    if (observation.complete && this.#members.size > views.length) {
      const listed = new Set(views.map((view) => view.id));
      const gone = this.#members.ids().filter((id) => !listed.has(id));
      return this.#lose(lostFinding(gone, where), observation, views);
    }
    const sight = sightOf(draft, this.#members, this.#options);
    const repeated =
      !learntLate && this.#last !== undefined && keyOfSight(sight) === keyOfSight(this.#last.sight);
    if (repeated && before.size === this.#members.size) {
      this.#last = this.#before = { sight, where };
      return;
    }
    const again = learntLate ? this.#relearn() : this.#track;
    if (again.empty) {
      this.#members = before;
      if (again.truncated) return this.#report(wholeFinding('SEARCH_LIMIT', where));
      this.#lookUnderAny(observation, before);
      this.#report(wholeFinding('GROUP_CHANGED', where));
      return;
    }
    const track = this.#engine.step(again, sight, this.#facts());
    if (track.empty) this.#violated(observation, draft, before, track.truncated);
    else this.#accept(track, sight, observation, draft);
  }

  #accept(track: Track, sight: Sight, observation: Observation, draft: Draft): void {
    const { where } = observation;
    if (track.decided && !this.#track.decided) {
      this.#report(wholeFinding('OPERATOR_DECIDED', where), this.#nearestTo(observation, draft));
    }
    this.#track = track;
    for (const hazard of hazardsOf(track, draft, where, this.#options.settings.reading)) {
      if (this.#isFirst(hazard)) this.#report(hazard);
    }
    this.#remember(sight, where);
    this.#members.settle(draft.views);
  }

  #violated(observation: Observation, draft: Draft, before: Members, truncated: boolean): void {
    const { where } = observation;
    const facts = this.#facts();
    const changed = this.#members.settledOtherwise(draft.views, this.#options.settings);
    if (truncated && !changed) this.#report(wholeFinding('SEARCH_LIMIT', where));
    else {
      if (!changed || changed.from === bit.OPERATOR_REQUIRED) this.#lookUnderAny(observation, before);
      const correction = this.#correct(observation, draft, 'unspecified');
      const found = changed ? changedFinding(changed, where) : blame(draft, correction, where, this.#options);
      this.#report(found, changesOf(draft, correction));
    }
    const sight = sightOf(draft, this.#members, this.#options);
    const again = this.#engine.step(this.#engine.start, sight, facts);
    if (again.empty) {
      this.#members = before;
      this.#last = undefined;
      return;
    }
    this.#history = [];
    this.#track = again;
    this.#members.settle(draft.views);
    this.#remember(sight, where);
  }

  /** Follows the folder under every reading as well, if this is the first thing that is wrong with it. */
  #lookUnderAny(observation: Observation, before: Members): void {
    const violated = this.#findings.some(({ severity }) => severity === 'violation');
    if (!this.#engineOfAll || violated) return;
    this.#isOpen = this.#history.length > maxHistory;
    if (this.#isOpen) return;
    const other = new FolderCheck(this.#engineOfAll(), everyReading(this.#options));
    other.#isTrial = true;
    other.#members = before.copy();
    other.#history = [...this.#history];
    const { empty, truncated } = other.#relearn();
    this.#isOpen = empty && truncated;
    if (empty) return;
    other.observe(observation);
    this.#underAny = other;
  }

  /** From now on, because of what was found, only the laws of single analyses are checked. */
  #lose(because: Finding, observation: Observation, views: readonly AnalysisView[]): void {
    this.#report(because);
    this.#followed = false;
    this.#watch(observation, views);
  }

  #watch(observation: Observation, views: readonly AnalysisView[]): void {
    this.#members.learn(observation, views);
    const changed = this.#members.settledOtherwise(views, this.#options.settings);
    const { where } = observation;
    const draft = draftOf(observation, views);
    if (changed) {
      this.#report(changedFinding(changed, where), this.#nearestTo(observation, draft, 'unspecified'));
    }
    this.#members.settle(views);
    this.#before = { sight: sightOf(draft, this.#members, this.#options), where };
    this.#last = undefined;
  }

  #facts(known = this.#members.size): Facts {
    return this.#members.facts(known);
  }

  #remember(sight: Sight, where: Where): void {
    this.#last = this.#before = { sight, where };
    if (this.#history.length <= maxHistory) this.#history.push({ sight, known: this.#members.size });
  }

  /** Follows everything seen so far again, knowing now what was learnt late; where it ends, unless it fits nothing. */
  #relearn(): Track {
    if (this.#history.length > maxHistory) return this.#track;
    const track = followAgain(this.#history, this.#engine, (known) => this.#facts(known));
    if (!track.empty) this.#track = track;
    return track;
  }

  #isFirst({ code }: Finding): boolean {
    return !this.#hazards.some((hazard) => hazard.code === code);
  }

  result(): FolderResult {
    if (this.#followed && this.#last) {
      const { sight, where } = this.#last;
      const unsettled = this.#sawStatus && !this.#engine.maySettle(this.#track, sight, this.#facts());
      const hazards = hazardsAtEnd(this.#track, unsettled, this.#members.ids(), where);
      this.#hazards.push(...hazards.filter((hazard) => this.#isFirst(hazard)));
    }
    const verdict = verdictOn(this.#findings, this.#sawStatus);
    const explainedUnder = verdict === 'violates' ? this.#explainedUnder() : undefined;
    return {
      folderId: this.#folderId ?? null,
      verdict,
      observations: this.#observations,
      findings: withHints(this.#findings, explainedUnder ?? [], this.#options),
      hazards: this.#hazards,
      ...(explainedUnder ? { explainedUnder } : {}),
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
