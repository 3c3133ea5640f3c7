import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseFolder, verdictOf, verdictOfCallback } from '../../src/verdict/index.ts';
import { analysis, answer, parsedOf } from './answers.ts';
import { prop } from '../property.ts';

const requires = ['QUALITY'] as const;

describe('reading a folder', () => {
  test('takes what the API answers', () => {
    const raw = answer('FINISHED', 'SUCCESS', analysis('QUALITY', 'SUCCESS', 'g'));
    expect(parsedOf(raw)).toEqual({
      id: 'f',
      resolutionStatus: 'FINISHED',
      systemResolution: 'SUCCESS',
      analyses: [
        {
          id: 'a0',
          kind: 'QUALITY',
          groupId: 'g',
          state: 'FINISHED',
          resolution: 'SUCCESS',
          raw: (raw['analyses'] as unknown[])[0],
        },
      ],
      raw,
    });
  });

  test('keeps statuses, kinds and members that nobody knows', () => {
    const raw = { ...answer('ARCHIVED', 'SUCESS', analysis('PALM', 'PASSED')), colour: 'blue' };
    const folder = parsedOf(raw);
    expect(folder.resolutionStatus).toEqual({ unknown: 'ARCHIVED' });
    expect(folder.systemResolution).toEqual({ unknown: 'SUCESS' });
    expect(folder.analyses?.[0]).toMatchObject({ kind: 'PALM', resolution: { unknown: 'PASSED' } });
    expect(folder.raw).toBe(raw);
  });

  test('takes a status for unknown in a field that never shows it', () => {
    const folder = parsedOf(answer('SUCCESS', 'FINISHED', { type: 'QUALITY', state: 'DECLINED' }));
    expect(folder.resolutionStatus).toEqual({ unknown: 'SUCCESS' });
    expect(folder.systemResolution).toEqual({ unknown: 'FINISHED' });
    expect(folder.analyses?.[0]?.state).toEqual({ unknown: 'DECLINED' });
  });

  test('takes both names of an id and of the result, and null and absent members for none', () => {
    const members = { analysis_id: 7, resolution: 'DECLINED', type: null };
    expect(parsedOf({ folder_id: 12, system_resolution: null, analyses: [members] })).toEqual({
      id: '12',
      analyses: [{ id: '7', resolution: 'DECLINED', raw: members }],
      raw: { folder_id: 12, system_resolution: null, analyses: [members] },
    });
  });

  test.each<readonly [unknown, string, string]>([
    [null, '', 'received null'],
    [[answer('FINISHED', 'SUCCESS')], '', 'received a list'],
    ['{"folder_id":"f"}', '', 'received string'],
    [{}, '', 'received an object with none of them'],
    [{ analyse_id: 'a', folder_id: 'f', resolution_status: 'FAILED' }, '', 'received an analysis'],
    [{ state: 'finished', folder_id: 'f', analyses: {} }, '', 'received an analysis or a callback'],
    [{ error_code: 9 }, '', 'received an object with none of them'],
    [{ resolution_status: 1 }, '/resolution_status', 'expected a text, received number'],
    [{ folder_id: {} }, '/folder_id', 'expected a text or an exact number, received object'],
    [{ folder_id: 2 ** 53 }, '/folder_id', 'expected a text or an exact number, received number'],
    [{ analyses: {} }, '/analyses', 'expected a list, received object'],
    [{ analyses: [null] }, '/analyses/0', 'expected an analysis as an object, received null'],
    [{ analyses: [{ state: [] }] }, '/analyses/0/state', 'expected a text, received a list'],
    [{ analyses: [{ analyse_id: 'a', analysis_id: 'b' }] }, '/analyses/0/analysis_id', 'to agree'],
    [
      { analyses: [{ resolution_status: 'SUCCESS', resolution: 'DECLINED' }] },
      '/analyses/0/resolution',
      'to agree',
    ],
  ])('says where and why it cannot read %o', (value, pointer, message) => {
    const parsed = parseFolder(value);
    expect(parsed.ok ? [] : parsed.problems).toEqual([
      { pointer, message: expect.stringContaining(message) },
    ]);
  });

  test('does not throw for values that do', () => {
    const hostile = {
      get analyses(): never {
        throw new Error('no');
      },
    };
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    for (const value of [hostile, proxy, { analyses: [proxy] }]) expect(parseFolder(value).ok).toBe(false);
  });

  prop([fc.anything({ withNullPrototype: true, withBigInt: true, withSparseArray: true })])(
    'never throws and never passes what no answer is, in no way of reading it [SUCCESS-OF-EVERY-ANALYSIS]',
    (value) => {
      const parsed = parseFolder(value);
      if (parsed.ok) expect(verdictOf(parsed.folder, { requires }).is).not.toBe('passed');
      expect(verdictOfCallback(value, { requires }).is).not.toBe('passed');
    },
  );

  const word = fc.oneof(
    fc.constantFrom(
      'SUCCESS',
      'FINISHED',
      'DECLINED',
      'FAILED',
      'PROCESSING',
      'INITIAL',
      'success',
      'NEW',
      '',
    ),
    fc.constantFrom(null, 1, []),
  );
  prop([
    fc.record(
      {
        resolution_status: word,
        system_resolution: word,
        analyses: fc.array(
          fc.record({ type: word, state: word, resolution_status: word }, { requiredKeys: [] }),
          { maxLength: 4 },
        ),
      },
      { requiredKeys: [] },
    ),
  ])('never passes a list with anything but SUCCESS in it [SUCCESS-OF-EVERY-ANALYSIS]', (value) => {
    const parsed = parseFolder(value);
    if (!parsed.ok) return;
    const verdict = verdictOf(parsed.folder, { requires: ['SUCCESS'] });
    const analyses = value.analyses ?? [];
    const areGood = analyses.length > 0 && analyses.every((one) => one.resolution_status === 'SUCCESS');
    if (!areGood || value.system_resolution === 'DECLINED') expect(verdict.is).not.toBe('passed');
  });
});
