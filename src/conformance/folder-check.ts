import type { Reading } from '../../machines/readings.ts';
import { bit } from './bits.ts';
import { blame, type Judge } from './blame.ts';
import { admittedBy, draftOf, onceEach, possibleFor, type Draft } from './draft.ts';
import type { Engine, Track } from './engine.ts';
import { finding, type Finding } from './findings.ts';
import { hazardsAtEnd, hazardsOf } from './hazards.ts';
import { admittedIn, everyReading, readingsOf } from './infer-admitted.ts';
import { nearestFirst, withHints } from './infer-nearest.ts';
import { Members } from './members.ts';
import type { AnalysisView, Observation, Where } from './observation.ts';
import type { CheckOptions, FolderResult, Verdict } from './results.ts';
import { keyOfSight, type Sight } from './sight.ts';
import type { Facts } from './state.ts';
import { changedFinding, lostFinding, neverSeen } from './statics.ts';

/** Sights of one folder beyond this many are not kept for a second look when a group or a kind is learnt late. */
const maxHistory = 256;

/** The check of one folder: its observations go in one by one. */
export class FolderCheck {
  readonly #engine: Engine;
  readonly #options: CheckOptions;
  #members: Members;
  #track: Track;
  #history: { readonly sight: Sight; readonly known: number }[] = [];
  #folderId: string | undefined;
  #findings: Finding[] = [];
  #hazards: Finding[] = [];
  #observations = 0;
  #sawStatus = false;
  #followed = true;
  #last: { readonly sight: Sight; readonly where: Where } | undefined;
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

