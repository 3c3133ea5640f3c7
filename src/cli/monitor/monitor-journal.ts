import {
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { crc32 } from 'node:zlib';
import { recordProblem, type JournalRecord } from '../../monitor/index.ts';
import { JournalProblem } from '../io/journal-problem.ts';

/** What writes bytes to a file; tests pass a disk that is full. */
export type Write = (file: number, bytes: Uint8Array, position: number) => number;

/** So many bytes are read at a time, and written at a time when the journal is made anew. */
const portionBytes = 1 << 20;

/** It is made anew when so many bytes have been added, and twice as many as it began with. */
const leastGrowth = 16 << 20;

/** A record as its line: a checksum, then JSON. */
function lineOf(record: JournalRecord): Buffer {
  const json = Buffer.from(JSON.stringify(record));
  return Buffer.concat([Buffer.from(`${checksum(json)} `), json, Buffer.from('\n')]);
}

const checksum = (bytes: Uint8Array): string => crc32(bytes).toString(16).padStart(8, '0');

/** The record on a line; undefined where it is not as it was written. */
function recordIn(line: Buffer): unknown {
  const json = line.subarray(9);
  if (line.length < 10 || line.toString('latin1', 0, 9) !== `${checksum(json)} `) return undefined;
  return JSON.parse(json.toString('utf8'));
}

/**
 * A file to which a monitor adds what it has done before anybody is told of it: after the process was killed another
 * one goes on from there. It begins with all that was known when it was made, which was put in place whole.
 */
export class MonitorJournal {
  readonly #path: string;
  readonly #write: Write;
  #file: number;
  /** How long the file is, as far as it is whole. */
  #bytes = 0;
  #begun = 0;
  #isDirty = false;

  /**
   * Reads the journal and hands its records to `restore`; `records`: with what a new one begins. Throws a
   * `JournalProblem` for one that cannot be gone on from, or an error of the system.
   */
  constructor(
    path: string,
    restore: (record: JournalRecord) => void,
    records: () => Iterable<JournalRecord>,
    write: Write = (file, bytes, position) => writeSync(file, bytes, 0, bytes.length, position),
  ) {
    this.#path = path;
    this.#write = write;
    if (!existsSync(path)) {
      this.#file = -1;
      this.renew(records());
      return;
    }
    this.#file = openSync(path, 'r+');
    try {
      this.#read(restore);
    } catch (error) {
      closeSync(this.#file);
      throw error;
    }
  }

  /** How long it is, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether so much was added that it should be made anew. */
  get isLong(): boolean {
    return this.#bytes - this.#begun > Math.max(leastGrowth, 2 * this.#begun);
  }

  /** Adds a record, wholly or not at all; throws where that fails. */
  add(record: JournalRecord): void {
    this.#append(this.#file, lineOf(record));
    this.#isDirty = true;
  }

  /** Sees to it that what was added outlasts a loss of power. */
  sync(): void {
    if (!this.#isDirty) return;
    fdatasyncSync(this.#file);
    this.#isDirty = false;
  }

  /** Puts a journal in place that begins with these records; throws where that fails, with the old one in place. */
  renew(records: Iterable<JournalRecord>): void {
    const temporary = `${this.#path}.new`;
    const file = openSync(temporary, 'w+');
    const before = this.#bytes;
    try {
      this.#bytes = 0;
      let portion: Buffer[] = [];
      let size = 0;
      for (const record of records) {
        const line = lineOf(record);
        portion.push(line);
        size += line.length;
        if (size < portionBytes) continue;
        this.#append(file, Buffer.concat(portion));
        [portion, size] = [[], 0];
      }
      this.#append(file, Buffer.concat(portion));
      fdatasyncSync(file);
      renameSync(temporary, this.#path);
    } catch (error) {
      this.#bytes = before;
      closeSync(file);
      rmSync(temporary, { force: true });
      throw error;
    }
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = file;
    this.#begun = this.#bytes;
    this.#isDirty = false;
  }

  close(): void {
    this.sync();
    closeSync(this.#file);
  }

  #append(file: number, bytes: Buffer): void {
    let done = 0;
    try {
      while (done < bytes.length) done += this.#write(file, bytes.subarray(done), this.#bytes + done);
    } catch (error) {
      // What was written of it is no record, and would be in the way of the next.
      ftruncateSync(file, this.#bytes);
      throw error;
    }
    this.#bytes += done;
  }

  #read(restore: (record: JournalRecord) => void): void {
    let [line, good] = [0, 0];
    let bad: number | undefined;
    let counted: { folder: number; undelivered: number } | null = { folder: 0, undelivered: 0 };
    const refuse = (at: number, expected: string): never => {
      throw new JournalProblem(`line ${at}: ${expected}`);
    };
    for (const { bytes, isWhole } of this.#lines()) {
      line += 1;
      const record = isWhole ? recordIn(bytes) : undefined;
      if (record === undefined) {
        bad ??= line;
        continue;
      }
      // What was being written when the process or the machine failed can only be the last.
      if (bad !== undefined) refuse(bad, 'expected a record as the monitor wrote it, received another');
      const problem = recordProblem(record);
      if (problem !== undefined) refuse(line, problem);
      const { is } = record as JournalRecord;
      if ((line === 1) !== (is === 'journal')) refuse(line, 'expected the beginning of a journal there only');
      if (counted && (is === 'folder' || is === 'undelivered')) counted[is] += 1;
      else if (counted && is === 'stand') {
        const { folders, undelivered } = record as { readonly folders: number; readonly undelivered: number };
        if (folders !== counted.folder || undelivered !== counted.undelivered)
          refuse(line, `expected ${folders} folders, received ${counted.folder}`);
        counted = null;
        this.#begun = good + bytes.length + 1;
      } else if (line > 1 && counted) refuse(line, 'expected the rest of what the journal begins with');
      restore(record as JournalRecord);
      good += bytes.length + 1;
    }
    if (counted) refuse(line + 1, 'expected the rest of what the journal begins with: it was cut off');
    ftruncateSync(this.#file, good);
    this.#bytes = good;
  }

  *#lines(): Generator<{ readonly bytes: Buffer; readonly isWhole: boolean }> {
    let held: Buffer[] = [];
    let at = 0;
    const { size } = fstatSync(this.#file);
    while (at < size) {
      const portion = Buffer.alloc(Math.min(portionBytes, size - at));
      const read = readSync(this.#file, portion, 0, portion.length, at);
      if (read === 0) break;
      at += read;
      let from = 0;
      for (let end = portion.indexOf(10); end >= 0 && end < read; end = portion.indexOf(10, from)) {
        yield { bytes: Buffer.concat([...held, portion.subarray(from, end)]), isWhole: true };
        held = [];
        from = end + 1;
      }
      if (from < read) held.push(portion.subarray(from, read));
    }
    if (held.length > 0) yield { bytes: Buffer.concat(held), isWhole: false };
  }
}
