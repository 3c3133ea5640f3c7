import { open, type FileHandle } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { longestLine, scanLines, type Portion } from '../recordings/scanned-lines.ts';
import { portionBytes as usualPortion } from './files.ts';
import { scanPortion, type ScannedPortion, type ScanTask } from './scan-portion.ts';
import type { ScanThread, StartThread } from './scan-threads.ts';
import type { Threads } from './threads.ts';

/** Portions that a thread was given and has not scanned yet: one to work on, and one to go on with at once. */
const tasksEach = 2;

/** How a large file is read. */
export interface Scanning extends Threads {
  readonly start: StartThread;
  /** How many bytes are read at a time. */
  readonly portionBytes?: number;
}

interface Helper {
  readonly thread: ScanThread;
  readonly tasks: Set<number>;
  isReady: boolean;
}

/** Scans the portions of a file, in threads of its own and in this one, and hands them over in order. */
class ScanAhead {
  readonly #file: number;
  readonly #size: number;
  readonly #portionBytes: number;
  readonly #warn: Scanning['warn'];
  readonly #helpers = new Set<Helper>();
  /** This many portions may be in work or wait to be handed over, so that memory is bounded. */
  readonly #mostAhead: number;
  readonly #scanned = new Map<number, ScannedPortion>();
  /** Portions of threads that have ended. */
  readonly #returned: number[] = [];
  /** Memory to be used again. */
  readonly #spare: Pick<ScanTask, 'bytes' | 'lines'>[] = [];
  #wanted = 0;
  #next = 0;
  #wake: () => void = () => undefined;

  constructor(file: number, size: number, { threads, start, warn, portionBytes = usualPortion }: Scanning) {
    this.#file = file;
    this.#size = size;
    this.#portionBytes = portionBytes;
    this.#warn = warn;
    this.#mostAhead = (tasksEach + 1) * threads;
    for (let helper = 1; helper < threads; helper += 1) this.#start(start);
  }

  /** The portions in order, each there until the next one is asked for; the last one is that which is not whole. */
  async *portions(): AsyncGenerator<Portion> {
    for (let isWhole = true; isWhole && this.#positionOf(this.#wanted) < this.#size; this.#wanted += 1) {
      for (const helper of this.#helpers) this.#employ(helper);
      const { bytes, lines } = await this.#take(this.#wanted);
      yield { bytes, lines };
      isWhole = bytes.length === this.#lengthOf(this.#wanted);
      this.#spare.push({ bytes, lines });
    }
  }

  /** Ends the threads. */
  async end(): Promise<void> {
    const helpers = [...this.#helpers];
    this.#helpers.clear();
    await Promise.all(helpers.map(({ thread }) => thread.end()));
  }

  /** A portion, as soon as it is scanned; until then this thread scans others. */
  async #take(portion: number): Promise<ScannedPortion> {
    for (;;) {
      const scanned = this.#scanned.get(portion);
      if (scanned) {
        this.#scanned.delete(portion);
        return scanned;
      }
      const task = this.#nextTask();
      if (task) {
        this.#scanned.set(task.portion, scanPortion(this.#file, task));
        // Other threads answer and the user interrupts only between two turns.
        await setImmediate();
      } else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** The next portion to be scanned, unless there is none or it is too far ahead. */
  #nextTask(): ScanTask | undefined {
    let portion = this.#returned.shift();
    if (portion === undefined) {
      const isFar = this.#next >= this.#wanted + this.#mostAhead;
      if (isFar || this.#positionOf(this.#next) >= this.#size) return undefined;
      portion = this.#next;
      this.#next += 1;
    }
    const memory = this.#spare.pop();
    const bytes = memory ? memory.bytes.buffer : new ArrayBuffer(this.#portionBytes);
    return {
      portion,
      position: this.#positionOf(portion),
      bytes: new Uint8Array(bytes, 0, this.#lengthOf(portion)),
      // Half as many bytes again: more than lines take whose ids are not very short.
      lines: memory ? new Int32Array(memory.lines.buffer) : new Int32Array(this.#portionBytes >> 3),
    };
  }

  #positionOf(portion: number): number {
    return portion * this.#portionBytes;
  }

  #lengthOf(portion: number): number {
    return Math.min(this.#portionBytes, this.#size - this.#positionOf(portion));
  }

  #start(start: StartThread): void {
    const thread = start(this.#file, {
      ready: () => {
        helper.isReady = true;
        this.#employ(helper);
      },
      scanned: (portion) => {
        helper.tasks.delete(portion.portion);
        this.#scanned.set(portion.portion, portion);
        this.#employ(helper);
        this.#wake();
      },
      ended: (reason) => {
        if (!this.#helpers.delete(helper)) return;
        this.#returned.push(...helper.tasks);
        this.#warn(reason);
        this.#wake();
      },
    });
    const helper: Helper = { thread, tasks: new Set(), isReady: false };
    this.#helpers.add(helper);
  }

  #employ({ thread, tasks, isReady }: Helper): void {
    if (!isReady) return;
    while (tasks.size < tasksEach) {
      const task = this.#nextTask();
      if (!task) return;
      tasks.add(task.portion);
      thread.scan(task);
    }
  }
}

/**
 * The bytes of a large file, scanned by several threads as far as its first lines are of the kind that can be. They are
 * those of the file as it is when they are read, also where it grows or shrinks meanwhile.
 */
export async function* portionsAhead(path: string, scanning: Scanning): AsyncGenerator<Portion> {
  const handle = await open(path);
  try {
    const bytes = new Uint8Array(usualPortion);
    let position = 0;
    if (await beginsWithLines(handle, bytes)) {
      const ahead = new ScanAhead(handle.fd, (await handle.stat()).size, scanning);
      try {
        for await (const portion of ahead.portions()) {
          position += portion.bytes.length;
          yield portion;
        }
      } finally {
        await ahead.end();
      }
    }
    for (;;) {
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield { bytes: bytes.subarray(0, bytesRead) };
    }
  } finally {
    await handle.close();
  }
}

async function beginsWithLines(handle: FileHandle, room: Uint8Array): Promise<boolean> {
  const { bytesRead } = await handle.read(room, 0, room.length, 0);
  return scanLines(room.subarray(0, bytesRead), new Int32Array(longestLine)) > 0;
}
