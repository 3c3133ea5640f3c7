import { describe, expect, test } from 'vitest';
import type { OracleEvent } from '../machines/oracle/folder.ts';
import { printedCells, printedRank } from '../machines/oracle/page.ts';
import { oracleFolders } from './oracle-graph.ts';
import { textOf } from './steps.ts';
import { byDefault, setOf, settingsOf, settingsUnder } from './vectors.ts';

/** What the sets claim to be complete for, counted anew by the printed page and the oracle. */

const distinct = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

const printedStatuses = distinct(printedCells.map(({ status }) => status));
const printedFields = distinct(printedCells.map(({ field }) => field));
const pairs = (items: readonly string[]) => items.flatMap((one) => items.map((two) => `${one} ${two}`));

/** Every list of up to five ranked statuses, sorted: as many as there are multisets. */
function sortedLists(): readonly string[] {
  const ranked = Object.keys(printedRank);
  let lists: readonly (readonly string[])[] = [[]];
  const all = new Set(['']);
  for (let size = 1; size <= 5; size += 1) {
    lists = lists.flatMap((list) => ranked.map((status) => [...list, status]));
    for (const list of lists) all.add(list.toSorted().join());
  }
  return [...all];
}

describe('the vectors are complete', () => {
  test('for the worst of every multiset of up to five statuses, under both orders [WORST-ORDER]', () => {
    const lists = sortedLists();
    // Six kinds of status and one that stands for none, chosen five times: 11 over 5.
    expect(lists).toHaveLength((11 * 10 * 9 * 8 * 7) / (5 * 4 * 3 * 2));
    const found = setOf('reducer');
    for (const half of [byDefault(found), found.filter(({ reading }) => reading)]) {
      expect(half.map(({ given }) => given!.statuses!.toSorted().join()).toSorted()).toEqual(
        lists.toSorted(),
      );
    }
  });

  test('for every pair of state and resolution, of both kinds and settings [RESULT-INHERITS-STATE]', () => {
    const shown = setOf('analysis-fields').map(({ observations, given }) => {
      const body = observations![0] as Readonly<Record<string, string>>;
      return `${given?.operatorRequired ?? 'allowed'} ${body['type']} ${body['state']} ${body['resolution_status']}`;
    });
    const expected = ['allowed', 'never'].flatMap((setting) =>
      ['QUALITY', 'BIOMETRY'].flatMap((kind) =>
        pairs(printedStatuses).map((pair) => `${setting} ${kind} ${pair}`),
      ),
    );
    expect(expected).toHaveLength(2 * 2 * 7 * 7);
    expect(shown.toSorted()).toEqual(expected.toSorted());
  });

  test('for every ordered pair of statuses of every field [FOLDER-NEVER-FINAL]', () => {
    const shown = byDefault(setOf('field-pairs')).map(({ observations }) => {
      const [first, second] = (observations as readonly Readonly<Record<string, string>>[]).map((body) =>
        Object.entries(body).filter(([name]) => printedFields.some((field) => field.endsWith(name))),
      ) as [[string, string][], [string, string][]];
      const of = 'analyse_id' in observations![0]! ? 'analyse.' : '';
      return `${of}${first[0]![0]} ${first[0]![1]} ${second[0]![1]}`;
    });
    const expected = printedFields.flatMap((field) =>
      pairs(printedStatuses).map((pair) => `${field.replace('folder.', '')} ${pair}`),
    );
    expect(expected).toHaveLength(4 * 7 * 7);
    expect(shown.toSorted()).toEqual(expected.toSorted());
  });

  test('for every event in every state of an analysis [ANALYSIS-FINAL] [OPERATOR-SETTING]', () => {
    const shown = setOf('analysis-events').map((vector) => {
      const { kind, resolution } = vector.given!.analysis!;
      const event = vector.events![0] as OracleEvent;
      const { reading, operatorRequired } = settingsOf(vector);
      const about = [operatorRequired, reading['operator-decision'], kind, resolution];
      return [...about, event.type, event.resolution].join(' ');
    });
    expect(new Set(shown).size).toBe(shown.length);
    const [events, decisions] = [4 + 2, 3];
    const states = { QUALITY: 4, BIOMETRY: 5 };
    const enabled = (states.QUALITY + states.BIOMETRY) * events * decisions;
    expect(shown).toHaveLength(enabled + 2 * states.QUALITY * events);
  });

  test('for every pair of folder fields, and after each that the oracle can show for every pair [FOLDER-RESULT]', () => {
    const columns = ['folder.resolution_status', 'system_resolution'].map((field) =>
      printedCells.filter((cell) => cell.field === field && cell.legal).map(({ status }) => status),
    );
    const all = columns[0]!.flatMap((status) => columns[1]!.map((result) => `${status} ${result}`));
    const shown = setOf('folder-pairs').map(({ observations }) =>
      (observations as readonly Readonly<Record<string, string>>[])
        .map((body) => `${body['resolution_status']} ${body['system_resolution']}`)
        .join(', '),
    );
    const { folders } = oracleFolders(settingsUnder(), 2, 2);
    const possible = distinct(folders.map((folder) => textOf(folder.fields())));
    const expected = [...all, ...possible.flatMap((first) => all.map((second) => `${first}, ${second}`))];
    expect(shown.toSorted()).toEqual(expected.toSorted());
  });
});
