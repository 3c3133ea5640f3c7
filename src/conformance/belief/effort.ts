import type { Facts } from './state.ts';

/**
 * Work of a search, counted in units so that it ends, and at the same place on every machine: one unit is about what
 * it takes to make, compare and keep one state of a folder with few analyses.
 */
export class Effort {
  readonly #limit: number;
  #spent = 0;
  #leftOut = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get spent(): number {
    return this.#spent;
  }

  /** How much work there may still be. */
  get left(): number {
    return this.#limit - this.#spent;
  }

  /** Whether explanations were left out, because the limit is met or because they are too many to be tried. */
  get isPartial(): boolean {
    return this.#leftOut || this.isOver;
  }

  /** Notes that explanations are left out. */
  leaveOut(): void {
    this.#leftOut = true;
  }

  /** Whether the limit is met. Who finds it met leaves explanations out. */
  get isOver(): boolean {
    return this.#spent >= this.#limit;
  }

  /** Counts work, and says whether there may be more. */
  spend(units: number): boolean {
    this.#spent += units;
    return !this.isOver;
  }
}

/** What it takes to make one state of a folder. */
export function sizeOf({ analyses }: Facts): number {
  return 1 + (analyses.length >> 4);
}
