import { bit } from '../belief/resolution-set.ts';
import { culpritOf, changesOf, type Changed } from '../blame/culprit.ts';
import type { Correction } from '../blame/correction.ts';
import { correctionFor, judgeBy, type AskedCorrection } from './corrections.ts';
import { claimsOf, asClaimed, onceEach, constraintOf, type Claimed } from '../blame/claims.ts';
import type { Engine, Track } from '../belief/engine.ts';
import type { Finding } from '../../observations/findings.ts';
import { Found } from './found.ts';
import { hazardsOf } from './hazards.ts';
import { everyReading } from './admitted-readings.ts';
import { lateFinding } from './late.ts';
import { backIn, leftOutFinding, lossAt, lossLimitFinding, withoutStale, withSeen } from './loss.ts';
import type { Identity, Identities } from './identities.ts';
import type { Observation } from '../../observations/observation.ts';
import { respelt, type Respelt } from '../blame/respelling.ts';
import type { CheckOptions } from '../../observations/results.ts';
import { keyOfConstraint, type Constraint } from '../belief/constraint.ts';
import { signatureOf, underNames, type Loss, type Signature } from './standing.ts';
import {
  historyFinding,
  limitFinding,
  lostFinding,
  tornFinding,
  wholeFinding,
} from '../blame/static-rules.ts';
import { FolderRecord, type NextObservation, type Purpose } from './folder-record.ts';
import { UnderAny } from './under-any.ts';

