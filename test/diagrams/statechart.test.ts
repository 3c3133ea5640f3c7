import * as fc from 'fast-check';
import { createMachine, setup } from 'xstate';
import { describe, expect, test } from 'vitest';
import {
  allReadings,
  defaultSettings,
  groupMoves,
  holdsUnder,
  neighbouringReadings,
  statusMoves,
  systemMoves,
} from '../../machines/index.ts';
import { compareCharts } from '../../src/diagrams/facts/compare-charts.ts';
import { handlers, leavesOf } from '../../src/diagrams/facts/chart-facts.ts';
import { chartOf } from '../../src/diagrams/facts/machine-document.ts';
import { expectDrawn } from '../../src/diagrams/facts/problem.ts';
import { callText, describeMachine, maxStates } from '../../src/diagrams/facts/statechart.ts';
import { markedRules } from '../../src/diagrams/facts/rules.ts';
import { machineFigure } from '../../src/diagrams/figure/machine-figure.ts';
import { spokenRules } from '../../src/explore/readings/rule-words.ts';
import { selfMoves } from './machines.ts';

const named = setup({ guards: { ready: () => true }, actions: { note: () => {} } });

describe('a description', () => {
  test('holds every legal move of the folder as a derived transition, under every reading', () => {
    fc.assert(
      fc.property(fc.constantFrom(...allReadings()), (reading) => {
        const { transitions } = chartOf('folder', { ...defaultSettings, reading });
        const derived = transitions
          .filter(({ event }) => event === null)
          .map(({ source, targets }) => `${source} ${targets.join()}`);
        const moves = [
          ...statusMoves.map((move) => ({ ...move, region: 'folder.resolution_status' })),
          ...systemMoves.map((move) => ({ ...move, region: 'folder.system_resolution' })),
        ]
          .filter(({ under }) => holdsUnder(under, reading))
          .map(({ region, from, to }) => `${region}.${from} ${region}.${to}`);
        expect(derived.toSorted()).toEqual([...new Set(moves)].toSorted());
      }),
      { numRuns: 40 },
    );
  });

  test.each(neighbouringReadings())('holds every legal move of a group under %s', (_, reading) => {
    const { transitions } = chartOf('group', { ...defaultSettings, reading });
    const derived = transitions.filter(({ event }) => event === null).map(({ guard }) => guard!.params);
    const legal = groupMoves.filter(({ under }) => holdsUnder(under, reading)).map(({ to }) => ({ is: to }));
    expect(derived).toEqual(legal);
  });

  test('is plain data that survives JSON', () => {
    const chart = chartOf('folder');
    expect(JSON.parse(JSON.stringify(chart))).toEqual(chart);
  });

  test('gives every state and every transition an id of its own', () => {
    const { states, transitions } = expectDrawn(describeMachine(selfMoves));
    const ids = [...states, ...transitions].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('names combined guards and reads parameters aloud', () => {
    const chart = expectDrawn(describeMachine(selfMoves));
    const guards = chart.transitions.flatMap(({ guard }) => (guard ? [callText(guard)] : []));
    expect(guards).toEqual(['and(ready, not(late))']);
    expect(callText({ name: 'the result is', params: { is: 'SUCCESS' } })).toBe('the result is SUCCESS');
    expect(callText({ name: 'waits', params: { seconds: 5, twice: true } })).toBe(
      'waits seconds = 5, twice = true',
    );
    expect(callText({ name: 'waits', params: [1] })).toBe('waits [1]');
  });
});

describe('a machine that cannot be described is a problem and never a blank', () => {
  const codesOf = (machine: Parameters<typeof describeMachine>[0]) => {
    const outcome = describeMachine(machine);
    return outcome.ok ? [] : outcome.problems.map(({ code, where }) => [code, where]);
  };

  test('for an inline guard, on an event and without one', () => {
    const machine = named.createMachine({
      id: 'm',
      initial: 'a',
      states: {
        a: { on: { go: { guard: () => true, target: 'b' } } },
        b: { always: { guard: () => false, target: 'a' } },
      },
    });
    expect(codesOf(machine)).toEqual([
      ['GUARD_UNNAMED', 'go of m.a'],
      ['GUARD_UNNAMED', 'always of m.b'],
    ]);
  });

  test('for an inline action, wherever it stands', () => {
    const machine = named.createMachine({
      id: 'm',
      initial: 'a',
      states: { a: { entry: () => {}, exit: () => {}, on: { go: { actions: () => {} } } } },
    });
    expect(codesOf(machine)).toEqual([
      ['ACTION_UNNAMED', 'entry of m.a'],
      ['ACTION_UNNAMED', 'exit of m.a'],
      ['ACTION_UNNAMED', 'go of m.a'],
    ]);
  });

  test('for meta that JSON cannot hold', () => {
    expect(codesOf(createMachine({ id: 'm', meta: { since: new Date(0) } }))).toEqual([
      ['PARAMS_NOT_DATA', 'meta of m'],
    ]);
  });

  test('for more states than a picture can show', () => {
    const states = Object.fromEntries(Array.from({ length: maxStates }, (_, at) => [`s${at}`, {}]));
    expect(codesOf(createMachine({ id: 'm', initial: 's0', states }))).toEqual([['CHART_TOO_LARGE', 'm']]);
    const { s0: _, ...fewer } = states;
    expect(codesOf(createMachine({ id: 'm', initial: 's1', states: fewer }))).toEqual([]);
  });
});

test('a comparison names what only one chart has and what differs', () => {
  const machine = (events: Record<string, string>, description: string) =>
    expectDrawn(
      describeMachine(
        createMachine({ id: 'm', initial: 'a', states: { a: { description, on: events }, b: {} } }),
      ),
    );
  const { changes } = compareCharts(
    machine({ one: 'b', two: 'b' }, 'x'),
    machine({ two: 'b', three: 'b' }, 'y'),
  );
  expect(Object.fromEntries(changes)).toEqual({
    'm.a': 'changed',
    'm.a--one--m.b': 'removed',
    'm.a--three--m.b': 'added',
  });
  const same = machine({ one: 'b' }, 'x');
  expect(compareCharts(same, same).changes.size).toBe(0);
});

test('no event is handled in a state in which the machine is over', () => {
  const chart = expectDrawn(
    describeMachine(
      createMachine({ id: 'm', initial: 'a', on: { go: '.b' }, states: { a: {}, b: { type: 'final' } } }),
    ),
  );
  const taken = leavesOf(chart).map((leaf) => handlers(chart, leaf, 'go').length);
  expect(taken).toEqual([1, 0]);
});

describe('the rules of two readings', () => {
  const versus = {
    ...defaultSettings,
    reading: { ...defaultSettings.reading, 'failed-beside-declined': 'declined' },
  } as const;
  const figure = machineFigure(chartOf('folder', versus), {
    subtitle: 'compared',
    changes: new Map(),
    settings: defaultSettings,
    versus,
  });
  const linesOf = (lines: (typeof figure)['foot']) =>
    lines.map((line) => line.map(({ text }) => text).join(' '));

  test('stand below a difference where they differ, marked, and say that nothing else does', () => {
    expect(linesOf(figure.head)).toContain('compared No state and no arrow differs; the rules below do.');
    const marked = linesOf(figure.foot).filter((line) => /^[+−]/.test(line));
    const swapped = [defaultSettings, versus].flatMap(({ reading }, at) =>
      spokenRules('system_resolution', reading).flatMap(({ shows, when }, place) =>
        ['FAILED', 'DECLINED'].includes(shows) ? [`${'−+'[at]!} ${place + 1}. ${shows}: ${when}.`] : [],
      ),
    );
    expect(marked).toEqual(swapped);
    expect(linesOf(figure.foot).filter((line) => line.startsWith('resolution_status'))).toHaveLength(1);
  });

  test('name both rules on an arrow that waits for another one, and one where they are alike', () => {
    const labels = figure.edges.map(({ lines }) => linesOf(lines)[0]);
    expect(labels).toContain('[rule 3 → rule 4]');
    expect(labels).toContain('[rule 4 → rule 3]');
    expect(labels).toContain('[rule 2]');
  });

  test('are given once where both readings have them', () => {
    const alike = markedRules(chartOf('folder'), defaultSettings, defaultSettings);
    expect(alike.map(({ heading }) => heading)).toEqual(
      ['resolution_status', 'system_resolution'].map(
        (field) => `${field} follows the first of these rules that holds:`,
      ),
    );
    expect(markedRules(chartOf('folder'), undefined, undefined)).toEqual([]);
  });
});
