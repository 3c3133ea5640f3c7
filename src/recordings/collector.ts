import { finding, type FindingCode } from '../conformance/findings.ts';
import type { Observation, Where } from '../conformance/observation.ts';
import { ignoredReasons, type IgnoredReason, type Piece } from './piece.ts';

type Details = Omit<Parameters<typeof finding>[1], 'where' | 'clause'>;

interface Tally {
  count: number;
  /** The place of the first finding that was not given by itself. */
  beyond: Where | null;
}

/** Gathers what is read of one input, counts it, and keeps the findings of one code from flooding the rest. */
export class Collector {
  readonly file: string;
  readonly #maxPerCode: number;
  readonly #tallies = new Map<FindingCode, Tally>();
  readonly #ignored = Object.fromEntries(Object.keys(ignoredReasons).map((reason) => [reason, 0])) as Record<
    IgnoredReason,
    number
  >;
  #observations = 0;
  #pieces: Piece[] = [];

  constructor(file: string, maxPerCode: number) {
    this.file = file;
    this.#maxPerCode = maxPerCode;
  }

  observe(observation: Observation): void {
    this.#observations += 1;
    this.#pieces.push({ type: 'observation', observation });
  }

  find(code: FindingCode, where: Where, details: Details): void {
    const tally = this.#tallies.get(code) ?? { count: 0, beyond: null };
    this.#tallies.set(code, tally);
    tally.count += 1;
    if (tally.count > this.#maxPerCode) tally.beyond ??= where;
    else this.#pieces.push({ type: 'finding', finding: finding(code, { where, ...details }) });
  }

  ignore(reason: IgnoredReason): void {
    this.#ignored[reason] += 1;
  }

  /** What was gathered since the last call. */
  take(): Piece[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  /** What is left, the findings that count the rest of their code, and the summary. */
  finish(lines: number): Piece[] {
    for (const [code, { count, beyond }] of this.#tallies) {
      if (!beyond) continue;
      const message = `${count - this.#maxPerCode} more like this in the file, the first of them here`;
      this.#pieces.push({ type: 'finding', finding: finding(code, { where: beyond, message }) });
    }
    const summary = {
      file: this.file,
      lines,
      observations: this.#observations,
      ignored: { ...this.#ignored },
    };
    this.#pieces.push({ type: 'summary', summary });
    return this.take();
  }
}
