import type { ByteView } from '../../observations/packed/byte-view.ts';
import { finding, type FindingCode } from '../../observations/findings.ts';
import type { Packed, Source } from '../../observations/packed/packed.ts';
import type { Interval, Observation, Where } from '../../observations/observation.ts';
import { ignoredReasons, maxShownRequests, type IgnoredReason, type Missed, type Summary } from './piece.ts';
import type { Receiver } from './receiver.ts';

type Details = Omit<Parameters<typeof finding>[1], 'where' | 'clause'>;

interface Tally {
  count: number;
  /** The first finding that was not given by itself. */
  beyond: Place | null;
  /** What was hinted at. */
  readonly hints: Set<string>;
  /** The first of those that were not given which hints at something else. */
  told: Place | null;
}

/** A finding by its place and its hint. */
interface Place {
  readonly where: Where;
  readonly hint: string | null;
}

/** Of more requests than this nobody looks what they are. */
const maxLooked = 1000;

/** In more values than this no answer is looked for that stands elsewhere. */
const maxMissed = 1000;

/** Hands on what is read of one input, counts it, and keeps the findings of one code from flooding the rest. */
export class Collector {
  readonly file: string;
  /** Whether the input was unpacked, which commands have to do as well. */
  isPacked = false;
  readonly #receiver: Receiver;
  readonly #maxPerCode: number;
  readonly #tallies = new Map<FindingCode, Tally>();
  readonly #ignored = Object.fromEntries(Object.keys(ignoredReasons).map((reason) => [reason, 0])) as Record<
    IgnoredReason,
    number
  >;
  #observations = 0;
  #passed = 0;
  readonly #requests = new Map<string, number>();
  #looked = 0;
  #missed: Missed | undefined;

  constructor(file: string, maxPerCode: number, receiver: Receiver) {
    this.file = file;
    this.#maxPerCode = maxPerCode;
    this.#receiver = receiver;
  }

  /** Lets the next observations pass by, so many of which have been handed on in numbers. */
  passOver(observations: number): void {
    this.#passed = observations;
  }

  observe(observation: Observation): void {
    if (this.#passed > 0) {
      this.#passed -= 1;
      return;
    }
    this.#observations += 1;
    this.#receiver.observe(observation);
  }

  /** Hands on an observation in numbers; false where the receiver does not take it so. */
  observePacked(chunk: ByteView, packed: Packed, source: Source, at: number, interval?: Interval): boolean {
    if (this.#receiver.observePacked?.(chunk, packed, source, at, interval) !== true) return false;
    this.#observations += 1;
    return true;
  }

  find(code: FindingCode, where: Where, details: Details): void {
    const tally = this.#tallies.get(code) ?? { count: 0, beyond: null, hints: new Set(), told: null };
    this.#tallies.set(code, tally);
    tally.count += 1;
    const { hint: told = null } = details;
    const hint = told !== null && this.isPacked ? told.replaceAll(/\bFILE\b/g, '<(gzip -dc FILE)') : told;
    if (tally.count > this.#maxPerCode) {
      tally.beyond ??= { where, hint: null };
      if (hint !== null && !tally.hints.has(hint)) tally.told ??= { where, hint };
      return;
    }
    if (hint !== null) tally.hints.add(hint);
    this.#receiver.find(finding(code, { where, ...details, hint }));
  }

  ignore(reason: IgnoredReason): void {
    this.#ignored[reason] += 1;
  }

  /** Leaves aside a value that has nothing where `--at` points; `hint` says where an answer stands in it, if one does. */
  ignoreMissed(where: Where, hint: () => string | undefined): void {
    this.ignore('notAt');
    if (this.#missed || this.#observations > 0 || this.#ignored.notAt > maxMissed) return;
    const told = hint();
    if (told !== undefined) this.#missed = { where, hint: told };
  }

  /** Whether it is of interest what a request is that is left aside. */
  get wantsRequests(): boolean {
    return this.#looked < maxLooked;
  }

  /** Leaves aside a request whose route is not read. */
  ignoreRequest(request: string | undefined): void {
    this.ignore('otherRoute');
    if (request === undefined || !this.wantsRequests) return;
    this.#looked += 1;
    const known = this.#requests.get(request);
    if (known !== undefined || this.#requests.size < maxShownRequests)
      this.#requests.set(request, (known ?? 0) + 1);
  }

  /** Hands on the findings that count the rest of their code, and sums up. */
  finish(lines: number): Summary {
    for (const [code, { count, beyond, told }] of this.#tallies) {
      if (!beyond) continue;
      const which = told ? 'the first of them with another hint' : 'the first of them';
      const message = `${count - this.#maxPerCode} more like this in the file, ${which} here`;
      this.#receiver.find(finding(code, { message, ...(told ?? beyond) }));
    }
    const ignored = { ...this.#ignored };
    const read = { file: this.file, lines, observations: this.#observations, ignored };
    return { ...read, requests: this.#requests, ...(this.#missed && { missed: this.#missed }) };
  }
}
