import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { problem, type DiagramProblem, type Outcome } from './problem.ts';

/**
 * A machine as plain data: all that a diagram, a table or another program needs, and nothing that only runs.
 * XState's own `definition` leaves out `always`, so the state nodes are walked here.
 */

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A guard or an action by name, with its parameters; `params` is null without any. */
export interface Call {
  readonly name: string;
  readonly params: Json;
}

/** One state; names of other states are their ids. */
export interface StateDescription {
  readonly id: string;
  readonly key: string;
  readonly parent: string | null;
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  readonly description: string | null;
  readonly initial: string | null;
  readonly tags: readonly string[];
  readonly meta: { readonly [key: string]: Json };
  readonly entry: readonly Call[];
  readonly exit: readonly Call[];
}

/** One transition. */
export interface TransitionDescription {
  /** Stable as long as source, event and target are; repeated ones are numbered from the second on. */
  readonly id: string;
  readonly source: string;
  /** Null: taken at once, without an event, as soon as the guard holds (`always`). */
  readonly event: string | null;
  readonly guard: Call | null;
  /** Empty: the event is handled without leaving the state. */
  readonly targets: readonly string[];
  readonly reenter: boolean;
  readonly actions: readonly Call[];
  readonly description: string | null;
  readonly meta: { readonly [key: string]: Json };
}

/** A machine: its states in document order, the root first, and its transitions in the order of their priority. */
export interface Statechart {
  readonly id: string;
  readonly events: readonly string[];
  readonly states: readonly StateDescription[];
  readonly transitions: readonly TransitionDescription[];
}

/** The most states that a machine may have to be described. */
export const maxStates = 500;

type RawTransition = AnyStateNode['always'] extends (infer T)[] | undefined ? T : never;

/** Describes `machine`; an inline guard or action is a problem and never a blank in the description. */
export function describeMachine(machine: AnyStateMachine): Outcome<Statechart> {
  const reader = new Reader();
  const nodes = documentOrder(machine.root);
  if (nodes === null) {
    const received = `more than ${maxStates}`;
    return {
      ok: false,
      problems: [problem('CHART_TOO_LARGE', machine.id, `at most ${maxStates} states`, received)],
    };
  }
  const states = nodes.map((node) => reader.state(node));
  const transitions = nodes.flatMap((node) => reader.transitions(node));
  if (reader.problems.length > 0) return { ok: false, problems: reader.problems };
  const events = [...new Set(transitions.flatMap(({ event }) => event ?? []))];
  return { ok: true, value: { id: machine.id, events, states, transitions } };
}

/** The id of a transition, but for the number of a repeated one. */
export function transitionId(source: string, event: string | null, targets: readonly string[]): string {
  return [source, event ?? 'always', targets.join('+') || 'stays'].join('--');
}

function documentOrder(root: AnyStateNode): readonly AnyStateNode[] | null {
  const nodes: AnyStateNode[] = [];
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (nodes.length === maxStates) return null;
    nodes.push(node);
    open.push(...Object.values(node.states).toReversed());
  }
  return nodes;
}

/** Reads one machine and gathers what cannot be described. */
class Reader {
  readonly problems: DiagramProblem[] = [];
  readonly #taken = new Map<string, number>();

