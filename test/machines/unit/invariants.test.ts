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
} from '../../../machines/index.ts';

const analysis = (resolution: string, kind = 'BIOMETRY', id = 'a'): Analysis =>
  ({ id, kind, resolution }) as Analysis;
const group = (id: string, ...analyses: readonly Analysis[]): Group => ({ id, analyses });
const folder = (groups: readonly Group[], ...settled: readonly string[]): Folder => ({ groups, settled });

const under = (answers: Partial<Settings['reading']>): Settings => ({
  ...defaultSettings,
  reading: { ...defaultSettings.reading, ...answers },
});
const never: Settings = { ...defaultSettings, operatorRequired: 'never' };
const passed = group('g', analysis('SUCCESS'));

/** For each invariant of one subject something that breaks it: an invariant that nothing breaks says nothing. */
const brokenBy: Readonly<Record<string, readonly (readonly [subject: unknown, settings?: Settings])[]>> = {
  'analyse.resolution_status stays in its column of the table': [[analysis('FINISHED')]],
  'the result repeats the state exactly while there is no result': [[analysis('INITIAL')]],
  'OPERATOR_REQUIRED never meets liveness, nor an installation that does not enable it': [
    [analysis('OPERATOR_REQUIRED', 'Quality')],
    [analysis('OPERATOR_REQUIRED'), never],
  ],
  'a group is never empty': [[group('g')]],
  'system_resolution stays in its column of the table': [[folder([group('g', analysis('FINISHED'))], 'g')]],
  // One field looks at a group of nothing, the other does not.
  'both fields are INITIAL exactly while the folder has no analyses': [
    [
      folder([passed, group('h')], 'g', 'h'),
      under({ 'status-scope': 'last-applied-group', 'result-scope': 'all-analyses' }),
    ],
    [
      folder([passed, group('h')], 'g', 'h'),
      under({ 'status-scope': 'all-analyses', 'result-scope': 'last-applied-group' }),
    ],
  ],
  'a folder of liveness analyses only never shows OPERATOR_REQUIRED': [
    [folder([group('g', analysis('OPERATOR_REQUIRED', 'quality'))], 'g')],
  ],
  'no folder shows OPERATOR_REQUIRED where the biometry settings do not enable it': [
    [folder([group('g', analysis('OPERATOR_REQUIRED'))], 'g'), never],
  ],
};

const allowed = under({ 'operator-decision': 'allowed' });
const other = analysis('SUCCESS', 'BIOMETRY', 'b');
const both = group('g', analysis('SUCCESS'), other);

const stepBrokenBy: Readonly<
  Record<string, readonly (readonly [before: unknown, after: unknown, settings?: Settings])[]>
> = {
  'a settled analysis never changes, but for an operator’s decision where the reading allows it': [
    [analysis('FAILED'), analysis('SUCCESS')],
    [analysis('OPERATOR_REQUIRED'), analysis('SUCCESS')],
    [analysis('OPERATOR_REQUIRED'), analysis('FAILED'), allowed],
    [analysis('DECLINED'), analysis('SUCCESS'), allowed],
  ],
  'the id and the kind of an analysis never change': [
    [analysis('SUCCESS'), analysis('SUCCESS', 'DOCUMENTS')],
    [analysis('SUCCESS'), other],
  ],
  'a group never gains, loses or exchanges an analysis': [
    [passed, group('g', other)],
    [passed, group('g', analysis('SUCCESS', 'DOCUMENTS'))],
    [passed, group('h', ...passed.analyses)],
    [passed, both],
    [both, passed],
    [both, group('g', analysis('SUCCESS'), analysis('SUCCESS', 'BIOMETRY', 'c'))],
  ],
  'a settled group stays settled': [[passed, group('g', analysis('PROCESSING'))]],
  'a folder never returns to INITIAL': [[folder([passed], 'g'), folder([])]],
  'a group is only ever added at the end, and no group changes its members': [
    [folder([passed], 'g'), folder([group('h', analysis('PROCESSING', 'BIOMETRY', 'b')), passed], 'g')],
    [folder([passed], 'g'), folder([both], 'g')],
    [folder([passed, group('h', other)], 'g', 'h'), folder([passed], 'g')],
    [folder([passed, group('h', other)], 'g', 'h'), folder([passed, group('i', other)], 'g', 'i')],
  ],
  'the order in which groups settled never changes': [
    [folder([passed, group('h', other)], 'g', 'h'), folder([passed, group('h', other)], 'h', 'g')],
    [folder([passed, group('h', other)], 'g', 'h'), folder([passed, group('h', other)], 'g')],
  ],
};

