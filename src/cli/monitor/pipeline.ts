import type { JournalRecord, Lines, MonitorCore, Moment } from '../../monitor/index.ts';
import { printable } from '../../text/escape.ts';
import { counted } from '../../text/layout.ts';
import { fileReason } from '../io/file-reasons.ts';
import type { MonitorJournal } from './monitor-journal.ts';
import { NotSent, outputName, type FindingReceiver } from './receivers.ts';

/** Waits for so many milliseconds, or until the signal is aborted. */
export type Pause = (milliseconds: number, stop: AbortSignal) => Promise<void>;

/** What a pipeline is made of. */
export interface PipelineOptions {
  readonly core: MonitorCore;
  readonly journal: MonitorJournal | undefined;
  readonly receivers: readonly FindingReceiver[];
  readonly moment: () => Moment;
  readonly pause: Pause;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly tell: (problem: string) => void;
  /** Once it is aborted, what cannot be written is not tried again. */
  readonly stop: AbortSignal;
}

/** How many findings go to a receiver at once. */
const perDelivery = 100;

/** So many findings may wait for a receiver; of more, the oldest are given up. */
export const maxWaiting = 100_000;

/** The shortest and the longest wait before something is tried again, in milliseconds. */
const [firstWait, longestWait] = [1000, 60_000];

/** How deliveries to a receiver went. */
export interface DeliveryCounts {
  sent: number;
  failed: number;
  givenUp: number;
}

/**
 * The way of lines through a monitor: judged, kept in the journal, then acknowledged and told. One thing happens after
 * the other. While the journal cannot be written nothing goes on, and nothing is acknowledged.
 */
export class Pipeline {
  readonly deliveries: ReadonlyMap<string, DeliveryCounts>;
  readonly #options: PipelineOptions;
  readonly #stop = new AbortController();
  #last: Promise<unknown> = Promise.resolve();
  #problem: string | null = null;
  readonly #wake = new Map<string, () => void>();
  readonly #workers: Promise<void>[];

  constructor(options: PipelineOptions) {
    this.#options = options;
    const { receivers, core } = options;
    core.telling.begin(receivers.map(({ name }) => name));
    this.deliveries = new Map(receivers.map(({ name }) => [name, { sent: 0, failed: 0, givenUp: 0 }]));
    this.#workers = receivers.map((receiver) => this.#deliverAll(receiver));
  }

  /** Why the journal cannot be written; null: it can. */
  get problem(): string | null {
    return this.#problem;
  }

