import { describe, expect, test } from 'vitest';
import {
  emptyFolder,
  groupResult,
  isLegalInGroup,
  reduceFolder,
  resolve,
  stateOf,
  type Analysis,
  type Result,
} from '../../../machines/index.ts';
import { decides, ends, fails, folderAfter, post, settingsOf, shownAfter } from './scenario.ts';

describe('one analysis', () => {
  const running: Analysis = { id: 'face', kind: 'BIOMETRY', resolution: 'PROCESSING' };

  test('runs while its state is PROCESSING [STATE-PROCESSING-MEANS]', () => {
    expect(stateOf('PROCESSING')).toBe('PROCESSING');
    expect(resolve(running, { type: 'analysis.failed' })).toBe('FAILED');
  });

  test('is FAILED without a result after an error [STATE-FAILED-MEANS] [RESULT-INHERITS-STATE]', () => {
    expect(stateOf('FAILED')).toBe('FAILED');
    const failed: Analysis = { ...running, resolution: 'FAILED' };
    expect(resolve(failed, { type: 'analysis.finished', resolution: 'SUCCESS' })).toBeUndefined();
  });

  test('is FINISHED with each of the three results [STATE-FINISHED-MEANS] [RESULT-AFTER-FINISH]', () => {
    for (const resolution of ['SUCCESS', 'OPERATOR_REQUIRED', 'DECLINED'] as const) {
      expect(resolve(running, { type: 'analysis.finished', resolution })).toBe(resolution);
      expect(stateOf(resolution)).toBe('FINISHED');
    }
  });

  const folderOfOne = (result: Result) => shownAfter({}, post('g', 'face'), ends('face', result));

  test('that is passed makes its folder FINISHED with SUCCESS [RESULT-SUCCESS-MEANS]', () => {
    expect(folderOfOne('SUCCESS')).toBe('FINISHED SUCCESS');
  });

  test('that is left to a person makes its folder FINISHED so [RESULT-OPERATOR_REQUIRED-MEANS]', () => {
    expect(folderOfOne('OPERATOR_REQUIRED')).toBe('FINISHED OPERATOR_REQUIRED');
  });

  test('that is not passed makes its folder FINISHED with DECLINED [RESULT-DECLINED-MEANS]', () => {
    expect(folderOfOne('DECLINED')).toBe('FINISHED DECLINED');
  });

  test.each(['QUALITY', 'quality', 'Quality', 'qUaLiTy'])(
    'of kind %s never needs an operator [LIVENESS-NO-OPERATOR]',
    (kind) => {
      const event = { type: 'analysis.finished', resolution: 'OPERATOR_REQUIRED' } as const;
      expect(resolve({ ...running, kind }, event)).toBeUndefined();
    },
  );

  test.each(['BIOMETRY', 'DOCUMENTS', 'COLLECTION', 'BLACKLIST', 'TOMORROW', '', 'QUALITY ', 'qual\u0131ty'])(
    'of kind "%s" may need an operator, unless the settings say never [OPERATOR-SETTING]',
    (kind) => {
      const event = { type: 'analysis.finished', resolution: 'OPERATOR_REQUIRED' } as const;
      expect(resolve({ ...running, kind }, event)).toBe('OPERATOR_REQUIRED');
      expect(resolve({ ...running, kind }, event, settingsOf({}, 'never'))).toBeUndefined();
    },
  );

  test('stays as it settled [ANALYSIS-FINAL]', () => {
    const folder = folderAfter(settingsOf(), post('g', 'face'), ends('face', 'DECLINED'));
    for (const event of [fails('face'), ends('face', 'SUCCESS'), decides('face', 'SUCCESS')]) {
      expect(reduceFolder(folder, event)).toBe(folder);
    }
  });

  test('keeps its id and its kind as they were posted [ANALYSIS-IDENTITY]', () => {
    const folder = folderAfter(
      settingsOf(),
      post('g', 'live', 'face'),
      ends('live', 'SUCCESS'),
      fails('face'),
    );
    expect(folder.groups).toEqual([
      {
        id: 'g',
        analyses: [
          { id: 'live', kind: 'QUALITY', resolution: 'SUCCESS' },
          { id: 'face', kind: 'BIOMETRY', resolution: 'FAILED' },
        ],
      },
    ]);
  });

  test('changes by an operator only from OPERATOR_REQUIRED and only where that is allowed [OPERATOR-DECISION]', () => {
    const waiting: Analysis = { ...running, resolution: 'OPERATOR_REQUIRED' };
    for (const decision of ['SUCCESS', 'DECLINED'] as const) {
      const event = { type: 'operator.decided', resolution: decision } as const;
      expect(resolve(waiting, event, settingsOf({ 'operator-decision': 'allowed' }))).toBe(decision);
      expect(resolve(waiting, event, settingsOf({ 'operator-decision': 'forbidden' }))).toBeUndefined();
      expect(resolve(waiting, event, settingsOf({ 'operator-decision': 'unspecified' }))).toBeUndefined();
      expect(resolve(running, event, settingsOf({ 'operator-decision': 'allowed' }))).toBeUndefined();
    }
  });
});

