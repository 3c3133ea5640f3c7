import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { grouped } from '../../src/reports/index.ts';

test.prop([fc.maxSafeNat()])('a count is grouped as the language itself does it', (count) => {
  expect(grouped(count)).toBe(count.toLocaleString('en-US'));
});
