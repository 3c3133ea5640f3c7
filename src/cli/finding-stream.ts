import type { Found } from '../conformance/results.ts';
import { ndjsonFinding, type CheckOutcome, type Interruption } from '../reports/index.ts';
import type { Target } from './check-targets.ts';
import type { Reading, Task } from './judge.ts';
import type { Terminal } from './terminal.ts';

/** Whether the findings of a report are written when they are found. */
export function isStreamed({ format, file }: Target): boolean {
  return format === 'ndjson' && file === undefined;
}

/** Writes findings to standard output when they are found, if that is asked for, and no faster than they are read. */
export class FindingStream {
  readonly #io: Terminal;
  readonly #isStreamed: boolean;
  /** Nobody else waits for the outcome: without a reader of standard output there is nothing left to do. */
  readonly #isAlone: boolean;
  readonly #isKept: boolean;
  readonly #found: Found[] = [];
  readonly #abandoned = new AbortController();

  constructor(targets: readonly Target[], io: Terminal) {
    this.#io = io;
    this.#isStreamed = targets.some(isStreamed);
    this.#isAlone = targets.every(isStreamed);
    this.#isKept = targets.some((target) => target.format === 'ndjson' && !isStreamed(target));
  }

  /** What a check has to be given for it. */
  get hooks(): Required<Pick<Task & Reading, 'stop' | 'ready'>> & Pick<Task, 'tell'> {
    return {
      stop: AbortSignal.any([this.#io.interrupts(), this.#abandoned.signal]),
      ready: () => this.#ready(),
      ...(this.#isStreamed || this.#isKept ? { tell: (found: Found) => this.#tell(found) } : {}),
    };
  }

  #tell(found: Found): void {
    if (this.#isKept) this.#found.push(found);
    if (this.#isStreamed) this.#io.stdout.write(ndjsonFinding(found));
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
