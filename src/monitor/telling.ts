import type { Finding } from '../observations/findings.ts';
import type { MonitorCounts } from './counts.ts';
import { noteTold, type HeldFolder } from './held-folders.ts';
import type { FoundRecord, StandRecord } from './records.ts';
import { identityOf, type Digest, type ToldFinding, type Trace } from './told.ts';

/** What findings are about, and when they are found. */
export interface Context {
  /** Null: the input. */
  readonly folder: HeldFolder | null;
  readonly folderId: string | null;
  readonly time: number;
  readonly trace?: Trace;
}

/** The findings of a monitor: each told once, and kept until all receivers have got it. */
export class Telling {
  readonly #digest: Digest;
  readonly #counts: MonitorCounts;
  /** How many were told. */
  #told = 0;
  readonly #delivered = new Map<string, number>();
  /** What some receiver may not have got yet, in order. */
  #undelivered: ToldFinding[] = [];

  constructor(digest: Digest, counts: MonitorCounts) {
    this.#digest = digest;
    this.#counts = counts;
  }

  /** What of these was not told before. */
  tell(findings: readonly Finding[], context: Context): readonly FoundRecord[] {
    const { folder, folderId, time, trace } = context;
    const key = folder?.key ?? null;
    const known = new Map<string, number>();
    const found: FoundRecord[] = [];
    for (const finding of findings) {
      const same = identityOf(finding, key, 0);
      const nth = known.get(same) ?? 0;
      known.set(same, nth + 1);
      const id = this.#digest(identityOf(finding, key, nth));
      if (folder && !noteTold(folder, id, finding)) continue;
      this.#told += 1;
      this.#counts.noteFound(finding);
      found.push({ id, number: this.#told, folderId, folder: key, finding, time, ...(trace && { trace }) });
    }
    this.#undelivered.push(...found);
    return found;
  }

  /** Findings that a receiver has not got, in order. */
  undelivered(to: string): readonly ToldFinding[] {
    const last = this.#delivered.get(to) ?? 0;
    return this.#undelivered.filter(({ number }) => number > last);
  }

  /** Notes that a receiver has got all findings up to a number. */
  deliver(to: string, number: number): void {
    this.#delivered.set(to, Math.max(number, this.#delivered.get(to) ?? 0));
  }

  /** Lets receivers that are new get what is found from now on, and forgets those that are no more. */
  begin(receivers: readonly string[]): void {
    const first = this.#delivered.size === 0 ? 0 : this.#told;
    for (const name of this.#delivered.keys()) if (!receivers.includes(name)) this.#delivered.delete(name);
    for (const name of receivers) if (!this.#delivered.has(name)) this.#delivered.set(name, first);
    this.drop(receivers);
  }

  /** What some receiver has not got. */
  get waiting(): readonly ToldFinding[] {
    return this.#undelivered;
  }

  /** How many were told, and how many each receiver has got. */
  get stand(): Pick<StandRecord, 'told' | 'delivered' | 'undelivered'> {
    const delivered = Object.fromEntries(this.#delivered);
    return { told: this.#told, delivered, undelivered: this.#undelivered.length };
  }

  /** Goes on from where another one was. */
  restoreStand({ told, delivered }: Pick<StandRecord, 'told' | 'delivered'>): void {
    this.#told = told;
    for (const [to, number] of Object.entries(delivered)) this.#delivered.set(to, number);
  }

  /** Takes what another one has told. */
  restore(found: readonly ToldFinding[]): void {
    for (const one of found) {
      this.#undelivered.push(one);
      this.#told = Math.max(this.#told, one.number);
    }
  }

  /** Forgets findings that all of these receivers have got. */
  drop(receivers: readonly string[]): void {
    const least = Math.min(...receivers.map((name) => this.#delivered.get(name) ?? 0));
    const first = this.#undelivered.findIndex(({ number }) => number > least);
    this.#undelivered = first < 0 ? [] : this.#undelivered.slice(first);
  }
}
