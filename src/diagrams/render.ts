import { isMembers, wrongValue } from '../../machines/given-values.ts';
import {
  defaultSettings,
  settingsFrom,
  type FolderEvent,
  type GivenSettings,
  type Settings,
} from '../../machines/index.ts';
import { compareCharts } from './facts/compare-charts.ts';
import { drawFigure } from './figure/draw-figure.ts';
import {
  chartOf,
  machineDocument,
  machineNames,
  toJsonText,
  type MachineName,
} from './facts/machine-document.ts';
import { machineFigure } from './figure/machine-figure.ts';
import { machineMermaid, pairsMermaid, sequenceMermaid, severityMermaid } from './mermaid.ts';
import { pairsScene } from './figure/pairs-scene.ts';
import { viewPairs, viewPairsDifference, type PairView } from './facts/pairs-view.ts';
import { pairsUnder } from './facts/pairs.ts';
import { problem, type Outcome } from './facts/problem.ts';
import type { Scene } from './scene/scene.ts';
import { sequenceOf, sequenceScene } from './sequence.ts';
import { differenceText, settingsText } from './facts/settings-text.ts';
import { severityOrders, severityScene } from './severity-scene.ts';
import { defaultSvgOptions, writeSvg, type SvgOptions } from './scene/svg.ts';

/** One entry for every diagram in every format. */

/** What is to be drawn; `versus` asks for the difference to other settings. */
export type Diagram =
  | { readonly kind: 'machine'; readonly machine: MachineName; readonly versus?: GivenSettings }
  | { readonly kind: 'pairs'; readonly versus?: GivenSettings }
  | { readonly kind: 'severity' }
  | { readonly kind: 'sequence'; readonly events: readonly FolderEvent[]; readonly title?: string };

/** The formats in which every diagram can be had. */
export const diagramFormats = ['svg', 'mermaid', 'json', 'png'] as const;
/** One of the formats. */
export type DiagramFormat = (typeof diagramFormats)[number];

/** A diagram, how it is judged, and how it is written. */
export interface DiagramRequest extends Partial<SvgOptions> {
  readonly diagram: Diagram;
  readonly format: DiagramFormat;
  /** Default: the default settings. Severity shows all readings and takes none. */
  readonly settings?: GivenSettings;
  /** Pixels per unit of a PNG; default 2. */
  readonly zoom?: number;
}

/** One diagram, ready to be written in any format. */
interface Drawn {
  readonly scene: () => Scene | Promise<Scene>;
  readonly mermaid: () => string;
  readonly json: () => unknown;
}

const diagramKinds = ['machine', 'pairs', 'severity', 'sequence'] satisfies readonly Diagram['kind'][];

/**
 * Draws a diagram: text, or bytes for PNG. The same request gives the same bytes. Rejects with a TypeError for a request
 * that is malformed, as one for a format that there is not.
 */
export async function renderDiagram(request: DiagramRequest): Promise<Outcome<string | Uint8Array>> {
  if (!isMembers(request))
    throw new TypeError(wrongValue('request', 'an object with diagram and format', request));
  const { diagram, format, settings = defaultSettings } = request;
  expectOneOf('format', diagramFormats, format);
  expectOneOf('diagram.kind', diagramKinds, diagram?.kind);
  const drawn = prepare(diagram, settingsFrom(settings));
  if (!drawn.ok) return drawn;
  const { scene, mermaid, json } = drawn.value;
  if (format === 'mermaid') return { ok: true, value: mermaid() };
  if (format === 'json') return { ok: true, value: toJsonText(json()) };
  const { clausePage, theme, idPrefix } = { ...defaultSvgOptions, ...request };
  try {
    const svg = writeSvg(await scene(), { clausePage, theme, idPrefix });
    if (format === 'svg') return { ok: true, value: svg };
    // Loaded on use: pages draw the other formats without anything that only runs in Node.
    const { renderPng } = await import('./scene/png.ts');
    return { ok: true, value: await renderPng(svg, request.zoom) };
  } catch (error) {
    const missing = missingPackage(error);
    if (missing === undefined) throw error;
    const hint = `the optional package ${missing}, installed by npm install ${missing}`;
    return { ok: false, problems: [problem('PACKAGE_MISSING', format, hint, 'none')] };
  }
}

function expectOneOf(what: string, known: readonly string[], given: unknown): void {
  if (!known.some((one) => one === given))
    throw new TypeError(`${what}: expected ${known.join(' or ')}, received ${String(given)}`);
}

/** The packages that only pictures need, and that a user may leave out. */
const optionalPackages = ['elkjs', '@resvg/resvg-js', '@expo-google-fonts/arimo'];

/** The optional package for want of which `error` was thrown. */
function missingPackage(error: unknown): string | undefined {
  const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string };
  if (!['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'].includes(code)) return undefined;
  return optionalPackages.find((name) => message.includes(name));
}

function prepare(diagram: Diagram, settings: Settings): Outcome<Drawn> {
  switch (diagram.kind) {
    case 'machine':
      expectOneOf('diagram.machine', machineNames, diagram.machine);
      return { ok: true, value: prepareMachine(diagram.machine, settings, versusOf(diagram)) };
    case 'pairs':
      return preparePairs(settings, versusOf(diagram));
    case 'severity':
      return {
        ok: true,
        value: { scene: severityScene, mermaid: severityMermaid, json: severityOrders },
      };
    case 'sequence': {
      if (!Array.isArray(diagram.events)) {
        throw new TypeError(wrongValue('diagram.events', 'a list of events', diagram.events));
      }
      const sequence = sequenceOf(diagram.events, settings);
      if (!sequence.ok) return sequence;
      const { value } = sequence;
      return {
        ok: true,
        value: {
          scene: () => sequenceScene(value, diagram.title),
          mermaid: () => sequenceMermaid(value, diagram.title),
          json: () => value,
        },
      };
    }
  }
}

const versusOf = ({ versus }: { readonly versus?: GivenSettings }): Settings | undefined =>
  versus === undefined ? undefined : settingsFrom(versus);

function prepareMachine(machine: MachineName, settings: Settings, versus: Settings | undefined): Drawn {
  const first = chartOf(machine, settings);
  if (versus === undefined) {
    const subtitle = settingsText(settings);
    return {
      scene: () => drawFigure(machineFigure(first, { subtitle, settings })),
      mermaid: () => machineMermaid(first, subtitle),
      json: () => machineDocument(machine, settings),
    };
  }
  const { chart, changes } = compareCharts(first, chartOf(machine, versus));
  const subtitle = differenceText(settings, versus);
  return {
    scene: () => drawFigure(machineFigure(chart, { subtitle, changes, settings, versus })),
    mermaid: () => machineMermaid(chart, subtitle, changes),
    json: () => ({ first: settings, second: versus, chart, changes: Object.fromEntries(changes) }),
  };
}

function preparePairs(settings: Settings, versus: Settings | undefined): Outcome<Drawn> {
  const first = pairsUnder(settings);
  if (!first.ok) return first;
  if (versus === undefined) return { ok: true, value: drawnPairs(viewPairs(first.value), first.value) };
  const second = pairsUnder(versus);
  if (!second.ok) return second;
  const view = viewPairsDifference(first.value, second.value);
  return { ok: true, value: drawnPairs(view, { first: first.value, second: second.value, ...view }) };
}

function drawnPairs(view: PairView, data: unknown): Drawn {
  return { scene: () => pairsScene(view), mermaid: () => pairsMermaid(view), json: () => data };
}
