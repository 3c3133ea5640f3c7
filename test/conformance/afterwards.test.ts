import { describe, expect, it } from 'vitest';
import { defaultSettings, fields, alphabetOf } from '../../machines/index.ts';
import { columnClause } from '../../machines/clauses.ts';
import { createChecker } from '../../src/conformance/index.ts';
import { readRecordingText } from '../../src/recordings/index.ts';

/** What a check says of lines: names, verdicts, and what was found where. */
function judged(lines: readonly object[]) {
  const checker = createChecker({ settings: defaultSettings });
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  for (const piece of readRecordingText(text, { file: 'a.ndjson' }))
    if (piece.type === 'observation') checker.observe(piece.observation);
  return checker.finish();
}
const foundIn = (lines: readonly object[]) =>
  judged(lines).flatMap(({ findings, hazards }) => [...findings, ...hazards]);
const codesOf = (lines: readonly object[]) => foundIn(lines).map(({ code }) => code);

const analysis = (id: string, resolution_status: string, type = 'QUALITY') => ({
  analyse_id: id,
  type,
  state: 'FINISHED',
  resolution_status,
});
const folder = (system_resolution: string, ...analyses: object[]) => ({
  folder_id: 'f-1',
  resolution_status: 'FINISHED',
  system_resolution,
  analyses,
});
const callback = (resolution: string, more: object = { folder_id: 'f-1' }) => ({
  ...more,
  state: 'finished',
  analyses: { quality: { state: 'finished', resolution } },
});

describe('a callback and the API', () => {
  it.each([
    ['the callback first', [callback('declined'), folder('SUCCESS', analysis('a', 'SUCCESS'))]],
    ['the API first', [folder('SUCCESS', analysis('a', 'SUCCESS')), callback('declined')]],
  ])('that disagree on a result are a hazard, with both places: %s', (_what, lines) => {
    const hazards = foundIn(lines);
    expect(hazards).toMatchObject([
      { code: 'CALLBACK_DISAGREES', analysis: 'a', observed: 'DECLINED', allowed: ['SUCCESS'] },
    ]);
    expect(hazards[0]!.message).toMatch(/a\.ndjson:[12].*a\.ndjson:[12]/);
    expect(hazards[0]!.where.line).toBe(lines.findIndex((line) => 'state' in line) + 1);
  });

  it.each([
    ['agree', [callback('success'), folder('SUCCESS', analysis('a', 'SUCCESS'))]],
    [
      'speak of another folder',
      [callback('declined', { folder_id: 'f-2' }), folder('SUCCESS', analysis('a', 'SUCCESS'))],
    ],
    ['name no folder', [callback('declined', {}), folder('SUCCESS', analysis('a', 'SUCCESS'))]],
    [
      'may mean another of two',
      [callback('declined'), folder('DECLINED', analysis('a', 'SUCCESS'), analysis('b', 'DECLINED'))],
    ],
    [
      'are apart by a decision',
      [callback('operator_required'), folder('SUCCESS', analysis('a', 'SUCCESS', 'quality'))],
    ],
  ])('are no hazard where they %s', (_what, lines) => {
    expect(codesOf(lines)).not.toContain('CALLBACK_DISAGREES');
  });
});

describe('a folder of which no status was seen', () => {
  it.each([
    [
      'fields that are null',
      { folder_id: 'f', resolution_status: null, system_resolution: null },
      /null or missing/,
    ],
    ['callbacks in safe mode', { state: 'finished' }, /result_mode/],
  ])('is not passed, and it is said why: %s', (_what, line, hint) => {
    expect(judged([line])).toMatchObject([{ verdict: 'inconclusive' }]);
    const found = foundIn([line]);
    expect(found).toMatchObject([{ code: 'NO_STATUS_SEEN', severity: 'unreadable', where: { line: 1 } }]);
    expect(found[0]!.hint).toMatch(hint);
  });

  it('is not held against the rest where it is callbacks that say nothing', () => {
    const said = folder('SUCCESS', analysis('a', 'SUCCESS'));
    expect(codesOf([{ state: 'finished' }, said])).toEqual([]);
    expect(codesOf([{ folder_id: 'f-2', analyses: [{ analyse_id: 'b' }] }, said])).toEqual([
      'NO_STATUS_SEEN',
    ]);
  });
});

