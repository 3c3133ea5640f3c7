import { describe, expect, test } from 'vitest';
import { waitForVerdict } from '../../src/verdict/index.ts';
import { Time, wait } from './waiting.ts';

describe('a wait', () => {
  test.each<readonly [object, string]>([
    [{ clock: 5 }, 'clock: expected a function that tells milliseconds, received number'],
    [{ clock: () => NaN }, 'clock: expected a function that tells milliseconds, received function'],
    [{ clock: () => 5n }, 'clock: expected a function that tells milliseconds, received function'],
    [{ sleep: 5 }, 'sleep: expected a function, received number'],
    [{ onUpdate: null }, 'onUpdate: expected a function, received null'],
    [{ signal: {} }, 'signal: expected an AbortSignal, received object'],
    [{ signal: null }, 'signal: expected an AbortSignal, received null'],
  ])('is not begun with what cannot be called: %o', async (options, message) => {
    const { promise, requests } = wait(new Time(), [], options);
    await expect(promise).rejects.toThrow(new TypeError(message));
    expect(requests).toEqual([]);
  });

  test.each<readonly [unknown[], string]>([
    [[], 'request: expected a function that asks once, received undefined'],
    [[{}, { requires: ['QUALITY'] }], 'request: expected a function that asks once, received object'],
    [[() => undefined], 'options: expected an object with requires, received undefined'],
    [[() => undefined, null], 'options: expected an object with requires, received null'],
  ])('is not begun without a request and options: %o', async (args, message) => {
    const begin = waitForVerdict as unknown as (...given: readonly unknown[]) => Promise<unknown>;
    await expect(begin(...args)).rejects.toThrow(new TypeError(message));
  });
});
