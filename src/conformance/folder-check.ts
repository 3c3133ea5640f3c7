import type { Reading } from '../../machines/readings.ts';
import { bit } from './bits.ts';
import { beforeOf, type Followed } from './before.ts';
import { blame, changesOf } from './blame.ts';
import { correctionOf, type Correction } from './correction.ts';
import { draftOf, observationOf, onceEach, sightOf, type Draft } from './draft.ts';
import type { Engine, Track } from './engine.ts';
import { type Change, type Finding, type Severity } from './findings.ts';
import { hazardsAtEnd, hazardsOf } from './hazards.ts';
import { followAgain, maxHistory, type History } from './history.ts';
import { admittedIn, everyReading, readingsOf } from './infer-admitted.ts';
import { nearestFirst, withHints } from './infer-nearest.ts';
import { Members } from './members.ts';
import type { AnalysisView, Observation, Where } from './observation.ts';
import { verdictOn, type CheckOptions, type FolderResult } from './results.ts';
import { keyOfSight, type Sight } from './sight.ts';
import type { Facts } from './state.ts';
import { changedFinding, lostFinding, neverSeen, tornFinding, wholeFinding } from './statics.ts';

/** The check of one folder: its observations go in one by one. */
export class FolderCheck {
  readonly #engine: Engine;
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
  /** More was seen before the first violation than is kept for a second look. */
  #tooLong = false;

  /** With `engineOfAll`, for `everyReading`, a folder that violates is also told which readings explain it. */
  constructor(engine: Engine, options: CheckOptions, engineOfAll?: () => Engine) {
    this.#engine = engine;
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
    copy.#tooLong = this.#tooLong;
    return copy;
  }

  /** Equal for two copies from which everything goes on alike. */
  get standing(): string {
    return `${this.#track.id} ${this.#followed} ${JSON.stringify([this.#members.ids(), this.#facts()])}`;
  }

  /** What has been found so far. */
  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /** What can be believed after what was followed so far. */
  get track(): Track {
    return this.#track;
  }

  /** Takes in what was found in an observation that is not followed. */
  refuse(because: Finding): void {
    this.#report(because);
    if (this.#underAny) this.#underAny.#report(because);
  }

  #report(found: Finding, nearest: readonly Change[] = []): void {
    const before = this.#isTrial ? null : beforeOf(this.#before, this.#members.ids(), nearest);
    (found.severity === 'hazard' ? this.#hazards : this.#findings).push({ ...found, before, nearest });
  }

  /** What `#correct` would change. */
  #nearestTo(observation: Observation, draft: Draft, tolerated?: Severity): readonly Change[] {
    return changesOf(draft, this.#correct(observation, draft, tolerated), observation.where);
  }

  /** Which statuses of the draft have to be others for nothing to be found, or nothing but what is `tolerated`. */
  #correct(observation: Observation, draft: Draft, tolerated?: Severity): Correction | undefined {
    if (this.#isTrial) return undefined;
    return correctionOf(draft, (each) => {
      const trial = new FolderCheck(this.#engine, this.#options);
      trial.#isTrial = true;
      trial.#members = this.#members.copy();
      trial.#track = this.#track;
      trial.#history = [...this.#history];
      trial.#followed = this.#followed;
      trial.observe(observationOf(each, observation));
      return trial.#findings.every(({ severity }) => severity === tolerated);
    });
  }

  observe(observation: Observation): void {
    this.#underAny?.observe(observation);
    this.#observations++;
    this.#folderId ??= observation.folderId;
    const { resolutionStatus, systemResolution, where } = observation;
    const once = onceEach(observation.analyses);
    if ('torn' in once) {
      this.#report(tornFinding(once.torn, where));
      return;
    }
    const statuses = [resolutionStatus, systemResolution, ...once.flatMap(statusesOf)];
    this.#sawStatus ||= statuses.some((status) => status !== undefined);
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
    const before = this.#members.copy();
    const learntLate = this.#members.learn(observation, views);
    const draft = draftOf(observation, views);
    if (observation.complete && this.#members.size > views.length) {
      this.#lose(observation, views);
      return;
    }
    const sight = sightOf(draft, this.#members, this.#options);
    const repeated =
      !learntLate && this.#last !== undefined && keyOfSight(sight) === keyOfSight(this.#last.sight);
    if (repeated && before.size === this.#members.size) {
      this.#last = this.#before = { sight, where };
      return;
    }
    if (learntLate && !this.#relearn()) {
      this.#members = before;
      this.#lookUnderAny(observation, before);
      this.#report(wholeFinding('GROUP_CHANGED', where));
      return;
    }
    const track = this.#engine.step(this.#track, sight, this.#facts());
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
    if (truncated && !changed) {
      if (!metLimit(this.#findings)) this.#report(wholeFinding('SEARCH_LIMIT', where));
    } else {
      if (!changed || changed.from === bit.OPERATOR_REQUIRED) this.#lookUnderAny(observation, before);
      const correction = this.#correct(observation, draft, 'unspecified');
      const found = changed ? changedFinding(changed, where) : blame(draft, correction, where, this.#options);
      this.#report(found, changesOf(draft, correction, where));
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
    this.#tooLong = this.#history.length > maxHistory;
    if (this.#tooLong) return;
    const other = new FolderCheck(this.#engineOfAll(), everyReading(this.#options));
    other.#isTrial = true;
    other.#members = before.copy();
    other.#history = [...this.#history];
    if (!other.#relearn()) return;
    other.observe(observation);
    this.#underAny = other;
  }

  /** A complete list leaves out what was there: from now on only the laws of single analyses are checked. */
  #lose(observation: Observation, views: readonly AnalysisView[]): void {
    const listed = new Set(views.map((view) => view.id));
    const gone = this.#members.ids().filter((id) => !listed.has(id));
    this.#report(lostFinding(gone, observation.where));
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

  /** Follows everything seen so far again, knowing now what was learnt late. */
  #relearn(): boolean {
    if (this.#history.length > maxHistory) return true;
    const track = followAgain(this.#history, this.#engine, (known) => this.#facts(known));
    if (track.empty) return false;
    this.#track = track;
    return true;
  }

  #isFirst({ code }: Finding): boolean {
    return !this.#hazards.some((hazard) => hazard.code === code);
  }

  result(): FolderResult {
    if (this.#followed && this.#last) {
      const { sight, where } = this.#last;
      const unsettled = this.#sawStatus && !this.#engine.maySettle(this.#track, sight, this.#facts());
      const names = this.#members.ids();
      const hazards = hazardsAtEnd(this.#track, unsettled, names, where);
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
    if (!this.#engineOfAll || this.#tooLong) return undefined;
    if (!other || verdictOn(other.#findings, other.#sawStatus) === 'violates') return [];
    if (other.#track.truncated || metLimit(other.#findings)) return undefined;
    return nearestFirst(this.#options, readingsOf(admittedIn(other.#track, other.#engine.classes)));
  }
}

const statusesOf = ({ state, resolutionStatus }: AnalysisView) => [state, resolutionStatus];

const metLimit = (findings: readonly Finding[]) => findings.some(({ code }) => code === 'SEARCH_LIMIT');
