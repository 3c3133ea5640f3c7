import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyHar, compareHar } from './har-beside-values.ts';
import { draws } from './scan-beside-parse.ts';

describe('a HAR of which answers are taken as numbers', () => {
  it('always says what it says read as values', () => {
    let taken = 0;
    fc.assert(
      fc.property(draws, (draw) => {
        const compared = compareHar(anyHar(draw), 1 + draw(draw(4) === 0 ? 40 : 100_000));
        taken += compared.taken;
        expect(compared.difference).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
    expect(taken).toBeGreaterThan(1500);
  });
});
