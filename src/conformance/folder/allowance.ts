import { correctionOf, type Corrected, type Judge } from '../blame/correction.ts';
import type { Claim, Claimed } from '../blame/claims.ts';
import type { Engine, Track } from '../belief/engine.ts';

/** What it costs to try another observation, beside the steps that it takes. */
const perTrial = 2;

/** Remembered corrections beyond this many are forgotten, all at once. */
const maxCorrections = 10_000;

/** The corrections of drafts that violate, each with what it cost, by engine. */
const corrections = new WeakMap<Engine, Remembered>();
type Remembered = Map<string, { readonly correction: Corrected; readonly effort: number }>;

/**
 * An engine for one folder, which stops searching once the folder has cost more than it may: then nothing is claimed
 * of it. What was remembered costs as much as what was not, so that no folder depends on the others, unless the
 * check as a whole has cost what it may.
 */
export class Allowance implements Engine {
  readonly #engine: Engine;
  #spent = 0;
  #observations = 0;

  private constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** An allowance of its own for a folder that `engine` is to follow; an allowance that is shared stays shared. */
  static of(engine: Engine): Allowance {
    return engine instanceof Allowance ? engine : new Allowance(engine);
  }

  get start(): Track {
    return this.#engine.start;
  }

  get classes(): Engine['classes'] {
    return this.#engine.classes;
  }

  get budget(): Engine['budget'] {
    return this.#engine.budget;
  }

  /** The corrections that are remembered. */
  get corrections(): Remembered {
    const known: Remembered = corrections.get(this.#engine) ?? new Map();
    corrections.set(this.#engine, known);
    return known;
  }

  /** An allowance of its own for a folder that has lived alike. */
  forked(): Allowance {
    const fork = new Allowance(this.#engine);
    fork.#spent = this.#spent;
    fork.#observations = this.#observations;
    return fork;
  }

  /** Adds what observations add that cost nothing. */
  grant(observations: number): void {
    this.#observations += observations;
  }

  /** What is left for further steps. */
  get #left(): number {
    return this.budget.ofFolder(this.#observations) - this.#spent;
  }

  /** What the steps have cost. */
  get spent(): number {
    return this.#spent;
  }

  /** Whether so much is left once that much has been spent that it hardly matters how much. */
  isAmple(spent = this.#spent): boolean {
    return 2 * spent <= this.budget.ofFolder(0);
  }

  /** Equal where as much is left, or so much that it hardly matters. */
  get standing(): string {
    return this.isAmple() ? 'ample' : String(this.#left);
  }

  /** Whether nothing is left for further steps. */
  get isSpent(): boolean {
    return this.#left <= 0;
  }

  /** Adds what an observation adds; whether there is anything left for it. */
  add(): boolean {
    if (this.isSpent) return false;
    this.#observations += 1;
    return true;
  }

  /**
   * What comes of an observation of a folder with this many analyses that is only tried. That costs something beside the
   * steps that it takes, and adds nothing that may be spent.
   */
  tried<T>(analyses: number, attempt: () => T): T {
    const effort = perTrial + (analyses >> 3);
    this.#spent += effort;
    this.budget.spend(effort);
    const observations = this.#observations;
    // It would count as an observation of the folder.
    this.#observations -= 1;
    const result = attempt();
    this.#observations = observations;
    return result;
  }

  /**
   * The correction of an observation, which says what is allowed in `about`; `limited` where a limit leaves it open. `judge`
   * says whether an observation is explained, if it knows; equal for equal keys.
   */
  corrected(key: string, claimed: Claimed, judge: Judge, about?: Claim): Corrected {
    let known = this.corrections.get(key);
    if (!known) {
      if (this.budget.ofStep === 0) return 'limited';
      const before = this.#spent;
      let isUnsure = false;
      const judged: Judge = (each) => {
        if (isUnsure) return undefined;
        const isExplained = this.tried(claimed.views.length, () => judge(each));
        isUnsure = isExplained === undefined;
        return isExplained;
      };
      const correction = correctionOf(claimed, judged, about);
      known = { correction: isUnsure ? 'limited' : correction, effort: this.#spent - before };
      this.#spent = before;
      this.remember(key, known);
    }
    this.#spent += known.effort;
    return this.isSpent ? 'limited' : known.correction;
  }

  /** Remembers a correction for all folders. */
  remember(key: string, known: { readonly correction: Corrected; readonly effort: number }): void {
    if (this.corrections.size >= maxCorrections) this.corrections.clear();
    this.corrections.set(key, known);
  }

  step(...[track, constraint, facts]: Parameters<Engine['step']>): Track {
    if (this.isSpent) return this.unsearched(track, constraint, facts);
    return this.#engine.step(track, constraint, facts, (effort) => {
      this.#spent += effort;
    });
  }

  unsearched(...[track, constraint, facts]: Parameters<Engine['unsearched']>): Track {
    return this.#engine.unsearched(track, constraint, facts);
  }

  mayBe(...[track, constraint, facts]: Parameters<Engine['mayBe']>): boolean {
    return this.#engine.mayBe(track, constraint, facts);
  }

  anew(track: Track): Track {
    return this.#engine.anew(track);
  }

  unite(...[tracks, facts]: Parameters<Engine['unite']>): Track {
    return this.#engine.unite(tracks, facts);
  }

  maySettle(...[track, constraint, facts]: Parameters<Engine['maySettle']>): boolean | undefined {
    return this.isSpent ? undefined : this.#engine.maySettle(track, constraint, facts);
  }
}
