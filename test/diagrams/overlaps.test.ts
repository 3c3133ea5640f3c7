import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  defaultSettings,
  neighbouringReadings,
  type FolderEvent,
  type Settings,
} from '../../machines/index.ts';
import { compareCharts } from '../../src/diagrams/facts/compare-charts.ts';
import { drawFigure } from '../../src/diagrams/figure/draw-figure.ts';
import { chartOf, machineNames } from '../../src/diagrams/facts/machine-document.ts';
import { machineFigure } from '../../src/diagrams/figure/machine-figure.ts';
import { pairsScene } from '../../src/diagrams/figure/pairs-scene.ts';
import { viewPairs, viewPairsDifference, type PairView } from '../../src/diagrams/facts/pairs-view.ts';
import { createPairExplorer, hasSameMoves, type PairGraph } from '../../src/diagrams/facts/pairs.ts';
import { expectDrawn } from '../../src/diagrams/facts/problem.ts';
import { rect, run, type Scene } from '../../src/diagrams/scene/scene.ts';
import { sequenceOf, sequenceScene } from '../../src/diagrams/sequence.ts';
import { severityScene } from '../../src/diagrams/severity-scene.ts';
import { describeMachine } from '../../src/diagrams/facts/statechart.ts';
import { hardMachines } from './machines.ts';
import { flawsOf, partsOf } from './measure.ts';
import { some } from '../deep.ts';

const documents = fileURLToPath(new URL('../../docs/diagrams/', import.meta.url));

/** The pair graphs as they are committed: one for each reading that has pairs or moves of its own. */
const graphs = new Map(
  neighbouringReadings().flatMap(([name]) => {
    const file = `${documents}pairs-${name.replace('=', '--')}.json`;
    return existsSync(file) ? [[name, JSON.parse(readFileSync(file, 'utf8')) as PairGraph] as const] : [];
  }),
);

/** Most readings leave most machines and many pairs as they are: whatever is alike is drawn and measured once. */
const measured = new Map<string, Promise<readonly string[]>>();
function flawsOfOnce(subject: unknown, draw: () => Promise<Scene>): Promise<readonly string[]> {
  const key = JSON.stringify(subject);
  const flaws = measured.get(key) ?? draw().then(flawsOf);
  measured.set(key, flaws);
  return flaws;
}

function flawsOfChart(
  { chart, changes }: ReturnType<typeof compareCharts>,
  versus: Settings,
): Promise<readonly string[]> {
  const figure = machineFigure(chart, { subtitle: 'a reading', changes, settings: defaultSettings, versus });
  return flawsOfOnce(figure, () => drawFigure(figure));
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

describe.each(some(1, neighbouringReadings()))(
  'under %s nothing overlaps and nothing is cut',
  (_, reading) => {
    const settings = { ...defaultSettings, reading };

    test.each(machineNames)('in the picture of %s', async (name) => {
      expect(await flawsOfChart({ chart: chartOf(name, settings), changes: new Map() }, settings)).toEqual(
        [],
      );
    });

    test.each(machineNames)('in the difference of %s', async (name) => {
      const difference = compareCharts(chartOf(name), chartOf(name, settings));
      expect(await flawsOfChart(difference, settings)).toEqual([]);
    });
  },
);

describe.each(some(1, [...graphs]))('under %s nothing overlaps and nothing is cut', (_, graph) => {
  test('in the pairs', async () => {
    expect(await flawsOfView(viewPairs(graph))).toEqual([]);
  });

  test('in the difference of the pairs', async () => {
    expect(await flawsOfView(viewPairsDifference(graphs.get('default')!, graph))).toEqual([]);
  });
});

test('every shape of the pairs is among those that are measured', () => {
  expect(graphs.size).toBeGreaterThan(6);
  const explorer = createPairExplorer({ groups: 2, analyses: 2, sizes: 'up-to' });
  const shapes = neighbouringReadings().map(([name, reading]) => ({
    name,
    graph: expectDrawn(explorer({ ...defaultSettings, reading })),
  }));
  for (const { name, graph } of shapes) {
    const alike = shapes.find((other) => hasSameMoves(other.graph, graph))!;
    expect(graphs.has(name) || graphs.has(alike.name), name).toBe(true);
  }
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
