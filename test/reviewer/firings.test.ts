import { expect, test } from 'vitest';
import { defaultSettings, groupResult, project, reduceFolder, emptyFolder } from '../../machines/index.ts';
import type { Explanation } from '../../src/conformance/folder/explanations.ts';
import { eventsOf } from '../../src/reviewer/page/check/explanation-events.ts';
import { analysisFirings, folderFirings, groupFirings } from '../../src/reviewer/page/firings.ts';
import { packRecording, unpackRecording } from '../../src/reviewer/page/check/shared-recording.ts';
import { anyEvents, anySettings } from '../machines/properties/arbitraries.ts';
import { prop } from '../property.ts';

prop([anyEvents, anySettings], { numRuns: 60 })(
  'a click on a state of a picture does what leads there',
  (events, settings) => {
    let folder = emptyFolder;
    for (const event of events) folder = reduceFolder(folder, event, settings);
    for (const [state, event] of folderFirings(folder, settings)) {
      const [, field, status] = state.split('.');
      const fields = project(reduceFolder(folder, event, settings), settings.reading);
      expect(fields[field as keyof typeof fields]).toBe(status);
      expect(project(folder, settings.reading)[field as keyof typeof fields]).not.toBe(status);
    }
    for (const group of folder.groups) {
      for (const [state, event] of groupFirings(folder, group, settings)) {
        const after = reduceFolder(folder, event, settings).groups.find(({ id }) => id === group.id)!;
        expect(`group.${groupResult(after, settings.reading)}`).toBe(state);
      }
      for (const analysis of group.analyses) {
        for (const [state, event] of analysisFirings(folder, analysis, settings)) {
          const after = reduceFolder(folder, event, settings).groups.flatMap(({ analyses }) => analyses);
          const { resolution } = after.find(({ id }) => id === analysis.id)!;
          expect(state.split('.').at(-1)).toBe(resolution);
        }
      }
    }
  },
);

const group = (...analyses: { id: string; is: 'SUCCESS' | 'DECLINED' | 'open' }[]) =>
  ({ analyses, unseen: 'none', running: false, undivided: false, hides: [], mayHide: [] }) as const;
const explanation = (...groups: ReturnType<typeof group>[]): Explanation => {
  return { groups, earlier: null, toCome: [], others: 'none', decided: false, apart: false };
};
const seen = (systemResolution: string) =>
  ({ resolutionStatus: 'FINISHED', systemResolution, analyses: [] }) as never;

test('an explanation is played in the order that shows what was seen, or not at all', () => {
  const two = explanation(group({ id: 'a', is: 'DECLINED' }), group({ id: 'b', is: 'SUCCESS' }));
  for (const shown of ['SUCCESS', 'DECLINED']) {
    const events = eventsOf(two, seen(shown), defaultSettings)!;
    const folder = events.reduce((before, event) => reduceFolder(before, event), emptyFolder);
    expect(project(folder).system_resolution).toBe(shown);
  }
  expect(eventsOf(two, seen('FAILED'), defaultSettings)).toBeNull();
  expect(eventsOf(explanation(group({ id: 'a', is: 'open' })), seen('SUCCESS'), defaultSettings)).toBeNull();
});

test('a recording survives the way through an address, unless it is too long', async () => {
  const text = '{"resolution_status": "FINISHED", "é": 1}\n'.repeat(50);
  const data = (await packRecording(new Blob([text])))!;
  expect(new TextDecoder().decode((await unpackRecording(data))!)).toBe(text);
  const noise = Uint8Array.from({ length: 8000 }, (_, at) => (at * at * 31 + at * 7) % 251);
  expect(
    await packRecording(new Blob([noise.map((byte, at) => byte ^ (noise[(at * 13) % 8000]! >> 1))])),
  ).toBe(null);
  expect(await unpackRecording('not-packed')).toBe(null);
  const bomb = new Blob([new Uint8Array(900_000)]);
  expect(((await unpackRecording((await packRecording(bomb))!)) ?? []).length).toBe(900_000);
});