interface Named {
  readonly name: string;
  readonly clauses: readonly string[];
  readonly holds: (...subjects: never[]) => boolean;
}

const single: readonly Named[] = [...analysisInvariants, ...groupInvariants, ...folderInvariants];
const step: readonly Named[] = [...analysisStepInvariants, ...groupStepInvariants, ...folderStepInvariants];
const holds = (invariant: Named | undefined, ...subjects: readonly unknown[]): boolean | undefined =>
  invariant?.holds(...(subjects as never[]));

/**
 * Whatever shows itself as `shown` to the first `looks` and as `held` to later ones. A projection of the first and
 * the analyses of the second are what a wrong projection would be beside the right analyses.
 */
const twoFaced = <S extends object>(shown: S, held: S, looks: number): S => {
  let left = looks;
  return new Proxy(held, {
    get: (_held, name) => Reflect.get((left -= 1) >= 0 ? shown : held, name) as unknown,
  });
};
/** More looks than any invariant needs at one subject. */
const manyLooks = 30;

const running = group('g', analysis('PROCESSING'));
const failed = group('g', analysis('FAILED'));
const declined = group('g', analysis('DECLINED'));
const undecided = group('g', analysis('OPERATOR_REQUIRED'));
const alone = (only: Group): Folder => folder([only], ...(only === running ? [] : ['g']));
const also = (only: Group): Group => ({ ...only, id: 'h' });
const twoPassed = folder([passed, { ...passed, id: 'h' }], 'g', 'h');

/** For each invariant that compares a projection with the analyses: two between which it is torn. */
const brokenByProjection: Readonly<Record<string, readonly (readonly [object, object, Settings?])[]>> = {
  'the result of a group is the result of a member, and no member is worse': [
    [declined, passed],
    [passed, declined],
    [passed, group('g', analysis('SUCCESS'), analysis('DECLINED', 'BIOMETRY', 'b'))],
  ],
  'a group is SUCCESS exactly if every analysis in it is': [
    [passed, declined],
    [declined, passed],
    [passed, group('g', analysis('SUCCESS'), analysis('DECLINED', 'BIOMETRY', 'b'))],
  ],
  'a group is PROCESSING exactly while an analysis in it runs': [
    [running, passed],
    [passed, running],
    [passed, group('g', analysis('SUCCESS'), analysis('PROCESSING', 'BIOMETRY', 'b'))],
  ],
  'both fields are INITIAL exactly while the folder has no analyses': [
    [folder([]), alone(passed)],
    [alone(passed), folder([])],
  ],
  'a PROCESSING folder has a running analysis': [[alone(running), alone(passed)]],
  'a FINISHED folder has neither a running nor a failed analysis, where all analyses are looked at': [
    [alone(passed), alone(running)],
    [alone(passed), alone(failed)],
    [alone(passed), folder([failed, { ...passed, id: 'h' }], 'g', 'h')],
  ],
  'a FAILED folder has a failed analysis': [[alone(failed), alone(passed)]],
  'while something runs no group shows its result, unless the reading has one show it': [
    [alone(running), alone(passed)],
    [alone(passed), alone(running)],
    [
      twoPassed,
      folder([running, also(passed)], 'h'),
      under({ 'result-scope': 'last-applied-group', 'result-while-earlier-runs': 'processing' }),
    ],
  ],
  'SUCCESS of a folder means SUCCESS of every analysis in the deciding group': [
    [alone(passed), alone(declined)],
    [alone(passed), folder([])],
    [alone(passed), folder([group('g', analysis('SUCCESS'), analysis('DECLINED', 'BIOMETRY', 'b'))], 'g')],
    [alone(passed), alone(declined), under({ 'result-scope': 'last-applied-group' })],
    [
      twoPassed,
      folder([declined, { ...passed, id: 'h' }], 'g', 'h'),
      under({ 'result-scope': 'all-analyses' }),
    ],
  ],
  'DECLINED of a folder means that an analysis was declined': [[alone(declined), alone(passed)]],
  'OPERATOR_REQUIRED of a folder means that a group without DECLINED needs a person': [
    [alone(undecided), alone(passed)],
    [alone(undecided), folder([group('g', analysis('OPERATOR_REQUIRED'), analysis('DECLINED'))], 'g')],
  ],
  'a folder of one settled group shows the result of that group, the worst in it': [
    [alone(passed), alone(declined)],
    [alone(failed), alone(passed)],
    [alone(declined), alone(failed), under({ 'failed-group-finishes': 'folder-fails' })],
  ],
};

