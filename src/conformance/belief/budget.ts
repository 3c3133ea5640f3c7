/** What searches may cost, in units of effort. */
export interface Limits {
  /** All searches of a check together, whatever is seen, and what each observation and each analysis in it adds. */
  readonly perCheck: number;
  readonly perSeen: number;
  /** One folder by itself, and what each of its observations adds to it. */
  readonly perFolder: number;
  readonly perFolderObservation: number;
  /** The most that goes into one step, and once the check has cost what it may. */
  readonly perStep: number;
  readonly perEasyStep: number;
  /**
   * As much of one folder is kept for a second look when a group or a kind is shown late: observations that say what
   * those around them do not, and the analyses in them, counted together.
   */
  readonly perHistory: number;
}

/** The limits of a check. */
export const usualLimits: Limits = {
  perCheck: 120_000,
  perSeen: 0.25,
  perFolder: 80_000,
  perFolderObservation: 400,
  perStep: 40_000,
  perEasyStep: 50,
  perHistory: 2 ** 20,
};

/** What an inference may cost instead: it follows every reading at once, and is asked for once and not with each build. */
export const inferLimits: Partial<Limits> = {
  perCheck: 4 * usualLimits.perCheck,
  perFolder: 4 * usualLimits.perFolder,
  perStep: 4 * usualLimits.perStep,
};

/**
 * What all searches of one check may cost together, counted as effort and not as time, so that it ends at the same
 * observation everywhere. It grows with the recording: what is short cannot keep a check busy for long, however hard
 * its folders are. Only work that is done counts here, not what is remembered, so that folders that live alike cost
 * what one of them costs.
 */
export class Budget {
  readonly #limits: Limits;
  #seen = 0;
  #spent = 0;
  /** How much had been seen and spent when the check had cost what it may. */
  #end: { readonly seen: number; readonly spent: number } | undefined;

  /** `limits`: those that are not the usual ones. */
  constructor(limits: Partial<Limits> = {}) {
    this.#limits = { ...usualLimits, ...limits };
  }

  /** How much of one folder may be kept for a second look. */
  get ofHistory(): number {
    return this.#limits.perHistory;
  }

  /** The effort of all searches up to now. */
  get spent(): number {
    return this.#spent;
  }

  /** Whether the check has cost more than it may. Once it has, that stays so: further steps have to be easy. */
  get isSpent(): boolean {
    return this.#end !== undefined;
  }

  /** Counts an observation of the recording that shows so many analyses. */
  grant(analyses: number): void {
    this.#seen += 1 + analyses;
  }

  /** Counts effort. */
  spend(effort: number): void {
    this.#spent += effort;
    if (this.#end || this.#spent <= this.#limits.perCheck + this.#seen * this.#limits.perSeen) return;
    this.#end = { seen: this.#seen, spent: this.#spent };
  }

  /** What one step may cost now. Once the check has cost what it may, that is nothing until enough was seen since. */
  get ofStep(): number {
    const { perStep, perEasyStep, perSeen } = this.#limits;
    if (!this.#end) return perStep;
    const { seen, spent } = this.#end;
    return (this.#seen - seen) * perSeen - (this.#spent - spent) < perEasyStep ? 0 : perEasyStep;
  }

  /** What a folder of which so much was observed may cost. */
  ofFolder(observations: number): number {
    return this.#limits.perFolder + observations * this.#limits.perFolderObservation;
  }

  /** The most that a check can cost that sees so many observations with so many analyses, but for a last step. */
  mostFor(observations: number, analyses: number): number {
    return this.#limits.perCheck + (observations + analyses) * this.#limits.perSeen;
  }
}