  #report(found: Finding): void {
    const list = found.severity === 'hazard' ? this.#hazards : this.#findings;
    list.push(found);
  }

  observe(observation: Observation): void {
    this.#underAny?.observe(observation);
    this.#observations++;
    this.#folderId ??= observation.folderId;
    const { resolutionStatus, systemResolution, where } = observation;
    const once = onceEach(observation.analyses);
    if ('torn' in once) {
      const { id, pointer } = once.torn;
      const message = `analysis ${id} is listed twice, with different contents`;
      this.#report(finding('ANALYSIS_CONTRADICTS_ITSELF', { message, where: { ...where, pointer } }));
      return;
    }
    this.#sawStatus ||= [resolutionStatus, systemResolution, ...once.flatMap(statusesOf)].some(
      (status) => status !== undefined,
    );
    const kindOf = (view: AnalysisView) => view.kind ?? this.#members.kindOf(view.id);
    const impossible =
      neverSeen(observation, once, kindOf, this.#options.settings) ??
      this.#members.contradiction(observation, once);
    if (impossible) {
      this.#report(impossible);
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
    const sight = this.#sightOf(draft);
    const repeated =
      !learntLate && this.#last !== undefined && keyOfSight(sight) === keyOfSight(this.#last.sight);
    if (repeated && before.size === this.#members.size) {
      this.#last = { sight, where };
      return;
    }
    if (learntLate && !this.#relearn()) {
      this.#members = before;
      this.#lookUnderAny(observation, before);
      const message = `what is said of the groups or kinds of the analyses fits no execution that shows the rest`;
      this.#report(finding('GROUP_CHANGED', { message, where }));
      return;
    }
    const track = this.#engine.step(this.#track, sight, this.#facts());
    if (track.empty) this.#violated(observation, draft, before, track.truncated);
    else this.#accept(track, sight, observation, draft);
  }

  #accept(track: Track, sight: Sight, observation: Observation, draft: Draft): void {
    const { where } = observation;
    if (track.decided && !this.#track.decided) {
      const message = 'only an operator’s decision on OPERATOR_REQUIRED explains what is seen here';
      this.#report(finding('OPERATOR_DECIDED', { message, where }));
    }
    this.#track = track;
    this.#remember(sight, where);
    this.#members.settle(draft.views);
    for (const hazard of hazardsOf(track, draft, where, this.#options.settings.reading)) this.#warn(hazard);
  }

  #violated(observation: Observation, draft: Draft, before: Members, truncated: boolean): void {
    const { where } = observation;
    const facts = this.#facts();
    const changed = this.#members.settledOtherwise(draft.views, this.#options.settings);
    if (truncated && !changed) {
      const message = 'the search for an explanation met its limit: nothing is claimed of this folder';
      if (!this.#findings.some(({ code }) => code === 'SEARCH_LIMIT')) {
        this.#report(finding('SEARCH_LIMIT', { message, where }));
      }
    } else {
      if (!changed || changed.from === bit.OPERATOR_REQUIRED) this.#lookUnderAny(observation, before);
      const judge: Judge = (changedDraft) => {
        const track = this.#engine.step(this.#track, this.#sightOf(changedDraft), facts);
        return !track.empty;
      };
      this.#report(changed ? changedFinding(changed, where) : blame(draft, judge, where, this.#options));
    }
    const sight = this.#sightOf(draft);
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
    if (changed) this.#report(changedFinding(changed, observation.where));
    this.#members.settle(views);
    this.#last = undefined;
  }

  #facts(known = this.#members.size): Facts {
    return this.#members.facts(known);
  }

  #sightOf({ status, system, views, complete }: Draft): Sight {
    const seen = views.map((view) => {
      const kind = view.kind ?? this.#members.kindOf(view.id);
      return {
        id: this.#members.indexOf(view.id),
        admits: admittedBy(view) & possibleFor(kind, this.#options.settings),
      };
    });
    return { status, system, seen: seen.toSorted((a, b) => a.id - b.id), complete } as Sight;
  }

  #remember(sight: Sight, where: Where): void {
    this.#last = { sight, where };
    if (this.#history.length <= maxHistory) this.#history.push({ sight, known: this.#members.size });
  }

  /** Follows everything seen so far again, knowing now what was learnt late. */
  #relearn(): boolean {
    if (this.#history.length > maxHistory) return true;
    let track = this.#engine.start;
    for (const { sight, known } of this.#history) {
      const facts = this.#facts(known);
      const seen = sight.seen.map(({ id, admits }) => ({
        id,
        admits: facts.analyses[id]!.liveness ? admits & ~bit.OPERATOR_REQUIRED : admits,
      }));
      track = this.#engine.step(track, { ...sight, seen }, facts);
      if (track.empty) return false;
    }
    this.#track = track;
    return true;
  }

  #warn(hazard: Finding): void {
    if (!this.#hazards.some(({ code }) => code === hazard.code)) this.#hazards.push(hazard);
  }

  result(): FolderResult {
    if (this.#followed && this.#last) {
      const { sight, where } = this.#last;
      const unsettled = this.#sawStatus && !this.#engine.maySettle(this.#track, sight, this.#facts());
      const names = this.#members.ids();
      for (const hazard of hazardsAtEnd(this.#track, unsettled, names, where)) this.#warn(hazard);
    }
    const verdict = this.#verdict();
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
    if (!other || other.#verdict() === 'violates') return [];
    if (other.#track.truncated || other.#findings.some(({ code }) => code === 'SEARCH_LIMIT'))
      return undefined;
    return nearestFirst(this.#options, readingsOf(admittedIn(other.#track, other.#engine.classes)));
  }

  #verdict(): Verdict {
    const found = (test: (each: Finding) => boolean): boolean => this.#findings.some(test);
    if (found(({ severity }) => severity === 'violation')) return 'violates';
    if (found(({ severity }) => severity === 'unspecified')) return 'unspecified';
    return !this.#sawStatus || found(({ code }) => code === 'SEARCH_LIMIT') ? 'inconclusive' : 'conforms';
  }
}

const statusesOf = ({ state, resolutionStatus }: AnalysisView) => [state, resolutionStatus];
