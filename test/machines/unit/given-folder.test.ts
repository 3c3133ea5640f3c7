import { describe, expect, test } from 'vitest';
import { createActor, waitFor, type AnyStateMachine, type Snapshot } from 'xstate';
import {
  alphabetOf,
  analysisMachine,
  cellOf,
  createFolderMachine,
  emptyFolder,
  folderMachine,
  groupMachine,
  groupResult,
  isLegal,
  isLegalInGroup,
  isLiveness,
  isStatusOf,
  project,
  reduceFolder,
  reduceGroup,
  resolutionStatus,
  resolve,
  startOf,
  systemResolution,
  worst,
  type Analysis,
  type Field,
  type Folder,
  type GivenSettings,
  type Group,
  type MemberEvent,
  type SystemResolution,
} from '../../../machines/index.ts';
import { ends, fails, folderAfter, post, settingsOf } from './scenario.ts';

const passed = { id: 'a', kind: 'QUALITY', resolution: 'SUCCESS' };
const group = { id: 'g', analyses: [passed] };
const resolutions = 'PROCESSING or FAILED or DECLINED or OPERATOR_REQUIRED or SUCCESS';

const wrongAnalyses: readonly (readonly [unknown, string])[] = [
  [undefined, ': expected an object with id and kind, received undefined'],
  [null, ': expected an object with id and kind, received null'],
  ['a', ': expected an object with id and kind, received "a"'],
  [[passed], ': expected an object with id and kind, received a list'],
  [{ ...passed, id: 7 }, '.id: expected a text, received number'],
  [{ ...passed, kind: undefined }, '.kind: expected a text, received undefined'],
  [{ id: 'a', kind: 'QUALITY' }, `.resolution: expected ${resolutions}, received undefined`],
  [{ ...passed, resolution: 'FINISHED' }, `.resolution: expected ${resolutions}, received "FINISHED"`],
  [{ ...passed, resolution: 'success' }, `.resolution: expected ${resolutions}, received "success"`],
];

const wrongGroups: readonly (readonly [unknown, string])[] = [
  [null, ': expected an object with id and analyses, received null'],
  [{ analyses: [passed] }, '.id: expected a text, received undefined'],
  [{ id: 'g' }, '.analyses: expected a list, received undefined'],
  [{ id: 'g', analyses: { 0: passed, length: 1 } }, '.analyses: expected a list, received object'],
  [{ id: 'g', analyses: [] }, '.analyses: expected one or more, received none'],
  [
    { id: 'g', analyses: Object.assign([passed], { length: 2 }) },
    '.analyses[1]: expected an object with id and kind, received undefined',
  ],
  ...wrongAnalyses.map(
    ([each, problem]) => [{ id: 'g', analyses: [passed, each] }, `.analyses[1]${problem}`] as const,
  ),
];

const running = { id: 'h', analyses: [{ ...passed, id: 'b', resolution: 'PROCESSING' }] };

const wrongFolders: readonly (readonly [unknown, string])[] = [
  [undefined, ': expected an object with groups and settled, received undefined'],
  ['{}', ': expected an object with groups and settled, received "{}"'],
  [{ settled: [] }, '.groups: expected a list, received undefined'],
  [{ groups: [] }, '.settled: expected a list, received undefined'],
  [{ groups: [group], settled: [] }, '.settled: expected each settled group once, received none for "g"'],
  [{ groups: [group], settled: ['g', 'g'] }, '.settled[1]: expected each settled group once, received "g"'],
  [{ groups: [group], settled: ['g', 'x'] }, '.settled[1]: expected each settled group once, received "x"'],
  [
    { groups: [group, running], settled: ['h', 'g'] },
    '.settled[0]: expected each settled group once, received "h"',
  ],
  [
    { groups: [group, { ...running, id: 'g' }], settled: ['g'] },
    '.groups: expected an id of its own for each, received one twice',
  ],
  ...wrongGroups.map(
    ([each, problem]) => [{ groups: [group, each], settled: ['g'] }, `.groups[1]${problem}`] as const,
  ),
];

