import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReading, defaultSettings } from '../../../machines/index.ts';
import type { Example } from '../../../src/cli/commands/bundled.ts';
import { createChecker, finding, type Observation } from '../../../src/conformance/index.ts';
import { minimize, shows, type FindingKind } from '../../../src/conformance/minimize/minimize.ts';
import { graphOf } from '../brute-force.ts';
import { dice, record, tamper } from '../random-recordings.ts';
import { runs } from '../../deep.ts';
import { readChunks } from '../../recordings/reading.ts';

const options = { settings: defaultSettings, proposesReadings: false };

/** Every kind of finding on a folder of the recording. */
function kindsIn(observations: readonly Observation[]): FindingKind[] {
  const checker = createChecker(options);
  for (const observation of observations) checker.observe(observation);
  const all = checker.finish().flatMap(({ findings, hazards }) => [...findings, ...hazards]);
  return [...new Map(all.map((one) => [`${one.code} ${one.clause}`, one])).values()];
}

type Json = Readonly<Record<string, unknown>>;

/** The values that lack one member with a name of `fields`, or one element of a list, anywhere in the value. */
function* withoutOne(value: unknown, fields: readonly string[]): Generator {
  if (Array.isArray(value)) {
    for (const at of value.keys()) {
      yield value.toSpliced(at, 1);
      for (const each of withoutOne(value[at], fields)) yield value.with(at, each);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      const { [key]: _, ...others } = value as Json;
      if (fields.includes(key)) yield others;
      for (const each of withoutOne(member, fields)) yield { ...value, [key]: each };
    }
  }
}

/** Holds the text of a recording to what a minimal one is, by cutting at the text itself. */
function expectMinimal(text: string, kind: FindingKind): void {
  expect(shows(text, kind, options)).toBe(true);
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  const fields = ['resolution_status', 'system_resolution', 'state', 'type', 'group_id'];
  for (const smaller of withoutOne(lines, fields)) {
    const cut = (smaller as readonly unknown[]).map((line) => `${JSON.stringify(line)}\n`).join('');
    expect([cut, shows(cut, kind, options)]).toEqual([cut, false]);
  }
}

describe('a minimal recording', () => {
  const directory = new URL('../../../docs/examples/recordings/', import.meta.url);
  const manifest = JSON.parse(readFileSync(new URL('index.json', directory), 'utf8')) as readonly Example[];

  it.each(manifest.map(({ file }) => [file]))(
    'shows each finding of a bundled recording: %s',
    async (file) => {
      const { observations } = await readChunks([readFileSync(new URL(file, directory))]);
      for (const kind of kindsIn(observations)) {
        const minimal = minimize(observations, kind, options)!;
        expect(minimal.isMinimal).toBe(true);
        expectMinimal(minimal.text, kind);
      }
    },
  );

  it('always shows what it is made for, and loses it with any one part', () => {
    const graph = graphOf({ named: ['QUALITY', 'BIOMETRY'], unnamed: 0, settings: defaultSettings });
    let made = 0;
    fc.assert(
      fc.property(dice, (draw) => {
        const observations = record(graph, defaultReading, draw);
        tamper(observations, ['QUALITY', 'BIOMETRY'], draw);
        for (const kind of kindsIn(observations)) {
          const minimal = minimize(observations, kind, options);
          // What is said of the folder beside a part of its analyses cannot be written.
          if (!minimal) continue;
          expectMinimal(minimal.text, kind);
          made++;
        }
      }),
      runs(20, 1000),
    );
    expect(made).toBeGreaterThan(5);
  });

  it('is small where the recording is not', () => {
    const settled = { folder: 'f', folderId: 'f', complete: true, wholeGroup: false, where: { file: 'f' } };
    const shown = (resolutionStatus: string): Observation => ({
      ...settled,
      resolutionStatus: 'FINISHED',
      analyses: Array.from({ length: 4 }, (_, at) => ({ id: `a${at}`, resolutionStatus, pointer: '' })),
    });
    const all = [...Array.from({ length: 100 }, () => shown('SUCCESS')), shown('DECLINED')];
    const [kind] = kindsIn(all);
    expect(minimize(all, kind!, options)?.text.trimEnd().split('\n')).toHaveLength(2);
  });

  it('is none of a finding that the recording does not show', () => {
    expect(
      minimize([], finding('GROUP_CHANGED', { message: '', where: { file: 'f' } }), options),
    ).toBeUndefined();
  });
});
