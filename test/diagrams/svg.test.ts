import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';
import { createMachine } from 'xstate';
import { describe, expect, test } from 'vitest';
import { clauseIds, defaultSettings, type GivenSettings } from '../../machines/index.ts';
import { drawFigure } from '../../src/diagrams/figure/draw-figure.ts';
import { chartOf, machineNames } from '../../src/diagrams/facts/machine-document.ts';
import { machineFigure } from '../../src/diagrams/figure/machine-figure.ts';
import { expectDrawn } from '../../src/diagrams/facts/problem.ts';
import { renderDiagram, type DiagramRequest } from '../../src/diagrams/render.ts';
import { describeMachine } from '../../src/diagrams/facts/statechart.ts';
import { defaultSvgOptions, elementId, writeSvg } from '../../src/diagrams/scene/svg.ts';
import { repository } from '../cli/built.ts';

const { window } = new JSDOM('');

function parse(svg: string): Document {
  const document = new window.DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(document.querySelector('parsererror')?.textContent ?? null).toBeNull();
  return document;
}

async function draw(machine: (typeof machineNames)[number], options = {}): Promise<string> {
  const diagram = { kind: 'machine', machine } as const;
  return expectDrawn(await renderDiagram({ diagram, format: 'svg', ...options })) as string;
}

