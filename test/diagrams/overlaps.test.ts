import { describe, expect, test } from 'vitest';
import { defaultSettings, neighbouringReadings, type FolderEvent } from '../../machines/index.ts';
import { compareCharts } from '../../src/diagrams/compare-charts.ts';
import { drawFigure } from '../../src/diagrams/draw-figure.ts';
import { chartOf, machineNames } from '../../src/diagrams/machine-document.ts';
import { machineFigure } from '../../src/diagrams/machine-figure.ts';
import { pairsScene } from '../../src/diagrams/pairs-scene.ts';
import { viewPairs, viewPairsDifference, type PairView } from '../../src/diagrams/pairs-view.ts';
import { createPairExplorer } from '../../src/diagrams/pairs.ts';
import { expectDrawn } from '../../src/diagrams/problem.ts';
import { rect, run, type Scene } from '../../src/diagrams/scene.ts';
import { sequenceOf, sequenceScene } from '../../src/diagrams/sequence.ts';
import { severityScene } from '../../src/diagrams/severity-scene.ts';
import { describeMachine } from '../../src/diagrams/statechart.ts';
import { hardMachines } from './machines.ts';
import { flawsOf, partsOf } from './measure.ts';

const explorer = createPairExplorer();
const pairsUnder = (reading: (typeof defaultSettings)['reading']) =>
  expectDrawn(explorer({ ...defaultSettings, reading }));

/** Most readings leave most machines and many pairs as they are: whatever is alike is drawn and measured once. */
const measured = new Map<string, Promise<readonly string[]>>();
function flawsOfOnce(subject: unknown, draw: () => Promise<Scene>): Promise<readonly string[]> {
  const key = JSON.stringify(subject);
  const flaws = measured.get(key) ?? draw().then(flawsOf);
  measured.set(key, flaws);
  return flaws;
}

function flawsOfChart({ chart, changes }: ReturnType<typeof compareCharts>): Promise<readonly string[]> {
  return flawsOfOnce([chart, [...changes]], () =>
    drawFigure(machineFigure(chart, { subtitle: 'a reading', changes })),
  );
}

const flawsOfView = (view: PairView): Promise<readonly string[]> =>
  flawsOfOnce([view.pairs, view.moves], () => pairsScene(view));

const sceneWith = (...shapes: Scene['shapes']): Scene => {
  return { id: 'planted', title: '', description: '', width: 200, height: 100, shapes };
};
const word = { kind: 'text', ...run('a word'), x: 50, y: 50 } as const;
const line = { kind: 'line', colour: 'event', width: 1, dashes: null, arrow: false } as const;

describe('the measure itself', () => {
  test.each([
    ['text on text', sceneWith(word, { ...word, x: 60 })],
    [
      'a line across text',
      sceneWith(word, {
        ...line,
        points: [
          { x: 10, y: 46 },
          { x: 190, y: 46 },
        ],
      }),
    ],
    ['text that sticks out of a box', sceneWith(word, rect({ x: 40, y: 30, width: 20, height: 40 }))],
    [
      'a line through a box',
      sceneWith(rect({ x: 40, y: 30, width: 60, height: 40 }), {
        ...line,
        points: [
          { x: 10, y: 46 },
          { x: 190, y: 46 },
        ],
      }),
    ],
    ['a cut text', sceneWith({ ...word, x: 180 })],
    [
      'lines on top of each other',
      sceneWith(
        {
          ...line,
          points: [
            { x: 10, y: 46 },
            { x: 190, y: 46 },
          ],
        },
        {
          ...line,
          points: [
            { x: 60, y: 46 },
            { x: 120, y: 46 },
          ],
        },
      ),
    ],
  ])('finds %s', (_, scene) => {
    expect(flawsOf(scene)).not.toEqual([]);
  });

  test('finds nothing in a picture that is right', () => {
    expect(flawsOf(sceneWith(word, rect({ x: 40, y: 30, width: 80, height: 40 })))).toEqual([]);
  });
});

describe.each(neighbouringReadings())('under %s nothing overlaps and nothing is cut', (_, reading) => {
  const settings = { ...defaultSettings, reading };

  test.each(machineNames)('in the picture of %s', async (name) => {
    expect(await flawsOfChart({ chart: chartOf(name, settings), changes: new Map() })).toEqual([]);
  });

  test.each(machineNames)('in the difference of %s', async (name) => {
    const difference = compareCharts(chartOf(name), chartOf(name, settings));
    expect(await flawsOfChart(difference)).toEqual([]);
  });

  test('in the pairs', async () => {
    expect(await flawsOfView(viewPairs(pairsUnder(reading)))).toEqual([]);
  });

  test('in the difference of the pairs', async () => {
    const view = viewPairsDifference(pairsUnder(defaultSettings.reading), pairsUnder(reading));
    expect(await flawsOfView(view)).toEqual([]);
  });
});

test('what is measured is a whole picture', async () => {
  const scene = await drawFigure(machineFigure(chartOf('group'), { subtitle: 'a reading' }));
  expect(partsOf(scene.shapes).texts.length).toBeGreaterThan(20);
});

test.each(hardMachines.map((machine) => [machine.id, machine] as const))(
  'nothing overlaps in the picture of %s',
  async (_, machine) => {
    const chart = expectDrawn(describeMachine(machine));
    expect(flawsOf(await drawFigure(machineFigure(chart, { subtitle: 'hard to draw' })))).toEqual([]);
  },
);

test('nothing overlaps in the picture of severity', () => {
  expect(flawsOf(severityScene())).toEqual([]);
});

test('nothing overlaps in the picture of a scenario', () => {
  const events: readonly FolderEvent[] = [
    {
      type: 'group.posted',
      groupId: 'g1',
      analyses: Array.from({ length: 9 }, (_, at) => ({
        id: `an-analysis-with-a-long-id-${at}`,
        kind: 'QUALITY',
      })),
    },
    { type: 'analysis.failed', id: 'an-analysis-with-a-long-id-3' },
    { type: 'analysis.failed', id: 'an-analysis-with-a-long-id-3' },
    { type: 'analysis.finished', id: 'unknown', resolution: 'SUCCESS' },
  ];
  expect(flawsOf(sequenceScene(expectDrawn(sequenceOf(events))))).toEqual([]);
});
