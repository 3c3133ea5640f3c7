import {
  alphabetOf,
  answersTo,
  defaultReading,
  isSettled,
  type FolderEvent,
  type Reading,
  type Resolution,
} from '../../../machines/index.ts';
import { expectedOfFolder } from './executed.ts';
import { underReading } from './field-readings.ts';
import type { Vector, VectorSet } from './vector.ts';

type Settled = Exclude<Resolution, 'PROCESSING'>;

const settled = alphabetOf('analyse.resolution_status').filter((one): one is Settled => isSettled(one));

/** Every two resolutions of which one is FAILED, in each order: an implementation may look at one of them only. */
const withFailure = settled.flatMap((one) =>
  settled.flatMap((other) => (one === 'FAILED' || other === 'FAILED' ? [[one, other] as const] : [])),
);

/** A group is posted and settles so. */
function settling(groupId: string, resolutions: readonly Settled[]): readonly FolderEvent[] {
  const idOf = (at: number) => `${groupId}.a${at + 1}`;
  return [
    {
      type: 'group.posted',
      groupId,
      analyses: resolutions.map((_, at) => ({ id: idOf(at), kind: 'BIOMETRY' })),
    },
    ...resolutions.map((resolution, at): FolderEvent =>
      resolution === 'FAILED'
        ? { type: 'analysis.failed', id: idOf(at) }
        : { type: 'analysis.finished', id: idOf(at), resolution },
    ),
  ];
}

function vectorsUnder(reading: Reading): readonly Vector[] {
  return (['SUCCESS', 'FAILED'] as const).flatMap((first) =>
    withFailure.map((second): Vector => {
      const next = settling('g3', ['SUCCESS'])[0]!;
      const events = [...settling('g1', [first]), ...settling('g2', second), next];
      const { 'result-while-running': running, 'failed-group-finishes': finishes } = reading;
      return {
        id: `failed-groups/${running}/${finishes}/${first}/${second.join('+')}`,
        description: `A group of ${second.join(' and ')} after one of ${first}, and a third one that runs`,
        clauses: ['FOLDER-RESULT-LAST-FINISHED', 'FOLDER-RESULT-WHEN-FINISHED', 'GROUP-RESULT-WORST'],
        ...underReading(reading),
        events,
        expected: expectedOfFolder(events, reading),
      };
    }),
  );
}

/** Which groups count as finished. */
export const failedGroupVectors = (): VectorSet => ({
  name: 'failed-groups',
  about:
    'A group that holds a failure, beside every resolution in either order, after one that succeeded or failed; then a third one runs. Under every combination of the answers to failed-group-finishes and result-while-running: of such a group these say whether it counts.',
  vectors: answersTo('result-while-running').flatMap((running) =>
    answersTo('failed-group-finishes').flatMap((finishes) =>
      vectorsUnder({
        ...defaultReading,
        'result-while-running': running,
        'failed-group-finishes': finishes,
      }),
    ),
  ),
});
