import { bit } from '../belief/resolution-set.ts';
import { culpritOf, changesOf, type Changed } from '../blame/culprit.ts';
import type { Correction } from '../blame/correction.ts';
import { correctionFor, judgeBy, type Asked } from './corrections.ts';
import { claimsOf, asClaims, onceEach, constraintOf, type Claims } from '../blame/claims.ts';
import type { Engine, Track } from '../belief/engine.ts';
import type { Finding } from '../../observations/findings.ts';
import { Found } from './found.ts';
import { hazardsOf } from './hazards.ts';
import { History } from './history.ts';
import { everyReading } from './admitted-readings.ts';
import { lateFinding } from './late.ts';
import { backIn, leftOutFinding, lossAt, lossLimitFinding, withoutStale, withSeen } from './loss.ts';
import type { Identity, Identities } from './identities.ts';
import type { Observation } from '../../observations/observation.ts';
import { respelt, type Respelt } from '../blame/respelling.ts';
import type { CheckOptions } from '../../observations/results.ts';
import { keyOfConstraint, type Constraint } from '../belief/constraint.ts';
import { signatureOf, underNames, type Loss } from './standing.ts';
import { historyFinding, limitFinding, lostFinding, tornFinding, wholeFinding } from '../blame/static-rules.ts';
import { FolderRecord } from './folder-record.ts';
import { UnderAny } from './under-any.ts';

/** What a check holds beside what it judges by. */
type Parts = Partial<Pick<FolderCheck, 'is' | 'found' | 'underAny'>>;

/** The check of one folder: its observations go in one by one. */
export class FolderCheck extends FolderRecord {
  readonly #engineOfAll: (() => Engine) | undefined;

  /** With `engineOfAll`, for `everyReading`, a folder that violates is also told which readings explain it. */
  constructor(engine: Engine, options: CheckOptions, engineOfAll?: () => Engine, parts: Parts = {}) {
    super(engine, options, { ...parts, underAny: parts.underAny ?? new UnderAny(engineOfAll === undefined) });
    this.#engineOfAll = engineOfAll;
  }

  /** A copy with some parts in place of its own, independent but for what it may cost, unless that is another. */
  with(parts: Parts, engine = this.engine): FolderCheck {
    const { is = { ...this.is, members: this.is.members.copy() }, found = this.found.copy() } = parts;
    const own = { is, found, underAny: this.underAny.copy() };
    const copy = new FolderCheck(engine, this.options, this.#engineOfAll, own);
    copy.isTrial = this.isTrial;
    return copy;
  }

  /** A check on trial that has seen as much, of which nothing was found. */
  #twin(engine: Engine, options: CheckOptions, members = this.is.members): FolderCheck {
    const is = { ...this.is, members: members.copy(), last: undefined, before: undefined };
    const twin = new FolderCheck(engine, options, undefined, { is });
    twin.isTrial = true;
    return twin;
  }

  /** Equal for checks that go on alike but for names; `left`: as far as it matters, how much they may still cost. */
  get signature(): ReturnType<typeof signatureOf> & { readonly left: string } {
    return { ...signatureOf(this.is, this.found.hazards), left: this.engine.standing };
  }

  /** The check of a folder that has lived alike up to now, of which no more than hazards was found, under its names. */
  under(identity: Identity): FolderCheck {
    const engine = this.engine.forked();
    engine.grant(identity.observations - this.is.observations);
    return this.with({ is: underNames(this.is, identity), found: new Found([], identity.hazards) }, engine);
  }

  /** The check after one more observation, for which others are tried as well: what follows a violation is left out. */
  attempt(observation: Observation): FolderCheck {
    this.engine.tries(this.is.members.size);
    const attempt = this.with({});
    attempt.isProbe = true;
    attempt.observe(observation);
    attempt.isProbe = false;
    return attempt;
  }

  /** What was meant by misspelt statuses, if that explains all. */
  #asMeant(observation: Observation, draft: Claims): Respelt | undefined {
    const meant = this.isTrial ? undefined : respelt(draft);
    const isExplained =
      meant && judgeBy(observation, 'unspecified', (each) => this.#probe(each))(meant.draft);
    return isExplained === true ? meant : undefined;
  }

