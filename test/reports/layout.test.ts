import * as fc from 'fast-check';
import { expect } from 'vitest';
import { grouped } from '../../src/reports/index.ts';
import { prop } from '../property.ts';

prop([fc.maxSafeNat()])('a count is grouped as the language itself does it', (count) => {
  expect(grouped(count)).toBe(count.toLocaleString('en-US'));
});
