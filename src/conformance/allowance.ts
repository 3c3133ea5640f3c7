import type { Engine, Track } from './engine.ts';

/** The effort that every folder may cost, what each of its observations adds, and what it costs to try another one. */
const perFolder = 200_000;
const perObservation = 1000;
const perTrial = 20;

/**
 * An engine for one folder, which stops searching once the folder has cost more than it may: then nothing is claimed
 * of it. What was remembered costs as much as what was not, so that no folder depends on the others.
 */
export class Allowance implements Engine {
  readonly #engine: Engine;
  #left = perFolder;

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

  /** An allowance of its own for a folder that has lived alike. */
  forked(): Allowance {
    const fork = new Allowance(this.#engine);
    fork.#left = this.#left;
    return fork;
  }

  /** Adds what observations add that cost nothing. */
  grant(observations: number): void {
    this.#left += observations * perObservation;
  }

  /** Equal where as much is left, or so much that it hardly matters. */
  get standing(): string {
    return this.#left >= perFolder / 2 ? 'ample' : String(this.#left);
  }

  /** Whether nothing is left for further steps. */
  get isSpent(): boolean {
    return this.#left <= 0;
  }

  /** Adds what an observation adds; whether there is anything left for it. */
  add(): boolean {
    if (!this.isSpent) this.#left += perObservation;
    return !this.isSpent;
  }

  /** Counts what it costs to try an observation of a folder with this many analyses, beside the steps it takes. */
  tries(analyses: number): void {
    this.#left -= perObservation + perTrial + analyses;
  }

  step(...[track, sight, facts]: Parameters<Engine['step']>): Track {
    if (this.isSpent)
      return { id: -1, beliefs: [], empty: true, truncated: true, decided: false, apart: false };
    return this.#engine.step(track, sight, facts, (effort) => {
      this.#left -= effort;
    });
  }

  maySettle(...[track, sight, facts]: Parameters<Engine['maySettle']>): boolean {
    return this.isSpent || this.#engine.maySettle(track, sight, facts);
  }
}
