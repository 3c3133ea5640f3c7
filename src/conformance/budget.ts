/** What the searches of a check may cost together, whatever is seen, and what each observation adds to it. */
const perCheck = 1_000_000;
const perObservation = 400;

/** What a folder may cost by itself, and what each of its observations adds to it. */
const perFolder = 200_000;

/** The same once the check has cost what it may: enough for most folders. */
const easy = { perFolder: 1000, perObservation: 100 };

/**
 * As much of one folder is kept for a second look when a group or a kind is shown late: observations that say what
 * those around them do not, and the analyses in them, counted together.
 */
const perHistory = 2 ** 20;

/** The most that goes into one step, and once the check has cost what it may. */
const perStep = 100_000;

/**
 * What all searches of one check may cost together, counted as effort and not as time, so that it ends at the same
 * observation everywhere. It grows with the recording: what is short cannot keep a check busy for long, however hard
 * its folders are. Only work that is done counts here, not what is remembered, so that folders that live alike cost
 * what one of them costs.
 */
export class Budget {
  /** How much of one folder may be kept for a second look. */
  readonly ofHistory: number;
  readonly #perCheck: number;
  #observations = 0;
  #spent = 0;
  #isSpent = false;

  /** `most`: what the check may cost apart from what its observations add. `history`: how much of a folder is kept. */
  constructor(most = perCheck, history = perHistory) {
    this.ofHistory = history;
    this.#perCheck = most;
  }

  /** The effort of all searches up to now. */
  get spent(): number {
    return this.#spent;
  }

  /** Whether the check has cost more than it may. Once it has, that stays so: further folders have to be easy. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  /** Counts an observation of the recording. */
  grant(): void {
    this.#observations += 1;
  }

  /** Counts effort. */
  spend(effort: number): void {
    this.#spent += effort;
    this.#isSpent ||= this.#spent > this.#perCheck + this.#observations * perObservation;
  }

  /** What one step may cost now. */
  get ofStep(): number {
    return this.#isSpent ? easy.perFolder : perStep;
  }

  /** What a folder of which so much was observed may cost now. */
  ofFolder(observations: number): number {
    return this.#isSpent
      ? easy.perFolder + observations * easy.perObservation
      : perFolder + observations * perObservation;
  }

  /** The most that a check of so many folders and observations can ever cost. */
  mostFor(folders: number, observations: number): number {
    const before = this.#perCheck + observations * perObservation + perStep;
    // A folder is searched a last time when its allowance is nearly used up, and again for what it is at its end.
    return before + folders * 3 * easy.perFolder + observations * easy.perObservation;
  }
}
