/**
 * A clock that never goes back, so that one that is set back lengthens no wait: from then on it is ahead of the clock
 * that was given by as much.
 */
export class SteadyClock {
  readonly #given: () => number;
  #latest = -Infinity;
  #ahead = 0;

  constructor(given: () => number) {
    this.#given = given;
  }

  now(): number {
    const time = this.#given() + this.#ahead;
    if (time < this.#latest) this.#ahead += this.#latest - time;
    else this.#latest = time;
    return this.#latest;
  }

  /** A time of this clock on the one that was given. */
  onGiven(time: number): number {
    return time - this.#ahead;
  }
}
