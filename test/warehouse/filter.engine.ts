import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  answersTo,
  defaultReading,
  defaultSettings,
  questionNames,
  type Settings,
} from '../../machines/index.ts';
import { warehouseFilter } from '../../src/assurance/export/index.ts';
import { createChecker, type Observation } from '../../src/conformance/index.ts';
import { engines } from './engines.ts';
import { bundled, random, vectors, type Recording } from './recordings.ts';
import { rowsOf, type Row } from './rows.ts';

const available = engines();

/** Where the largest table is left, for engines that are not of Node; absent: nowhere. */
const sampleDirectory = process.env['OZ_STATUS_SQL_SAMPLE'];

/** A recording under names of its own, so that many stand in one table. */
function apart(recording: Recording, nth: number): Recording {
  const own = (id: string): string => `${nth}.${id}`;
  return recording.map((one) => ({
    ...one,
    folder: one.folder.replace(/^([a-z]+):/, `$1:${nth}.`),
    ...(one.folderId !== undefined && { folderId: own(one.folderId) }),
    analyses: one.analyses.map((view) => ({ ...view, id: own(view.id) })),
  }));
}

/** The folders of a recording of which a check has anything to say, and all of them. */
function checked(recording: Recording, settings: Settings) {
  const checker = createChecker({ settings, proposesReadings: false });
  recording.forEach((one: Observation, at) =>
    checker.observe({ ...one, where: { ...one.where, file: 'answers', line: at + 1 } }),
  );
  const folders = checker.finish().filter(({ folderId, name }) => folderId !== null && name === undefined);
  return {
    all: folders.map(({ folderId }) => folderId!),
    found: folders
      .filter(({ findings, hazards }) => findings.length + hazards.length > 0)
      .map(({ folderId }) => folderId!),
  };
}

/** What each engine selects of some recordings, beside what a check finds; it fails where one misses something. */
async function compare(recordings: readonly Recording[], settings: Settings, sample?: string) {
  const named = recordings.map(apart);
  const results = named.map((recording) => checked(recording, settings));
  let answer = 0;
  const rows = named.flatMap((recording) =>
    recording.flatMap((one): readonly Row[] => rowsOf(one, ++answer)),
  );
  const query = warehouseFilter(settings);
  if (sample !== undefined) {
    const name = (one: string) => join(sample, one);
    writeFileSync(name('filter.sql'), query);
    writeFileSync(name('answers.ndjson'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  }
  const all = new Set(results.flatMap((result) => result.all));
  const found = results.flatMap((result) => result.found);
  const selected = await Promise.all(available.map((engine) => engine.select(query, rows)));
  for (const [at, one] of selected.entries()) {
    const chosen = new Set(one);
    const missed = found.filter((id) => !chosen.has(id));
    const [first] = missed;
    const [nth] = first?.split('.') ?? [];
    expect(
      nth === undefined ? [] : named[Number(nth)],
      `${available[at]!.name} misses ${missed.length}`,
    ).toEqual([]);
    expect(one, available[at]!.name).toEqual(selected[0]);
  }
  if (sample !== undefined) writeFileSync(join(sample, 'selected.json'), JSON.stringify(selected[0]));
  return { folders: all.size, found: found.length, selected: selected[0]!.length };
}

const told = (name: string, counts: object): void => {
  process.stdout.write(`${name}: ${JSON.stringify(counts)}\n`);
};

describe('the filter of a warehouse leaves out nothing that a check finds', () => {
  it('in the bundled recordings', async () => {
    const counts = await compare(await bundled(), defaultSettings);
    told('bundled recordings', counts);
    expect(counts.selected).toBeLessThan(counts.folders);
    expect(counts.found).toBeGreaterThan(10);
  });

  it('in the vectors', async () => {
    const counts = await compare(vectors(defaultSettings), defaultSettings);
    told('vectors', counts);
    expect(counts.selected).toBeLessThan(counts.folders);
    expect(counts.found).toBeGreaterThan(20);
  });

  const variants: readonly Settings[] = [
    defaultSettings,
    { ...defaultSettings, operatorRequired: 'never' },
    ...questionNames.flatMap((question) =>
      answersTo(question)
        .slice(1)
        .map((answer) => ({ ...defaultSettings, reading: { ...defaultReading, [question]: answer } })),
    ),
  ];
  it.each(variants.map((settings) => [JSON.stringify(settings), settings] as const))(
    'in random recordings with planted faults, under %s',
    async (name, settings) => {
      const isDefault = settings === defaultSettings;
      const drawn = random(isDefault ? 3000 : 600, 7, settings);
      const counts = await compare(drawn, settings, isDefault ? sampleDirectory : undefined);
      told(name, counts);
      // It is of use only where it leaves something out.
      expect(counts.selected).toBeLessThan(0.95 * counts.folders);
      expect(counts.found).toBeGreaterThan(200);
    },
  );

  const base = {
    answer: 1,
    resolution_status: 'FINISHED',
    system_resolution: 'SUCCESS',
    list: 'complete',
    analysis_id: 'a',
    kind: 'QUALITY',
    group_id: null,
    state: 'FINISHED',
    analysis_status: 'SUCCESS',
  };
  const uuid = '00000000-0000-4000-8000-00000000000A';
  it.each<[string, readonly Partial<Row>[], readonly string[]]>([
    ['what conforms', [{ folder_id: 'f' }], []],
    [
      'an id of a folder in two spellings',
      [{ folder_id: uuid }, { folder_id: uuid.toLowerCase(), answer: 2 }],
      [uuid, uuid.toLowerCase()],
    ],
    [
      'one analysis in two folders',
      [
        { folder_id: 'f', analysis_id: uuid },
        { folder_id: 'g', analysis_id: uuid.replaceAll('-', '') },
      ],
      ['f', 'g'],
    ],
    [
      'an analysis that is seen without a folder',
      [{ folder_id: 'f' }, { folder_id: null, list: 'partial', answer: 2 }],
      ['f'],
    ],
    ['one analysis twice in a list', [{ folder_id: 'f' }, { folder_id: 'f' }], ['f']],
    [
      'one answer that says two things',
      [{ folder_id: 'f' }, { folder_id: 'f', analysis_id: 'b', resolution_status: 'FAILED' }],
      ['f'],
    ],
    ['a list of which nothing is known', [{ folder_id: 'f', list: null }], ['f']],
    ['what is no status at all', [{ folder_id: 'f', system_resolution: "SUCCESS' OR 1=1 --" }], ['f']],
    ['small letters', [{ folder_id: 'f', analysis_status: 'success' }], ['f']],
  ])('and selects by %s', async (_, rows, expected) => {
    for (const { select } of available) {
      // oxlint-disable-next-line no-await-in-loop -- one engine after the other
      const selected = await select(
        warehouseFilter(defaultSettings),
        rows.map((row) => ({ ...base, folder_id: null, ...row })),
      );
      expect(selected.toSorted()).toEqual(expected.toSorted());
    }
  });
});
