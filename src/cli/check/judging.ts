import type { CheckOptions } from '../../observations/results.ts';
import { readingWith } from '../frame/reading.ts';
import type { CheckSettings } from './check-options.ts';

/** How a check with these settings judges. */
export function judging({
  reading = {},
  operatorRequired = 'allowed',
  ...others
}: CheckSettings): CheckOptions {
  return {
    settings: { reading: readingWith(reading), operatorRequired },
    anyReading: others.anyReading === true,
    groups: others.groups ?? 'known',
    fields: others.fields ?? 'current',
    decidedGroup: others.decidedGroup ?? 'in-place',
  };
}
