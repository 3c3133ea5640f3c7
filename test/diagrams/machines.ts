import { and, createMachine, not, setup } from 'xstate';

/** Machines that have nothing to do with the specification and are hard to draw. */

const long = 'a_state_whose_name_is_much_longer_than_any_status_of_any_api_that_we_know';

const crowded = Array.from({ length: 7 }, (_, at) => `one of several events, number ${at + 1}`);

/** Names far longer than a box is wide by itself. */
export const longNames = createMachine({
  id: 'long names',
  initial: long,
  states: {
    [long]: {
      description:
        'A description that goes on and on, over several lines, because somebody had a great deal to say about this state.',
      on: { [`an.event.with.a.name.that.is.${'very.'.repeat(8)}long`]: { target: 'short' } },
    },
    short: { on: { back: long } },
  },
});

/** Many arrows between the same two states. */
export const manyMoves = createMachine({
  id: 'many moves',
  initial: 'left',
  states: {
    left: { on: Object.fromEntries(crowded.map((event) => [event, 'right'])) },
    right: { on: Object.fromEntries(crowded.slice(0, 4).map((event) => [event, 'left'])) },
  },
});

/** States that lead to themselves, an atomic and a compound one, and one that handles an event inside. */
export const selfMoves = setup({
  actions: { note: () => {} },
  guards: { ready: () => true, late: () => false },
}).createMachine({
  id: 'self moves',
  initial: 'waiting',
  states: {
    waiting: {
      on: {
        tick: { target: 'waiting', reenter: true },
        tock: { target: 'waiting', reenter: true, guard: and(['ready', not('late')]) },
        noted: { actions: 'note' },
        go: 'working',
      },
    },
    working: {
      initial: 'first',
      entry: 'note',
      on: { again: { target: 'working', reenter: true } },
      states: { first: { on: { next: 'second' } }, second: { on: { next: 'first' } } },
    },
  },
});

/** Regions inside regions, entered from outside and left from inside. */
export const nestedRegions = createMachine({
  id: 'nested regions',
  initial: 'off',
  states: {
    off: { on: { power: 'on', shortcut: '#deep' } },
    on: {
      type: 'parallel',
      description: 'Two regions, one of which has two of its own.',
      on: { power: 'off' },
      states: {
        light: {
          initial: 'dim',
          states: { dim: { on: { press: 'bright' } }, bright: { on: { press: 'dim' } } },
        },
        sound: {
          type: 'parallel',
          states: {
            volume: {
              initial: 'low',
              states: { low: { on: { up: 'high' } }, high: { on: { down: 'low' } } },
            },
            source: {
              initial: 'radio',
              states: {
                radio: { on: { change: 'record' } },
                record: { id: 'deep', on: { change: 'radio', eject: '#nested regions.off' } },
              },
            },
          },
        },
      },
    },
  },
});

/** Every machine above. */
export const hardMachines = [longNames, manyMoves, selfMoves, nestedRegions] as const;
