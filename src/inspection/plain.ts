/** What JSON can say. */
export type Plain =
  | null
  | boolean
  | number
  | string
  | readonly Plain[]
  | { readonly [key: string]: Plain | undefined };

/** How much of a value is copied. */
export interface PlainLimits {
  /** How deep. */
  readonly depth: number;
  /** How many values in all. */
  readonly values: number;
  /** How many characters of one text. */
  readonly text: number;
  /** How many characters of all texts, and of the names of members. */
  readonly characters: number;
}

/** Enough for the snapshots of machines, and few enough for a message. */
export const plainLimits: PlainLimits = { depth: 24, values: 20_000, text: 100_000, characters: 1_000_000 };

/** Stands for what a limit left out. */
const leftOut = '[left out]';

/** A number that takes longer to be written than it tells. */
const widest = 1n << 1000n;

/**
 * Objects with more members than any copy has room for, and what stands for each. How many members an object has is
 * only known when all have been listed, which takes long where they are many: it is done once.
 */
const wide = new WeakMap<object, string>();

/**
 * A copy of anything that JSON can write: bounded, without cycles, functions and what else JSON does not know, which
 * are named by a text in brackets. How large a text, a list, a Map, a Set or a buffer is, is looked at before anything
 * of it is copied. Never throws, whatever the value does when it is read.
 */
export function plain(value: unknown, limits: PlainLimits = plainLimits): Plain {
  return new Copier(limits).copy(value, 0);
}

class Copier {
  readonly #limits: PlainLimits;
  readonly #above = new Set<object>();
  #made = 0;
  #characters = 0;

  constructor(limits: PlainLimits) {
    this.#limits = limits;
  }

  copy(value: unknown, depth: number): Plain {
    this.#made += 1;
    switch (typeof value) {
      case 'string':
        return this.#text(value);
      case 'number':
        return Number.isFinite(value) ? value : `[${value}]`;
      case 'boolean':
        return value;
      case 'bigint':
        return value > widest || value < -widest ? `[bigint, ${leftOut.slice(1)}` : `[bigint ${value}]`;
      case 'undefined':
        return null;
      case 'function':
      case 'symbol':
        return `[${typeof value}]`;
      case 'object':
        return value === null ? null : this.#object(value, depth);
    }
  }

  #text(text: string): string {
    const room = Math.max(0, Math.min(this.#limits.text, this.#limits.characters - this.#characters));
    this.#characters += Math.min(text.length, room);
    return text.length <= room ? text : `${text.slice(0, room)}${leftOut}`;
  }

  #object(value: object, depth: number): Plain {
    if (this.#above.has(value)) return '[circular]';
    const isFull = this.#made >= this.#limits.values || this.#characters >= this.#limits.characters;
    if (depth >= this.#limits.depth || isFull) return leftOut;
    this.#above.add(value);
    try {
      return this.#members(value, depth + 1);
    } catch {
      return '[unreadable]';
    } finally {
      this.#above.delete(value);
    }
  }

  #members(value: object, depth: number): Plain {
    if (value instanceof Error) return { name: this.#text(value.name), message: this.#text(value.message) };
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
      return `[${value.constructor.name} of ${value.byteLength} bytes]`;
    if (value instanceof Map || value instanceof Set) return this.#list(value, value.size, depth);
    if (Array.isArray(value)) return this.#list(value.slice(0, this.#room), value.length, depth);
    if ('toJSON' in value && typeof value.toJSON === 'function') return this.copy(value.toJSON(), depth);
    return this.#named(value, depth);
  }

  /** The first of some items, as many as there is room for, and how many are left out. */
  #list(items: Iterable<unknown>, size: number, depth: number): Plain {
    const room = this.#room;
    const copies: Plain[] = [];
    for (const item of items) {
      if (copies.length >= room || this.#room === 0) break;
      copies.push(this.copy(item, depth));
    }
    if (copies.length < size) copies.push(`[${size - copies.length} left out]`);
    return copies;
  }

  #named(value: object, depth: number): Plain {
    const standIn = wide.get(value);
    if (standIn !== undefined) return standIn;
    const keys = Object.keys(value);
    if (keys.length > this.#limits.values) {
      const told = `[object of ${keys.length} members]`;
      wide.set(value, told);
      return told;
    }
    const members: (readonly [string, Plain])[] = [];
    for (const key of keys) {
      if (this.#room === 0) break;
      const member = read(value, key);
      if (member !== undefined) members.push([this.#text(key), this.copy(member, depth)]);
      else this.#made += 1;
    }
    // Defines properties, so that a key like __proto__ is a key like any other.
    return Object.fromEntries(members);
  }

  /** How many more values there is room for. */
  get #room(): number {
    const isFull = this.#characters >= this.#limits.characters;
    return isFull ? 0 : Math.max(0, this.#limits.values - this.#made);
  }
}

/** A member, or a text where it cannot be read. */
function read(value: object, key: string): unknown {
  try {
    return (value as Readonly<Record<string, unknown>>)[key];
  } catch {
    return '[unreadable]';
  }
}
