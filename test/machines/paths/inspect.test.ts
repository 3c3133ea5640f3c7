import { createInspector, type StatelyInspectionEvent } from '@statelyai/inspect';
import { expect, it, vi } from 'vitest';
import { createActor } from 'xstate';
import { folderMachine } from '../../../machines/index.ts';

it('shows an inspector the definition of the folder and each pair of statuses [FOLDER-STAGE]', async () => {
  const received: StatelyInspectionEvent[] = [];
  const inspector = createInspector({ send: (event) => received.push(event) });
  const actor = createActor(folderMachine, { inspect: inspector.inspect }).start();
  actor.send({ type: 'group.posted', groupId: 'g', analyses: [{ id: 'a', kind: 'QUALITY' }] });
  actor.send({ type: 'analysis.finished', id: 'a', resolution: 'DECLINED' });
  const shown = () =>
    received.flatMap((event) =>
      event.type === '@xstate.snapshot' ? ['value' in event.snapshot ? event.snapshot.value : undefined] : [],
    );
  await vi.waitFor(() =>
    expect(shown().slice(-2)).toEqual([
      { resolution_status: 'PROCESSING', system_resolution: 'PROCESSING' },
      { resolution_status: 'FINISHED', system_resolution: 'DECLINED' },
    ]),
  );
  const [created] = received;
  const definition: unknown = created?.type === '@xstate.actor' ? JSON.parse(created.definition!) : undefined;
  expect(definition).toMatchObject({ id: 'folder', type: 'parallel' });
  inspector.stop();
});
