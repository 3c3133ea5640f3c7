import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createFolderMachine,
  defaultSettings,
  neighbouringReadings,
  type FolderEvent,
} from '../../machines/index.ts';
import { initialTransition, transition } from 'xstate';
import { expectDrawn } from '../../src/diagrams/facts/problem.ts';
import { renderDiagram } from '../../src/diagrams/render.ts';
import { maxEvents, sequenceOf } from '../../src/diagrams/sequence.ts';

const ids = ['a1', 'a2', 'b1'];
const events: fc.Arbitrary<FolderEvent> = fc.oneof(
  fc.constantFrom<FolderEvent>(
    {
      type: 'group.posted',
      groupId: 'a',
      analyses: [
        { id: 'a1', kind: 'QUALITY' },
        { id: 'a2', kind: 'BIOMETRY' },
      ],
    },
    { type: 'group.posted', groupId: 'b', analyses: [{ id: 'b1', kind: 'BIOMETRY' }] },
  ),
  fc.record({ type: fc.constant('analysis.failed' as const), id: fc.constantFrom(...ids) }),
  fc.record({
    type: fc.constant('analysis.finished' as const),
    id: fc.constantFrom(...ids),
    resolution: fc.constantFrom('SUCCESS', 'DECLINED', 'OPERATOR_REQUIRED'),
  }),
);

test('a sequence shows at every step what the machine shows', () => {
  fc.assert(
    fc.property(
      fc.array(events, { maxLength: 12 }),
      fc.constantFrom(...neighbouringReadings()),
      (list, [, reading]) => {
        const settings = { ...defaultSettings, reading };
        const machine = createFolderMachine(settings);
        let [snapshot] = initialTransition(machine);
        const { steps } = expectDrawn(sequenceOf(list, settings));
        expect(steps[0]!.fields).toEqual(snapshot.value);
        steps.slice(1).forEach(({ event, refused, fields }) => {
          expect(refused).toBe(!snapshot.can(event!));
          [snapshot] = transition(machine, snapshot, event!);
          expect(fields).toEqual(snapshot.value);
        });
      },
    ),
  );
});

test('a sequence with too many events is a problem, in every format', async () => {
  const list = Array.from({ length: maxEvents + 1 }, () => ({ type: 'analysis.failed', id: 'x' }) as const);
  for (const format of ['svg', 'mermaid', 'json', 'png'] as const) {
    const outcome = await renderDiagram({ diagram: { kind: 'sequence', events: list }, format });
    expect(outcome.ok ? null : outcome.problems[0]).toMatchObject({ code: 'EVENTS_TOO_MANY' });
  }
});

test('every diagram can be had in every format', async () => {
  const reading = { ...defaultSettings.reading, 'operator-decision': 'allowed' } as const;
  const versus = { ...defaultSettings, reading };
  for (const diagram of [
    { kind: 'machine', machine: 'group' },
    { kind: 'machine', machine: 'group', versus },
    { kind: 'severity' },
    { kind: 'sequence', events: [] },
  ] as const) {
    for (const format of ['svg', 'mermaid', 'json', 'png'] as const) {
      const value = expectDrawn(await renderDiagram({ diagram, format }));
      expect(value.length).toBeGreaterThan(100);
      expect(typeof value).toBe(format === 'png' ? 'object' : 'string');
      if (format === 'json') JSON.parse(value as string);
    }
  }
});
