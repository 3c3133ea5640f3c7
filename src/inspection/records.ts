import { printable } from '../text/escape.ts';
import { plain, type Plain } from './plain.ts';

/**
 * What is said of running actors, one record for each thing that happens. The form is that of the messages of
 * `@statelyai/inspect`, which come in without change, and of the microsteps of XState, which those leave out.
 */

/** The kinds of records. */
export const recordTypes = [
  '@xstate.actor',
  '@xstate.event',
  '@xstate.microstep',
  '@xstate.snapshot',
] as const;

/** An object of JSON. */
export type PlainObject = Readonly<Record<string, Plain | undefined>>;

/** One record. Ids of sessions are unique within their source. */
export interface InspectionRecord {
  readonly type: (typeof recordTypes)[number];
  readonly sessionId: string;
  /** The process or page that the actor runs in. */
  readonly source?: string;
  readonly rootId?: string;
  readonly parentId?: string;
  /** The session of the actor that sent the event. */
  readonly sourceId?: string;
  readonly name?: string;
  /** The config of the machine as JSON. */
  readonly definition?: string;
  readonly snapshot?: PlainObject;
  readonly event?: PlainObject;
  /** The transitions that a microstep took, in words. */
  readonly transitions?: readonly string[];
  /** Milliseconds since 1970, as a text. */
  readonly createdAt?: string;
}

/** The longest definition, in characters. */
export const maxDefinition = 1_000_000;
const maxName = 300;
const maxTransitions = 100;

/** A record, or what is wrong with the input. */
export type ReadRecord =
  | { readonly ok: true; readonly record: InspectionRecord }
  | { readonly ok: false; readonly problem: string };

class Wrong extends Error {}

/** Takes a value from anywhere for a record: what is known of it is copied, and nothing else. */
export function readRecord(value: unknown): ReadRecord {
  try {
    return { ok: true, record: recordOf(value) };
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, problem: error.message };
    throw error;
  }
}

/** A record from its JSON. */
export function parseRecord(json: string): ReadRecord {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { ok: false, problem: `expected a record as JSON, received ${received(json)}` };
  }
  return readRecord(value);
}

function recordOf(value: unknown): InspectionRecord {
  if (!isObject(value)) throw new Wrong(`expected an object, received ${received(value)}`);
  const type = recordTypes.find((each) => each === value['type']);
  if (!type) throw new Wrong(`type: expected ${recordTypes.join(', ')}, received ${received(value['type'])}`);
  const sessionId = textOf(value, 'sessionId', maxName);
  if (sessionId === undefined || sessionId === '')
    throw new Wrong(`sessionId: expected a text, received ${received(value['sessionId'])}`);
  const members = {
    source: textOf(value, 'source', maxName),
    rootId: textOf(value, 'rootId', maxName),
    parentId: textOf(value, 'parentId', maxName),
    sourceId: textOf(value, 'sourceId', maxName),
    name: textOf(value, 'name', maxName),
    definition: textOf(value, 'definition', maxDefinition),
    snapshot: objectOf(value, 'snapshot'),
    event: eventOf(value),
    transitions: transitionsOf(value),
    createdAt: textOf(value, 'createdAt', maxName),
  };
  const given = Object.entries(members).filter(([, member]) => member !== undefined);
  return { type, sessionId, ...(Object.fromEntries(given) as Partial<InspectionRecord>) };
}

type Given = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function textOf(value: Given, key: string, most: number): string | undefined {
  const text = value[key] ?? undefined;
  if (text === undefined) return undefined;
  if (typeof text !== 'string') throw new Wrong(`${key}: expected a text, received ${received(text)}`);
  if (text.length > most)
    throw new Wrong(`${key}: expected at most ${most} characters, received ${text.length}`);
  return text;
}

function objectOf(value: Given, key: string): PlainObject | undefined {
  const object = value[key] ?? undefined;
  if (object === undefined) return undefined;
  if (!isObject(object)) throw new Wrong(`${key}: expected an object, received ${received(object)}`);
  return plain(object) as PlainObject;
}

function eventOf(value: Given): PlainObject | undefined {
  const event = objectOf(value, 'event');
  if (event === undefined && value['type'] !== '@xstate.event') return undefined;
  if (typeof event?.['type'] !== 'string')
    throw new Wrong(`event.type: expected a text, received ${received(event?.['type'])}`);
  return event;
}

function transitionsOf(value: Given): readonly string[] | undefined {
  const transitions = value['transitions'];
  if (transitions === undefined) return undefined;
  const isList = Array.isArray(transitions) && transitions.every((each) => typeof each === 'string');
  if (!isList) throw new Wrong(`transitions: expected a list of texts, received ${received(transitions)}`);
  return (transitions as readonly string[]).slice(0, maxTransitions).map((each) => each.slice(0, maxName));
}

function received(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `“${printable(value, 60)}”`;
  if (Array.isArray(value)) return 'a list';
  return isObject(value) ? 'an object' : JSON.stringify(value);
}
