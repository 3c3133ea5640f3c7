import type { InspectionEvent } from 'xstate';
import { plain, plainLimits } from './plain.ts';
import { maxDefinition, type InspectionRecord, type PlainObject } from './records.ts';

/** What XState gives of an actor beyond the type that it declares. */
interface ActorLike {
  readonly sessionId: string;
  readonly id?: string;
  readonly logic?: { readonly config?: unknown };
  readonly _parent?: { readonly sessionId: string };
  getSnapshot(): unknown;
}

/**
 * What makes the record of what XState tells its inspectors; null for what adds nothing: actions, and the transition
 * that the snapshot repeats. What is shown is noted now, and copied when the record is made.
 */
export function recordOfXState(event: InspectionEvent, createdAt: string): (() => InspectionRecord) | null {
  const actor = event.actorRef as unknown as ActorLike;
  const common = { sessionId: actor.sessionId, rootId: event.rootId, createdAt };
  switch (event.type) {
    case '@xstate.actor': {
      const announce = announced(actor);
      return () => ({ type: event.type, ...common, ...announce() });
    }
    case '@xstate.event': {
      const sourceId = event.sourceRef?.sessionId;
      const sender = sourceId === undefined ? {} : { sourceId };
      return () => ({ type: event.type, ...common, ...sender, event: object(event.event) });
    }
    case '@xstate.microstep': {
      const transitions = event._transitions.map(({ source, target }) =>
        target
          ? `${source.id} to ${target.map(({ id }) => id).join(', ')}`
          : `a transition of ${source.id} that changes no state`,
      );
      return () => ({ type: event.type, ...common, ...shown(event), transitions });
    }
    case '@xstate.snapshot':
      return () => ({ type: event.type, ...common, ...shown(event) });
    default:
      return null;
  }
}

/** A message of `@statelyai/inspect` in bounds; it holds a machine as one text. */
export function recordOfMessage(message: object): object {
  return object(message, { ...plainLimits, text: maxDefinition, characters: 2 * maxDefinition });
}

const shown = ({ event, snapshot }: { readonly event: unknown; readonly snapshot: unknown }) => ({
  event: object(event),
  snapshot: object(snapshot),
});

/** What announces an actor, as it is now. */
function announced(actor: ActorLike): () => Partial<InspectionRecord> {
  const { id, logic, sessionId } = actor;
  const config = logic?.config;
  const parentId = actor['_parent']?.sessionId;
  const snapshot = snapshotOf(actor);
  return () => {
    const definition = config === undefined ? undefined : JSON.stringify(plain(config, definitionLimits));
    return {
      // An actor without an id of its own has that of its session, which tells less than the machine.
      name: (id === sessionId ? idOf(config) : id) ?? sessionId,
      ...(snapshot && { snapshot: object(snapshot.is) }),
      ...(parentId === undefined ? {} : { parentId }),
      ...(definition === undefined || definition.length > maxDefinition ? {} : { definition }),
    };
  };
}

/** What an actor shows. At the time at which XState announces it, it may not have begun to show anything. */
function snapshotOf(actor: ActorLike): { readonly is: unknown } | undefined {
  try {
    return { is: actor.getSnapshot() };
  } catch {
    return undefined;
  }
}

/** Machines of some size are given whole. */
const definitionLimits = { ...plainLimits, depth: 60, values: 200_000, characters: 2 * maxDefinition };

const idOf = (config: unknown): string | undefined => {
  const { id } = (config ?? {}) as { readonly id?: unknown };
  return typeof id === 'string' ? id : undefined;
};

/** An object as it is, and any other value as one that holds it. */
function object(value: unknown, limits = plainLimits): PlainObject {
  const copy = plain(value, limits);
  return typeof copy === 'object' && copy !== null && !Array.isArray(copy)
    ? (copy as PlainObject)
    : { value: copy };
}