describe('what was shown before and is shown again', () => {
  const running = {
    folder_id: 'f-1',
    resolution_status: 'PROCESSING',
    system_resolution: 'PROCESSING',
    analyses: [{ analyse_id: 'a', type: 'QUALITY', state: 'PROCESSING' }],
  };
  const settled = folder('SUCCESS', analysis('a', 'SUCCESS'));

  it('is most likely late, and the hint says where it was shown [ANALYSIS-FINAL]', () => {
    const [first] = foundIn([running, settled, running]);
    expect(first).toMatchObject({ code: 'SETTLED_ANALYSIS_CHANGED', where: { line: 3 } });
    expect(first!.hint).toMatch(
      /^equals what a\.ndjson:1 showed: most likely a late, cached or replica’s answer/,
    );
  });

  it('is told from what was never shown [ANALYSIS-FINAL]', () => {
    const [first] = foundIn([running, settled, folder('DECLINED', analysis('a', 'DECLINED'))]);
    expect(first!.hint).not.toMatch(/equals/);
  });

  it('is not held against a list of something else that leaves out an analysis [ANALYSIS-IDENTITY]', () => {
    const one = { folder_id: 'f-1', ...analysis('c', 'SUCCESS') };
    const all = folder('SUCCESS', ...['a', 'b', 'c'].map((id) => analysis(id, 'SUCCESS')));
    const fewer = folder('SUCCESS', ...['a', 'c'].map((id) => analysis(id, 'SUCCESS')));
    const found = foundIn([one, all, fewer, one, all]).find(({ code }) => code === 'ANALYSIS_LEFT_OUT');
    expect(found).toMatchObject({ where: { line: 3 } });
    expect(found!.hint).not.toMatch(/equals/);
  });

  it('is said once of a list that leaves out an analysis [ANALYSIS-IDENTITY]', () => {
    const [fewer, all] = [['a'], ['a', 'b']].map((ids) =>
      folder('SUCCESS', ...ids.map((id) => analysis(id, 'SUCCESS'))),
    );
    const found = foundIn([fewer!, all!, fewer!, all!]).find(({ code }) => code === 'ANALYSIS_LEFT_OUT');
    expect(found!.hint).toMatch(
      /^equals what a\.ndjson:1 showed: most likely a late, cached or replica’s answer: /,
    );
    expect(found!.hint!.match(/most likely/g)).toHaveLength(1);
  });
});

describe('a status that is none', () => {
  it.each(fields)(
    'breaks the clause of the column of %s [STATE-COLUMN, RESULT-COLUMN, FOLDER-COLUMN, SYSTEM-COLUMN]',
    (field) => {
      const name = field.split('.').at(-1)!;
      const line = field.startsWith('analyse.')
        ? { analyse_id: 'a', [name]: 'EXPIRED' }
        : { folder_id: 'f', analyses: [], [name]: 'EXPIRED' };
      const [first] = foundIn([line]);
      expect(first).toMatchObject({
        code: 'STATUS_NOT_IN_FIELD',
        clause: columnClause(field),
        allowed: alphabetOf(field),
      });
    },
  );

  it.each([
    ['analyse.state', 'FINISH', 'FINISHED'],
    ['analyse.state', 'Done', 'FINISHED'],
    ['analyse.state', 'IN_PROGRESS', 'PROCESSING'],
    ['analyse.state', 'inProgress', 'PROCESSING'],
    ['analyse.resolution_status', 'SUCCEEDED', 'SUCCESS'],
    ['analyse.resolution_status', 'REJECTED', 'DECLINED'],
    ['folder.resolution_status', 'COMPLETED', 'FINISHED'],
    ['folder.resolution_status', 'ERROR', 'FAILED'],
    ['system_resolution', 'PASSED', 'SUCCESS'],
    ['system_resolution', 'manual review', 'OPERATOR_REQUIRED'],
    // What is near by its spelling counts before what has the meaning.
    ['analyse.state', 'PROCESSED', 'PROCESSING'],
    // Its meaning is no status of this field.
    ['system_resolution', 'DONE', undefined],
    ['folder.resolution_status', 'PASSED', undefined],
    ['analyse.state', 'EXPIRED', undefined],
  ] as const)('of %s: %s is taken for %s, by its spelling or else its meaning', (field, received, meant) => {
    const name = field.split('.').at(-1)!;
    const line = field.startsWith('analyse.')
      ? { analyse_id: 'a', [name]: received }
      : { folder_id: 'f', analyses: [], [name]: received };
    const [first] = foundIn([line]);
    expect(first).toMatchObject({ code: 'STATUS_NOT_IN_FIELD', clause: columnClause(field) });
    expect(first!.hint).toBe(meant === undefined ? null : `did you mean ${meant}?`);
    if (meant !== undefined) expect(first!.nearest.map(({ value }) => value)).toEqual([meant]);
  });

  it.each([
    ['SUCESS', 'SUCCESS', 'did you mean SUCCESS?'],
    ['success', 'SUCCESS', 'the API writes it SUCCESS'],
    ['DECLINE', 'DECLINED', 'did you mean DECLINED?'],
    ['Operator_Required', 'OPERATOR_REQUIRED', 'the API writes it OPERATOR_REQUIRED'],
  ])('is taken for the nearest by its spelling where that explains all: %s', (received, meant, hint) => {
    const type = 'BIOMETRY';
    const result = { analyse_id: 'a', type, state: 'FINISHED', resolution_status: received };
    const [first] = foundIn([{ ...folder(received, result), folder_id: 'f' }]);
    expect(first).toMatchObject({ code: 'STATUS_NOT_IN_FIELD', hint });
    expect(first!.nearest.map(({ value }) => value)).toEqual([meant, meant]);
  });
});
