import { describe, expect, test } from 'vitest';
import { nearestWord, suggestion } from '../../../machines/nearest.ts';

const known = ['FINISHED', 'FAILED', 'SUCCESS'];

describe('the word that was probably meant', () => {
  test.each([
    ['finished', 'FINISHED'],
    ['FNISHED', 'FINISHED'],
    ['FINNISHED', 'FINISHED'],
    ['FAILEX', 'FAILED'],
    ['FAXEED', 'FAILED'],
    ['FAIL', 'FAILED'],
    ['SUCC', 'SUCCESS'],
  ])('is near: %s is %s', (word, meant) => {
    expect(nearestWord(word, known)).toBe(meant);
    expect(suggestion(word, known)).toBe(`; did you mean ${meant}?`);
  });

  test.each(['FAI', 'XXXLED', 'FAILEDXXX', 'SUC', '', 'done'])(
    'is none where more than a third of it is otherwise: %s',
    (word) => {
      expect(nearestWord(word, known)).toBeUndefined();
      expect(suggestion(word, known)).toBe('');
    },
  );

  test('is the first of those that are equally near, and none of none', () => {
    expect(nearestWord('ac', ['ab', 'ad'])).toBe('ab');
    expect(nearestWord('ac', ['ad', 'ab'])).toBe('ad');
    expect(nearestWord('ac', ['xyz', 'ac'])).toBe('ac');
    expect(nearestWord('ac', [])).toBeUndefined();
  });

  test('is sought for no word that is long beyond reason', () => {
    const word = 'a'.repeat(60);
    expect(nearestWord(word, [word])).toBe(word);
    expect(nearestWord(`${word}a`, [`${word}a`])).toBeUndefined();
  });
});
