import { createPackedChecker, type PackedChecker } from '../../conformance/check/checker.ts';
import {
  finding,
  type Finding,
  type FolderResult,
  type Found,
  type Observation,
} from '../../conformance/index.ts';
import type { ByteView } from '../../observations/packed/byte-view.ts';
import { keyOfName } from '../../observations/packed/folder-name.ts';
import { slot, type Packed } from '../../observations/packed/packed.ts';
import type { CheckOptions } from '../../observations/results.ts';
import type { Receiver } from '../../recordings/index.ts';
import {
  summarize,
  type CheckOutcome,
  type Interruption,
  type CheckSummary,
} from '../../reports/check/outcome.ts';

/** So many folders are judged side by side, which is faster than one by one, and then forgotten. */
const perBatch = 1024;

/** Of so many folders that are forgotten it is known that they were there. */
const maxKnown = 1 << 17;

/**
 * Judges a recording whose lines come grouped by folder: a folder has ended where the next begins. A folder that comes
 * again later is judged as another one, and that is a finding, as far as it is remembered that it was there.
 */
export class GroupedReceiver implements Receiver {
  /** That folders came again. */
  readonly input: Finding[] = [];
  readonly #options: CheckOptions;
  readonly #tell: (found: Found) => void;
  readonly #done: (folders: readonly FolderResult[]) => void;
  #checker: PackedChecker;
  /** The folder whose lines come now, as the text of its key. */
  #open: string | undefined;
  /** The same as bytes of a chunk, which it is mostly compared with. */
  #openBytes = new Uint8Array();
  readonly #known = new Set<string>();
  #count = 0;

  constructor(
    options: CheckOptions,
    tell: (found: Found) => void,
    done: (folders: readonly FolderResult[]) => void,
  ) {
    this.#options = options;
    this.#tell = tell;
    this.#done = done;
    this.#checker = createPackedChecker(options, tell);
  }

  observe(observation: Observation): void {
    if (observation.folder !== this.#open) {
      this.#begin(observation.folder, observation.where);
      this.#openBytes = new Uint8Array();
    }
    this.#checker.observe(observation);
  }

  observePacked(...given: Parameters<PackedChecker['observePacked']>): boolean {
    const [chunk, packed, source, at] = given;
    // The key of an analysis by itself is made of its id.
    if (packed[slot.folder]! < 0) return false;
    if (!this.#isOpen(chunk, packed)) {
      const [from, to] = [packed[slot.folder]!, packed[slot.folder + 1]!];
      const bytes = chunk.bytes.slice(from, to);
      const key = keyOfName(bytes);
      if (key !== this.#open) this.#begin(key, source(at));
      this.#openBytes = bytes;
    }
    return this.#checker.observePacked(...given);
  }

  find(): void {
    // What is found in the input is kept by whoever reads it.
  }

  /** Ends the last folders. */
  end(): void {
    this.#done(this.#checker.finish());
  }

  #isOpen({ bytes }: ByteView, packed: Packed): boolean {
    const [from, to] = [packed[slot.folder]!, packed[slot.folder + 1]!];
    const open = this.#openBytes;
    if (to - from !== open.length) return false;
    for (let at = 0; at < open.length; at += 1) if (bytes[from + at] !== open[at]) return false;
    return true;
  }

  #begin(key: string, where: Finding['where']): void {
    if (this.#known.has(key)) {
      const message =
        'expected the lines of a folder one after the other, received more of one that had ended';
      const hint =
        'Sort the lines by folder, or check without --grouped: what came before is judged by itself.';
      if (this.input.length < 20) this.input.push(finding('FOLDER_NOT_GROUPED', { message, where, hint }));
    }
    this.#known.add(key);
    if (this.#known.size > maxKnown) {
      const [oldest] = this.#known;
      this.#known.delete(oldest!);
    }
    this.#open = key;
    this.#count += 1;
    if (this.#count % perBatch !== 0) return;
    this.end();
    this.#checker = createPackedChecker(this.#options, this.#tell);
  }
}

/** The counts of a check whose folders are forgotten, part by part. */
export class SummaryOfParts {
  readonly #options: CheckOptions;
  #total: CheckSummary;

  constructor(options: CheckOptions) {
    this.#options = options;
    this.#total = summarize({ options, folders: [], input: [], ignored: {} });
  }

  /** Adds a part. */
  add(part: Pick<CheckOutcome, 'folders' | 'input'>): void {
    this.#total = plus(this.#total, summarize({ options: this.#options, ignored: {}, ...part }));
  }

  /** All parts together. */
  total(partial?: Interruption): CheckSummary {
    return { ...this.#total, partial: partial ?? null };
  }
}

type Counts = Readonly<Record<string, unknown>>;

/** The sum of all numbers, member by member. */
function plus<T extends object>(one: T, other: T): T {
  const sums = Object.entries(one).map(([name, value]: [string, unknown]) => {
    const added = (other as Counts)[name];
    if (typeof value === 'number') return [name, value + (added as number)];
    return [name, typeof value === 'object' && value !== null ? plus(value, added as object) : value];
  });
  return Object.fromEntries(sums) as T;
}
