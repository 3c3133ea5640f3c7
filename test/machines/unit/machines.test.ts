import { describe, expect, test } from 'vitest';
import { createActor, getInitialSnapshot, type AnyStateMachine, type StateValue } from 'xstate';
import {
  clauses,
  createAnalysisMachine,
  createFolderMachine,
  createGroupMachine,
  defaultReading,
  maxMicrosteps,
} from '../../../machines/index.ts';
import { nodesOf, transitionsOf } from '../paths/transitions.ts';
import { allSettings, nameSettings } from '../paths/settings.ts';
import { some } from '../../deep.ts';

/** With every transition that a group or an analysis can have. */
const settings = {
  reading: { ...defaultReading, 'operator-decision': 'allowed', 'failed-beside-declined': 'declined' },
  operatorRequired: 'allowed',
} as const;

const machines: readonly (readonly [string, AnyStateMachine])[] = [
  ['analysis', createAnalysisMachine(settings)],
  ['group', createGroupMachine(settings)],
  ['folder', createFolderMachine(settings)],
];

/** Paths to functions in a value. */
function functionsIn(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'function') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => functionsIn(member, `${path}/${key}`));
}

describe('entering a machine', () => {
  test.each(['analysis', 'group', 'folder'] as const)(
    '%s starts under every setting that is tried without input',
    (name) => {
      const create = {
        analysis: createAnalysisMachine,
        group: createGroupMachine,
        folder: createFolderMachine,
      }[name];
      for (const each of some(200, allSettings)) {
        const actor = createActor(create(each) as AnyStateMachine).start();
        const start =
          name === 'folder' ? { resolution_status: 'INITIAL', system_resolution: 'INITIAL' } : 'PROCESSING';
        expect(actor.getSnapshot().value, nameSettings(each)).toEqual(start);
        expect(actor.getSnapshot().status).toBe('active');
        actor.stop();
      }
    },
  );

  test.each(machines)('%s enters every one of its states by name', (_name, machine) => {
    for (const node of nodesOf(machine)) {
      expect(() => machine.resolveState({ value: valueOf(node.path, machine), context: {} })).not.toThrow();
      if (node.type === 'compound') expect(Object.keys(node.states)).toContain(node.initial.target[0]?.key);
    }
  });
});

function valueOf(path: readonly string[], machine: AnyStateMachine): StateValue {
  const nest = (inner: StateValue | undefined, key: string): StateValue => (inner ? { [key]: inner } : key);
  return path.reduceRight<StateValue | undefined>(nest, undefined) ?? getInitialSnapshot(machine).value;
}

describe.each(machines)('the config of %s', (name, machine) => {
  test('is complete JSON but for the factory of the context', () => {
    expect(functionsIn(machine.config)).toEqual(name === 'folder' ? [] : ['/context']);
    const { context: _context, ...rest } = machine.config as { context?: unknown };
    expect(JSON.parse(JSON.stringify(rest))).toEqual(rest);
  });

  test('names only guards and actions that exist', () => {
    for (const { guard, actions } of transitionsOf(machine)) {
      const used = typeof guard === 'object' && guard !== null ? (guard as { type: string }).type : guard;
      if (used !== undefined) expect(Object.keys(machine.implementations.guards)).toContain(used);
      for (const action of actions) {
        expect(Object.keys(machine.implementations.actions)).toContain((action as { type: string }).type);
      }
    }
  });

  test('describes every state', () => {
    expect(
      nodesOf(machine)
        .filter((node) => !node.description)
        .map((node) => node.id),
    ).toEqual([]);
  });

  test('tags exactly the states in which an analysis or a group has settled', () => {
    if (name === 'folder') return;
    const shown = nodesOf(machine).filter((node) => ['atomic', 'final'].includes(node.type));
    expect(shown.length).toBeGreaterThan(1);
    for (const { key, tags } of shown) expect(tags, key).toEqual(key === 'PROCESSING' ? [] : ['settled']);
  });

  test('bounds the microsteps of one event by the number of statuses', () => {
    expect(machine.options.maxIterations).toBe(maxMicrosteps);
    expect(maxMicrosteps).toBe(7);
  });

  test('gives every transition and every state that shows a status at least one clause, all of them registered', () => {
    const leaves = nodesOf(machine).filter((node) => node.type === 'atomic' || node.type === 'final');
    for (const { id, meta } of [
      ...leaves,
      ...transitionsOf(machine).map((each) => ({ id: each.eventType, meta: each.meta })),
    ]) {
      const ids = (meta as { clauses?: readonly string[] } | undefined)?.clauses ?? [];
      expect(ids.length, id).toBeGreaterThan(0);
      for (const clause of ids) expect(Object.keys(clauses)).toContain(clause);
    }
  });

  test('has names for its states that are statuses or fields of the API', () => {
    const names = nodesOf(machine)
      .slice(1)
      .map((node) => node.key);
    expect(
      names.every((key) => /^[A-Z_]+$/.test(key) || ['resolution_status', 'system_resolution'].includes(key)),
    ).toBe(true);
  });
});
