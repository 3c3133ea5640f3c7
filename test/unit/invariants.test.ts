import { describe, expect, test } from 'vitest';
import {
  analysisInvariants,
  analysisStepInvariants,
  defaultSettings,
  folderInvariants,
  folderStepInvariants,
  groupInvariants,
  groupStepInvariants,
  type Analysis,
  type Folder,
  type Group,
  type Settings,
} from '../../machines/index.ts';

const analysis = (resolution: string, kind = 'BIOMETRY', id = 'a'): Analysis =>
  ({ id, kind, resolution }) as Analysis;
const group = (id: string, ...analyses: readonly Analysis[]): Group => ({ id, analyses });
const folder = (groups: readonly Group[], ...settled: readonly string[]): Folder => ({ groups, settled });

const never: Settings = { ...defaultSettings, operatorRequired: 'never' };
const passed = group('g', analysis('SUCCESS'));

/** For each invariant of one subject something that breaks it: an invariant that nothing breaks says nothing. */
const brokenBy: Readonly<Record<string, readonly [subject: unknown, settings?: Settings]>> = {
  'analyse.resolution_status stays in its column of the table': [analysis('FINISHED')],
  'the result repeats the state exactly while there is no result': [analysis('INITIAL')],
  'OPERATOR_REQUIRED never meets liveness, nor an installation that does not enable it': [
    analysis('OPERATOR_REQUIRED', 'Quality'),
  ],
  'a group is never empty': [group('g')],
  'system_resolution stays in its column of the table': [folder([group('g', analysis('FINISHED'))], 'g')],
  'both fields are INITIAL exactly while the folder has no analyses': [
    folder([group('g', analysis('INITIAL'))], 'g'),
  ],
  'a folder of liveness analyses only never shows OPERATOR_REQUIRED': [
    folder([group('g', analysis('OPERATOR_REQUIRED', 'quality'))], 'g'),
  ],
  'no folder shows OPERATOR_REQUIRED where the biometry settings do not enable it': [
    folder([group('g', analysis('OPERATOR_REQUIRED'))], 'g'),
    never,
  ],
};

const stepBrokenBy: Readonly<Record<string, readonly [before: unknown, after: unknown]>> = {
  'a settled analysis never changes, but for an operator’s decision where the reading allows it': [
    analysis('FAILED'),
    analysis('SUCCESS'),
  ],
  'the id and the kind of an analysis never change': [analysis('SUCCESS'), analysis('SUCCESS', 'DOCUMENTS')],
  'a group never gains, loses or exchanges an analysis': [
    passed,
    group('g', analysis('SUCCESS', 'BIOMETRY', 'b')),
  ],
  'a settled group stays settled': [passed, group('g', analysis('PROCESSING'))],
  'a folder never returns to INITIAL': [folder([passed], 'g'), folder([])],
  'a group is only ever added at the end, and no group changes its members': [
    folder([passed], 'g'),
    folder([group('h', analysis('PROCESSING', 'BIOMETRY', 'b')), passed], 'g'),
  ],
  'the order in which groups settled never changes': [
    folder([passed, group('h', analysis('SUCCESS', 'BIOMETRY', 'b'))], 'g', 'h'),
    folder([passed, group('h', analysis('SUCCESS', 'BIOMETRY', 'b'))], 'h', 'g'),
  ],
};

interface Named {
  readonly name: string;
  readonly holds: (...subjects: never[]) => boolean;
}

const single: readonly Named[] = [...analysisInvariants, ...groupInvariants, ...folderInvariants];
const step: readonly Named[] = [...analysisStepInvariants, ...groupStepInvariants, ...folderStepInvariants];
const holds = (invariant: Named | undefined, ...subjects: readonly unknown[]): boolean | undefined =>
  invariant?.holds(...(subjects as never[]));

/** These compare a projection with the analyses it is made of: only a wrong projection breaks them, no subject does. */
const onProjections = [
  'analyse.state stays in its column of the table',
  'the result of a group is the result of a member, and no member is worse',
  'a group is SUCCESS exactly if every analysis in it is',
  'a group is PROCESSING exactly while an analysis in it runs',
  'folder.resolution_status stays in its column of the table',
  'a PROCESSING folder has a running analysis',
  'a FINISHED folder has neither a running nor a failed analysis, where all analyses are looked at',
  'a FAILED folder has a failed analysis',
  'while something runs the result of the last finished group is not shown, unless it is held',
  'SUCCESS of a folder means SUCCESS of every analysis in the deciding group',
  'DECLINED of a folder means that an analysis was declined',
  'OPERATOR_REQUIRED of a folder means that a group without DECLINED needs a person',
  'a folder of one settled group shows the result of that group, the worst in it',
];

describe('the invariant', () => {
  test.each(Object.keys(brokenBy))('"%s" is broken by a subject that breaks it', (name) => {
    const [subject, settings = defaultSettings] = brokenBy[name] ?? [];
    expect(
      holds(
        single.find((invariant) => invariant.name === name),
        subject,
        settings,
      ),
    ).toBe(false);
  });

  test.each(Object.keys(stepBrokenBy))('"%s" is broken by a step that breaks it', (name) => {
    const [before, after] = stepBrokenBy[name] ?? [];
    expect(
      holds(
        step.find((invariant) => invariant.name === name),
        before,
        after,
        defaultSettings,
      ),
    ).toBe(false);
  });

  test('without such a subject is one that compares projections', () => {
    const others = single.filter(({ name }) => !Object.hasOwn(brokenBy, name)).map(({ name }) => name);
    expect(others.toSorted()).toEqual(onProjections.toSorted());
    expect(step.filter(({ name }) => !Object.hasOwn(stepBrokenBy, name))).toEqual([]);
  });
});
