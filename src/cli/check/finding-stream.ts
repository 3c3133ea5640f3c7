import type { Baseline } from '../../reports/baseline/index.ts';
import type { Finding } from '../../observations/findings.ts';
import type { Found } from '../../observations/results.ts';
import { ndjsonFinding } from '../../reports/check/ndjson.ts';
import type { CheckOutcome, Interruption } from '../../reports/check/outcome.ts';
import type { Target } from './check-targets.ts';
import type { Task } from './judge.ts';
import type { Input } from './read-all.ts';
import type { Terminal } from '../io/terminal.ts';

const isToOutput = ({ format, file }: Target) => format === 'ndjson' && file === undefined;

/** What is known before a check begins. */
export interface KnownToStream {
  readonly baseline?: Baseline;
  /** The baseline is written anew at the end. */
  readonly isUpdated: boolean;
}

/** Writes findings to standard output when they are found, if that is asked for, and no faster than they are read. */
export class FindingStream {
  readonly #io: Terminal;
  readonly #isStreamed: boolean;
  readonly #baseline: Baseline | undefined;
  /** Nobody else waits for the outcome: without a reader of standard output there is nothing left to do. */
  readonly #isAlone: boolean;
  readonly #isKept: boolean;
  readonly #found: Found[] = [];
  readonly #abandoned = new AbortController();

  /** What `known` knows is told as known; if that is only settled at the end, nothing is told before. */
  constructor(targets: readonly Target[], io: Terminal, known: KnownToStream) {
    this.#io = io;
    this.#baseline = known.baseline;
    this.#isStreamed = !known.isUpdated && targets.some(isToOutput);
    this.#isAlone = !known.isUpdated && targets.every(isToOutput);
    this.#isKept = targets.some((target) => target.format === 'ndjson' && !this.holds(target));
  }

  /** Whether the findings of a report are written when they are found. */
  holds(target: Target): boolean {
    return this.#isStreamed && isToOutput(target);
  }

  /** What a check has to be given for it. */
  get hooks(): Required<Pick<Task & Input, 'stop' | 'ready'>> & Pick<Task, 'tell'> {
    return {
      stop: AbortSignal.any([this.#io.interrupts(), this.#abandoned.signal]),
      ready: () => this.#ready(),
      ...(this.#isStreamed || this.#isKept ? { tell: (found: Found) => this.#tell(found) } : {}),
    };
  }

  #tell(found: Found): void {
    if (this.#isKept) this.#found.push(found);
    if (!this.#isStreamed) return;
    const finding = this.#baseline?.mark(found) ?? found.finding;
    this.#io.stdout.write(ndjsonFinding({ ...found, finding }));
  }

  /** Tells findings on the input that were made when all was read. */
  tellLate(findings: readonly Finding[]): void {
    if (!this.#isStreamed) return;
    for (const finding of findings) this.#io.stdout.write(ndjsonFinding({ finding, folderId: null }));
  }

  async #ready(): Promise<void> {
    if (!this.#isStreamed) return;
    const { stdout } = this.#io;
    await stdout.ready();
    const reason: Interruption = 'SIGPIPE';
    if (this.#isAlone && !stdout.isOpen) this.#abandoned.abort(reason);
  }

  /** The outcome with the order in which everything was found, where a report asks for it. */
  completed(outcome: CheckOutcome): CheckOutcome {
    return this.#isKept ? { ...outcome, found: this.#found } : outcome;
  }
}
