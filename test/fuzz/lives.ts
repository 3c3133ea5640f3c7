import * as fc from 'fast-check';
import { alphabetOf } from '../../machines/statuses.ts';

/** A folder as a client saw it: its polls, as the API answers. */
export interface Life {
  readonly polls: readonly Readonly<Record<string, unknown>>[];
}

/** Lives of folders, told alike for every id: `idOf` names the folder with this number and its analyses. */
export type Tale = (idOf: (local: string) => string) => Life;

const resolution = fc.constantFrom(...alphabetOf('analyse.resolution_status'));
const kinds = ['QUALITY', 'BIOMETRY', 'DOCUMENTS'];

const stateOf = (shown: string) => (['PROCESSING', 'FAILED'].includes(shown) ? shown : 'FINISHED');

const poll = fc.record({
  status: fc.option(fc.constantFrom(...alphabetOf('folder.resolution_status'))),
  system: fc.option(fc.constantFrom(...alphabetOf('system_resolution'))),
  shown: fc.option(fc.array(resolution, { minLength: 1, maxLength: 2 })),
});

/** Any sequence of a few polls, most of them impossible in some way. */
export const tale: fc.Arbitrary<Tale> = fc
  .array(poll, { minLength: 1, maxLength: 3 })
  .map((polls) => (idOf) => ({
    polls: polls.map(({ status, system, shown }) => ({
      folder_id: idOf('folder'),
      ...(status && { resolution_status: status }),
      ...(system && { system_resolution: system }),
      ...(shown && {
        analyses: shown.map((one, at) => ({
          analyse_id: idOf(`analysis ${at}`),
          group_id: idOf('group'),
          type: kinds[at],
          state: stateOf(one),
          resolution_status: one,
        })),
      }),
    })),
  }));
