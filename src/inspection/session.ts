import { counted } from '../text/layout.ts';
import type { InspectionRecord, PlainObject } from './records.ts';

/** How much of a session is kept. */
export interface SessionLimits {
  /** Records, of which the oldest goes first. */
  readonly records: number;
  /** Characters of those records as JSON. */
  readonly characters: number;
  /** Actors. Those beyond it are refused: an actor that is known stays known. */
  readonly actors: number;
  /** Characters of different definitions. */
  readonly definitions: number;
}

/** Hours of an ordinary program, in some dozens of megabytes. */
export const sessionLimits: SessionLimits = {
  records: 20_000,
  characters: 32_000_000,
  actors: 2_000,
  definitions: 16_000_000,
};

/** One thing that happened. */
export interface SessionEntry {
  /** From 1, also over entries that are no longer kept. */
  readonly number: number;
  /** The actor that it happened to. */
  readonly key: string;
  readonly record: InspectionRecord;
}

/** An actor that is or was running. */
export interface InspectedActor {
  readonly key: string;
  /** What announced it, or a record made up for an actor that nothing announced. */
  readonly record: InspectionRecord;
  /** The number of the entry that announced it, or of the first that told of it. */
  readonly born: number;
  /** What it was before the first entry that is kept. */
  readonly before: PlainObject | undefined;
}

/** The first line of a saved session. */
export interface SessionHead {
  readonly type: 'oz-status.session';
  readonly version: 1;
  /** How many records had been dropped before. */
  readonly dropped: number;
}

/** The type by which a saved session is known. */
export const sessionHead = 'oz-status.session';

/** The key of an actor: processes count their sessions alike. */
export const keyOf = ({ source = '', sessionId }: InspectionRecord, id = sessionId): string =>
  JSON.stringify([source, id]);

/**
 * What was told of running actors, bounded: of the records the oldest are dropped, and of an actor always stay what
 * announced it, its definition and what it was before the oldest record.
 */
export class InspectionSession {
  readonly #limits: SessionLimits;
  readonly #actors = new Map<string, InspectedActor>();
  readonly #definitions = new Map<string, string>();
  #kept: { readonly entry: SessionEntry; readonly size: number }[] = [];
  /** Entries at the beginning of `#kept` that no longer count. */
  #gone = 0;
  #characters = 0;
  #definitionCharacters = 0;
  #dropped = 0;
  #next = 1;

  constructor(limits: Partial<SessionLimits> = {}) {
    this.#limits = { ...sessionLimits, ...limits };
  }

  /** The actors in the order in which they became known. */
  get actors(): readonly InspectedActor[] {
    return [...this.#actors.values()];
  }

  /** What is kept of what happened, oldest first. */
  get entries(): readonly SessionEntry[] {
    return this.#kept.slice(this.#gone).map(({ entry }) => entry);
  }

  /** The number of the oldest entry that is kept, or of the next one. */
  get first(): number {
    return this.#kept[this.#gone]?.entry.number ?? this.#next;
  }

  /** Some of the entries that are kept, beginning with the one of that number. */
  entriesFrom(number: number, most: number): readonly SessionEntry[] {
    const at = this.#gone + Math.max(0, number - this.first);
    return this.#kept.slice(at, at + most).map(({ entry }) => entry);
  }

  /** How many records are no longer kept, here or where they came from. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Counts records that were dropped before they came here. */
  noteDropped(count: number): void {
    this.#dropped += count;
  }

  /** Takes a record. Null, or why it was not taken whole. */
  add(given: InspectionRecord): string | null {
    const key = keyOf(given);
    if (!this.#actors.has(key) && this.#actors.size >= this.#limits.actors) {
      this.#dropped += 1;
      return `expected at most ${counted(this.#limits.actors, 'actor')}, received one more: it is not shown`;
    }
    const { record, problem } = this.#withRoomFor(given);
    const number = this.#next++;
    this.#know(key, record, number);
    // Definitions are counted apart, for they are kept apart.
    const { definition: _, ...rest } = record;
    const size = JSON.stringify(rest).length;
    this.#kept.push({ entry: { number, key, record }, size });
    this.#characters += size;
    this.#dropOldest();
    return problem;
  }

  /** Announces the actors that became known before the oldest entry, as they were then. */
  announcements(): readonly InspectionRecord[] {
    return this.actors
      .filter(({ born }) => born < this.first)
      .map(({ record, before }) => (before === undefined ? record : { ...record, snapshot: before }));
  }

  /** The records that make this session again. */
  records(): readonly InspectionRecord[] {
    return [...this.announcements(), ...this.entries.map(({ record }) => record)];
  }

  #withRoomFor(record: InspectionRecord): { record: InspectionRecord; problem: string | null } {
    const { definition, ...rest } = record;
    if (definition === undefined) return { record, problem: null };
    const known = this.#definitions.get(definition);
    if (known !== undefined) return { record: { ...rest, definition: known }, problem: null };
    if (this.#definitionCharacters + definition.length > this.#limits.definitions) {
      const problem = `expected at most ${this.#limits.definitions} characters of definitions, received more: an actor has none`;
      return { record: rest, problem };
    }
    this.#definitionCharacters += definition.length;
    this.#definitions.set(definition, definition);
    return { record, problem: null };
  }

  #know(key: string, record: InspectionRecord, number: number): void {
    const known = this.#actors.get(key);
    if (record.type === '@xstate.actor') {
      const definition = record.definition ?? known?.record.definition;
      const whole = definition === undefined ? record : { ...record, definition };
      this.#actors.set(key, { key, record: whole, born: known?.born ?? number, before: known?.before });
    } else if (!known) {
      const { sessionId, source } = record;
      const madeUp = {
        type: '@xstate.actor',
        sessionId,
        ...(source === undefined ? {} : { source }),
      } as const;
      this.#actors.set(key, { key, record: madeUp, born: number, before: undefined });
    }
  }

  #dropOldest(): void {
    const { records, characters } = this.#limits;
    while (this.#kept.length - this.#gone > records || this.#characters > characters) {
      const oldest = this.#kept[this.#gone];
      if (!oldest) break;
      const { entry, size } = oldest;
      this.#gone += 1;
      this.#characters -= size;
      this.#dropped += 1;
      const actor = this.#actors.get(entry.key);
      const { snapshot, type } = entry.record;
      if (actor && snapshot && type !== '@xstate.microstep')
        this.#actors.set(entry.key, { ...actor, before: snapshot });
    }
    if (this.#gone > this.#kept.length / 2) {
      this.#kept = this.#kept.slice(this.#gone);
      this.#gone = 0;
    }
  }
}

/** What each actor shows after the entries up to `number`; actors that were not known by then are left out. */
export function snapshotsAt(
  actors: readonly InspectedActor[],
  entries: readonly SessionEntry[],
  number: number,
): ReadonlyMap<string, PlainObject | undefined> {
  const shown = new Map<string, PlainObject | undefined>();
  for (const { key, born, before, record } of actors)
    if (born <= number) shown.set(key, before ?? record.snapshot);
  for (const { number: at, key, record } of entries) {
    if (at > number) break;
    if (record.snapshot && record.type !== '@xstate.microstep') shown.set(key, record.snapshot);
  }
  return shown;
}