/** What a call throws. */
function thrownBy(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

describe('what is malformed is refused with its place', () => {
  test.each(wrongFolders)('in a folder: %j', (given, problem) => {
    const wrong = given as Folder;
    for (const use of [
      () => project(wrong),
      () => resolutionStatus(wrong),
      () => systemResolution(wrong),
      () => reduceFolder(wrong, post('i', 'c')),
      () => reduceFolder(wrong, fails('a')),
      () => isLegal(wrong, fails('a')),
    ]) {
      expect(thrownBy(use)).toEqual(new TypeError(`folder${problem}`));
    }
  });

  test.each(wrongGroups)('in a group: %j', (given, problem) => {
    const wrong = given as Group;
    for (const use of [
      () => groupResult(wrong),
      () => reduceGroup(wrong, { type: 'analysis.failed', id: 'a' }),
      () => isLegalInGroup(wrong, { type: 'analysis.failed', id: 'a' }),
    ]) {
      expect(thrownBy(use)).toEqual(new TypeError(`group${problem}`));
    }
  });

  test.each(wrongAnalyses)('in an analysis: %j', (given, problem) => {
    expect(thrownBy(() => resolve(given as Analysis, { type: 'analysis.failed' }))).toEqual(
      new TypeError(`analysis${problem}`),
    );
  });

  test('in settings, whichever function takes them', () => {
    const wrong: readonly (readonly [unknown, string])[] = [
      [null, 'expected settings as an object, received null'],
      [
        { operatorRequired: 'maybe' },
        'settings, operatorRequired: expected allowed or never, received "maybe"',
      ],
      [
        { 'status-precedence': 'yes' },
        'reading, status-precedence: expected processing-first or failed-first, received "yes"',
      ],
    ];
    for (const [given, problem] of wrong) {
      const settings = given as GivenSettings;
      for (const use of [
        () => reduceFolder(emptyFolder, post('g', 'a'), settings),
        () => reduceGroup(group as Group, { type: 'analysis.failed', id: 'a' }, settings),
      ]) {
        expect(thrownBy(use)).toEqual(new TypeError(problem));
      }
    }
    const decided = { type: 'operator.decided', id: 'a', resolution: 'SUCCESS' } as const;
    const waiting = {
      id: 'g',
      analyses: [{ id: 'a', kind: 'BIOMETRY', resolution: 'OPERATOR_REQUIRED' }],
    } as const;
    expect(reduceGroup(waiting, decided, { 'operator-decision': 'allowed' }).analyses[0]?.resolution).toBe(
      'SUCCESS',
    );
  });

  test('in a field and a kind', () => {
    const fields =
      'analyse.state or analyse.resolution_status or folder.resolution_status or system_resolution';
    for (const use of [
      () => cellOf('resolution_status' as Field, 'INITIAL'),
      () => alphabetOf('resolution_status' as Field),
      () => startOf('resolution_status' as Field),
      () => isStatusOf('resolution_status' as Field, 'INITIAL'),
    ]) {
      expect(thrownBy(use)).toEqual(new TypeError(`field: expected ${fields}, received "resolution_status"`));
    }
    expect(thrownBy(() => isLiveness(undefined as unknown as string))).toEqual(
      new TypeError('kind: expected a text, received undefined'),
    );
  });
});

describe('the worst of some statuses', () => {
  const order = 'INITIAL or PROCESSING or FAILED or DECLINED or OPERATOR_REQUIRED or SUCCESS';

  test.each<readonly [unknown, string]>([
    [['SUCCESS', 'FINISHED'], `members[1]: expected ${order}, received "FINISHED"`],
    [['success'], `members[0]: expected ${order}, received "success"`],
    [[null], `members[0]: expected ${order}, received null`],
    [new Set(['NOPE']), `members[0]: expected ${order}, received "NOPE"`],
    ['SUCCESS', 'members: expected a list of statuses, received "SUCCESS"'],
    [{}, 'members: expected a list of statuses, received object'],
    [null, 'members: expected a list of statuses, received null'],
    [undefined, 'members: expected a list of statuses, received undefined'],
  ])('is refused where one has no rank [WORST-ORDER]: %o', (members, problem) => {
    expect(thrownBy(() => worst(members as SystemResolution[]))).toEqual(new TypeError(problem));
  });

  test('is taken of anything that can be gone through once [WORST-ORDER]', () => {
    expect(worst(new Set<SystemResolution>(['SUCCESS', 'FAILED']))).toBe('FAILED');
    expect(worst(new Map([['a', 'DECLINED'] as const]).values())).toBe('DECLINED');
  });
});

/** What an actor with this input, or this snapshot, says it failed of. */
function failureOf(
  machine: AnyStateMachine,
  options: object,
  ...events: readonly { readonly type: string }[]
) {
  const actor = createActor(machine, options);
  actor.subscribe({ error: () => {} });
  actor.start();
  for (const event of events) actor.send(event);
  const { status, error } = actor.getSnapshot() as { status: string; error: unknown };
  return status === 'error' && error instanceof Error ? error.message : status;
}

describe('a machine that is given something malformed', () => {
  test.each(wrongGroups)('says what is wrong with its group: %j', (input, problem) => {
    expect(failureOf(groupMachine, { input })).toBe(`group${problem}`);
  });

  test.each<readonly [unknown, string]>([
    [null, 'analysis: expected an object with id and kind, received null'],
    [{ id: 'a' }, 'analysis.kind: expected a text, received undefined'],
    [passed, 'analysis.resolution: expected PROCESSING or none, received "SUCCESS"'],
  ])('says what is wrong with its analysis: %j', (input, problem) => {
    expect(failureOf(analysisMachine, { input })).toBe(problem);
  });

  test('begins an analysis that runs, as a folder holds it', () => {
    expect(failureOf(analysisMachine, { input: { ...passed, resolution: 'PROCESSING' } })).toBe('active');
  });

  test.each(wrongFolders)(
    'says at the next event what is wrong with a kept folder: %j',
    (context, problem) => {
      const actor = createActor(folderMachine).start();
      const kept = { ...actor.getPersistedSnapshot(), context };
      expect(failureOf(folderMachine, { snapshot: kept }, fails('a'))).toContain(`folder${problem}`);
    },
  );
});

describe('a folder that is kept', () => {
  const events = [post('g', 'live', 'face'), ends('live', 'SUCCESS'), fails('face'), post('h', 'again')];

  test('goes on from its snapshot as JSON as if it had never been kept', () => {
    let resumed = createActor(folderMachine).start();
    const whole = createActor(folderMachine).start();
    for (const event of events) {
      const kept = JSON.parse(JSON.stringify(resumed.getPersistedSnapshot())) as Snapshot<unknown>;
      resumed = createActor(folderMachine, { snapshot: kept }).start();
      resumed.send(event);
      whole.send(event);
      expect(resumed.getSnapshot().value).toEqual(whole.getSnapshot().value);
      expect(resumed.getSnapshot().context).toEqual(whole.getSnapshot().context);
    }
  });

  test('goes on from the folder alone, under any reading', () => {
    const reading = { 'status-precedence': 'failed-first', 'result-scope': 'all-analyses' } as const;
    const settings = settingsOf(reading);
    const machine = createFolderMachine(reading);
    for (const [at, event] of events.entries()) {
      const context = folderAfter(settings, ...events.slice(0, at));
      const snapshot = machine.resolveState({ value: { ...project(context, reading) }, context });
      const actor = createActor(machine, { snapshot }).start();
      actor.send(event);
      expect(actor.getSnapshot().value).toEqual(
        project(folderAfter(settings, ...events.slice(0, at + 1)), reading),
      );
    }
  });
});

test.each([fails('a'), ends('a', 'DECLINED'), ends('a', 'OPERATOR_REQUIRED'), ends('a', 'SUCCESS')])(
  'an end is waited for by its tag, in an analysis and in a group: %j',
  async (event) => {
    const face = { id: 'a', kind: 'BIOMETRY' };
    const analyses = [{ ...face, resolution: 'PROCESSING' as const }];
    const ending = event as MemberEvent;
    const analysis = createActor(analysisMachine, { input: face }).start();
    const ofPost = createActor(groupMachine, { input: { id: 'g', analyses } }).start();
    const settled = [
      waitFor(analysis, (snapshot) => snapshot.hasTag('settled')),
      waitFor(ofPost, (snapshot) => snapshot.hasTag('settled')),
    ] as const;
    analysis.send(ending);
    ofPost.send(ending);
    const [ofAnalysis, ofGroup] = await Promise.all(settled);
    const shown = 'resolution' in ending ? ending.resolution : 'FAILED';
    expect(JSON.stringify(ofAnalysis.value)).toContain(shown);
    expect(ofGroup.value).toBe(shown);
    expect([ofAnalysis.status, ofGroup.status]).toEqual([shown === 'FAILED' ? 'done' : 'active', 'active']);
  },
);
