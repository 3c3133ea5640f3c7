import type { Observation } from '../../observations/observation.ts';
import type { Finding } from '../../observations/findings.ts';
import { RecordingReader } from '../../recordings/reader/reader.ts';
import type { Naming } from '../../recordings/index.ts';
import type { WhereToRead } from '../../recordings/options.ts';
import { lineFeed } from '../../recordings/json/bytes.ts';
import { joinBytes } from '../../recordings/lines/splitter.ts';
import { escapedJson } from '../../text/escape.ts';
import { claimsOf, groupOf, lineOf, listingsIn, numberOf, observationField } from './records.ts';
import { wholeLines } from './whole-lines.ts';
import type { Terminal } from '../io/terminal.ts';

/** How lines are read. */
export interface HowToRead extends WhereToRead {
  readonly naming: Naming;
  /** Whether it is told which folder lists which analysis. */
  readonly analyses: boolean;
}

const tab = 0x09;

/** So many claims are known to have been told; then all are forgotten, and some are told again. */
const maxTold = 1 << 20;

const [brokenBlock, emptyBlock] = ['broken', 'empty'];

/**
 * Turns lines into records. A line that comes in has the number of its object, its block in it, and the line itself:
 *
 *     OBJECT BLOCK TEXT
 *
 * All lines of a block come one after the other; each block is read as a recording by itself. What goes out:
 *
 *     O GROUP OBJECT BLOCK NUMBER OBSERVATION   in order of NUMBER within the block
 *     C TOKEN GROUP                             groups with a token in common are judged together
 *     A [KEY] OBJECT BLOCK NUMBER OBSERVATION   that a folder lists an analysis, and what it shows of it: not each time
 *     I OBJECT BLOCK FINDING                    what is wrong with the input
 *     S OBJECT BLOCK LINES IGNORED REQUESTS     the end of a block
 *
 * In place of the number of a block stands `broken` where an object cannot be read on, and the line says why; or `empty`
 * for an object that has no lines.
 */
export async function readLines(reading: HowToRead, io: Terminal): Promise<string | undefined> {
  const write = (text: string) => io.stdout.write(text);
  const told = { told: new Told(), listed: new Told() };
  let block: Block | undefined;
  let head: Uint8Array = new Uint8Array();
  for await (const bytes of wholeLines(io.stdin())) {
    for (let at = 0; at < bytes.length;) {
      const end = bytes.indexOf(lineFeed, at) + 1;
      const first = bytes.indexOf(tab, at);
      const second = bytes.indexOf(tab, first + 1);
      if (first < at || second < first || second >= end)
        return 'expected lines of an object, a block and a text between tabs, received another';
      if (!block || !isSame(head, bytes, at, second)) {
        block?.end();
        head = bytes.slice(at, second);
        block = new Block(new TextDecoder().decode(head), reading, told, write);
      }
      block.take(bytes, second + 1, end);
      at = end;
    }
    block?.flush();
    await io.stdout.ready();
  }
  block?.end();
  return undefined;
}

function isSame(head: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (head.length !== to - from) return false;
  for (let at = 0; at < head.length; at += 1) if (bytes[from + at] !== head[at]) return false;
  return true;
}

interface AllTold {
  readonly told: Told;
  readonly listed: Told;
}

/** Which claims were told. */
class Told {
  #groups = new Map<number, number>();

  /** Whether it has to be told that this group claims this. */
  isNews(token: number, group: number): boolean {
    if (this.#groups.get(token) === group) return false;
    if (this.#groups.size >= maxTold) this.#groups = new Map();
    this.#groups.set(token, group);
    return true;
  }
}

/** The lines of one block, as a recording. */
class Block {
  readonly #object: string;
  readonly #block: string;
  readonly #reader: RecordingReader;
  readonly #told: Told;
  readonly #listed: Told | undefined;
  readonly #write: (text: string) => void;
  /** Lines that were taken and are not read yet. */
  #pending: Uint8Array[] = [];
  #written = '';
  #number = 0;
  #lines = 0;

  constructor(head: string, reading: HowToRead, { told, listed }: AllTold, write: (text: string) => void) {
    [this.#object, this.#block] = head.split('\t') as [string, string];
    this.#told = told;
    this.#listed = reading.analyses ? listed : undefined;
    this.#write = write;
    this.#reader = new RecordingReader(
      { ...reading, file: '', isWhole: false },
      { observe: (one) => this.#observe(one), find: (one) => this.#find(one) },
    );
  }

  /** Takes the line that lies there. */
  take(bytes: Uint8Array, from: number, to: number): void {
    if (this.#block === brokenBlock) {
      this.#reader.fail('INPUT_UNREADABLE', new TextDecoder().decode(bytes.subarray(from, to - 1)));
      return;
    }
    if (this.#block === emptyBlock) return;
    this.#lines += 1;
    this.#pending.push(bytes.subarray(from, to));
  }

  /** Reads what was taken. */
  flush(): void {
    if (this.#pending.length > 0) {
      this.#reader.push(joinBytes(this.#pending));
      this.#pending = [];
    }
    if (this.#written !== '') this.#write(this.#written);
    this.#written = '';
  }

  end(): void {
    this.flush();
    const { ignored, requests } = this.#reader.end();
    const counted = [JSON.stringify(ignored), JSON.stringify([...requests])];
    if (this.#block !== brokenBlock && this.#block !== emptyBlock)
      this.#written += lineOf('S', this.#object, this.#block, this.#lines, ...counted);
    this.flush();
  }

  #observe(observation: Observation): void {
    const group = groupOf(observation);
    this.#number += 1;
    const field = observationField(observation);
    this.#written += lineOf('O', group, this.#object, this.#block, this.#number, field);
    for (const token of claimsOf(observation))
      if (this.#told.isNews(token, group)) this.#written += lineOf('C', token, group);
    for (const [key, listing] of this.#listed ? listingsIn(observation) : [])
      if (this.#listed!.isNews(numberOf(key), group)) {
        const place = [this.#object, this.#block, this.#number] as const;
        this.#written += lineOf('A', escapedJson([key], 0), ...place, observationField(listing));
      }
  }

  #find(finding: Finding): void {
    this.#written += lineOf('I', this.#object, this.#block, JSON.stringify(finding));
  }
}
