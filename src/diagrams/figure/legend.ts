import type { Figure, FigureNode } from './figure.ts';
import { arrowLooks, changeSigns, inferredSign, nodeColours } from './looks.ts';
import * as scenes from '../scene/scene.ts';
import type { Point, Shape } from '../scene/scene.ts';

/** The legend of a figure: only what occurs in it. */
interface Legend {
  readonly width: number;
  readonly height: number;
  readonly shapes: (at: Point) => readonly Shape[];
}

const rowHeight = 20;
const sampleWidth = 38;
const textStart = 48;

interface Entry {
  readonly words: string;
  readonly sample: (at: Point) => readonly Shape[];
}

const arrowSample =
  (look: keyof typeof arrowLooks) =>
  ({ x, y }: Point): readonly Shape[] => [
    {
      kind: 'line',
      points: [
        { x, y },
        { x: x + sampleWidth, y },
      ],
      ...arrowLooks[look],
      arrow: true,
    },
  ];

const boxSample =
  (look: Partial<scenes.RectShape>, ...inner: readonly Partial<scenes.RectShape>[]) =>
  ({ x, y }: Point): readonly Shape[] =>
    [look, ...inner].map((one, depth) => {
      const place = {
        x: x + depth * 3,
        y: y - 7 + depth * 3,
        width: sampleWidth - depth * 6,
        height: 14 - depth * 6,
      };
      return scenes.rect(place, { role: depth > 0 ? 'inset' : 'box', radius: 4, stroke: 'border', ...one });
    });

const changeWords = {
  added: 'only under the second reading',
  removed: 'only under the first reading',
  changed: 'under both, but different',
} as const;

/** The legend of `figure`. */
export function legendOf(figure: Figure): Legend {
  const entries = entriesOf(figure);
  const words = entries.map((entry) => [scenes.run(entry.words, { size: 11.5, colour: 'muted' })]);
  return {
    width: textStart + Math.max(0, ...words.map(scenes.lineWidth)),
    height: entries.length * rowHeight,
    shapes: (at) => [
      scenes.group(
        entries.flatMap(({ sample }, row) => [
          ...sample({ x: at.x, y: at.y + row * rowHeight + rowHeight / 2 }),
          ...scenes.placeLine(words[row]!, { x: at.x + textStart, y: at.y + row * rowHeight + 14 }),
        ]),
        { className: 'legend' },
      ),
    ],
  };
}

function entriesOf({ root, edges }: Figure): readonly Entry[] {
  const nodes = nodesOf(root);
  const entries: Entry[] = [];
  const add = (shown: boolean, words: string, sample: Entry['sample']) =>
    shown && entries.push({ words, sample });
  add(
    edges.some((edge) => !edge.derived && edge.change === null),
    'an event',
    arrowSample('event'),
  );
  add(
    edges.some((edge) => edge.derived && edge.change === null),
    'derived: no event of its own, taken at once when what was recorded calls for it',
    arrowSample('derived'),
  );
  add(
    [
      ...nodes.flatMap(({ rows }) => rows),
      ...edges.flatMap(({ lines }) => lines.map((line) => ({ line }))),
    ].some((row) => 'line' in row && row.line.some(({ text }) => text.startsWith(inferredSign))),
    'a clause that the page implies or leaves open; without this sign the page states it',
    ({ x, y }) => [
      ...scenes.placeLine([scenes.run(inferredSign, { size: 14, colour: 'derived' })], { x, y: y + 5 }),
    ],
  );
  add(
    nodes.some((node) => node.final),
    'final: nothing happens to it any more',
    boxSample({ fill: 'box' }, { strokeWidth: 1 }),
  );
  add(
    nodes.some((node) => node.warning),
    '! surprising: the two fields speak differently, and would not under any one of the answers named',
    boxSample({ fill: 'warningBox', stroke: 'warning' }),
  );
  for (const change of ['added', 'removed', 'changed'] as const) {
    const words = `${changeSigns[change]}  ${changeWords[change]}`;
    add(
      edges.some((edge) => edge.change === change),
      words,
      arrowSample(change),
    );
    const [fill, stroke] = nodeColours[change];
    const only =
      nodes.some((node) => node.change === change) && !edges.some((edge) => edge.change === change);
    add(only, words, boxSample({ fill, stroke, dashed: change === 'removed' }));
  }
  return entries;
}

function nodesOf(root: FigureNode): readonly FigureNode[] {
  return [root, ...root.children.flatMap(nodesOf)];
}
