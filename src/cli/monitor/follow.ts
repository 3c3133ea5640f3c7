import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync, type Stats } from 'node:fs';
import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { InputLine } from '../../monitor/index.ts';
import { LineSplitter } from '../../recordings/lines/splitter.ts';

/** How far a file was read, and by what it is known again when it was renamed. */
export interface FilePosition {
  /** How many files of this name were read before it. */
  readonly rotation: number;
  readonly inode: number;
  /** How many bytes of its beginning the hash is of, and the hash. */
  readonly head: readonly [bytes: number, hash: string];
  /** Where the next line begins, in bytes, and how many lines were read. */
  readonly offset: number;
  readonly line: number;
}

/** Some lines of a file, and how far it is read with them. */
export interface FileLines {
  readonly lines: readonly InputLine[];
  readonly position: FilePosition;
}

/** What happened to a file, for whoever runs the monitor. */
export type FileEvent = 'rotated' | 'truncated' | 'lost';

/** So many bytes are read, and at most so many lines are judged, at a time. */
const portionBytes = 1 << 18;

/** So many bytes at most tell one file from another. */
const headBytes = 256;

/**
 * Reads a file that grows, from where it was read to before. A file that was renamed is read to its end before the new
 * one of its name, also where that happened while nobody read; one that was cut off is read from its beginning.
 * `patience`: so often nothing more may be found in a file that was just renamed before it is left.
 */
export class FileFollower {
  readonly #path: string;
  readonly #maxLineBytes: number;
  readonly #onEvent: (event: FileEvent) => void;
  #file: number | null = null;
  #position: FilePosition | null;
  #splitter: LineSplitter;
  #lines: InputLine[] = [];
  #read = 0;
  /** How often there was nothing more in a file that was renamed, and how often that has to be. */
  #looks = 0;
  readonly #patience: number;
  /** By what the file that was left last is known among those that were renamed. */
  #left: Pick<FilePosition, 'inode' | 'head'> | null = null;

  constructor(
    path: string,
    position: FilePosition | null,
    maxLineBytes: number,
    onEvent: (event: FileEvent) => void = () => undefined,
    patience = 0,
  ) {
    this.#patience = patience;
    this.#path = path;
    this.#maxLineBytes = maxLineBytes;
    this.#onEvent = onEvent;
    this.#position = position;
    this.#splitter = this.#newSplitter();
  }