  /**
   * Judges the lines that `make` gives when it is their turn, and resolves when that is kept; rejects where the pipeline
   * ended before. Null: there are none.
   */
  take(make: () => Lines | null): Promise<void> {
    return this.#inTurn(async () => {
      const { core, moment } = this.#options;
      const lines = make();
      if (lines) await this.#keep(core.take(lines, moment()));
    });
  }

  /** Looks at folders of which no more came, some at a time, so that lines need not wait; `isOver`: as `MonitorCore` has it. */
  async look(isOver: Parameters<MonitorCore['look']>[1] = false): Promise<void> {
    const { core, moment, journal } = this.#options;
    const some = async (): Promise<boolean> => {
      const record = core.look(moment(), isOver);
      if (record) await this.#keep(record);
      return record !== undefined;
    };
    // oxlint-disable-next-line no-await-in-loop -- lines are taken between
    while (await this.#inTurn(some));
    await this.#inTurn(() => {
      if (journal?.isLong === true) this.#renew(journal);
      this.#sync();
      return Promise.resolve();
    });
  }

  /** Waits until what was found is told, for some time at most, and ends. */
  async end(within: number): Promise<void> {
    const { pause } = this.#options;
    const late = new AbortController();
    const isTold = async (): Promise<void> => {
      while (this.#waits() && !late.signal.aborted) {
        // oxlint-disable-next-line no-await-in-loop -- until it is so
        await pause(10, late.signal);
      }
    };
    await Promise.race([isTold(), pause(within, late.signal)]);
    late.abort();
    this.#stop.abort();
    for (const wake of this.#wake.values()) wake();
    await Promise.all([this.#last.catch(() => undefined), ...this.#workers]);
    this.#sync();
    this.#tellUndelivered();
    for (const receiver of this.#options.receivers) receiver.close?.();
  }

  /** Says of which findings a receiver was not told before the end, and whether they are kept for the next time. */
  #tellUndelivered(): void {
    const { receivers, core, journal, tell } = this.#options;
    for (const { name } of receivers) {
      const { length } = core.telling.undelivered(name);
      const fate = journal ? 'kept in the journal' : 'lost';
      // Why standard output cannot be written is told elsewhere, and a reader that stops early is no fault.
      if (length > 0 && name !== outputName)
        tell(`${name}: not delivered before the end, and ${fate}: ${counted(length, 'finding')}`);
    }
  }

  #waits(): boolean {
    const { receivers, core } = this.#options;
    return receivers.some(({ name }) => core.telling.undelivered(name).length > 0);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#last.then(() => {
      if (this.#stop.signal.aborted) throw new Error('the monitor has ended');
      return act();
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #keep(record: JournalRecord): Promise<void> {
    const { journal, pause, tell } = this.#options;
    const signal = AbortSignal.any([this.#stop.signal, this.#options.stop]);
    for (;;) {
      try {
        journal?.add(record);
        if (this.#problem !== null) tell('the journal can be written again');
        this.#problem = null;
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
        const reason = fileReason(error);
        if (this.#problem === null)
          tell(`the journal cannot be written, nothing is taken meanwhile: ${reason}`);
        this.#problem = reason;
      }
      // oxlint-disable-next-line no-await-in-loop -- it is tried again
      await pause(firstWait, signal);
      if (signal.aborted) throw new Error('the monitor has ended');
    }
    for (const wake of this.#wake.values()) wake();
  }

  #renew(journal: MonitorJournal): void {
    try {
      journal.renew(this.#options.core.records());
    } catch (error) {
      this.#options.tell(`the journal cannot be made anew: ${fileReason(error)}`);
    }
  }

  #sync(): void {
    try {
      this.#options.journal?.sync();
    } catch (error) {
      this.#options.tell(`the journal cannot be brought to the disk: ${fileReason(error)}`);
    }
  }

  async #deliverAll(receiver: FindingReceiver): Promise<void> {
    const { core } = this.#options;
    const { name } = receiver;
    while (!this.#stop.signal.aborted) {
      const waiting = core.telling.undelivered(name);
      if (waiting.length === 0) {
        // oxlint-disable-next-line no-await-in-loop -- until there is something to deliver
        await new Promise<void>((wake) => this.#wake.set(name, wake));
        continue;
      }
      const tooMany = waiting.slice(0, Math.max(0, waiting.length - maxWaiting));
      const batch = tooMany.length > 0 ? tooMany : waiting.slice(0, perDelivery);
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const isSent = tooMany.length === 0 && (await this.#send(receiver, batch));
      if (this.#stop.signal.aborted && !isSent) return;
      const counts = this.deliveries.get(name)!;
      if (isSent) counts.sent += batch.length;
      else {
        counts.givenUp += batch.length;
        this.#options.tell(`${name}: ${batch.length} findings were not delivered and are given up`);
      }
      // oxlint-disable-next-line no-await-in-loop -- noted before the next are sent
      await this.#noteDelivered(name, batch.at(-1)!.number);
    }
  }

  #noteDelivered(name: string, number: number): Promise<void> {
    const { core, journal, receivers } = this.#options;
    return this.#inTurn(() => {
      core.telling.deliver(name, number);
      core.telling.drop(receivers.map((one) => one.name));
      try {
        journal?.add({ is: 'delivered', to: name, number });
      } catch {
        // After a restart they are delivered again, by the same ids.
      }
      return Promise.resolve();
    }).catch(() => undefined);
  }

  /** Whether some findings were sent in the end; false: they were given up, or the pipeline has ended. */
  async #send(receiver: FindingReceiver, batch: Parameters<FindingReceiver['send']>[0]): Promise<boolean> {
    const { pause, random, tell } = this.#options;
    const { signal } = this.#stop;
    const counts = this.deliveries.get(receiver.name)!;
    for (let attempt = 1; ; attempt += 1) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- it is tried again
        await receiver.send(batch, signal);
        return true;
      } catch (error) {
        // What fails because the monitor ends is told as not delivered.
        if (signal.aborted) return false;
        counts.failed += 1;
        const isKnown = error instanceof NotSent;
        const reason = isKnown ? error.message : fileReason(error);
        if (attempt === 1) tell(`${receiver.name}: findings cannot be delivered: ${printable(reason, 200)}`);
        if (attempt >= receiver.attempts) return false;
        const longest = Math.min(longestWait, firstWait * 2 ** (attempt - 1));
        const wait =
          isKnown && error.wait !== undefined ? Math.min(longestWait, error.wait) : random() * longest;
        // oxlint-disable-next-line no-await-in-loop -- it is tried again
        await pause(wait, signal);
        if (signal.aborted) return false;
      }
    }
  }
}
