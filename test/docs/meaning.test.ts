import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { machineDocument, machineNames } from '../../src/diagrams/index.ts';
import { repository } from '../cli/built.ts';
import { meaningChanges, releasesIn, tellingLines, type Published } from './meaning.ts';

const changelog = readFileSync(join(repository, 'CHANGELOG.md'), 'utf8');
const documentOf = (directory: string, name: string) =>
  JSON.parse(readFileSync(join(repository, directory, `${name}.json`), 'utf8')) as Published;

/** The machines of the last release; before the first one, those that were first published. */
const [lastRelease = 'first'] = releasesIn(changelog);

describe('what the machines mean since the last release', () => {
  test('is compared with that release', () => {
    expect(
      readdirSync(join(repository, 'test/released')),
      `the last release in CHANGELOG.md is ${lastRelease}: put its docs/machines/*.json into test/released/${lastRelease}`,
    ).toEqual([lastRelease]);
    expect(readdirSync(join(repository, 'test/released', lastRelease)).toSorted()).toEqual(
      machineNames.map((name) => `${name}.json`).toSorted(),
    );
  });

  test.each(machineNames)('is told in the changelog where that of %s changed', (name) => {
    const released = documentOf(`test/released/${lastRelease}`, name);
    const changes = meaningChanges(released, documentOf('docs/machines', name));
    const told = changes.length === 0 || tellingLines(changelog, name).length > 0;
    const wanted = `a line below Unreleased in CHANGELOG.md that names the ${name} and says widening, narrowing or breaking`;
    expect(told, [`${wanted}:`, ...changes].join('\n')).toBe(true);
  });
});

describe('the comparison of meanings', () => {
  const folder = JSON.parse(JSON.stringify(machineDocument('folder'))) as Published;
  const withTransitions = (
    change: (list: Published['transitions']) => Published['transitions'],
  ): Published => ({
    ...folder,
    transitions: change(folder.transitions),
  });
  const last = folder.transitions.at(-1)!;

  test('finds nothing between a machine and itself', () => {
    expect(meaningChanges(folder, structuredClone(folder))).toEqual([]);
  });

  test('does not look at descriptions and clauses', () => {
    const reworded = <P extends { readonly meta: object }>(parts: readonly P[]) =>
      parts.map((part) => ({
        ...part,
        description: 'other words',
        meta: { ...part.meta, clauses: ['OTHER'] },
      }));
    const readings = folder.readings.map(({ reading, changes }) => ({
      reading,
      changes: changes.map((one) => ({ ...one, now: one.now === null ? null : reworded([one.now])[0]! })),
    }));
    const other = {
      ...folder,
      states: reworded(folder.states),
      transitions: reworded(folder.transitions),
      readings,
    } as Published;
    expect(meaningChanges(folder, other)).toEqual([]);
  });

  test.each<readonly [string, Published, number]>([
    ['a transition that is gone', withTransitions((list) => list.slice(0, -1)), 2],
    [
      'another target',
      withTransitions((list) => [...list.slice(0, -1), { ...last, targets: ['folder'] }]),
      2,
    ],
    [
      'another parameter of a guard',
      withTransitions((list) => [
        ...list.slice(0, -1),
        { ...last, guard: { name: last.guard!.name, params: { is: 'DECLINED' } } },
      ]),
      2,
    ],
    ['no guard', withTransitions((list) => [...list.slice(0, -1), { ...last, guard: null }]), 2],
    [
      'an event in place of always',
      withTransitions((list) => [...list.slice(0, -1), { ...last, event: 'go' }]),
      4,
    ],
    ['another order of transitions', withTransitions((list) => list.toReversed()), 4],
    ['a state that is gone', { ...folder, states: folder.states.slice(0, -1) }, 1],
    [
      'another status in the payload',
      {
        ...folder,
        states: folder.states.map((state, at) =>
          at === folder.states.length - 1
            ? { ...state, meta: { ...state.meta, api: { other: 'SUCCESS' } } }
            : state,
        ),
      },
      2,
    ],
    [
      'a change under another reading',
      {
        ...folder,
        readings: folder.readings.map((one) => ({
          ...one,
          changes: one.reading === 'status-precedence=failed-first' ? [] : one.changes,
        })),
      },
      1,
    ],
  ])('finds %s', (_, other, count) => {
    expect(meaningChanges(folder, other)).toHaveLength(count);
    expect(meaningChanges(other, folder)).toHaveLength(count);
  });

  test('demands a line that names the machine and the kind of change, below Unreleased', () => {
    const log = (...lines: readonly string[]) => ['# Changelog', '', ...lines, ''].join('\n');
    const told = (...lines: readonly string[]) => tellingLines(log(...lines), 'folder').length;
    expect(told('## [Unreleased]', '- The folder machine: widening.')).toBe(1);
    expect(told('## [Unreleased]', '### Changed', '- **Narrowing** (folder): less.', '## [1.0.0]')).toBe(1);
    expect(told('## [Unreleased]', '- The folder machine changed.')).toBe(0);
    expect(told('## [Unreleased]', '- The group machine: widening.')).toBe(0);
    expect(told('## [Unreleased]', '', '## [1.0.0]', '- The folder machine: breaking.')).toBe(0);
    expect(told('- The folder machine: breaking.')).toBe(0);
  });

  test('knows the releases of a changelog, the latest first', () => {
    expect(releasesIn('# Changelog\n\n## [Unreleased]\n')).toEqual([]);
    expect(releasesIn('## [Unreleased]\n\n## [0.2.0] - 2027-01-01\n\n## [0.1.0]\n')).toEqual([
      '0.2.0',
      '0.1.0',
    ]);
  });
});
