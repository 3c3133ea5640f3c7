import { initialTransition, transition } from 'xstate';
import { describe, expect, it } from 'vitest';
import {
  allReadings,
  createFolderMachine,
  isLegal,
  reduceFolder,
  type Folder,
  isSettled,
  type FolderEvent,
  type Reading,
} from '../../machines/index.ts';
import {
  explore,
  hindrances,
  observableReading,
  planExperiments,
  readingBounds,
  readingClasses,
  testedFolderSystem,
  type Experiment,
  type Plan,
  type Step,
} from '../../src/explore/index.ts';
import { isDeep, some } from '../deep.ts';
import { defaultPlan } from '../readings/default-plan.ts';

const plan = defaultPlan();

const keys = new WeakMap<Reading, string>();

/** A reading as text. */
function keyOf(reading: Reading): string {
  const key = keys.get(reading) ?? JSON.stringify(reading);
  keys.set(reading, key);
  return key;
}

const machines = new Map(
  allReadings().map((reading) => [
    keyOf(reading),
    createFolderMachine({ reading, operatorRequired: 'allowed' }),
  ]),
);

/** A new folder in an installation that works by one reading, as the machine tells. */
function installation(reading: Reading) {
  const machine = machines.get(keyOf(reading))!;
  let snapshot = initialTransition(machine)[0];
  return {
    folder: () => snapshot.context,
    shows: () => snapshot.value,
    /** Whether the installation takes the event. */
    send: (event: FolderEvent) => {
      const taken = snapshot.can(event);
      snapshot = transition(machine, snapshot, event)[0];
      return taken;
    },
  };
}

/** Follows a plan as a tester does: where it ends, and what it took. */
function follow(root: Experiment, reading: Reading) {
  const effort = { unforced: 0, folders: 0, steps: 0 };
  let at = root;
  let tested = installation(reading);
  for (;;) {
    if (at.folder === 'new') {
      tested = installation(reading);
      effort.folders++;
    }
    for (const step of at.moves.flatMap(({ steps }) => steps)) {
      const taken = tested.send(step.event);
      if (!taken && !step.hindrances.includes('person')) throw new Error(`refused: ${JSON.stringify(step)}`);
      effort.steps++;
      if (step.hindrances.some((hindrance) => hindrance !== 'person')) effort.unforced++;
    }
    const shown = JSON.stringify(tested.shows());
    const outcome = at.outcomes.filter(({ shows }) => JSON.stringify(shows) === shown);
    if (outcome.length !== 1) throw new Error(`${outcome.length} outcomes are expected to show ${shown}`);
    const { next } = outcome[0]!;
    if ('readings' in next) return { readings: next.readings, effort };
    at = next;
  }
}

function* experimentsFrom(experiment: Experiment): Generator<Experiment> {
  yield experiment;
  for (const { next } of experiment.outcomes) if (!('readings' in next)) yield* experimentsFrom(next);
}

