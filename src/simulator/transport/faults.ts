import { drawn } from '../session/random.ts';

/** What can go wrong on the way, though the service itself is right. */
export const faults = {
  latency: {
    on: 'transport',
    lesson: 'An answer that takes long is not an answer that says no: wait, up to a deadline.',
  },
  'rate-limit': {
    on: 'transport',
    lesson: '429 says nothing of the folder: wait as long as Retry-After says, and ask again.',
  },
  'server-error': {
    on: 'transport',
    lesson: 'A 500 is no result: neither a pass nor a decline. Ask again, with a limit.',
  },
  truncated: {
    on: 'transport',
    lesson: 'A body that ends in the middle is no answer: never read a part of it.',
  },
  slow: {
    on: 'transport',
    lesson: 'A body that comes slowly needs a deadline for the whole answer, not for its first byte.',
  },
  reset: {
    on: 'transport',
    lesson:
      'A connection that breaks leaves open whether the request was done: look before you repeat a POST.',
  },
  stale: {
    on: 'order',
    lesson: 'A replica can answer with what was: a later answer may be older than an earlier one.',
  },
  'callback-late': {
    on: 'callbacks',
    lesson: 'A callback can come after the poll that showed the same: act once.',
  },
  'callback-twice': { on: 'callbacks', lesson: 'A callback can come twice: act once.' },
  'callback-dropped': { on: 'callbacks', lesson: 'A callback can be lost: poll as well.' },
  'callback-reordered': {
    on: 'callback order',
    lesson: 'Callbacks can overtake each other: the last to arrive is not the newest.',
  },
} as const satisfies Record<string, { readonly on: string; readonly lesson: string }>;

/** The name of a fault. */
export type FaultName = keyof typeof faults;

/** The names of all faults. */
export const faultNames = Object.keys(faults) as FaultName[];

const on = (...places: readonly string[]): readonly FaultName[] =>
  faultNames.filter((name) => places.includes(faults[name].on));

/** Names for several faults at once. */
export const faultSets: Readonly<Record<string, readonly FaultName[]>> = {
  transport: on('transport'),
  callbacks: on('callbacks', 'callback order'),
  all: faultNames,
};

/** One request in so many meets a fault. */
const oneIn = 3;
/** So many requests in a row may meet one: whoever repeats gets on. */
const maxInRow = 2;

/** Faults of requests, drawn one for each request. */
export class FaultDraws {
  readonly #names: readonly FaultName[];
  readonly #seed: string;
  #asked = 0;
  #inRow = 0;

  constructor(names: readonly FaultName[], seed: string) {
    this.#names = names.filter((name) => !faults[name].on.startsWith('callback'));
    this.#seed = seed;
  }

  /** The fault that the next request meets, if any. */
  next(): FaultName | undefined {
    if (this.#names.length === 0) return undefined;
    const at = this.#asked++;
    const meets = this.#inRow < maxInRow && drawn(`${this.#seed} ${at} whether`, oneIn) === 0;
    this.#inRow = meets ? this.#inRow + 1 : 0;
    return meets ? this.#names[drawn(`${this.#seed} ${at} which`, this.#names.length)] : undefined;
  }

  /** How long the last request is kept waiting, in milliseconds. */
  delay(): number {
    return 50 + drawn(`${this.#seed} ${this.#asked} delay`, 200);
  }
}
