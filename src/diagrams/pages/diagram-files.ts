import { defaultSettings, neighbouringReadings, type Settings } from '../../../machines/index.ts';
import { compareCharts } from '../facts/compare-charts.ts';
import { drawFigure } from '../figure/draw-figure.ts';
import { chartOf, machineDocument, machineNames, toJsonText } from '../facts/machine-document.ts';
import { machineFigure } from '../figure/machine-figure.ts';
import { glanceFigure } from '../figure/outline.ts';
import { machinePage } from './machine-page.ts';
import { machineSchema } from '../facts/machine-schema.ts';
import { machineMermaid, pairsMermaid, severityMermaid } from '../mermaid.ts';
import { diagramsPage, machinesPage, statusesPage, type ReadingPictures } from './overview-pages.ts';
import { pairsScene } from '../figure/pairs-scene.ts';
import { viewPairs, viewPairsDifference } from '../facts/pairs-view.ts';
import { hasSameMoves, pairsUnder, type PairGraph } from '../facts/pairs.ts';
import { expectDrawn } from '../facts/problem.ts';
import { scenarioFiles } from './scenario-files.ts';
import { severityOrders, severityScene } from '../severity-scene.ts';
import { defaultSvgOptions, writeSvg } from '../scene/svg.ts';
import { differenceText, settingsText } from '../facts/settings-text.ts';

/**
 * The generated files of the diagrams but for the pictures of readings, by their paths in the repository. The same bytes on
 * every run.
 */
export async function diagramFiles(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ...(await machineFiles()),
    ...scenarioFiles(),
    ['docs/machines/folder-at-a-glance.svg', await folderAtAGlance()],
    ['docs/machines/README.md', machinesPage()],
    ['docs/diagrams/statuses.md', statusesPage()],
    ['docs/diagrams/severity.svg', writeSvg(severityScene())],
    ['docs/diagrams/severity.mmd', severityMermaid()],
    ['docs/diagrams/severity.json', toJsonText(severityOrders())],
    ['docs/schemas/machine.schema.json', toJsonText(machineSchema)],
  ]);
}

/** The picture of the README. */
const folderAtAGlance = async (): Promise<string> =>
  writeSvg(await drawFigure(glanceFigure(chartOf('folder'), defaultSettings)), {
    ...defaultSvgOptions,
    clausePage: '',
  });

type Files = readonly (readonly [path: string, content: string])[];

async function machineFiles(): Promise<Files> {
  const subtitle = settingsText(defaultSettings);
  const files: (readonly [string, string])[] = [];
  for (const name of machineNames) {
    const chart = chartOf(name);
    const svg = writeSvg(await drawFigure(machineFigure(chart, { subtitle, settings: defaultSettings })));
    files.push(
      [`docs/machines/${name}.svg`, svg],
      [`docs/machines/${name}.mmd`, machineMermaid(chart, subtitle)],
      [`docs/machines/${name}.json`, toJsonText(machineDocument(name))],
      [`docs/machines/${name}.md`, machinePage(name)],
    );
  }
  return files;
}

/**
 * The pairs under each neighbouring reading, and what it changes in the pairs and in the machines. Where an earlier
 * reading has the same pairs and moves, a sentence says so in place of a picture.
 */
export async function readingFiles(): Promise<ReadonlyMap<string, string>> {
  const first = expectDrawn(pairsUnder(defaultSettings));
  const files: (readonly [string, string])[] = [];
  const rows: ReadingPictures[] = [];
  const drawn: { readonly reading: string; readonly graph: PairGraph }[] = [];
  for (const [reading, answers] of neighbouringReadings()) {
    const name = reading.replace('=', '--');
    const settings = { ...defaultSettings, reading: answers };
    const graph = expectDrawn(pairsUnder(settings));
    const pictures: { name: string; file: string }[] = [];
    const add = (kind: string, file: string, svg: string, mermaid: string) => {
      pictures.push({ name: kind, file: `${file}.svg` });
      files.push([`docs/diagrams/${file}.svg`, svg], [`docs/diagrams/${file}.mmd`, mermaid]);
    };
    const alike = drawn.find((other) => hasSameMoves(other.graph, graph));
    if (!alike) {
      drawn.push({ reading, graph });
      const view = viewPairs(graph);
      add('pairs', `pairs-${name}`, writeSvg(await pairsScene(view)), pairsMermaid(view));
      files.push([`docs/diagrams/pairs-${name}.json`, toJsonText(graph)]);
    }
    if (!alike && reading !== 'default') {
      const difference = viewPairsDifference(first, graph);
      const svg = writeSvg(await pairsScene(difference));
      add('difference of pairs', `pairs-difference-${name}`, svg, pairsMermaid(difference));
    }
    for (const [machine, picture, mermaid] of await changedMachines(settings)) {
      add(`difference of the ${machine}`, `${machine}-difference-${name}`, picture, mermaid);
    }
    rows.push({ reading, pictures, graph, alike: alike ?? null });
  }
  return new Map([...files, ['docs/diagrams/README.md', diagramsPage(rows)]]);
}

/** The machines that differ from the default ones under `settings`, drawn with the difference. */
async function changedMachines(
  settings: Settings,
): Promise<readonly (readonly [machine: string, svg: string, mermaid: string])[]> {
  const subtitle = differenceText(defaultSettings, settings);
  const drawn: (readonly [string, string, string])[] = [];
  for (const name of machineNames) {
    const { chart, changes } = compareCharts(chartOf(name), chartOf(name, settings));
    if (changes.size === 0) continue;
    const svg = writeSvg(
      await drawFigure(
        machineFigure(chart, { subtitle, changes, settings: defaultSettings, versus: settings }),
      ),
    );
    drawn.push([name, svg, machineMermaid(chart, subtitle, changes)]);
  }
  return drawn;
}
