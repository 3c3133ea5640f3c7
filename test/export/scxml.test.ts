import { describe, expect, test } from 'vitest';
import { createMachine } from 'xstate';
import { defaultReading, defaultSettings, neighbouringReadings } from '../../machines/index.ts';
import { describeMachine, machineNames } from '../../src/diagrams/index.ts';
import { blueprintOf, chartOf, scxmlDocument } from '../../src/assurance/export/index.ts';
import { readDocument } from './scxml-reader.ts';

const allowed = { ...defaultReading, 'operator-decision': 'allowed' } as const;
const cases = machineNames.flatMap((machine) =>
  [...neighbouringReadings(), ['all that can be decided', allowed] as const].map(
    ([name, reading]) => [machine, name, { ...defaultSettings, reading }] as const,
  ),
);

/** A chart of our own, for what no machine of the specification needs. */
function documentOf(config: object): string {
  const described = describeMachine(createMachine({ id: 'folder', ...config }));
  if (!described.ok) throw new Error(described.problems.map(({ message }) => message).join());
  return scxmlDocument(described.value, blueprintOf());
}

describe('an SCXML document', () => {
  test.each(cases)('has the states and transitions of the machine: %s, %s', (machine, _name, settings) => {
    const chart = chartOf(machine, settings);
    const document = readDocument(scxmlDocument(chart, blueprintOf(settings)));
    expect(document.states).toEqual(
      chart.states.map(({ id, parent, initial, kind }) => ({
        id,
        parent,
        initial,
        element: kind === 'parallel' || kind === 'final' ? kind : 'state',
      })),
    );
    expect(document.transitions).toEqual(
      chart.states.flatMap(({ id }) =>
        chart.transitions
          .filter(({ source }) => source === id)
          .map(({ event, guard, targets, actions }) => ({
            source: id,
            event,
            hasCondition: guard !== null,
            targets,
            internal: false,
            actions: actions.length,
          })),
      ),
    );
  });

  test('says internal where a transition of XState stays inside its compound source', () => {
    const states = { one: {}, two: {} };
    const on = { go: '.two', again: { target: '.two', reenter: true }, nothing: {} };
    const { transitions } = readDocument(documentOf({ initial: 'one', states, on }));
    expect(transitions.map(({ event, internal }) => [event, internal])).toEqual([
      ['go', true],
      ['again', false],
      ['nothing', false],
    ]);
  });

  test('is refused where it would lose a guard or an action', () => {
    const chart = { initial: 'one', states: { one: {} } };
    expect(() => documentOf({ ...chart, on: { go: { guard: 'unheard of' } } })).toThrow(
      'there is no condition for the guard "unheard of"',
    );
    expect(() => documentOf({ ...chart, on: { go: { actions: 'unheard of' } } })).toThrow(
      'there is no element for the action "unheard of"',
    );
    expect(() => documentOf({ id: 'other' })).toThrow('there is no datamodel for the machine other');
  });
});