describe('the plan of experiments', () => {
  it('identifies the class of every reading, followed on the machine', () => {
    for (const readings of some(60, readingClasses().classes)) {
      for (const reading of readings) {
        const byFields = follow(plan.fields, reading).readings;
        const byOperator = follow(plan.operator!, reading).readings;
        const left = new Set(byOperator.map(keyOf));
        const both = byFields.filter((one) => left.has(keyOf(one)));
        expect(both).toEqual(readings);
      }
    }
  });

  it('needs no more than it says, and nobody needs less', () => {
    const efforts = allReadings().map((reading) => follow(plan.fields, reading).effort);
    const worst = (kind: keyof Plan['worst']) => Math.max(...efforts.map((effort) => effort[kind]));
    expect(plan.worst).toEqual({
      unforced: worst('unforced'),
      folders: worst('folders'),
      steps: worst('steps'),
    });
    expect(plan.worst).toEqual({ unforced: 3, folders: 3, steps: 13 });
    expect(plan.least).toEqual(plan.worst);
    const fieldsOf = (reading: Reading) => ({ ...observableReading(reading), 'operator-decision': null });
    expect(plan.classes).toBe(new Set(allReadings().map((one) => JSON.stringify(fieldsOf(one)))).size);
  });

  it('expects different fields in every outcome, and leaves each reading in one place', () => {
    for (const root of [plan.fields, plan.operator!]) {
      const left: Reading[] = [];
      for (const { outcomes } of experimentsFrom(root)) {
        expect(outcomes.length).toBeGreaterThan(1);
        expect(new Set(outcomes.map(({ shows }) => JSON.stringify(shows))).size).toBe(outcomes.length);
        for (const { next } of outcomes) if ('readings' in next) left.push(...next.readings);
      }
      const texts = (readings: readonly Reading[]) =>
        readings.map((reading) => JSON.stringify(reading)).toSorted();
      expect(texts(left)).toEqual(texts(allReadings()));
    }
  });

  it('marks what cannot be forced: failures, luck, persons, and settling before another', () => {
    for (const reading of some(150, allReadings())) {
      let at: Experiment = plan.fields;
      let tested = installation(reading);
      let meant = new Map<string, string>();
      for (;;) {
        if (at.folder === 'new') [tested, meant] = [installation(reading), new Map()];
        for (const { steps, inAnyOrder } of at.moves) {
          const inMove = new Set(steps.map(({ event }) => (event.type === 'group.posted' ? '' : event.id)));
          for (const { event, toEnd, hindrances: named } of steps) {
            if (event.type === 'group.posted') {
              expect(named).toEqual([]);
              event.analyses.forEach(({ id }, index) => meant.set(id, toEnd![index]!));
            } else {
              expect(meant.get(event.id)).toBe('resolution' in event ? event.resolution : 'FAILED');
              const othersRun = tested
                .folder()
                .groups.flatMap(({ analyses }) => analyses)
                .some(
                  ({ id, resolution }) =>
                    !isSettled(resolution) && id !== event.id && !(inAnyOrder && inMove.has(id)),
                );
              expect(named.includes('order')).toBe(othersRun);
              expect(named.includes('failure')).toBe(event.type === 'analysis.failed');
            }
            tested.send(event);
          }
        }
        const shown = JSON.stringify(tested.shows());
        const { next } = at.outcomes.find(({ shows }) => JSON.stringify(shows) === shown)!;
        if ('readings' in next) break;
        at = next;
      }
    }
    const named = [plan.fields, plan.operator!].flatMap((root) =>
      [...experimentsFrom(root)].flatMap(({ moves }) =>
        moves.flatMap(({ steps }) => steps.flatMap((step) => step.hindrances)),
      ),
    );
    expect(new Set(named)).toEqual(new Set(Object.keys(hindrances)));
  });

  it('is the same every time', () => {
    // That of the usual bounds alone is kept.
    const bounds = isDeep ? { ...readingBounds, maxStates: 10_000 } : ({ groups: 2, analyses: 1 } as const);
    expect(JSON.stringify(planExperiments(bounds))).toBe(JSON.stringify(planExperiments(bounds)));
  });

  it('asks for no operator where OPERATOR_REQUIRED is not enabled [OPERATOR-SETTING]', () => {
    const withoutOperator = planExperiments({
      groups: 1,
      analyses: 2,
      sizes: 'up-to',
      operatorRequired: 'never',
    });
    expect(withoutOperator).not.toHaveProperty('operator');
    expect(withoutOperator).toHaveProperty('classes', 5);
  });

  it('says which limit ended it', () => {
    expect(planExperiments({ ...readingBounds, maxStates: 100 })).toMatchObject({ reason: 'max-states' });
    expect(planExperiments({ groups: 2, analyses: 1, maxPositions: 10 })).toMatchObject({
      reason: 'max-positions',
    });
  });

  it('plans nothing where nothing differs', () => {
    const nothing = planExperiments({ groups: 1, analyses: 1 });
    expect(nothing).toMatchObject({
      classes: 1,
      fields: { moves: [], outcomes: [{ next: { readings: allReadings() } }] },
      least: { unforced: 0, folders: 0, steps: 0 },
    });
  });
});

describe('a folder in the hands of a tester', () => {
  const { states, edges } = explore(testedFolderSystem(readingBounds), { maxStates: 100_000 });

  it('lets a group settle in any order where the plan says so', () => {
    const inAnyOrder = edges.filter(({ event }) => event.inAnyOrder);
    expect(inAnyOrder.length).toBeGreaterThan(100);
    for (const { from, event, to } of inAnyOrder) {
      const backwards = event.steps
        .toReversed()
        .reduce((folder, step) => reduceFolder(folder, step.event), states[from]!.folder);
      expect(backwards).toEqual(states[to]!.folder);
    }
  });

  it('never loops and refuses nothing', () => {
    for (const { from, event, to } of edges) {
      expect(
        event.steps.every((step, at) => legalAfter(states[from]!.folder, event.steps.slice(0, at), step)),
      ).toBe(true);
      expect(sizeOf(states[to]!.folder)).toBeGreaterThan(sizeOf(states[from]!.folder));
    }
  });
});

const legalAfter = (start: Folder, before: readonly Step[], step: Step): boolean =>
  isLegal(
    before.reduce((folder, { event }) => reduceFolder(folder, event), start),
    step.event,
  );

/** Grows with every POST and every analysis that settles. */
const sizeOf = ({ groups }: Folder): number =>
  groups.flatMap(({ analyses }) => analyses).filter(({ resolution }) => isSettled(resolution)).length +
  groups.length;
