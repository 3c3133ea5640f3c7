/** A time of a recording. */
export interface Moment {
  readonly at: number;
  /** Times of different kinds are not compared: a date in milliseconds since 1970, or a number in any unit. */
  readonly kind: 'date' | 'number';
  /** Whether it says what zone it is in; else it was taken as UTC. */
  readonly isZoned: boolean;
}

/** As most programs write a time. */
const usual = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
const zone = /\d:\d\d.*?(?:Z|[+-]\d\d(?::?\d\d)?|\b(?:GMT|UTC?|[ECMP][SD]T))(?:\s*\([^)]*\))?\s*$/i;
const isoDay = /^\s*\d{4}-\d\d-\d\d(?=$|[T ])/;
const number = /^\s*\d+(?:\.\d+)?\s*$/;
/** A day as servers write it into their logs: `12/Jan/2026:09:00:00 +0000`. */
const logDay = /^\s*(\d\d)\/(\w{3})\/(\d{4}):/;

/**
 * A time as received: a date as text, or a number in whichever unit the file uses; undefined where it is none. A date
 * without a zone is taken as UTC, so that no machine reads it in another way.
 */
export function momentOf(time: unknown): Moment | undefined {
  if (typeof time === 'number' || (typeof time === 'string' && number.test(time)))
    return momentAt(Number(time), 'number', true);
  if (typeof time !== 'string') return undefined;
  if (usual.test(time)) return momentAt(Date.parse(time), 'date', true);
  const text = time.replace(logDay, '$1 $2 $3 ');
  if (zone.test(text)) return momentAt(Date.parse(text), 'date', true);
  return momentAt(parseAsUtc(text.trim()), 'date', false);
}

function parseAsUtc(text: string): number {
  if (!isoDay.test(text)) return Date.parse(`${text} UTC`);
  if (!text.includes(':')) return Date.parse(text);
  return Date.parse(`${text.replace(' ', 'T').replace(',', '.')}Z`);
}

function momentAt(at: number, kind: Moment['kind'], isZoned: boolean): Moment | undefined {
  return Number.isFinite(at) ? { at, kind, isZoned } : undefined;
}

/**
 * The direction in which all of these times go, as far as they are known and of one kind. A list that begins with the
 * newest, as logs are mostly exported, is one that is read from its end.
 */
export function directionOf(
  times: readonly (Moment | undefined)[],
): 'oldest first' | 'newest first' | undefined {
  const isKnown = times.every((one) => one !== undefined && one.kind === times[0]!.kind);
  if (!isKnown) return undefined;
  const steps = times.slice(1).map((one, at) => one!.at - times[at]!.at);
  if (steps.every((step) => step >= 0)) return 'oldest first';
  return steps.every((step) => step <= 0) ? 'newest first' : undefined;
}
