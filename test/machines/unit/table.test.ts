import { describe, expect, test } from 'vitest';
import { getInitialSnapshot } from 'xstate';
import {
  alphabetOf,
  analysisMachine,
  cellOf,
  clauses,
  fields,
  folderMachine,
  isStatusOf,
  results,
  startOf,
  statuses,
  type ClauseId,
  type Field,
  type Status,
} from '../../../machines/index.ts';
import { nodesOf } from '../paths/transitions.ts';
import { printedCells } from '../oracle/page.ts';

/** The statuses that a machine can show in a field: the values in the `api` of its states. */
function shownIn(field: string): readonly string[] {
  const nodes = [...nodesOf(analysisMachine), ...nodesOf(folderMachine)];
  const metas = nodes.map((node) => node.meta as { api?: Record<string, string> } | undefined);
  return metas.flatMap((meta) => meta?.api?.[field] ?? []);
}

/** A test for each cell that the page prints in a column. */
function testCells(column: Field): void {
  for (const { field, status, legal, start, clause } of printedCells.filter(
    (cell) => cell.field === column,
  )) {
    test(`${legal ? 'shows' : 'never shows'} ${status} in ${field}`, () => {
      expect(cellOf(column, status as Status) !== undefined).toBe(legal);
      expect(isStatusOf(column, status)).toBe(legal);
      expect((alphabetOf(column) as readonly string[]).includes(status)).toBe(legal);
      expect(shownIn(field).includes(status), 'a state of a machine shows it').toBe(legal);
      expect(startOf(column) === status, 'the field starts there').toBe(start);
      const { text, evidence } = clauses[clause as ClauseId];
      expect(text.includes(' is never '), text).toBe(!legal);
      expect(text.includes('It starts there.'), text).toBe(start);
      expect(evidence).toBe('documented');
    });
  }
}

describe('the table [STATE-INITIAL, STATE-PROCESSING, STATE-FAILED, STATE-FINISHED, STATE-DECLINED, STATE-OPERATOR_REQUIRED, STATE-SUCCESS]', () => {
  testCells('analyse.state');
});
describe('the table [RESULT-INITIAL, RESULT-PROCESSING, RESULT-FAILED, RESULT-FINISHED, RESULT-DECLINED, RESULT-OPERATOR_REQUIRED, RESULT-SUCCESS]', () => {
  testCells('analyse.resolution_status');
});
describe('the table [FOLDER-INITIAL, FOLDER-PROCESSING, FOLDER-FAILED, FOLDER-FINISHED, FOLDER-DECLINED, FOLDER-OPERATOR_REQUIRED, FOLDER-SUCCESS]', () => {
  testCells('folder.resolution_status');
});
describe('the table [SYSTEM-INITIAL, SYSTEM-PROCESSING, SYSTEM-FAILED, SYSTEM-FINISHED, SYSTEM-DECLINED, SYSTEM-OPERATOR_REQUIRED, SYSTEM-SUCCESS]', () => {
  testCells('system_resolution');
});

describe('the table', () => {
  test('has the seven statuses and four fields of the page', () => {
    expect(statuses).toEqual([...new Set(printedCells.map((cell) => cell.status))]);
    expect(fields).toEqual([...new Set(printedCells.map((cell) => cell.field))]);
    expect(printedCells).toHaveLength(28);
  });

  test.each(fields)('starts %s in exactly one status', (field) => {
    const starts = statuses.filter((status) => cellOf(field, status)?.start);
    expect(starts).toEqual(
      printedCells.filter((cell) => cell.field === field && cell.start).map((cell) => cell.status),
    );
    expect(starts).toHaveLength(1);
  });

  test.each([
    ['a lower-case status', 'success'],
    ['a status with a space', 'SUCCESS '],
    ['a name that every object has', 'constructor'],
    ['nothing', undefined],
    ['null', null],
    ['a list', ['SUCCESS']],
    ['a number', 3],
  ])('takes %s for no status of any field', (_what, value) => {
    for (const field of fields) expect(isStatusOf(field, value)).toBe(false);
  });

  test('has three results: those that an analysis shows and its state does not [RESULT-AFTER-FINISH]', () => {
    expect(results).toEqual(['DECLINED', 'OPERATOR_REQUIRED', 'SUCCESS']);
  });

  test('lets a machine start where the field starts [STATE-PROCESSING] [FOLDER-INITIAL] [SYSTEM-INITIAL]', () => {
    expect(getInitialSnapshot(analysisMachine).value).toBe('PROCESSING');
    expect(getInitialSnapshot(folderMachine).value).toEqual({
      resolution_status: 'INITIAL',
      system_resolution: 'INITIAL',
    });
  });
});