/** What a check holds beside what it judges by. */
type Parts = Partial<Pick<FolderCheck, 'is' | 'found' | 'underAny'>> & { readonly purpose?: Purpose };

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
    const { is = this.is, found = this.found.copy(), underAny = this.underAny.copy() } = parts;
    const purpose = parts.purpose ?? (this.isTrial ? 'trial' : 'verdict');
    return new FolderCheck(engine, this.options, this.#engineOfAll, { is, found, underAny, purpose });
  }

  /** A check on trial that has seen as much, of which nothing was found. */
  #twin(
    purpose: Purpose,
    engine: Engine = this.engine,
    options = this.options,
    members = this.is.members,
  ): FolderCheck {
    const is = { ...this.is, members, last: undefined, before: undefined };
    return new FolderCheck(engine, options, undefined, { is, purpose });
  }

  /** Equal for checks that go on alike but for names; `left`: as far as it matters, how much they may still cost. */
  get signature(): Signature & { readonly left: string } {
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
    const attempt = this.with({ purpose: 'attempt' });
    attempt.observe(observation);
    const { is, found, underAny } = attempt;
    return this.with({ is, found, underAny });
  }

  /** What was meant by misspelt statuses, if that explains all. */
  #asMeant(observation: Observation, claimed: Claimed): Respelt | undefined {
    const meant = this.isTrial ? undefined : respelt(claimed);
    const judge = judgeBy(observation, 'unspecified', (each) => this.#probe(each));
    return meant && judge(meant.claimed) === true ? meant : undefined;
  }

  /** What would be found in another observation in the place of the next. */
  #probe(observation: Observation): Found {
    const probe = this.#twin('probe');
    probe.observe(observation);
    return probe.found;
  }

  #correct(observation: Observation, claimed: Claimed, asked: AskedCorrection = {}): Correction | undefined {
    if (this.isTrial || (this.isProbe && asked.spared === 'unspecified')) return undefined;
    return correctionFor(this, observation, claimed, asked, (each) => this.#probe(each));
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
    this.seenBefore = stale[0]?.seenBefore;
    this.report(leftOutFinding(stale, back, observation));
    if (loss.isFull) this.report(lossLimitFinding(observation));
    const { observations, folderId, sawStatus } = this.is;
    this.stand({ ...loss.before, observations, folderId, sawStatus });
    const outer = this.isAgain;
    this.isAgain = true;
    for (const each of [...rest, observation]) this.#take(each);
    this.isAgain = outer;
  }

  #judge(observation: Observation): void {
    this.seenBefore = observation.seenBefore;
    const once = onceEach(observation.analyses);
    if ('torn' in once) return this.report(tornFinding(once.torn, observation.where));
    const claimed = asClaimed(observation, once);
    if (!this.is.sawStatus && claimsOf(claimed).length > 0) this.stand({ sawStatus: true });
    const impossible = this.is.members.impossible(observation, once, this.options.settings);
    if (impossible) {
      const claims = once.map(({ groupId }) => groupId).join();
      const meant = this.#asMeant(observation, claimed);
      const correction = meant ?? this.#correct(observation, claimed, { spared: 'unspecified', claims });
      this.report(impossible, changesOf(claimed, correction));
      this.stand({ last: undefined });
    } else if (this.is.followed) this.#follow(observation, claimed);
    else this.#watch(observation, claimed);
  }

  /** Advances the belief to the observation. */
  #follow(observation: Observation, claimed: Claimed): void {
    const [{ where }, { views }, { budget }] = [observation, claimed, this.engine];
    if (!this.engine.add()) return this.#lose(limitFinding(budget, where), observation, claimed);
    const { members: before, track: trackBefore } = this.is;
    const { members, isLate: learntLate } = before.learn(observation, views);
    const next = { observation, claimed, before, wasDecided: trackBefore.decided };
    this.looksBack ||= learntLate;
    this.stand({ members });
    if (observation.complete && members.size > views.length) {
      const loss = lossAt({ ...this.is, members: before }, observation);
      const gone = members.missingIn(views);
      this.#lose(lostFinding(gone, where), observation, claimed);
      this.stand({ loss });
      return;
    }
    if (learntLate && this.is.history.isFull)
      return this.#lose(historyFinding(budget.ofHistory, where), observation, claimed);
    const constraint = constraintOf(claimed, members, this.options);
    const repeated =
      !learntLate && this.is.last && keyOfConstraint(constraint) === keyOfConstraint(this.is.last.constraint);
    if (repeated && before.size === members.size) {
      const last = { constraint, where };
      return this.stand({ last, before: last });
    }
    const lacksLate = learntLate && this.is.isMixed;
    if (lacksLate) {
      this.stand({ lacksLate });
      this.report(limitFinding(budget, where, 'LATE_AFTER_OVERLAP'));
      // What is believed was found without what is known now, and proves nothing beside it.
      this.beginWith(this.engine.anew(this.is.track));
    }
    const again = learntLate && !lacksLate ? this.#relearn() : this.is.track;
    if (again.empty && !again.truncated) {
      this.#lookUnderAny(next);
      this.report(lateFinding(this.is.history, this.engine, before, observation, views));
      return this.#restart(constraint, next);
    }
    const track = again.empty ? again : this.engine.step(again, constraint, members.facts());
    if (track.empty) this.#violated(track, next);
    else this.#accept(track, constraint, next);
  }

  #accept(track: Track, constraint: Constraint, next: NextObservation): void {
    const { observation, claimed, wasDecided } = next;
    if (track.decided && !wasDecided) {
      const nearest = changesOf(claimed, this.#correct(observation, claimed));
      this.report(wholeFinding('OPERATOR_DECIDED', observation.where), nearest);
    }
    // Whoever only tries has found an explanation, and asks for no more.
    if (track.truncated && !this.isTrial) return this.#goOnBeyondLimit(track, next);
    this.stand({ track });
    const hazards = hazardsOf(track, claimed, observation.where, this.options);
    for (const hazard of this.found.unsaid(hazards)) this.report(hazard);
    this.remember(constraint, observation.where, claimed);
  }

  /** Reports what is to blame in an observation that nothing explains: what has changed, if something settled has. */
  #blame(observation: Observation, claimed: Claimed, changed?: Changed, before?: Identities): void {
    const correction = this.#correct(observation, claimed, { spared: 'unspecified', about: changed?.claim });
    // What other readings say is a long search: what is to blame here comes first.
    if (before && (!changed || changed.from === bit.OPERATOR_REQUIRED))
      this.#lookUnderAny({ observation, claimed, before });
    const found = culpritOf(claimed, correction, observation.where, this.options, changed);
    this.report(found, changesOf(claimed, correction));
  }

  #violated(track: Track, next: NextObservation): void {
    const { observation, claimed, before } = next;
    const changed = this.is.members.settledOtherwise(claimed.views, this.options.settings);
    const constraint = constraintOf(claimed, this.is.members, this.options);
    if (track.truncated && !changed) return this.#goOnBeyondLimit(track, next);
    this.#blame(observation, claimed, changed, before);
    this.#restart(constraint, next);
  }

  /** Goes on from all that matches an observation, or if nothing explains that, from before it. */
  #restart(constraint: Constraint, next: NextObservation): void {
    if (this.isProbe) return;
    this.stand({ members: this.is.members.reopenedBy(next.claimed.views) });
    const track = this.matching(constraint);
    if (!track.truncated) return this.#goOnFrom(track, constraint, next);
    this.stand({ track: this.engine.start });
    this.giveUp(next.observation, next.claimed);
  }

  /**
   * Says that a limit is met, and goes on from all that matches the observation under a reading that may explain the
   * past, of which `track` says no more: what is found there is certain.
   */
  #goOnBeyondLimit(track: Track, next: NextObservation): void {
    const { observation, claimed } = next;
    const constraint = constraintOf(claimed, this.is.members, this.options);
    this.report(limitFinding(this.engine.budget, observation.where));
    if (this.isTrial && this.isProbe) return;
    this.stand({ track: this.engine.anew(track) });
    const again = this.engine.budget.isSpent
      ? this.engine.unsearched(this.is.track, constraint, this.is.members.facts())
      : this.engine.step(this.is.track, constraint, this.is.members.facts());
    if (again.truncated) return this.giveUp(observation, claimed);
    if (again.empty) this.#blame(observation, claimed);
    this.#goOnFrom(again, constraint, next);
  }

  /** Goes on from all that matches the observation, or, where nothing does, from what was before it. */
  #goOnFrom(track: Track, constraint: Constraint, { observation, claimed, before }: NextObservation): void {
    if (track.empty) return this.stand({ members: before, last: undefined });
    this.beginWith(track);
    this.remember(constraint, observation.where, claimed);
  }

  /** Follows the folder under every reading as well, if this is the first thing that is wrong with it. */
  #lookUnderAny({ observation, claimed, before }: Omit<NextObservation, 'wasDecided'>): void {
    if (!this.#engineOfAll || this.isProbe || this.found.violations > 0 || this.underAny.isOpen) return;
    const constraint = constraintOf(claimed, this.is.members, this.options);
    const engine = this.#engineOfAll();
    // What laws exclude under every reading needs no search: they are quick to ask where all analyses are seen.
    if (claimed.complete && !engine.mayBe(engine.start, constraint, this.is.members.facts())) return;
    if (this.is.history.isFull || this.engine.budget.isSpent) return this.underAny.leaveOpen();
    const attempt = this.#twin('trial', engine, everyReading(this.options), before);
    const { empty, truncated } = attempt.#relearn();
    if (empty) return truncated ? this.underAny.leaveOpen() : undefined;
    attempt.observe(observation);
    this.underAny.follow(attempt);
  }

  /** From now on, because of what was found, only the laws of single analyses are checked. */
  #lose(because: Finding, observation: Observation, claimed: Claimed): void {
    this.report(because);
    this.stand({ followed: false });
    this.#watch(observation, claimed);
  }

  #watch(observation: Observation, claimed: Claimed): void {
    const { loss, members: before } = this.is;
    const { members } = before.learn(observation, claimed.views);
    const isLoss = claimed.complete && members.size > claimed.views.length;
    const begun = isLoss && !loss ? lossAt(this.is, observation) : undefined;
    this.stand({ members, loss: loss ? withSeen(loss, observation, before.ids()) : begun });
    const changed = members.settledOtherwise(claimed.views, this.options.settings);
    // Where analyses have gone, what is listed is not all that there was.
    if (isLoss) this.stand({ hasLost: true });
    const constraint = constraintOf(claimed, members, this.options);
    const track = this.engine.unsearched(this.is.track, constraint, members.facts());
    const isBroken = !track.truncated && !this.is.hasLost;
    if (changed || isBroken) this.#blame(observation, claimed, changed);
    if (!this.is.hasLost) this.stand({ track: isBroken ? this.engine.start : track });
    this.note(observation, claimed);
  }

  /** Follows everything seen so far again, knowing now what was learnt late; where it ends, unless it fits nothing. */
  #relearn(): Track {
    const track = this.is.history.followAgain(this.engine, (known) => this.is.members.facts(known));
    if (!track.empty) this.stand({ track });
    return track;
  }
}