  /** What would be found in another observation in the place of the next. */
  #probe(observation: Observation): Found {
    const probe = this.#twin(this.engine, this.options);
    probe.isProbe = true;
    probe.observe(observation);
    return probe.found;
  }

  #correct(observation: Observation, draft: Claims, asked: Asked = {}): Correction | undefined {
    if (this.isTrial || (this.isProbe && asked.spared === 'unspecified')) return undefined;
    return correctionFor(this, observation, draft, asked, (each) => this.#probe(each));
  }

  observe(observation: Observation): void {
    this.underAny.observe(observation);
    this.count(observation);
    this.#take(observation);
  }

  #take(observation: Observation): void {
    const { loss } = this.is;
    const back = loss ? backIn(loss, observation) : [];
    if (loss && back.length > 0) this.#resume(loss, back, observation);
    else this.#judge(observation);
  }

  /** Goes on from before a loss that was none: the lists that said so are to blame, all else is judged. */
  #resume(loss: Loss, back: readonly string[], observation: Observation): void {
    const { rest, stale } = withoutStale(loss, back);
    this.report(leftOutFinding(stale, back, observation));
    if (loss.isFull) this.report(lossLimitFinding(observation));
    const { observations, folderId, sawStatus } = this.is;
    const members = loss.before.members.copy();
    Object.assign(this.is, { ...loss.before, members, observations, folderId, sawStatus });
    const outer = this.isAgain;
    this.isAgain = true;
    for (const each of [...rest, observation]) this.#take(each);
    this.isAgain = outer;
  }

  #judge(observation: Observation): void {
    this.echo = observation.seenBefore;
    const once = onceEach(observation.analyses);
    if ('torn' in once) return this.report(tornFinding(once.torn, observation.where));
    const draft = asClaims(observation, once);
    this.is.sawStatus ||= claimsOf(draft).length > 0;
    const impossible = this.is.members.impossible(observation, once, this.options.settings);
    if (impossible) {
      const claims = once.map(({ groupId }) => groupId).join();
      const meant = this.#asMeant(observation, draft);
      const correction = meant ?? this.#correct(observation, draft, { spared: 'unspecified', claims });
      this.report(impossible, changesOf(draft, correction));
      this.is.last = undefined;
    } else if (this.is.followed) this.#follow(observation, draft);
    else this.#watch(observation, draft);
  }

  /** Advances the belief to the observation. */
  #follow(observation: Observation, draft: Claims): void {
    const [{ where }, { views }, { budget }] = [observation, draft, this.engine];
    if (!this.engine.add()) return this.#lose(limitFinding(budget, where), observation, draft);
    const before = this.is.members.copy();
    const learntLate = this.is.members.learn(observation, views);
    if (observation.complete && this.is.members.size > views.length) {
      const loss = lossAt({ ...this.is, members: before }, observation);
      const gone = this.is.members.missingIn(views);
      this.#lose(lostFinding(gone, where), observation, draft);
      this.is.loss = loss;
      return;
    }
    if (learntLate && this.is.history.isFull)
      return this.#lose(historyFinding(budget.ofHistory, where), observation, draft);
    const sight = constraintOf(draft, this.is.members, this.options);
    const repeated = !learntLate && this.is.last && keyOfConstraint(sight) === keyOfConstraint(this.is.last.sight);
    if (repeated && before.size === this.is.members.size) {
      this.is.last = this.is.before = { sight, where };
      return;
    }
    const lacksLate = learntLate && this.is.isMixed;
    this.is.lacksLate ||= lacksLate;
    if (lacksLate) this.report(limitFinding(budget, where, 'LATE_AFTER_OVERLAP'));
    const again = learntLate && !lacksLate ? this.#relearn() : this.is.track;
    if (again.empty && !again.truncated) {
      this.#lookUnderAny(observation, before);
      this.report(lateFinding(this.is.history, this.engine, before, observation, views));
      return this.#restart(sight, observation, draft, before);
    }
    const track = again.empty ? again : this.engine.step(again, sight, this.is.members.facts());
    if (track.empty) this.#violated(track, observation, draft, before);
    else this.#accept(track, sight, observation, draft, before);
  }

  #accept(track: Track, sight: Constraint, observation: Observation, draft: Claims, before: Identities): void {
    const { where } = observation;
    if (track.decided && !this.is.track.decided) {
      const nearest = changesOf(draft, this.#correct(observation, draft));
      this.report(wholeFinding('OPERATOR_DECIDED', where), nearest);
    }
    // Whoever only tries has found an explanation, and asks for no more.
    if (track.truncated && !this.isTrial) return this.#goOnBeyondLimit(track, observation, draft, before);
    this.is.track = track;
    const hazards = hazardsOf(track, draft, where, this.options);
    for (const hazard of this.found.unsaid(hazards)) this.report(hazard);
    this.remember(sight, where, draft);
  }

  /** Reports what is to blame in a draft that nothing explains: what has changed, if something settled has. */
  #blame(observation: Observation, draft: Claims, changed: Changed | undefined, before?: Identities): void {
    const correction = this.#correct(observation, draft, { spared: 'unspecified', about: changed?.claim });
    // What other readings say is a long search: what is to blame here comes first.
    if (before && (!changed || changed.from === bit.OPERATOR_REQUIRED))
      this.#lookUnderAny(observation, before);
    const found = culpritOf(draft, correction, observation.where, this.options, changed);
    this.report(found, changesOf(draft, correction));
  }

  #violated(track: Track, observation: Observation, draft: Claims, before: Identities): void {
    const changed = this.is.members.settledOtherwise(draft.views, this.options.settings);
    const sight = constraintOf(draft, this.is.members, this.options);
    if (track.truncated && !changed) return this.#goOnBeyondLimit(track, observation, draft, before);
    this.#blame(observation, draft, changed, before);
    this.#restart(sight, observation, draft, before);
  }

  /** Goes on from all that an observation can mean by itself, or if nothing explains that, from before it. */
  #restart(sight: Constraint, observation: Observation, draft: Claims, before: Identities): void {
    if (this.isProbe) return;
    const track = this.engine.step(this.engine.start, sight, this.is.members.facts());
    if (!track.truncated) return this.#goOnFrom(track, sight, observation, draft, before);
    this.is.track = this.engine.start;
    this.giveUp(observation, draft);
  }

  /**
   * Says that a limit is met, and goes on from all that matches the sight under a reading that may explain the past, of
   * which `track` says no more: what is found there is certain.
   */
  #goOnBeyondLimit(track: Track, observation: Observation, draft: Claims, before: Identities): void {
    const sight = constraintOf(draft, this.is.members, this.options);
    this.report(limitFinding(this.engine.budget, observation.where));
    if (this.isTrial && this.isProbe) return;
    this.is.track = this.engine.anew(track);
    const again = this.engine.budget.isSpent
      ? this.engine.unsearched(this.is.track, sight, this.is.members.facts())
      : this.engine.step(this.is.track, sight, this.is.members.facts());
    if (again.truncated) return this.giveUp(observation, draft);
    if (again.empty) this.#blame(observation, draft, undefined);
    this.#goOnFrom(again, sight, observation, draft, before);
  }

  /** Goes on from all that matches the sight, or, where nothing does, from what was before it. */
  #goOnFrom(track: Track, sight: Constraint, { where }: Observation, draft: Claims, before: Identities): void {
    if (track.empty) {
      this.is.members = before;
      this.is.last = undefined;
      return;
    }
    this.is.history = new History();
    this.is.isMixed = false;
    this.is.track = track;
    this.remember(sight, where, draft);
  }

  /** Follows the folder under every reading as well, if this is the first thing that is wrong with it. */
  #lookUnderAny(observation: Observation, before: Identities): void {
    if (!this.#engineOfAll || this.isProbe || this.found.violations > 0 || this.underAny.isOpen) return;
    if (this.is.history.isFull || this.engine.budget.isSpent) return this.underAny.leaveOpen();
    const attempt = this.#twin(this.#engineOfAll(), everyReading(this.options), before);
    const { empty, truncated } = attempt.#relearn();
    if (empty) return truncated ? this.underAny.leaveOpen() : undefined;
    attempt.observe(observation);
    this.underAny.follow(attempt);
  }

  /** From now on, because of what was found, only the laws of single analyses are checked. */
  #lose(because: Finding, observation: Observation, draft: Claims): void {
    this.report(because);
    this.is.followed = false;
    this.#watch(observation, draft);
  }

  #watch(observation: Observation, draft: Claims): void {
    const { members, loss } = this.is;
    if (loss) this.is.loss = withSeen(loss, observation, members.ids());
    members.learn(observation, draft.views);
    const changed = members.settledOtherwise(draft.views, this.options.settings);
    // Where analyses have gone, what is listed is not all that there was.
    this.is.hasLost ||= draft.complete && members.size > draft.views.length;
    const sight = constraintOf(draft, members, this.options);
    const track = this.engine.unsearched(this.is.track, sight, members.facts());
    const isBroken = !track.truncated && !this.is.hasLost;
    if (changed || isBroken) this.#blame(observation, draft, changed);
    if (!this.is.hasLost) this.is.track = isBroken ? this.engine.start : track;
    this.note(observation, draft);
  }

  /** Follows everything seen so far again, knowing now what was learnt late; where it ends, unless it fits nothing. */
  #relearn(): Track {
    const track = this.is.history.followAgain(this.engine, (known) => this.is.members.facts(known));
    if (!track.empty) this.is.track = track;
    return track;
  }
}