describe.each(machineNames)('the picture of %s', (name) => {
  test('has an element for every state and every arrow, under its own id', async () => {
    const document = parse(await draw(name));
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const { states, transitions } = chartOf(name);
    const wanted = [
      ...states.filter(({ parent }) => parent !== null).map(({ id }) => elementId('state', id)),
      ...transitions.filter(({ targets }) => targets.length > 0).map(({ id }) => elementId('move', id)),
    ];
    expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('tells those who do not see it all that it shows', async () => {
    const root = parse(await draw(name)).documentElement;
    expect(root.getAttribute('role')).toBe('img');
    const named = ['aria-labelledby', 'aria-describedby'].map((attribute) => {
      return root.ownerDocument.getElementById(root.getAttribute(attribute)!)!;
    });
    expect(named.map(({ tagName }) => tagName)).toEqual(['title', 'desc']);
    const words = named[1]!.textContent;
    const { states, transitions } = chartOf(name);
    for (const { key, description, parent } of states) {
      if (parent !== null) expect(words).toContain(key);
      expect(words).toContain(description ?? '');
    }
    for (const { event, guard } of transitions) {
      expect(words).toContain(event ?? 'at once');
      expect(words).toContain(guard?.name ?? '');
    }
  });

  test('links clauses, each to its anchor', async () => {
    const links = [...parse(await draw(name, { clausePage: 'docs/clauses.md' })).querySelectorAll('a')];
    expect(links.length).toBeGreaterThan(8);
    const known = new Set(clauseIds.map((id) => `docs/clauses.md#${id.toLowerCase()}`));
    expect(links.map((link) => link.getAttribute('href')!).filter((href) => !known.has(href))).toEqual([]);
  });

  test('needs nothing from outside and runs nothing', async () => {
    const svg = await draw(name);
    expect(svg).not.toMatch(/<script|<image|<foreignObject|@import|url\(|\son\w+=|href="(https?:)?\/\//i);
  });

  test('is the same, byte for byte, as the committed one', async () => {
    expect(await draw(name)).toBe(readFileSync(join(repository, `docs/machines/${name}.svg`), 'utf8'));
  });

  test('carries light colours as attributes and both themes as custom properties', async () => {
    const svg = await draw(name);
    expect(svg).toContain('prefers-color-scheme:dark');
    const attributes = svg.replace(/<style>.*<\/style>/, '');
    expect(attributes).not.toContain('var(');
    const dark = await draw(name, { theme: 'dark' });
    expect(dark).not.toContain('<style>');
    expect(dark).toContain('fill="#0d1117"');
  });
});

test('an id prefix keeps two pictures on one page apart', async () => {
  const ids = async (idPrefix: string) =>
    [...parse(await draw('group', { idPrefix })).querySelectorAll('[id]')].map(({ id }) => id);
  const plain = await ids('');
  const prefixed = await ids('second-');
  expect(prefixed).toEqual(plain.map((id) => `second-${id}`));
});

test('element ids are distinct for distinct names and safe in a selector', () => {
  const ids = ['a b', 'a-b', 'a.b', 'a~20~b', 'ä', '<'].map((name) => elementId(name));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => /^[A-Za-z0-9_.~-]+$/.test(id))).toBe(true);
});

test('hostile names stay text', async () => {
  const evil = `"><script>alert(1)</script>&'\u0000\u001b[31m\ud800`;
  const machine = createMachine({
    id: evil,
    initial: 'a',
    description: evil,
    states: {
      a: { description: evil, meta: { api: { [evil]: evil }, clauses: [evil] }, on: { [evil]: 'b' } },
      b: {},
    },
  });
  const chart = expectDrawn(describeMachine(machine));
  const svg = writeSvg(await drawFigure(machineFigure(chart, { subtitle: evil })), defaultSvgOptions);
  const document = parse(svg);
  expect(document.querySelectorAll('script').length).toBe(0);
  expect(Buffer.from(svg, 'utf8').toString('utf8')).toBe(svg);
  expect(document.documentElement.textContent).toContain('<script>alert(1)</script>');
});

test('every reading names itself in its picture', async () => {
  const reading = { ...defaultSettings.reading, 'result-while-running': 'hold' } as const;
  expect(await draw('analysis', { settings: { ...defaultSettings, reading } })).toContain(
    'result-while-running = hold',
  );
  expect(await draw('analysis')).toContain('Reading: default');
});

test.each<readonly [object, string]>([
  [
    { diagram: { kind: 'pairs' }, format: 'gif' },
    'format: expected svg or mermaid or json or png, received gif',
  ],
  [
    { diagram: { kind: 'pair' }, format: 'svg' },
    'diagram.kind: expected machine or pairs or severity or sequence',
  ],
  [{ format: 'svg' }, 'diagram.kind: expected machine or pairs or severity or sequence, received undefined'],
  [
    { diagram: { kind: 'machine', machine: 'fold' }, format: 'mermaid' },
    'diagram.machine: expected analysis or group or folder, received fold',
  ],
  [
    { diagram: { kind: 'sequence', events: 'x' }, format: 'mermaid' },
    'diagram.events: expected a list of events, received "x"',
  ],
  [
    { diagram: { kind: 'pairs', versus: { 'status-scope': 'x' } }, format: 'mermaid' },
    'reading, status-scope: expected all-analyses or',
  ],
  [
    { diagram: { kind: 'pairs' }, format: 'mermaid', settings: null },
    'expected settings as an object, received null',
  ],
])('a request that is malformed is refused: %o', async (request, message) => {
  await expect(renderDiagram(request as DiagramRequest)).rejects.toThrow(new RegExp(`^${message}`));
});

test('a request that is none is refused', async () => {
  await expect(renderDiagram(null as unknown as DiagramRequest)).rejects.toThrow(
    new TypeError('request: expected an object with diagram and format, received null'),
  );
});

test('settings that are given in part draw what those in full do', async () => {
  const answer = { 'status-precedence': 'failed-first' } as const;
  const whole = { ...defaultSettings, reading: { ...defaultSettings.reading, ...answer } };
  const drawn = (settings: GivenSettings, versus: GivenSettings) =>
    renderDiagram({ diagram: { kind: 'machine', machine: 'folder', versus }, settings, format: 'mermaid' });
  const expected = await drawn(whole, defaultSettings);
  expect(expected).toMatchObject({ ok: true });
  for (const given of [answer, { reading: answer }]) expect(await drawn(given, {})).toEqual(expected);
});
