import { initialTransition, transition } from 'xstate';
import { describe, expect, test } from 'vitest';
import { createFolderMachine, emptyFolder, isLegal, project, reduceFolder } from '../../machines/index.ts';
import { scenarios, settingsFor } from '../../src/explore/index.ts';

/** What the folder shows from its creation to the end, stage and result: what each scenario is told for. */
const shown: Readonly<Record<string, readonly string[]>> = {
  'ordinary-life': ['INITIAL', 'PROCESSING', 'PROCESSING', 'FINISHED SUCCESS'],
  'two-steps': ['INITIAL', 'PROCESSING', 'FINISHED DECLINED', 'PROCESSING', 'FINISHED SUCCESS'],
  'two-groups-settle': ['INITIAL', 'PROCESSING', 'PROCESSING', 'PROCESSING', 'FINISHED DECLINED'],
  'finished-is-no-pass': ['INITIAL', 'PROCESSING', 'PROCESSING', 'FINISHED DECLINED'],
  'initial-is-not-done': ['INITIAL', 'PROCESSING', 'FINISHED SUCCESS'],
  'one-analysis-watched': ['INITIAL', 'PROCESSING', 'PROCESSING', 'FINISHED DECLINED'],
  'a-check-fails': ['INITIAL', 'PROCESSING', 'PROCESSING', 'FAILED'],
  'a-person-is-needed': ['INITIAL', 'PROCESSING', 'PROCESSING', 'FINISHED OPERATOR_REQUIRED'],
  'later-success-masks': [
    'INITIAL',
    'PROCESSING',
    'PROCESSING',
    'FINISHED OPERATOR_REQUIRED',
    'PROCESSING',
    'FINISHED SUCCESS',
  ],
  'one-poll': ['INITIAL', 'PROCESSING', 'PROCESSING'],
  'completed-twice': ['INITIAL', 'PROCESSING', 'FINISHED SUCCESS', 'PROCESSING', 'FINISHED SUCCESS'],
  'failed-with-success': ['INITIAL', 'PROCESSING', 'FAILED', 'PROCESSING', 'FAILED SUCCESS'],
  'failed-beside-running': ['INITIAL', 'PROCESSING', 'PROCESSING', 'FAILED'],
  'operator-decides': [
    'INITIAL',
    'PROCESSING',
    'PROCESSING',
    'FINISHED OPERATOR_REQUIRED',
    'FINISHED DECLINED',
  ],
};

/** Both fields in one word where they show the same. */
function inShort(fields: Readonly<Record<'resolution_status' | 'system_resolution', string>>): string {
  return [...new Set([fields.resolution_status, fields.system_resolution])].join(' ');
}

describe.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
  'the scenario %s',
  (id, scenario) => {
    const settings = settingsFor(scenario);

    test('is legal event by event on the model and shows what it is told for', () => {
      let folder = emptyFolder;
      const seen = [inShort(project(folder, settings.reading))];
      for (const event of scenario.events) {
        expect(isLegal(folder, event, settings), JSON.stringify(event)).toBe(true);
        folder = reduceFolder(folder, event, settings);
        seen.push(inShort(project(folder, settings.reading)));
      }
      expect(seen).toEqual(shown[id]);
    });

    test('is legal event by event on the machine and shows what it is told for', () => {
      const machine = createFolderMachine(settings);
      let [snapshot] = initialTransition(machine);
      const seen = [inShort(snapshot.value)];
      for (const event of scenario.events) {
        expect(snapshot.can(event), JSON.stringify(event)).toBe(true);
        [snapshot] = transition(machine, snapshot, event);
        seen.push(inShort(snapshot.value));
      }
      expect(seen).toEqual(shown[id]);
    });
  },
);

test('every scenario has an id and a title of its own', () => {
  for (const field of ['id', 'title', 'lesson'] as const) {
    expect(new Set(scenarios.map((scenario) => scenario[field])).size).toBe(scenarios.length);
  }
  expect(Object.keys(shown)).toEqual(scenarios.map(({ id }) => id));
});

test('a scenario brings answers only if the default reading refuses one of its events', () => {
  for (const { id, events, answers } of scenarios) {
    let folder = emptyFolder;
    const refused = events.filter((event) => {
      const before = folder;
      folder = reduceFolder(folder, event);
      return folder === before;
    });
    expect(refused.length > 0, id).toBe(answers !== undefined);
  }
});
