import { findingCodes } from '../../observations/findings.ts';
import { pointerTo } from '../../observations/where.ts';
import { isObject } from '../../recordings/values/fields.ts';
import { keyOf, pointerOfEntry, type BaselineEntry } from './entries.ts';

/** The version of baseline files: it grows when a file written for the old shape would be read otherwise. */
export const baselineVersion = 1;

/** A baseline file. */
export interface BaselineFile {
  readonly $schema?: string;
  readonly formatVersion: typeof baselineVersion;
  readonly entries: readonly BaselineEntry[];
}

const text = { expects: 'text', test: (value: unknown) => typeof value === 'string' };

/** What the members of an entry have to be. */
const members: Readonly<
  Record<keyof BaselineEntry, { readonly expects: string; readonly test: (value: unknown) => boolean }>
> = {
  code: {
    expects: 'the code of a finding',
    test: (value) => typeof value === 'string' && Object.hasOwn(findingCodes, value),
  },
  folder: text,
  analysis: text,
  file: text,
  pointer: text,
  observed: text,
  reason: text,
  expires: { expects: 'a day as YYYY-MM-DD', test: isDay },
};

/** Whether a value is a day of the calendar, written YYYY-MM-DD. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const moment = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value);
}

/** What is wrong with a part of a JSON file that people write. */
export interface PartProblem {
  /** The JSON pointer of the part. */
  readonly pointer: string;
  readonly message: string;
}

/** What is wrong with a parsed baseline; docs/schemas/baseline.schema.json agrees. */
export function baselineProblems(value: unknown): PartProblem[] {
  if (!isObject(value)) return [expected('', 'an object with entries', value)];
  const unknown = Object.keys(value).filter((key) => !['$schema', 'formatVersion', 'entries'].includes(key));
  const { $schema, formatVersion, entries } = value;
  const problems = [
    ...unknown.map((key) => unknownMember(pointerTo('', key))),
    ...($schema === undefined || typeof $schema === 'string' ? [] : [expected('/$schema', 'text', $schema)]),
    ...(formatVersion === baselineVersion
      ? []
      : [expected('/formatVersion', String(baselineVersion), formatVersion)]),
  ];
  if (!Array.isArray(entries)) return [...problems, expected('/entries', 'a list', entries)];
  const wrong = entries.flatMap((entry, at) => entryProblems(entry, pointerOfEntry(at)));
  return [...problems, ...wrong, ...(wrong.length > 0 ? [] : repeated(entries as BaselineEntry[]))];
}

function entryProblems(entry: unknown, at: string): PartProblem[] {
  if (!isObject(entry)) return [expected(at, 'an object', entry)];
  const missing = ['code', 'reason'].filter((key) => entry[key] === undefined);
  return [
    ...missing.map((key) => ({ pointer: at, message: `expected ${key}, received none` })),
    ...Object.entries(entry).flatMap(([key, value]) => {
      const place = pointerTo(at, key);
      const member = Object.hasOwn(members, key) ? members[key as keyof BaselineEntry] : undefined;
      if (!member) return [unknownMember(place)];
      return member.test(value) ? [] : [expected(place, member.expects, value)];
    }),
  ];
}

function repeated(entries: readonly BaselineEntry[]): PartProblem[] {
  const first = new Map<string, number>();
  return entries.flatMap((entry, at) => {
    const earlier = first.get(keyOf(entry));
    if (earlier === undefined) first.set(keyOf(entry), at);
    const message = `knows the same findings as ${pointerOfEntry(earlier ?? at)}`;
    return earlier === undefined ? [] : [{ pointer: pointerOfEntry(at), message }];
  });
}

const nameOf = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));

/** The problem that a part is not what it should be. */
export function expected(pointer: string, what: string, value: unknown): PartProblem {
  return { pointer, message: `expected ${what}, received ${nameOf(value)}` };
}

const unknownMember = (pointer: string) => ({ pointer, message: 'there is no such member' });
