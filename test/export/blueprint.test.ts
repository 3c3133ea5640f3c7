import { describe, expect, test } from 'vitest';
import {
  allReadings,
  clauseIds,
  defaultSettings,
  project,
  reduceFolder,
  type Folder,
  type Settings,
} from '../../machines/index.ts';
import { explore, folderSystem } from '../../src/explore/index.ts';
import { blueprintOf, type Blueprint } from '../../src/assurance/export/blueprint.ts';
import { holdsIn, shownBy } from './tables.ts';
import { some } from '../deep.ts';

const kinds = ['QUALITY', 'BIOMETRY'];
const maxStates = 100_000;

/** Folders of every shape that matters: kinds within a group, three groups in every order of settling. */
const foldersUnder = (settings: Settings): readonly Folder[] =>
  [
    { groups: 2, analyses: 2, kinds },
    { groups: 3, analyses: 1, kinds: ['BIOMETRY'] },
  ].flatMap((bounds) => {
    const { states, complete } = explore(folderSystem({ ...bounds, settings, canonical: true }), {
      maxStates,
    });
    expect(complete).toBe(true);
    return states;
  });

const explored = new Map<string, readonly Folder[]>();

/** An operator’s decision is all that makes other folders reachable. */
function folders(settings: Settings): readonly Folder[] {
  const key = settings.reading['operator-decision'] === 'allowed' ? 'decided' : 'plain';
  const known = explored.get(key) ?? foldersUnder(settings);
  explored.set(key, known);
  return known;
}

/** Every reading; whether a decision is forbidden or unspecified makes no difference to a folder without one. */
const named = some(
  16,
  allReadings()
    .filter((reading) => reading['operator-decision'] !== 'forbidden')
    .map((reading) => [Object.values(reading).join(', '), { ...defaultSettings, reading }] as const),
);

/** The folders in which a law of the exports is broken. */
const broken = ({ laws, settings }: Blueprint, folder: Folder): readonly string[] => {
  const { reading } = settings;
  const fields = project(folder, reading);
  return laws
    .filter(({ field, shows }) => fields[field] === shows)
    .filter(
      ({ requires, forbids }) =>
        !requires.every((one) => holdsIn(folder, one, reading)) ||
        forbids.some((one) => holdsIn(folder, one, reading)),
    )
    .map(({ name }) => name);
};

describe('the tables of the exports', () => {
  test.each(named)('give what the projections give: %s', (_name, settings) => {
    const { fields } = blueprintOf(settings);
    const wrong = folders(settings)
      .filter(({ groups }) => groups.length > 0)
      .filter((folder) => {
        const { resolution_status, system_resolution } = project(folder, settings.reading);
        return (
          shownBy(fields.resolution_status.rules, folder, settings.reading) !== resolution_status ||
          shownBy(fields.system_resolution.rules, folder, settings.reading) !== system_resolution
        );
      });
    expect(wrong).toEqual([]);
  });

  test.each(named)('state laws that hold in every folder: %s', (_name, settings) => {
    const blueprint = blueprintOf(settings);
    const all = folders(settings);
    expect(all.flatMap((folder) => broken(blueprint, folder))).toEqual([]);
    // None of them holds for want of a folder that it speaks of.
    const shown = new Set(
      all
        .map((folder) => project(folder, settings.reading))
        .flatMap(Object.entries)
        .map(String),
    );
    for (const { field, shows, clauses } of blueprint.laws) {
      expect(shown).toContain(`${field},${shows}`);
      expect(clauseIds).toEqual(expect.arrayContaining([...clauses]));
    }
  });

  test.each([
    ['allowed', 'unspecified', 7],
    ['never', 'unspecified', 6],
    ['allowed', 'allowed', 9],
  ] as const)(
    'list the steps of an analysis: OPERATOR_REQUIRED %s, decisions %s: %i',
    (operatorRequired, answer, expected) => {
      const reading = { ...defaultSettings.reading, 'operator-decision': answer };
      const { steps } = blueprintOf({ reading, operatorRequired });
      expect(steps.flatMap(({ kinds: allowed }) => allowed).length).toBe(expected);
    },
  );

  test('give every step the end that the model gives it', () => {
    const settings = {
      ...defaultSettings,
      reading: { ...defaultSettings.reading, 'operator-decision': 'allowed' },
    } as const;
    for (const { event, from, to, kinds: allowed } of blueprintOf(settings).steps) {
      for (const kind of ['QUALITY', 'DOCUMENTS']) {
        const before: Folder = {
          groups: [{ id: 'g', analyses: [{ id: 'a', kind, resolution: from }] }],
          settled: from === 'PROCESSING' ? [] : ['g'],
        };
        const after = reduceFolder(before, { ...event, id: 'a' }, settings);
        if (kind === 'QUALITY' && from === 'OPERATOR_REQUIRED') continue;
        const legal = allowed.includes(kind === 'QUALITY' ? 'liveness' : 'other');
        expect(after.groups[0]?.analyses[0]?.resolution).toBe(legal ? to : from);
      }
    }
  });
});
