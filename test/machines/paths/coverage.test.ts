import { describe, expect, test } from 'vitest';
import { createActor, type AnyStateMachine, type EventObject } from 'xstate';
import {
  createAnalysisMachine,
  createFolderMachine,
  createGroupMachine,
  type FolderEvent,
  type Group,
  type Settings,
} from '../../../machines/index.ts';
import { naiveWorst, OracleFolder } from '../oracle/folder.ts';
import { memberEvents } from './bounded.ts';
import { observedStatusMoves, observedSystemMoves } from './moves.ts';
import { allSettings, nameSettings } from './settings.ts';
import { nameTransition, transitionsOf } from './transitions.ts';
import { some } from '../../deep.ts';

interface Tally {
  readonly taken: Set<string>;
  readonly all: Set<string>;
}

const tallyOf = (machine: AnyStateMachine): Tally => ({
  taken: new Set(),
  all: new Set(transitionsOf(machine).map(nameTransition)),
});

/** Runs the events on an actor and notes every transition that it takes, eventless ones included. */
function run(
  machine: AnyStateMachine,
  events: readonly EventObject[],
  tally: Tally,
  check: (value: unknown, at: number) => void,
  input?: object,
): void {
  const actor = createActor(machine, {
    input,
    inspect: (inspected) => {
      if (inspected.type !== '@xstate.microstep') return;
      for (const transition of inspected._transitions) tally.taken.add(nameTransition(transition));
    },
  });
  actor.start();
  for (const [at, event] of events.entries()) {
    // An actor in a final state takes nothing more; that it refuses is the matter of other tests.
    if (actor.getSnapshot().status !== 'active') break;
    actor.send(event);
    check(actor.getSnapshot().value, at);
  }
  actor.stop();
}

/** Transitions that a machine has and no path took, and those that were taken although it does not list them. */
const untaken = ({ taken, all }: Tally): string[] => [...all].filter((name) => !taken.has(name));

/** Sums over all readings, so that the printed line says how much was walked. */
const total = { taken: 0, all: 0, readings: 0 };

const withOperator = allSettings.filter((settings) => settings.operatorRequired === 'allowed');

function coverFolder(settings: Settings): readonly string[] {
  const machine = createFolderMachine(settings);
  const tally = tallyOf(machine);
  const wrong: string[] = [];
  const traces: readonly (readonly FolderEvent[])[] = [
    ...observedStatusMoves(settings).values(),
    ...observedSystemMoves(settings).values(),
  ];
  for (const trace of traces) {
    const oracle = new OracleFolder(settings);
    run(machine, trace, tally, (value, at) => {
      oracle.accept(trace[at]!);
      const expected = JSON.stringify(oracle.fields());
      if (JSON.stringify(value) === expected) return;
      wrong.push(
        `expected ${expected}, received ${JSON.stringify(value)} after ${JSON.stringify(trace.slice(0, at + 1))}`,
      );
    });
  }
  if (settings.operatorRequired === 'allowed') {
    wrong.push(...untaken(tally).map((name) => `never taken: ${name}`));
    total.taken += tally.taken.size;
    total.all += tally.all.size;
    total.readings += 1;
  }
  return wrong.map((message) => `${message}, under ${nameSettings(settings)}`);
}

describe('transition coverage', () => {
  test('of the analysis is complete under every reading [RESULT-AFTER-FINISH]', () => {
    const alphabet = memberEvents('analysis');
    let [taken, all] = [0, 0];
    for (const settings of oncePerMachine(withOperator)) {
      const machine = createAnalysisMachine(settings);
      const tally = tallyOf(machine);
      for (const first of alphabet) {
        for (const second of alphabet) run(machine, [first, second], tally, () => undefined);
      }
      expect(untaken(tally), nameSettings(settings)).toEqual([]);
      taken += tally.taken.size;
      all += tally.all.size;
    }
    process.stdout.write(`analysis: ${taken} of ${all} transitions taken\n`);
    expect(taken).toBe(all);
  });

  test('of the group is complete under every reading, each state checked by the oracle [GROUP-RESULT-WORST]', () => {
    const group: Group = {
      id: 'group',
      analyses: ['a', 'b'].map((id) => ({ id, kind: 'BIOMETRY', resolution: 'PROCESSING' })),
    };
    const alphabet = group.analyses.flatMap(({ id }) => memberEvents(id));
    // Sequences of three events, most of them partly refused; the deep run has every one.
    const sequences = alphabet.flatMap((first) =>
      alphabet.flatMap((second) => alphabet.map((third) => [first, second, third])),
    );
    let [taken, all] = [0, 0];
    for (const settings of oncePerMachine(withOperator)) {
      const wrong: string[] = [];
      const machine = createGroupMachine(settings);
      const tally = tallyOf(machine);
      for (const sequence of some(500, sequences)) {
        const oracle = new OracleFolder(settings);
        oracle.accept({ type: 'group.posted', groupId: group.id, analyses: group.analyses });
        const shown: unknown[] = [];
        const expected = sequence.map((event) => {
          oracle.accept(event);
          return naiveWorst(oracle.resolutions(), settings.reading);
        });
        run(machine, sequence, tally, (value) => shown.push(value), group);
        if (shown.join() !== expected.join()) wrong.push(`${shown.join()} after ${JSON.stringify(sequence)}`);
      }
      expect(wrong.slice(0, 3), nameSettings(settings)).toEqual([]);
      expect(untaken(tally), nameSettings(settings)).toEqual([]);
      taken += tally.taken.size;
      all += tally.all.size;
    }
    process.stdout.write(`group: ${taken} of ${all} transitions taken\n`);
    expect(taken).toBe(all);
  });

  test('of the folder is complete under every reading that is tried, each move checked by the oracle [FOLDER-RESULT-LAST-FINISHED]', () => {
    const tried = some(24, allSettings);
    const wrong = tried.flatMap(coverFolder);
    process.stdout.write(
      `folder: ${total.taken} of ${total.all} transitions taken, over ${total.readings} readings\n`,
    );
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(total.taken).toBe(total.all);
    expect(total.readings).toBe(tried.filter((one) => one.operatorRequired === 'allowed').length);
  });
});

/** Settings that give pairwise different groups and analyses: only two questions reach so far down. */
function oncePerMachine(list: readonly Settings[]): readonly Settings[] {
  const byMachine = new Map(
    list.map((settings) => {
      const { reading } = settings;
      return [`${reading['operator-decision']} ${reading['failed-beside-declined']}`, settings] as const;
    }),
  );
  return [...byMachine.values()];
}