  state(node: AnyStateNode): StateDescription {
    return {
      id: node.id,
      key: node.key,
      parent: node.parent?.id ?? null,
      kind: node.type,
      description: node.description ?? null,
      initial: (node.type === 'compound' && node.initial.target?.[0]?.id) || null,
      tags: [...node.tags],
      meta: this.#meta(node.meta, node.id),
      entry: node.entry.map((action) => this.#action(action, `entry of ${node.id}`)),
      exit: node.exit.map((action) => this.#action(action, `exit of ${node.id}`)),
    };
  }

  transitions(node: AnyStateNode): readonly TransitionDescription[] {
    const onEvent = [...node.transitions].flatMap(([event, list]) =>
      list.map((transition) => this.#transition(node, event, transition)),
    );
    const derived = (node.always ?? []).map((transition) => this.#transition(node, null, transition));
    return [...onEvent, ...derived];
  }

  #transition(node: AnyStateNode, event: string | null, raw: RawTransition): TransitionDescription {
    const targets = (raw.target ?? []).map((target) => target.id);
    const where = `${event ?? 'always'} of ${node.id}`;
    return {
      id: this.#idOf(transitionId(node.id, event, targets)),
      source: node.id,
      event,
      guard: raw.guard === undefined ? null : this.#guard(raw.guard, where),
      targets,
      reenter: raw.reenter,
      actions: raw.actions.map((action) => this.#action(action, where)),
      description: raw.description ?? null,
      meta: this.#meta(raw.meta, where),
    };
  }

  #idOf(wanted: string): string {
    const times = (this.#taken.get(wanted) ?? 0) + 1;
    this.#taken.set(wanted, times);
    return times === 1 ? wanted : `${wanted}--${times}`;
  }

  /** `and`, `or` and `not` of XState are functions that carry the guards that they combine. */
  #guard(raw: unknown, where: string): Call {
    const parts = (raw as { guards?: unknown }).guards;
    if (typeof raw === 'function' && Array.isArray(parts)) {
      const names = parts.map((part) => callText(this.#guard(part, where)));
      return { name: `${combinatorOf(raw)}(${names.join(', ')})`, params: null };
    }
    return this.#call(raw, 'GUARD_UNNAMED', where);
  }

  #action(raw: unknown, where: string): Call {
    return this.#call(raw, 'ACTION_UNNAMED', where);
  }

  #call(raw: unknown, code: 'GUARD_UNNAMED' | 'ACTION_UNNAMED', where: string): Call {
    if (typeof raw === 'string' && raw !== '') return { name: raw, params: null };
    const { type, params } = (typeof raw === 'object' ? (raw ?? {}) : {}) as {
      type?: unknown;
      params?: unknown;
    };
    if (typeof type === 'string' && type !== '') {
      return {
        name: type,
        params: params === undefined ? null : this.#data(params, `parameters of ${where}`),
      };
    }
    this.problems.push(problem(code, where, 'a name', 'an inline function'));
    return { name: '', params: null };
  }

  #meta(raw: unknown, where: string): { readonly [key: string]: Json } {
    return this.#data(raw ?? {}, `meta of ${where}`) as { readonly [key: string]: Json };
  }

  #data(raw: unknown, where: string): Json {
    if (isJson(raw)) return raw;
    this.problems.push(problem('PARAMS_NOT_DATA', where, 'plain data', 'something that JSON cannot hold'));
    return null;
  }
}

function combinatorOf(guard: object): string {
  const { check } = guard as { check?: { name?: string } };
  return (check?.name ?? '').replace(/^check/, '').toLowerCase() || 'combination';
}

function isJson(value: unknown): value is Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  const plain = typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
  return plain && Object.values(value).every(isJson);
}

/**
 * A guard or an action as one reads it aloud: its name and its parameters. A parameter `is` gives its value only
 * (`the result is`, `{is: 'SUCCESS'}`).
 */
export function callText({ name, params }: Call): string {
  if (params === null) return name;
  if (typeof params !== 'object' || Array.isArray(params)) return `${name} ${JSON.stringify(params)}`;
  const entries = Object.entries(params);
  const words = entries.map(([key, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return key === 'is' ? text : `${key} = ${text}`;
  });
  return [name, words.join(', ')].join(' ').trim();
}

/** The statuses that a state stands for, field by field: `meta.api`. */
export function apiOf({ meta }: StateDescription): readonly (readonly [field: string, status: string])[] {
  const api = meta['api'];
  if (typeof api !== 'object' || api === null || Array.isArray(api)) return [];
  return Object.entries(api).map(([field, status]) => [
    field,
    typeof status === 'string' ? status : JSON.stringify(status),
  ]);
}

/** The ids of the clauses behind a state or a transition: `meta.clauses`. */
export function clausesOf({ meta }: Pick<StateDescription, 'meta'>): readonly string[] {
  const ids = meta['clauses'];
  return Array.isArray(ids) ? ids.map(String) : [];
}
