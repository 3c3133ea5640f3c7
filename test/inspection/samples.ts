import { createActor } from 'xstate';
import { folderMachine } from '../../machines/index.ts';
import { recordOfXState } from '../../src/inspection/convert.ts';
import type { InspectionRecord } from '../../src/inspection/records.ts';

/** The time of all samples. */
export const sampleTime = '1700000000000';

/** What XState tells of a folder whose liveness is declined. */
export function folderRecords(): readonly InspectionRecord[] {
  const records: InspectionRecord[] = [];
  const folder = createActor(folderMachine, {
    inspect: (event) => {
      const told = recordOfXState(event, sampleTime)?.();
      if (told) records.push(told);
    },
  }).start();
  folder.send({ type: 'group.posted', groupId: 'first', analyses: [{ id: 'liveness', kind: 'QUALITY' }] });
  folder.send({ type: 'analysis.finished', id: 'liveness', resolution: 'DECLINED' });
  return records;
}

/** A record of some actor. */
export function record(
  type: InspectionRecord['type'],
  members: Partial<InspectionRecord> = {},
): InspectionRecord {
  return { type, sessionId: 'x:0', ...members };
}
