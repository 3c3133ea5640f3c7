import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clauses,
  defaultSettings,
  emptyFolder,
  isLegal,
  reduceFolder,
  type FolderEvent,
  type Settings,
} from '../../machines/index.ts';
import { refusalOf } from '../../src/explore/index.ts';
import { anyEvents, anySettings } from '../machines/properties/arbitraries.ts';
import { prop } from '../property.ts';

const posted: FolderEvent = {
  type: 'group.posted',
  groupId: 'g',
  analyses: [
    { id: 'live', kind: 'QUALITY' },
    { id: 'face', kind: 'BIOMETRY' },
  ],
};
const unclear = (id: string): FolderEvent => ({
  type: 'analysis.finished',
  id,
  resolution: 'OPERATOR_REQUIRED',
});
const decided: FolderEvent = { type: 'operator.decided', id: 'face', resolution: 'SUCCESS' };
const never: Settings = { ...defaultSettings, operatorRequired: 'never' };
const allowed: Settings = {
  ...defaultSettings,
  reading: { ...defaultSettings.reading, 'operator-decision': 'allowed' },
};

describe('a refusal', () => {
  prop([anyEvents, anySettings])('is given exactly where an event is illegal', (events, settings) => {
    let folder = emptyFolder;
    for (const event of events) {
      const refusal = refusalOf(folder, event, settings);
      expect(refusal === undefined, JSON.stringify(event)).toBe(isLegal(folder, event, settings));
      if (refusal) expect(clauses[refusal.clause].text).not.toBe('');
      folder = reduceFolder(folder, event, settings);
    }
  });

  prop([fc.string()])('never takes an unknown analysis for one that settled', (id) => {
    const refusal = refusalOf(emptyFolder, { type: 'analysis.failed', id }, defaultSettings);
    expect(refusal?.clause).toBe('GROUP-IS-ONE-POST');
  });

  test.each([
    ['a person for liveness', [posted], unclear('live'), defaultSettings, 'LIVENESS-NO-OPERATOR'],
    ['a person who is not enabled', [posted], unclear('face'), never, 'OPERATOR-SETTING'],
    ['a second end', [posted, unclear('face')], unclear('face'), defaultSettings, 'ANALYSIS-FINAL'],
    ['a group that grows', [posted], posted, defaultSettings, 'GROUP-CONSTANT'],
    ['a group of nothing', [], { ...posted, analyses: [] }, defaultSettings, 'GROUP-CONSTANT'],
    ['an id that is taken', [posted], { ...posted, groupId: 'h' }, defaultSettings, 'ANALYSIS-IDENTITY'],
    ['a decision nobody knows of', [posted, unclear('face')], decided, defaultSettings, 'OPERATOR-DECISION'],
    ['a decision that comes early', [posted], decided, allowed, 'OPERATOR-DECISION'],
  ] as const)('names the clause against %s', (_what, before, event, settings, clause) => {
    const folder = before.reduce((now, each) => reduceFolder(now, each, settings), emptyFolder);
    expect(refusalOf(folder, event, settings)?.clause).toBe(clause);
  });

  test.each([
    [
      'the reading has no decisions',
      unclear('face'),
      decided,
      defaultSettings,
      'under this reading no person',
    ],
    ['there is a result', { ...unclear('face'), resolution: 'SUCCESS' }, decided, allowed, 'face is SUCCESS'],
    ['it is none', unclear('face'), { ...decided, resolution: 'FAILED' }, allowed, 'not FAILED'],
  ] as const)('of a decision says that %s [OPERATOR-DECISION]', (_what, before, event, settings, because) => {
    const folder = [posted, before].reduce((each, next) => reduceFolder(each, next, settings), emptyFolder);
    const refusal = refusalOf(folder, event as unknown as FolderEvent, settings);
    expect(refusal?.because).toContain(because);
  });
});
