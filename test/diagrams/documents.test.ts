import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import {
  clauseIds,
  createAnalysisMachine,
  defaultSettings,
  fields,
  neighbouringReadings,
  results,
  statuses,
  worst,
  type Resolution,
} from '../../machines/index.ts';
import { createActor } from 'xstate';
import { advanceWidths } from '../../src/diagrams/scene/font-metrics.ts';
import { machineDocument, machineNames } from '../../src/diagrams/facts/machine-document.ts';
import { testsOf } from '../../src/diagrams/pages/machine-page.ts';
import { machineSchema } from '../../src/diagrams/facts/machine-schema.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** The generated files as they are committed; a test of the documentation sees to it that they are up to date. */
const files: ReadonlyMap<string, string> = new Map(
  ['docs/machines', 'docs/diagrams', 'docs/scenarios.md'].flatMap((place) =>
    filesBelow(place).map((path) => [path, readFileSync(join(repository, path), 'utf8')] as const),
  ),
);

function filesBelow(place: string): readonly string[] {
  if (statSync(join(repository, place)).isFile()) return [place];
  return readdirSync(join(repository, place)).flatMap((name) => filesBelow(`${place}/${name}`));
}

describe('machine documents', () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(machineSchema);

  test.each(machineNames)('the one of %s keeps to the schema, under any reading', (name) => {
    for (const [, reading] of neighbouringReadings()) {
      const document = JSON.parse(JSON.stringify(machineDocument(name, { ...defaultSettings, reading })));
      validate(document);
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  test('the schema refuses documents that leave something out or add something', () => {
    const document = JSON.parse(JSON.stringify(machineDocument('folder')));
    const { guard: _, ...unguarded } = document.transitions[0];
    expect(validate({ ...document, transitions: [unguarded] })).toBe(false);
    expect(validate({ ...document, more: 1 })).toBe(false);
    expect(validate({ ...document, settings: { ...document.settings, operatorRequired: 'maybe' } })).toBe(
      false,
    );
  });

  test('one document tells the machine under every neighbouring reading', () => {
    const { readings, transitions } = machineDocument('folder');
    expect(readings.map(({ reading }) => reading)).toEqual(
      neighbouringReadings()
        .map(([name]) => name)
        .filter((name) => name !== 'default'),
    );
    const neighbours = new Map(neighbouringReadings());
    for (const { reading, changes } of readings) {
      const settings = { ...defaultSettings, reading: neighbours.get(reading)! };
      const ids = new Set(transitions.map(({ id }) => id));
      for (const { id, change } of changes) {
        if (change === 'added') ids.add(id);
        if (change === 'removed') ids.delete(id);
      }
      expect(ids).toEqual(new Set(machineDocument('folder', settings).transitions.map(({ id }) => id)));
    }
  });
});

describe('pages', () => {
  const linksOf = (text: string) => [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);

  test('link nothing that does not exist', () => {
    const broken = [...files]
      .filter(([path]) => path.endsWith('.md'))
      .flatMap(([path, text]) => linksOf(text).map((link) => [path, link] as const))
      .filter(([path, link]) => {
        const [target, anchor] = link.split('#') as [string, string | undefined];
        const file = normalize(join(dirname(path), target));
        if (file === 'docs/clauses.md') return !clauseIds.some((id) => id.toLowerCase() === anchor);
        return !files.has(file) && !existsSync(join(repository, file));
      });
    expect(broken).toEqual([]);
  });

  test.each(machineNames)('the one of %s names every state, every event and every test file', (name) => {
    const text = files.get(`docs/machines/${name}.md`)!;
    const { states, events } = machineDocument(name);
    for (const { key, parent } of states) if (parent !== null) expect(text).toContain(key);
    for (const event of events) expect(text).toContain(`\`${event}\``);
    for (const file of testsOf(name)) expect(text).toContain(file);
  });

  test('the sentences on refused events say what the machine does', () => {
    const lines = files.get('docs/machines/analysis.md')!.split('\n');
    const from = lines.indexOf('## Refused events');
    const said = lines
      .slice(from, lines.indexOf('## What other readings change'))
      .filter((line) => line.startsWith('- '))
      .flatMap((line) => {
        const [states = '', sentences = ''] = line.slice(2, -1).split(/: (.*)/);
        return states.split(', ').map((state) => [state.replaceAll('`', ''), sentences] as const);
      });
    expect(said.length).toBe(5);
    for (const [state, sentences] of said) {
      const actor = createActor(createAnalysisMachine()).start();
      const end = state.split('.').at(-1)!;
      if (end === 'FAILED') actor.send({ type: 'analysis.failed' });
      else if (end !== 'PROCESSING')
        actor.send({ type: 'analysis.finished', resolution: end as (typeof results)[number] });
      const snapshot = actor.getSnapshot();
      expect(snapshot.hasTag('settled')).toBe(end !== 'PROCESSING');
      for (const type of ['analysis.failed', 'analysis.finished', 'operator.decided']) {
        const taken = results.some((resolution) => snapshot.can({ type, resolution } as never));
        const sentence = sentences.split('; ').find((one) => one.includes(`\`${type}\``))!;
        expect(sentence.endsWith('**refused**'), `${type} in ${end}`).toBe(!taken);
      }
    }
  });

  test('a page and a picture say the rules behind the guards, not what they are named', () => {
    const text = files.get('docs/machines/folder.md')!;
    expect(text).toContain('3. FAILED: an analysis of the folder is FAILED.');
    expect(text).not.toContain('resolution_status is FAILED');
    expect(files.get('docs/machines/folder.svg')).toContain('[rule 3]');
    expect(text).toContain('- Every state: `group.posted`, `analysis.failed`, `analysis.finished` taken if');
  });

  test('the table of statuses permits exactly what the vocabulary permits', () => {
    const [vocabulary = ''] = files.get('docs/diagrams/statuses.md')!.split('## Severity');
    const rows = vocabulary.split('\n').filter((line) => line.startsWith('| **'));
    expect(rows.length).toBe(statuses.length);
    const cells = rows.flatMap((row) => row.split('|').slice(2, -1));
    expect(cells.length).toBe(statuses.length * fields.length);
    expect(cells.filter((cell) => cell.includes('[may be]')).length).toBe(3 + 5 + 4 + 6);
    expect(cells.filter((cell) => cell.includes('(starts here)')).length).toBe(fields.length);
  });
});

test('the tables of the worst hold the worst of every two resolutions, under both orders', () => {
  const [, severity = ''] = files.get('docs/diagrams/statuses.md')!.split('## Severity');
  const tables = severity.split('| Worst of ').slice(1);
  expect(tables.length).toBe(2);
  (['failed', 'declined'] as const).forEach((answer, at) => {
    const [head = [], , ...rows] = tables[at]!.split('\n')
      .filter((line) => line.includes('|'))
      .map((line) => line.split('|').map((cell) => cell.replaceAll('*', '').trim()));
    const columns = head.filter((cell) => cell !== '') as Resolution[];
    expect(rows.map(([, row]) => row)).toEqual(columns);
    const reading = { ...defaultSettings.reading, 'failed-beside-declined': answer };
    for (const [, row, ...cells] of rows) {
      const expected = columns.map((column) => worst([row as Resolution, column], reading));
      expect(cells.slice(0, columns.length)).toEqual(expected);
    }
  });
});

test('no two pictures are alike but for the name of the reading', () => {
  const seen = new Map<string, string>();
  const twice: string[] = [];
  for (const [path, text] of files) {
    if (!path.endsWith('.svg')) continue;
    const drawing = text.replaceAll(/<desc.*?<\/desc>|<title.*?<\/title>|>[^<]*[Rr]eading[^<]*</g, '');
    const other = seen.get(drawing);
    if (other !== undefined) twice.push(`${other} and ${path}`);
    seen.set(drawing, path);
  }
  expect(seen.size).toBeGreaterThan(20);
  expect(twice).toEqual([]);
});

test('the pictures use no character that the shipped font lacks', () => {
  const known = new Set(Object.values(advanceWidths.bold).join(''));
  const texts = [...files]
    .filter(([path]) => path.endsWith('.svg'))
    .flatMap(([, svg]) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text!));
  expect(texts.length).toBeGreaterThan(1000);
  expect([...new Set(texts.join(''))].filter((character) => !known.has(character))).toEqual([]);
});