  /** How many bytes of the file were not read yet, as far as it is there. */
  get behind(): number {
    try {
      const { size } = this.#file === null ? statSync(this.#path) : fstatSync(this.#file);
      return Math.max(0, size - (this.#position?.offset ?? 0));
    } catch {
      return 0;
    }
  }

  /** Whether there is a file of this name. */
  get isThere(): boolean {
    return statsOf(this.#path)?.isFile() === true;
  }

  /** The next lines; null: there are none now. Throws an error of the system, but for a file that is not there. */
  next(): FileLines | null {
    if (this.#file === null && !this.#open()) return null;
    for (;;) {
      if (!isHead(this.#file!, this.#position!.head)) this.#beginAnew();
      const portion = this.#portion();
      if (portion.length > 0) {
        this.#splitter.push(portion);
        if (this.#lines.length > 0) return this.#taken();
        continue;
      }
      if (!this.#isLeft()) return null;
      // Nobody will end the last line of a file that was left.
      this.#splitter.end();
      const last = this.#lines.length > 0 ? this.#taken() : null;
      this.#leave();
      if (last) return last;
      if (!this.#open()) return null;
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #newSplitter(): LineSplitter {
    const splitter = new LineSplitter(this.#maxLineBytes, ({ number, bytes }) => {
      // What it gives is its own only until the next bytes come.
      const own = bytes && Uint8Array.from(bytes);
      this.#lines.push({ bytes: own, number, offset: this.#lineOffset });
      this.#lineOffset = splitter.offset;
    });
    return splitter;
  }

  #lineOffset = 0;

  #portion(): Buffer {
    const portion = Buffer.alloc(portionBytes);
    const read = readSync(this.#file!, portion, 0, portionBytes, this.#read);
    this.#read += read;
    if (read > 0) this.#looks = 0;
    return portion.subarray(0, read);
  }

  #taken(): FileLines {
    const lines = this.#lines;
    this.#lines = [];
    const before = this.#position!;
    const head = before.head[0] < headBytes ? headOf(this.#file!) : before.head;
    const last = lines.at(-1)!;
    this.#position = { ...before, head, offset: this.#lineOffset, line: last.number };
    return { lines, position: this.#position };
  }

  /** Whether another file has this one's name now, or this one was cut off; then all of it was read. */
  #isLeft(): boolean {
    const own = fstatSync(this.#file!);
    if (own.size < this.#read) {
      this.#beginAnew();
      return false;
    }
    const named = statsOf(this.#path);
    if (named?.ino === own.ino && named.dev === own.dev) return false;
    if (fstatSync(this.#file!).size > this.#read) return false;
    if (this.#renamedSince(this.#position!).length > 1) return true;
    if (!named) return false;
    // Who has it open may write to it until it is opened by its name again.
    this.#looks += 1;
    if (this.#looks <= this.#patience) return false;
    this.#onEvent('rotated');
    return true;
  }

  /** The file was cut off and written again: it is read from its beginning. */
  #beginAnew(): void {
    this.#onEvent('truncated');
    const { rotation, inode } = this.#position!;
    this.#position = { rotation: rotation + 1, inode, head: headOf(this.#file!), offset: 0, line: 0 };
    this.#goTo(0, 0);
  }

  #goTo(offset: number, line: number): void {
    this.#splitter = this.#newSplitter();
    this.#splitter.skipTo({ line: line + 1, offset });
    [this.#lineOffset, this.#read] = [offset, offset];
  }

  /** Closes the file; the next one of its name is read from its beginning. */
  #leave(): void {
    closeSync(this.#file!);
    this.#file = null;
    this.#looks = 0;
    const { rotation, inode, head } = this.#position!;
    this.#left = { inode, head };
    this.#position = { rotation: rotation + 1, inode: 0, head: [0, ''], offset: 0, line: 0 };
  }

  #open(): boolean {
    const known = this.#position;
    const path = this.#pathToRead();
    const stats = statsOf(path);
    if (!stats?.isFile()) return false;
    const file = openSync(path, 'r');
    const { ino } = fstatSync(file);
    const isSame =
      known !== null && known.inode !== 0 && isHead(file, known.head) && fstatSync(file).size >= known.offset;
    this.#file = file;
    if (!isSame) {
      if (known && known.inode !== 0) this.#onEvent(known.inode === ino ? 'truncated' : 'lost');
      const rotation = known === null ? 0 : known.inode === 0 ? known.rotation : known.rotation + 1;
      this.#position = { rotation, inode: ino, head: headOf(file), offset: 0, line: 0 };
    } else this.#position = { ...known, inode: ino };
    this.#goTo(this.#position.offset, this.#position.line);
    return true;
  }

  /** Where the file is that was read last, or else the one after it: files are looked for anew, as they may be renamed again. */
  #pathToRead(): string {
    const known = this.#position;
    const renamed =
      known && known.inode !== 0
        ? this.#renamedSince(known)
        : ((this.#left && this.#renamedSince(this.#left).slice(1)) ?? []);
    return renamed[0] ?? this.#path;
  }

  /** The files that have been renamed since this position, the one that it is in first; none: it still has its name. */
  #renamedSince({ inode, head }: Pick<FilePosition, 'inode' | 'head'>): string[] {
    const own = statsOf(this.#path);
    if (own?.ino === inode && isHeadOf(this.#path, head)) return [];
    const name = basename(this.#path);
    const others = entriesOf(dirname(this.#path))
      .filter((one) => one.startsWith(name) && /^[.-][\d._T-]+$/.test(one.slice(name.length)))
      .map((one) => join(dirname(this.#path), one))
      .flatMap((path) => {
        const stats = statsOf(path);
        return stats?.isFile() === true ? [{ path, stats }] : [];
      })
      .toSorted((one, other) => one.stats.mtimeMs - other.stats.mtimeMs);
    const at = others.findIndex(({ path, stats }) => stats.ino === inode && isHeadOf(path, head));
    return at < 0 ? [] : others.slice(at).map(({ path }) => path);
  }
}

function statsOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

function entriesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    // What cannot be looked into holds nothing that could be read.
    return [];
  }
}

function headOf(file: number, bytes = headBytes): FilePosition['head'] {
  const head = Buffer.alloc(bytes);
  const read = readSync(file, head, 0, bytes, 0);
  return [read, createHash('sha256').update(head.subarray(0, read)).digest('hex').slice(0, 16)];
}

const isHead = (file: number, [bytes, hash]: FilePosition['head']): boolean =>
  headOf(file, bytes)[1] === hash;

function isHeadOf(path: string, head: FilePosition['head']): boolean {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return false;
  }
  try {
    return isHead(file, head);
  } finally {
    closeSync(file);
  }
}