describe('one group', () => {
  test('is the analyses of one POST, settled in whatever order [GROUP-IS-ONE-POST]', () => {
    const events = [ends('live', 'DECLINED'), ends('face', 'SUCCESS')];
    for (const order of [events, events.toReversed()]) {
      expect(shownAfter({}, post('g', 'live', 'face'), ...order)).toBe('FINISHED DECLINED');
    }
  });

  test('of several analyses has the worst of their results [GROUP-RESULT-WORST]', () => {
    const settings = settingsOf();
    const folder = folderAfter(
      settings,
      post('g', 'a', 'b', 'c'),
      ends('a', 'SUCCESS'),
      ends('b', 'OPERATOR_REQUIRED'),
    );
    expect(groupResult(folder.groups[0]!)).toBe('PROCESSING');
    expect(groupResult(reduceFolder(folder, ends('c', 'SUCCESS')).groups[0]!)).toBe('OPERATOR_REQUIRED');
    expect(groupResult(reduceFolder(folder, ends('c', 'DECLINED')).groups[0]!)).toBe('DECLINED');
    expect(groupResult(reduceFolder(folder, fails('c')).groups[0]!)).toBe('FAILED');
  });

  test('is SUCCESS only if every analysis is [GROUP-SUCCESS-MEANS]', () => {
    expect(shownAfter({}, post('g', 'a', 'b'), ends('a', 'SUCCESS'), ends('b', 'SUCCESS'))).toBe(
      'FINISHED SUCCESS',
    );
    expect(shownAfter({}, post('g', 'a', 'b'), ends('a', 'SUCCESS'), ends('b', 'DECLINED'))).toBe(
      'FINISHED DECLINED',
    );
  });

  test('is never empty, never posted twice and never takes the analyses of another [GROUP-CONSTANT]', () => {
    const folder = folderAfter(settingsOf(), post('g', 'a'));
    for (const refused of [
      post('h'),
      post('g', 'b'),
      post('h', 'a'),
      post('h', 'b', 'b'),
      post('h', 'b', 'a'),
    ]) {
      expect(reduceFolder(folder, refused)).toBe(folder);
    }
    expect(reduceFolder(emptyFolder, post('h'))).toBe(emptyFolder);
  });

  test('takes an event of a running member, and none of a settled or a foreign analysis [GROUP-CONSTANT]', () => {
    const [group] = folderAfter(settingsOf(), post('g', 'a', 'b'), ends('a', 'SUCCESS')).groups;
    for (const [id, legal] of [
      ['a', false],
      ['b', true],
      ['c', false],
    ] as const) {
      expect(isLegalInGroup(group!, { type: 'analysis.failed', id })).toBe(legal);
    }
  });

  test('without analyses has no result: asking for one is a mistake of the caller [GROUP-CONSTANT]', () => {
    expect(() => groupResult({ id: 'empty', analyses: [] })).toThrow(
      'group.analyses: expected one or more, received none',
    );
  });
});
