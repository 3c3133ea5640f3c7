import { isStructured, jsonIn, textOfBytes } from './bodies.ts';
import type { Way } from './context.ts';
import { pointerTo } from '../../observations/where.ts';
import { isObject, memberOf, type JsonObject } from './fields.ts';
import { directionOf, momentOf, type Moment } from './moments.ts';
import { membersNamed } from './requests.ts';

/** A value within another one, and where it stands there. */
export interface Found {
  readonly value: unknown;
  readonly pointer: string;
  /** The objects in which it stands, the nearest first. */
  readonly around: readonly JsonObject[];
  /** When it came, where it stands in a list in order of time. */
  readonly came?: Moment;
}

/** The way that a pointer describes, or undefined where it is none. */
export function parseWay(pointer: string): Way | undefined {
  if (!pointer.startsWith('/') || pointer.length < 2) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/**
 * What stands at the way within a value, in order; `read` says what a text on the way spells, if it is JSON, and `behind`
 * what is looked at then in what was found.
 */
export function valuesAt(
  value: unknown,
  way: Way,
  read: (text: string) => unknown,
  behind: Way = [],
): Found[] {
  let found: Found[] = [{ value, pointer: '', around: [] }];
  for (const [at, name] of way.entries()) {
    const rest = [...way.slice(at + 1), ...behind];
    found = found.flatMap((one) => membersAt(one, name, rest, read));
  }
  const kind = found[0]?.came?.kind;
  const areTimed = found.every(({ came }) => came !== undefined && came.kind === kind);
  return areTimed ? found.toSorted((one, other) => one.came!.at - other.came!.at) : found;
}

/** A value on a way, and what the rest of the way leads to within it. */
export interface Parted extends Found {
  readonly found: readonly Found[];
}

/** What stands at the way, by the element of the last list on it in which it stands; by the value where it leads through none. */
export function partsAt(value: unknown, way: Way, read: (text: string) => unknown): Parted[] {
  const behind = way.lastIndexOf('*') + 1;
  const beyond = way.slice(behind);
  return valuesAt(value, way.slice(0, behind), read, beyond).map((part) => {
    const found = valuesAt(part.value, beyond, read).map((one) => ({
      value: one.value,
      pointer: part.pointer + one.pointer,
      around: [...one.around, ...part.around],
    }));
    return { ...part, found };
  });
}

/** The objects through which the way leads, as far as it does, the nearest first. */
export function objectsOn(value: unknown, way: Way, read: (text: string) => unknown): readonly JsonObject[] {
  const objects: JsonObject[] = [];
  let one = typeof value === 'string' ? read(value) : value;
  for (const name of way) {
    if (!isObject(one)) break;
    objects.unshift(one);
    const inside: unknown = Object.hasOwn(one, name) ? one[name] : undefined;
    one = typeof inside === 'string' ? read(inside) : inside;
  }
  return objects;
}

function membersAt(
  { value, pointer, around, came }: Found,
  name: string,
  rest: Way,
  read: (text: string) => unknown,
): Found[] {
  const inside = typeof value === 'string' ? read(value) : value;
  if (Array.isArray(inside)) {
    const all = inside.map((element: unknown, at) => ({
      value: element,
      pointer: pointerTo(pointer, at),
      around,
      ...(came && { came }),
    }));
    return name === '*'
      ? rowsInOrder(all, columnsOf(inside, around), rest)
      : /^\d+$/.test(name)
        ? all.slice(Number(name), Number(name) + 1)
        : [];
  }
  if (!isObject(inside)) return [];
  const names = name === '*' ? Object.keys(inside) : Object.hasOwn(inside, name) ? [name] : [];
  return names.map((key) => ({
    value: inside[key],
    pointer: pointerTo(pointer, key),
    around: [inside, ...around],
    ...(came && { came }),
  }));
}

/** What programs call the time of a line or of an element of a list, by bare names. */
const timeNames: readonly string[] = (
  'time timestamp ts datetime date eventtime timegenerated createdat receivedat recordedat realtimetimestamp ' +
  'start startedat starttime startutc starttimeunixnano timestarted loggeddate'
).split(' ');

/** A smaller number is how long something took, or counts something. */
const leastTime = 1e9;

/** The time that a value is, also in a list of its own, or as MongoDB writes it. */
function timeAs(value: unknown): Moment | undefined {
  const [one, ...others] = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  const plain = isObject(one) ? Object.values(one)[0] : one;
  const moment = others.length > 0 ? undefined : momentOf(plain);
  return moment && (moment.kind === 'date' || moment.at >= leastTime) ? moment : undefined;
}

/** The time that the nearest of these objects tells of itself; undefined where none does. */
export function timeIn(objects: readonly JsonObject[]): Moment | undefined {
  for (const object of objects)
    for (const value of membersNamed(object, timeNames)) {
      const moment = timeAs(value);
      if (moment) return moment;
    }
  return undefined;
}

/** The time of a row: of a list that begins with its time, or of a list of fields with their values. */
function timeOfRow(row: readonly unknown[]): Moment | undefined {
  const fields = row.filter(isObject);
  if (fields.length === 0) return timeAs(row[0]);
  const named = fields.map((field): [string, unknown] => [String(field['field']), field['value']]);
  return timeIn([Object.fromEntries(named)]);
}

/** The names of the columns of a table of which these are the rows; none where it is no table. */
function columnsOf(rows: readonly unknown[], [table]: readonly JsonObject[]): readonly string[] {
  const columns = table && memberOf(table, 'rows') === rows ? memberOf(table, 'columns') : undefined;
  if (!Array.isArray(columns)) return [];
  return columns.map((column: unknown) => {
    const name = isObject(column) ? memberOf(column, 'name') : undefined;
    return typeof name === 'string' ? name : '';
  });
}

/** Columns that say when a row came, whose table has its rows in any order. */
const timeColumns: readonly string[] = ['timestamp', 'TimeGenerated'];

/** Rows of a table in order of time, each beside itself as an object; any other list as it is, or from its end. */
function rowsInOrder(all: readonly Found[], columns: readonly string[], rest: Way): Found[] {
  if (columns.length === 0) return oldestFirst(all, rest);
  const column = columns.findIndex((name) => timeColumns.includes(name));
  const rows = all.map((one) => {
    const row: readonly unknown[] = Array.isArray(one.value) ? one.value : [];
    const named = Object.fromEntries(columns.map((name, at) => [name, row[at]]));
    return { found: { ...one, around: [named, ...one.around] }, at: momentOf(row[column])?.at ?? NaN };
  });
  const areTimed = rows.every(({ at }) => !Number.isNaN(at));
  const inOrder = areTimed ? rows.toSorted((one, other) => one.at - other.at) : rows;
  return inOrder.map(({ found }) => found);
}

/** The elements of a list, the oldest first where all of them, or what stands on the way in them, say when they came. */
function oldestFirst(all: readonly Found[], rest: Way = []): Found[] {
  const times = all.map(({ value }) => {
    if (Array.isArray(value)) return timeOfRow(value);
    const inside = valueOn(value, rest);
    return timeIn([...(isObject(inside) ? [inside] : []), ...objectsOn(value, rest, () => undefined)]);
  });
  const direction = directionOf(times);
  if (direction === undefined) return [...all];
  const timed = all.map((one, at) => ({ ...one, came: times[at]! }));
  return direction === 'newest first' ? timed.toReversed() : timed;
}

/** What stands at a way through objects. */
function valueOn(value: unknown, way: Way): unknown {
  let one = value;
  for (const name of way) one = isObject(one) && Object.hasOwn(one, name) ? one[name] : undefined;
  return one;
}

/** Nothing is looked for deeper than this, nor in more values. */
const maxDepth = 12;
const maxLooked = 400;
/** Of a list the first elements show what the others are like; in a log much else may stand above the first answer. */
const maxElements = 40;

type Looked = Pick<Found, 'value' | 'pointer'>;

const mayHold = (value: unknown): boolean =>
  typeof value === 'string'
    ? isStructured(value) || isQuoted(value)
    : typeof value === 'object' && value !== null;

/** Whether a text is one that was written as JSON twice. */
const isQuoted = (text: string): boolean => /^"\s*[[{]/.test(text);

/** The first elements of a list, each by its number where only some of them can hold anything, as in `[time, line]`. */
function elementsOf(list: readonly unknown[], pointer: string): Looked[] {
  const isMixed = list.some(mayHold) && !list.every(mayHold);
  return list
    .map((value, at) => ({ value, pointer: `${pointer}/${isMixed ? at : '*'}` }))
    .filter(({ value }) => !isMixed || mayHold(value))
    .slice(0, maxElements);
}

/** What a text or a list of bytes spells, also in base64, and where it was written as JSON twice; any other value as it is. */
function spelledOut(value: unknown, read: (text: string) => unknown): unknown {
  const text = textOfBytes(value) ?? (typeof value === 'string' ? jsonIn(value) : value);
  const inside = typeof text === 'string' && mayHold(text) ? (read(text) ?? text) : text;
  return typeof inside === 'string' && inside !== text && mayHold(inside) ? (read(inside) ?? inside) : inside;
}

/**
 * The pointer of the first value, nearest to the outside, that is wanted, with `*` for elements of lists; undefined where
 * there is none near. Texts that spell a list or an object are looked into, members of some names are not.
 */
export function pointerOf(
  value: unknown,
  isWanted: (value: unknown) => boolean,
  read: (text: string) => unknown,
  isPassedOver: (name: string) => boolean = () => false,
): string | undefined {
  let level: Looked[] = [{ value, pointer: '' }];
  let looked = 0;
  for (let depth = 0; depth < maxDepth && level.length > 0 && looked < maxLooked; depth += 1) {
    const next: Looked[] = [];
    for (const { value: one, pointer } of level) {
      const inside = spelledOut(one, read);
      looked += 1;
      if (pointer !== '' && isWanted(inside)) return pointer;
      if (Array.isArray(inside)) next.push(...elementsOf(inside, pointer));
      else if (isObject(inside))
        next.push(
          ...Object.entries(inside)
            .filter(([key]) => !isPassedOver(key))
            .map(([key, member]) => ({ value: member, pointer: pointerTo(pointer, key) })),
        );
    }
    level = next.slice(0, maxLooked);
  }
  return undefined;
}
