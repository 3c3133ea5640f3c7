import * as fc from 'fast-check';
import { describe, expect } from 'vitest';
import { worst, type SystemResolution } from '../../../machines/index.ts';
import { naiveWorst } from '../oracle/folder.ts';
import { anyResolution, anySettings } from './arbitraries.ts';
import { prop } from '../../property.ts';

const anyMembers = fc.array(anyResolution, { minLength: 1, maxLength: 30, size: 'max' });

describe('the worst of a list', () => {
  prop([fc.array(anyResolution, { minLength: 1, maxLength: 5000, size: 'max' }), anySettings], {
    numRuns: 50,
  })('is always the first in the sorted list, whatever its length [WORST-ORDER]', (members, { reading }) => {
    expect(worst(members, reading)).toBe(naiveWorst(members, reading));
  });

  prop([anyMembers.chain((members) => fc.tuple(fc.constant(members), shuffled(members))), anySettings])(
    'never depends on order [GROUP-RESULT-WORST]',
    ([members, other], { reading }) => {
      expect(worst(other, reading)).toBe(worst(members, reading));
    },
  );

  prop([anyMembers, anyMembers, anySettings])(
    'never depends on grouping [GROUP-RESULT-WORST]',
    (left, right, { reading }) => {
      const parts = [worst(left, reading), worst(right, reading)].flatMap((part) => part ?? []);
      expect(worst(parts, reading)).toBe(naiveWorst([...left, ...right], reading));
    },
  );

  prop([anyMembers, fc.integer({ min: 2, max: 5 }), anySettings])(
    'never depends on repetition [GROUP-RESULT-WORST]',
    (members, times, { reading }) => {
      const repeated = Array.from({ length: times }, () => members).flat();
      expect(worst(repeated, reading)).toBe(naiveWorst(members, reading));
    },
  );

  prop([anyMembers, anyResolution, anySettings])(
    'never gets better by one more member, and is never better than any [GROUP-RESULT-WORST]',
    (members, added, { reading }) => {
      const before = worst(members, reading);
      const after = worst([...members, added], reading);
      // Two elements, one the worst: what the longer list has is at least as bad as all in it.
      expect(naiveWorst([before ?? 'none', after ?? 'none'], reading)).toBe(after);
      for (const member of members) expect(naiveWorst([member, after ?? 'none'], reading)).toBe(after);
    },
  );

  prop([anyMembers, anySettings])(
    'is always INITIAL with INITIAL among the members, and SUCCESS changes nothing [WORST-ORDER]',
    (members, { reading }) => {
      const wider: readonly SystemResolution[] = members;
      expect(worst([...wider, 'INITIAL'], reading)).toBe('INITIAL');
      expect(worst([...wider, 'SUCCESS'], reading)).toBe(naiveWorst(members, reading));
    },
  );

  prop([
    fc.array(fc.constantFrom('SUCCESS' as const, 'SUCCESS' as const, 'OPERATOR_REQUIRED' as const), {
      minLength: 1,
      maxLength: 6,
    }),
    anySettings,
  ])('is always SUCCESS exactly if every member is [GROUP-SUCCESS-MEANS]', (members, { reading }) => {
    expect(worst(members, reading) === 'SUCCESS').toBe(!members.includes('OPERATOR_REQUIRED'));
  });
});

function shuffled<T>(list: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length });
}
