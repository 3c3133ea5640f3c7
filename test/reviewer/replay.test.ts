import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  allReadings,
  defaultSettings,
  emptyFolder,
  groupResult,
  operatorRequiredSettings,
  project,
  questionNames,
  reduceFolder,
  type FolderEvent,
} from '../../machines/index.ts';
import { chartOf, machineNames } from '../../src/diagrams/facts/machine-document.ts';
import { factsElement, outlineOf, regionsUnder, type PageFacts } from '../../src/reviewer/page/facts.ts';
import { change, type PageState } from '../../src/reviewer/page/page-state.ts';
import { nothingShared } from '../../src/reviewer/page/address.ts';
import { playAnalysis, playFolder, playGroup } from '../../src/reviewer/page/replay.ts';
import { repository } from '../cli/built.ts';
import { anyEvents, anySettings } from '../machines/properties/arbitraries.ts';
import { prop } from '../property.ts';
import { some } from '../deep.ts';

const html = readFileSync(join(repository, 'docs/index.html'), 'utf8');
const facts = JSON.parse(
  new RegExp(`id="${factsElement}">([^]*?)</script>`).exec(html)?.[1] ?? 'null',
) as PageFacts;

describe('what the page plays', () => {
  prop([anyEvents, anySettings], { numRuns: 40 })(
    'shows at every step what the model shows, in states and transitions that are drawn',
    (events, settings) => {
      const steps = playFolder(events, settings);
      const chart = chartOf('folder', settings);
      const states = new Set(chart.states.map(({ id }) => id));
      const moves = new Set(chart.transitions.map(({ id }) => id));
      let folder = emptyFolder;
      steps.forEach(({ event, refusal, fields, active, taken }, at) => {
        const before = folder;
        if (event) folder = reduceFolder(folder, event, settings);
        expect(fields, `step ${at}`).toEqual(project(folder, settings.reading));
        expect(active.filter((id) => !states.has(id))).toEqual([]);
        expect(taken.filter((id) => !moves.has(id))).toEqual([]);
        if (event) expect(taken.length > 0 && !refusal).toBe(folder !== before);
      });
    },
  );

  prop([anyEvents, anySettings], { numRuns: 40 })(
    'leaves group and analysis where the folder has them',
    (events, settings) => {
      const steps = playFolder(events, settings);
      for (const group of steps.at(-1)!.folder.groups) {
        const result = groupResult(group, settings.reading);
        expect(playGroup(group, steps, settings).active).toContain(`group.${result}`);
        for (const analysis of group.analyses) {
          const { active } = playAnalysis(analysis, steps, settings);
          expect(active.some((id) => id.split('.').at(-1) === analysis.resolution)).toBe(true);
        }
      }
    },
  );
});

test('every region of every machine has its picture under every reading and setting that is tried', () => {
  const missing = some(140, allReadings()).flatMap((reading) =>
    operatorRequiredSettings.flatMap((operatorRequired) =>
      machineNames
        .flatMap((machine) => regionsUnder(machine, { reading, operatorRequired }))
        .filter((region) => outlineOf(facts, region) === undefined)
        .map(({ id }) => `${id} ${JSON.stringify(reading)}`),
    ),
  );
  expect(missing).toEqual([]);
});

test('every picture holds an element for each state and each move that it shows', () => {
  for (const { id, moves } of machineNames.flatMap((name) => regionsUnder(name, defaultSettings))) {
    const svg = outlineOf(facts, { id, moves })?.svg ?? '';
    const drawn = [...svg.matchAll(/<g id="[^"]*(?:state|move)--[^"]*"/g)].length;
    const inRegion = (one: string) => one.startsWith(id);
    const charts = machineNames.map((name) => chartOf(name));
    const states = charts.flatMap((chart) => chart.states).filter(({ id: state }) => inRegion(state));
    const arrows = charts
      .flatMap((chart) => chart.transitions)
      .filter(({ source, targets }) => inRegion(source) && targets.length > 0);
    expect(drawn, id).toBe(states.length - 1 + arrows.length);
  }
});

test('every question has, for two of its answers, a scenario that tells them apart', () => {
  for (const question of questionNames) {
    const pairs = facts.differences.filter((one) => one.question === question);
    expect(
      pairs.some(({ events }) => events !== null),
      question,
    ).toBe(true);
  }
});

test('a new event takes the place of those that were undone', () => {
  const state: PageState = {
    ...nothingShared,
    view: 'play',
    says: '',
    isSeen: false,
    problem: null,
    loaded: 0,
    isBack: false,
    origin: null,
  };
  const post: FolderEvent = {
    type: 'group.posted',
    groupId: 'g1',
    analyses: [{ id: 'g1.a1', kind: 'QUALITY' }],
  };
  const end = (resolution: 'SUCCESS' | 'DECLINED'): FolderEvent => ({
    type: 'analysis.finished',
    id: 'g1.a1',
    resolution,
  });
  const actions = [
    { type: 'perform', event: post },
    { type: 'perform', event: end('SUCCESS') },
    { type: 'move', to: 1 },
    { type: 'perform', event: end('DECLINED') },
  ] as const;
  const { events, at } = actions.reduce<PageState>(change, state);
  expect(events).toEqual([post, end('DECLINED')]);
  expect(at).toBe(2);
  expect(change(state, { type: 'move', to: 99 }).at).toBe(0);
});
