import { describe, expect, test } from 'vitest';
import { verdictOfCallback, type VerdictOptions } from '../../src/verdict/index.ts';

const both: VerdictOptions = { requires: ['QUALITY', 'BIOMETRY'] };
const callback = (quality: object, biometry: object, state = 'finished') => ({
  state,
  analyses: { quality, biometry },
});
const success = { state: 'finished', resolution: 'success' };

describe('the verdict on a callback of the web plugin', () => {
  test.each([
    [callback(success, success), 'passed'],
    [callback(success, { state: 'finished', resolution: 'declined' }), 'declined'],
    [callback(success, { state: 'finished', resolution: 'operator_required' }), 'operator-required'],
    [callback(success, { state: 'failed', resolution: 'failed' }), 'failed'],
    [callback(success, { state: 'failed', resolution: '' }), 'failed'],
    [callback(success, { state: 'processing', resolution: '' }), 'pending'],
    [callback(success, success, 'processing'), 'pending'],
    [callback(success, { state: 'finished', resolution: '' }), 'incomplete'],
    [callback(success, { state: 'finished' }), 'incomplete'],
    [{ state: 'finished' }, 'incomplete'],
    [{ state: 'finished', analyses: {} }, 'incomplete'],
    [{ state: 'finished', analyses: { quality: success } }, 'incomplete'],
    [{ state: 'processing' }, 'pending'],
    [{ state: 'done', analyses: { quality: success, biometry: success } }, 'unknown'],
    [callback(success, { state: 'finished', resolution: 'passed' }), 'unknown'],
    [callback(success, { state: 'processing', resolution: 'success' }), 'unknown'],
    [{ analyses: [success] }, 'unknown'],
    [{ state: 'finished', analyses: { quality: null } }, 'unknown'],
    [{ state: 1 }, 'unknown'],
    [{}, 'unknown'],
    [null, 'unknown'],
    ['finished', 'unknown'],
  ])('%o is %s', (value, is) => {
    expect(verdictOfCallback(value, { ...both, readings: [{}] }).is).toBe(is);
  });

  test('says where it cannot be read', () => {
    expect(verdictOfCallback({ analyses: { 'a/b': 1 } }, both)).toMatchObject({
      because: 'unreadable',
      problems: [{ pointer: '/analyses/a~1b', message: expect.stringContaining('received number') }],
      missing: ['QUALITY', 'BIOMETRY'],
    });
  });
});
