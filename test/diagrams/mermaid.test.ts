import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultSettings, neighbouringReadings, type FolderEvent } from '../../machines/index.ts';
import { chartOf, machineNames } from '../../src/diagrams/facts/machine-document.ts';
import {
  escapeMermaid,
  machineMermaid,
  pairsMermaid,
  sequenceMermaid,
  severityMermaid,
} from '../../src/diagrams/mermaid.ts';
import { viewPairs, viewPairsDifference } from '../../src/diagrams/facts/pairs-view.ts';
import { createPairExplorer } from '../../src/diagrams/facts/pairs.ts';
import { expectDrawn } from '../../src/diagrams/facts/problem.ts';
import { sequenceOf } from '../../src/diagrams/sequence.ts';
import { describeMachine } from '../../src/diagrams/facts/statechart.ts';
import { scenarios, settingsFor } from '../../src/explore/index.ts';
import { hardMachines } from './machines.ts';
import { some } from '../deep.ts';

/** The part of the real Mermaid that is used: its parser, and the data that it makes of a text. */
interface Mermaid {
  parse(text: string): Promise<{ readonly diagramType: string }>;
  readonly mermaidAPI: { getDiagramFromText(text: string): Promise<{ readonly db: Database }> };
}
interface Database {
  getRelations(): readonly { readonly id1: string; readonly id2: string; readonly relationTitle?: string }[];
  getEdges(): readonly { readonly text: string; readonly stroke: string }[];
  getVertices(): ReadonlyMap<string, unknown>;
  getMessages(): readonly { readonly message: unknown; readonly type: number }[];
}

let mermaid: Mermaid;

beforeAll(async () => {
  // Mermaid cleans labels with a library that wants a document before it is loaded.
  const { window } = new JSDOM('');
  Object.assign(globalThis, { window, document: window.document });
  ({ default: mermaid } = (await import('mermaid')) as unknown as { default: Mermaid });
  await mermaid.parse('flowchart LR\n a --> b');
});

/** Inside, Mermaid writes entities in a way of its own; texts are compared after undoing that. */
const decoded = (text: string): string =>
  text.replace(/(?:ﬂ°°|#)(\d+)(?:¶ß|;)/g, (_, code: string) => String.fromCodePoint(Number(code))).trim();

test('the parser refuses what is no diagram', async () => {
  await expect(mermaid.parse('stateDiagram-v2\n a --> --> b')).rejects.toThrow(/Parse error/);
  await expect(mermaid.parse('flowchart LR\n a[ --> b')).rejects.toThrow(/Parse error/);
  await expect(mermaid.parse('sequenceDiagram\n a->>>>b: x')).rejects.toThrow(/Parse error/);
});

const charts = [
  ...neighbouringReadings().flatMap(([reading, answers]) =>
    machineNames.map((name) => {
      const chart = chartOf(name, { ...defaultSettings, reading: answers });
      return [`${name} under ${reading}`, chart] as const;
    }),
  ),
  ...hardMachines.map((machine) => [machine.id, expectDrawn(describeMachine(machine))] as const),
];

test.each(some(4, charts))(
  'the state diagram of %s has every transition between states',
  async (_, chart) => {
    const text = machineMermaid(chart, 'a reading');
    expect(await mermaid.parse(text)).toMatchObject({ diagramType: 'stateDiagram' });
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const relations = db
      .getRelations()
      .filter(({ id1, id2 }) => ![id1, id2].some((id) => /start|end$|root_/.test(id)));
    const moves = chart.transitions.flatMap(({ targets }) => targets);
    expect(relations.length).toBe(moves.length);
    const labels = relations.map(({ relationTitle }) => decoded(relationTitle ?? ''));
    for (const { event, guard, targets } of chart.transitions) {
      if (targets.length === 0) continue;
      const status = (guard?.params as { is?: string } | null)?.is ?? '';
      expect(labels.some((label) => label.includes(event ?? '[') && label.includes(status))).toBe(true);
    }
  },
);

describe('the flowchart of pairs', () => {
  const explorer = createPairExplorer({ groups: 2, analyses: 2, sizes: 'up-to' });
  const first = expectDrawn(explorer());

  test.each(some(4, neighbouringReadings()))(
    'has every pair and move under %s, and the difference',
    async (_, reading) => {
      const graph = expectDrawn(explorer({ ...defaultSettings, reading }));
      for (const view of [viewPairs(graph), viewPairsDifference(first, graph)]) {
        const { db } = await mermaid.mermaidAPI.getDiagramFromText(pairsMermaid(view));
        expect(db.getVertices().size).toBe(view.pairs.length);
        const edges = db.getEdges();
        expect(edges.length).toBe(view.moves.length);
        const strokes = { added: 'thick', removed: 'dotted', changed: 'normal' } as const;
        expect(edges.map(({ stroke }) => stroke)).toEqual(
          view.moves.map(({ change }) => (change ? strokes[change] : 'normal')),
        );
      }
    },
  );
});

test('the flowchart of severity has both orders', async () => {
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(severityMermaid());
  expect(db.getVertices().size).toBe(12);
  expect(db.getEdges().length).toBe(10);
});

test('the sequence diagram has every event, every refusal and what is shown after each', async () => {
  const events: readonly FolderEvent[] = [
    { type: 'group.posted', groupId: 'g;1', analyses: [{ id: 'a#1: end', kind: 'QUALITY' }] },
    { type: 'analysis.finished', id: 'a#1: end', resolution: 'DECLINED' },
    { type: 'analysis.failed', id: 'a#1: end' },
  ];
  const text = sequenceMermaid(expectDrawn(sequenceOf(events)), 'A title; with # signs');
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const messages = db.getMessages().map(({ message }) => decoded(String(message)));
  expect(messages).toEqual([
    'resolution_status INITIAL, system_resolution INITIAL',
    'group.posted g;1: a#1: end QUALITY',
    'resolution_status PROCESSING, system_resolution PROCESSING',
    'analysis.finished a#1: end: DECLINED',
    'resolution_status FINISHED, system_resolution DECLINED',
    'analysis.failed a#1: end',
    'refused',
    'resolution_status FINISHED, system_resolution DECLINED',
  ]);
});

test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
  'the sequence diagram of the scenario %s has a message for every event',
  async (_, scenario) => {
    const { events, title } = scenario;
    const sequence = expectDrawn(sequenceOf(events, settingsFor(scenario)));
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(sequenceMermaid(sequence, title));
    const messages = db.getMessages().map(({ message }) => decoded(String(message)));
    expect(messages).not.toContain('refused');
    expect(messages.length).toBe(1 + events.length * 2);
  },
);

test('hostile text stays one line of text', async () => {
  const hostile = 'x"]\n a --> b; %%{init}%% <script> -- # | `{}`';
  expect(escapeMermaid(hostile)).not.toMatch(/["\n<>{}|`%]/);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(
    `stateDiagram-v2\n a --> b : ${escapeMermaid(hostile)}`,
  );
  expect(db.getRelations().length).toBe(1);
});
