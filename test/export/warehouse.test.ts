import { describe, expect, it } from 'vitest';
import {
  defaultReading,
  defaultSettings,
  emptyFolder,
  project,
  reduceFolder,
  type Folder,
  type FolderEvent,
  type Settings,
} from '../../machines/index.ts';
import { filterTables, warehouseFilter } from '../../src/assurance/export/index.ts';
import { runHere } from '../cli/fake-terminal.ts';

const failedFirst: Settings = {
  ...defaultSettings,
  reading: { ...defaultReading, 'status-precedence': 'failed-first' },
};
const never: Settings = { ...defaultSettings, operatorRequired: 'never' };

const pairOf = (folder: Folder, { reading }: Settings): string =>
  Object.values(project(folder, reading)).join(' ');

/** Everything that folders of one group of two analyses show, and what each shows after what, by the events. */
function walked(settings: Settings) {
  const analyses = ['a', 'b'].map((id) => ({ id, kind: 'BIOMETRY' }));
  const results = ['DECLINED', 'OPERATOR_REQUIRED', 'SUCCESS'] as const;
  const events: readonly FolderEvent[] = analyses.flatMap(({ id }) => [
    { type: 'analysis.failed' as const, id },
    ...results.map((resolution) => ({ type: 'analysis.finished' as const, id, resolution })),
  ]);
  const pairs = new Set<string>();
  const moves = new Set<string>();
  const walk = (folder: Folder, before: readonly string[]): void => {
    const pair = pairOf(folder, settings);
    pairs.add(pair);
    for (const one of [...before, pair]) moves.add(`${one}>${pair}`);
    const next =
      folder === emptyFolder ? [{ type: 'group.posted' as const, groupId: 'g', analyses }] : events;
    for (const event of next) {
      const after = reduceFolder(folder, event, settings);
      if (after !== folder) walk(after, [...before, pair]);
    }
  };
  walk(emptyFolder, []);
  return { pairs, moves };
}

describe('the filter of a warehouse', () => {
  it.each([
    ['the default settings', defaultSettings],
    ['failed-first', failedFirst],
    ['no operators', never],
  ])('knows what a folder of one group shows, and what after what, under %s', (_, settings) => {
    const tables = filterTables(settings);
    const { pairs, moves } = walked(settings);
    expect(new Set(tables.pairs.values())).toEqual(pairs);
    expect(new Set(tables.moves.map((move) => move.join('>')))).toEqual(moves);
  });

  it('holds the answers by which it was made, and differs where they do', () => {
    const texts = [defaultSettings, failedFirst, never].map(warehouseFilter);
    expect(new Set(texts).size).toBe(3);
    expect(texts[1]).toContain('-- status-precedence: failed-first\n');
    expect(texts[1]).toContain("'FAILED PROCESSING>FAILED FAILED'");
    expect(texts[0]).not.toContain("'FAILED PROCESSING>");
    expect(texts[2]).toContain('-- operator-required: never\n');
    expect(texts[2]).not.toMatch(/'OPERATOR_REQUIRED'/);
  });

  it('is written by a command', async () => {
    const { code, stdout } = await runHere(['export', 'sql', '--reading', 'status-precedence=failed-first']);
    expect([code, stdout]).toEqual([0, warehouseFilter(failedFirst)]);
  });
});
