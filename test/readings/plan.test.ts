import { describe, expect, it } from 'vitest';
import { emptyFolder, project, questionNames, reduceFolder, type Reading } from '../../machines/index.ts';
import { inferReadings, type Observation } from '../../src/conformance/index.ts';
import { itinerary, readingClasses, type Experiment } from '../../src/explore/index.ts';
import { defaultPlan } from './default-plan.ts';
import { poll } from './installation.ts';
import { some } from '../deep.ts';

const plan = defaultPlan();
const textOf = (reading: Reading): string => questionNames.map((question) => reading[question]).join();
const textsOf = (readings: readonly Reading[]) => readings.map(textOf).toSorted();

/** What a client records that follows the plan at an installation: every answer to a POST, and a poll after every step. */
function followed(first: Experiment, reading: Reading) {
  const settings = { reading, operatorRequired: 'allowed' } as const;
  const observations: Observation[] = [];
  let experiment = first;
  let folder = emptyFolder;
  let number = 0;
  const add = (seen: Partial<Observation>): void => {
    const key = `folder ${number}`;
    const analyses = (seen.analyses ?? []).map((view) => ({ ...view, id: `${key} ${view.id}` }));
    const where = { file: 'plan', line: observations.length + 1 };
    observations.push({
      folder: key,
      folderId: key,
      complete: false,
      wholeGroup: false,
      ...seen,
      analyses,
      where,
    });
  };
  for (;;) {
    if (experiment.folder === 'new') {
      folder = emptyFolder;
      number++;
    }
    for (const { event } of experiment.moves.flatMap(({ steps }) => steps)) {
      folder = reduceFolder(folder, event, settings);
      const { analyses } = poll(folder, reading, 'complete');
      if (event.type === 'group.posted') {
        add({ analyses: analyses!.slice(-event.analyses.length), wholeGroup: true });
      }
      add(poll(folder, reading, 'complete'));
    }
    const shown = JSON.stringify(project(folder, reading));
    const { next } = experiment.outcomes.find(({ shows }) => JSON.stringify(shows) === shown)!;
    if ('readings' in next) return { observations, readings: next.readings };
    experiment = next;
  }
}

describe('a recording of the plan of experiments', () => {
  const classes = readingClasses().classes.map(([first]) => first!);
  const differingInFields = classes.filter((reading) => reading['operator-decision'] === 'unspecified');

  it('leaves exactly the class of readings that the plan finds', () => {
    expect(differingInFields).toHaveLength(plan.classes);
    for (const reading of some(3, differingInFields)) {
      const { observations, readings } = followed(plan.fields, reading);
      const inference = inferReadings(observations);
      expect(textsOf(inference.readings), textOf(reading)).toEqual(textsOf(readings));
    }
  });

  it('leaves no reading but those that allow a decision once an operator has decided', () => {
    for (const reading of some(
      3,
      classes.filter((one) => one['operator-decision'] === 'allowed'),
    )) {
      const { observations, readings } = followed(plan.operator!, reading);
      const left = new Set(inferReadings(observations).readings.map((one) => one['operator-decision']));
      expect(new Set(readings.map((one) => one['operator-decision']))).toEqual(new Set(['allowed']));
      expect(left).toEqual(new Set(['allowed']));
    }
  });
});

describe('the itinerary', () => {
  const experiments = itinerary(plan.fields);

  it('numbers every experiment once, in order, and leads to each but the first from one outcome', () => {
    expect(experiments.map(({ number }) => number)).toEqual(experiments.map((_, at) => at + 1));
    const led = experiments.flatMap(({ outcomes }) =>
      outcomes.flatMap(({ next }) => (typeof next === 'number' ? [next] : [])),
    );
    expect(led.toSorted((one, other) => one - other)).toEqual(
      experiments.slice(1).map(({ number }) => number),
    );
  });

  it('ends in as many findings as there are classes', () => {
    const found = experiments.flatMap(({ outcomes }) =>
      outcomes.filter(({ next }) => typeof next !== 'number'),
    );
    expect(found).toHaveLength(plan.classes);
  });
});
