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
}

/** Enough for the snapshots of machines, and few enough for a message. */
export const plainLimits: PlainLimits = { depth: 24, values: 20_000, text: 100_000 };

/** Stands for what a limit left out. */
const leftOut = '[left out]';

/**
 * A copy of anything that JSON can write: bounded, without cycles, functions and what else JSON does not know, which
 * are named by a text in brackets. Never throws, whatever the value does when it is read.
 */
export function plain(value: unknown, limits: PlainLimits = plainLimits): Plain {
  return new Copier(limits).copy(value, 0);
}

class Copier {
  readonly #limits: PlainLimits;
  readonly #above = new Set<object>();
  #made = 0;

  constructor(limits: PlainLimits) {
    this.#limits = limits;
  }

  copy(value: unknown, depth: number): Plain {
    this.#made += 1;
    switch (typeof value) {
      case 'string':
        return value.length <= this.#limits.text ? value : `${value.slice(0, this.#limits.text)}${leftOut}`;
      case 'number':
        return Number.isFinite(value) ? value : `[${value}]`;
      case 'boolean':
        return value;
      case 'bigint':
        return `[bigint ${value}]`;
      case 'undefined':
        return null;
      case 'function':
      case 'symbol':
        return `[${typeof value}]`;
      case 'object':
        return value === null ? null : this.#object(value, depth);
    }
  }

  #object(value: object, depth: number): Plain {
    if (this.#above.has(value)) return '[circular]';
    if (depth >= this.#limits.depth || this.#made >= this.#limits.values) return leftOut;
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
    if (value instanceof Error) return { name: value.name, message: value.message };
    if (value instanceof Map || value instanceof Set) return this.#members([...value], depth);
    if (Array.isArray(value)) return this.#room(value).map((each) => this.copy(each, depth));
    if ('toJSON' in value && typeof value.toJSON === 'function') return this.copy(value.toJSON(), depth);
    const members = this.#room(Object.keys(value)).flatMap((key) => {
      const member = read(value, key);
      return member === undefined ? [] : [[key, this.copy(member, depth)] as const];
    });
    // Defines properties, so that a key like __proto__ is a key like any other.
    return Object.fromEntries(members);
  }

  /** As many of the items as the limit still has room for. */
  #room<T>(items: readonly T[]): readonly T[] {
    return items.slice(0, Math.max(0, this.#limits.values - this.#made));
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
