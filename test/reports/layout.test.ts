import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { grouped } from '../../src/reports/index.ts';
import { wrap } from '../../src/text/layout.ts';
import { prop } from '../property.ts';

prop([fc.maxSafeNat()])('a count is grouped as the language itself does it', (count) => {
  expect(grouped(count)).toBe(count.toLocaleString('en-US'));
});

it('what a command quotes stays on one line', () => {
  const script = `node -e 'for (const [at, one] of []) console.log(at)' FILE, what's left isn't said`;
  expect(wrap(script, 20)).toEqual([
    'node -e',
    `'for (const [at, one] of []) console.log(at)'`,
    `FILE, what's left`,
    `isn't said`,
  ]);
});

it('a command that makes a recording stays on one line', () => {
  const made = `sed 's/a/b/; s/ *//' FILE | oz-status check --at '/a b' -`;
  expect(wrap(`Drop them: ${made}, or (${made}) of the others`, 12)).toEqual([
    'Drop them:',
    `${made},`,
    'or',
    `(${made})`,
    'of the',
    'others',
  ]);
});