/** What an invariant has nothing against although a stricter one would. */
const heldBy: Readonly<Record<string, readonly (readonly [subject: object, Settings?])[]>> = {
  'a FINISHED folder has neither a running nor a failed analysis, where all analyses are looked at': [
    [folder([failed, also(passed)], 'g', 'h'), under({ 'status-scope': 'last-settled-group' })],
  ],
  'while something runs no group shows its result, unless the reading has one show it': [
    [folder([running, also(passed)], 'h'), under({ 'result-scope': 'last-applied-group' })],
  ],
  'SUCCESS of a folder means SUCCESS of every analysis in the deciding group': [
    [folder([declined, also(passed)], 'g', 'h'), under({ 'result-scope': 'last-applied-group' })],
  ],
  'OPERATOR_REQUIRED of a folder means that a group without DECLINED needs a person': [
    [folder([undecided, also(passed)], 'g', 'h'), under({ 'result-scope': 'all-analyses' })],
  ],
  'a folder of one settled group shows the result of that group, the worst in it': [
    [
      alone(group('g', analysis('FAILED'), analysis('DECLINED', 'BIOMETRY', 'b'))),
      under({ 'failed-group-finishes': 'folder-fails', 'failed-beside-declined': 'declined' }),
    ],
  ],
  'a folder of liveness analyses only never shows OPERATOR_REQUIRED': [
    [alone(group('g', analysis('OPERATOR_REQUIRED'), analysis('SUCCESS', 'QUALITY', 'b')))],
  ],
};

/** What these show is a status of their column whatever the analyses are. */
const neverBroken = [
  'analyse.state stays in its column of the table',
  'folder.resolution_status stays in its column of the table',
];

/** The cases of all invariants, each numbered among those of its invariant. */
const casesOf = <Case>(table: Readonly<Record<string, readonly Case[]>>) =>
  Object.entries(table).flatMap(([name, cases]) => cases.map((each, at) => [name, at + 1, each] as const));

describe('the invariant', () => {
  test.each(casesOf(brokenBy))(
    '"%s" is broken by subject %i',
    (name, _at, [subject, settings = defaultSettings]) => {
      const invariant = single.find((each) => each.name === name);
      expect(holds(invariant, subject, settings)).toBe(false);
    },
  );

  test.each(casesOf(stepBrokenBy))(
    '"%s" is broken by step %i',
    (name, _at, [before, after, settings = defaultSettings]) => {
      const invariant = step.find((each) => each.name === name);
      expect(holds(invariant, before, after, settings)).toBe(false);
    },
  );

  test.each(casesOf(brokenByProjection))(
    '"%s" is broken by wrong projection %i',
    (name, _at, [shown, held, settings = defaultSettings]) => {
      const invariant = single.find((each) => each.name === name);
      const isBrokenAfter = (looks: number) =>
        holds(invariant, twoFaced(shown, held, looks), settings) === false;
      expect(isBrokenAfter(0)).toBe(false);
      expect(isBrokenAfter(manyLooks)).toBe(false);
      expect(Array.from({ length: manyLooks }, (_, looks) => isBrokenAfter(looks))).toContain(true);
    },
  );

  test.each(casesOf(heldBy))(
    '"%s" asks no more than it says, folder %i',
    (name, _at, [subject, settings = defaultSettings]) => {
      const invariant = single.find((each) => each.name === name);
      expect(holds(invariant, subject, settings)).toBe(true);
    },
  );

  test('of a settled analysis lets a person decide where the reading allows it [OPERATOR-DECISION]', () => {
    const [final] = analysisStepInvariants;
    expect(holds(final, analysis('OPERATOR_REQUIRED'), analysis('SUCCESS'), allowed)).toBe(true);
  });

  test('is broken by something, unless it speaks of a projection that has no other values', () => {
    const others = single
      .map(({ name }) => name)
      .filter((name) => !Object.hasOwn(brokenBy, name) && !Object.hasOwn(brokenByProjection, name));
    expect(others).toEqual(neverBroken);
    expect(step.filter(({ name }) => !Object.hasOwn(stepBrokenBy, name))).toEqual([]);
  });

  test('names at least one clause', () => {
    expect([...single, ...step].filter(({ clauses }) => clauses.length === 0)).toEqual([]);
  });
});
