import type { GivenReading, Settings } from '../../machines/index.ts';
import { suggestion } from '../../machines/nearest.ts';
import { described } from './routes/read-body.ts';
import type { Entry } from './session/entries.ts';
import type { SessionLimits } from './session/session.ts';
import { usualMaxBody } from './transport/ask.ts';

/** What a simulator may hold in all; what is more is refused with status 507. */
export interface SimulatorLimits extends SessionLimits {
  readonly sessions: number;
  /** Things that have happened in all sessions. */
  readonly allEntries: number;
  /** Bytes of the body of a request. */
  readonly body: number;
}

/** The usual limits. */
export const usualLimits: SimulatorLimits = {
  sessions: 10_000,
  folders: 1_000,
  entries: 100_000,
  allEntries: 1_000_000,
  analyses: 500,
  media: 100,
  traffic: 100_000,
  body: usualMaxBody,
};

/** What a simulator is told. */
export interface SimulatorOptions {
  /** The answers to open questions; what is not answered stands at its default. */
  readonly reading?: GivenReading;
  /** Whether OPERATOR_REQUIRED occurs at all. Default: `allowed`. */
  readonly operatorRequired?: Settings['operatorRequired'];
  /** Equal seeds give equal ids and equal faults. Default: `1`. */
  readonly seed?: string | number;
  readonly limits?: Partial<SimulatorLimits>;
  /** The time in milliseconds, for the clocks `real` and `scaled`. Default: that of the system. */
  readonly now?: () => number;
  /** Hears all that happens, before the answer that tells of it. */
  readonly onEntry?: (session: string, entry: Entry) => void;
  /** Hears that a session was forgotten. */
  readonly onForget?: (session: string) => void;
  /** Hears every answer of the API, as a line of a recording. */
  readonly onExchange?: (session: string, line: string) => void;
}

const isFunction = (value: unknown): boolean => typeof value === 'function';
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
const isSeed = (value: unknown): boolean => typeof value === 'string' || Number.isFinite(value);
const isAnything = (): boolean => true;

/** What each option has to be; reading and operatorRequired are looked at where they are read. */
const expectations: Readonly<
  Record<keyof SimulatorOptions, readonly [what: string, is: (value: unknown) => boolean]>
> = {
  reading: ['a reading', isAnything],
  operatorRequired: ['allowed or never', isAnything],
  seed: ['a text or a number', isSeed],
  limits: ['an object', isObject],
  now: ['a function', isFunction],
  onEntry: ['a function', isFunction],
  onForget: ['a function', isFunction],
  onExchange: ['a function', isFunction],
};

function expectKnown(given: object, known: readonly string[]): void {
  const wrong = Object.keys(given).find((name) => !known.includes(name));
  if (wrong === undefined) return;
  throw new TypeError(`${wrong}: expected ${known.join(', ')}${suggestion(wrong, known)}`);
}

/** Throws a TypeError for options that are misspelt or of another type. */
export function expectOptions(options: SimulatorOptions): void {
  if (!isObject(options)) throw new TypeError(`options: expected an object, received ${described(options)}`);
  expectKnown(options, Object.keys(expectations));
  for (const [name, [what, is]] of Object.entries(expectations)) {
    const value = options[name as keyof SimulatorOptions];
    if (value !== undefined && !is(value))
      throw new TypeError(`${name}: expected ${what}, received ${described(value)}`);
  }
  expectKnown(options.limits ?? {}, Object.keys(usualLimits));
  for (const [name, value] of Object.entries(options.limits ?? {})) {
    if (typeof value !== 'number' || !(value >= 0))
      throw new TypeError(`limits.${name}: expected a number from 0, received ${described(value)}`);
  }
}
