import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { getInitialSnapshot, getNextSnapshot } from 'xstate';
import {
  analysisInvariants,
  analysisStepInvariants,
  createFolderMachine,
  defaultReading,
  emptyFolder,
  folderInvariants,
  folderStepInvariants,
  groupInvariants,
  groupStepInvariants,
  isLegal,
  project,
  reduceFolder,
  type Folder,
  type FolderEvent,
  type Invariant,
  type Settings,
  type StepInvariant,
} from '../../../machines/index.ts';
import { OracleFolder } from '../oracle/folder.ts';
import { printedCells } from '../oracle/page.ts';
import { anyEvents, anyKind, anySettings } from './arbitraries.ts';
import { prop } from '../../property.ts';

const legalIn = (field: string): readonly string[] =>
  printedCells.filter((cell) => cell.field === field && cell.legal).map((cell) => cell.status);

const broken = <S>(invariants: readonly Invariant<S>[], subject: S, settings: Settings): string[] =>
  invariants.filter((invariant) => !invariant.holds(subject, settings)).map((invariant) => invariant.name);

const brokenBy = <S>(
  invariants: readonly StepInvariant<S>[],
  before: S,
  after: S,
  settings: Settings,
): string[] =>
  invariants
    .filter((invariant) => !invariant.holds(before, after, settings))
    .map((invariant) => invariant.name);

/** Names of the invariants that a step from one folder to the next breaks, in the folder and all that it holds. */
function brokenByStep(before: Folder, after: Folder, settings: Settings): string[] {
  const names = [
    ...broken(folderInvariants, after, settings),
    ...brokenBy(folderStepInvariants, before, after, settings),
  ];
  for (const [at, group] of after.groups.entries()) {
    const earlier = before.groups[at];
    names.push(...broken(groupInvariants, group, settings));
    if (earlier) names.push(...brokenBy(groupStepInvariants, earlier, group, settings));
    for (const [place, analysis] of group.analyses.entries()) {
      names.push(...broken(analysisInvariants, analysis, settings));
      const was = earlier?.analyses[place];
      if (was) names.push(...brokenBy(analysisStepInvariants, was, analysis, settings));
    }
  }
  return names;
}

/** A folder after all events, legal or not; `each` sees every legal step. */
function execute(
  events: readonly FolderEvent[],
  settings: Settings,
  each: (before: Folder, after: Folder, event: FolderEvent) => void,
): Folder {
  return events.reduce((before, event) => {
    const after = reduceFolder(before, event, settings);
    if (after !== before) each(before, after, event);
    return after;
  }, emptyFolder);
}

describe('any execution', () => {
  prop([anyEvents, anySettings], { numRuns: 500 })(
    'always shows what the oracle shows, and refuses what the oracle refuses [FOLDER-RESULT] [ANALYSIS-FINAL]',
    (events, settings) => {
      const oracle = new OracleFolder(settings);
      let folder = emptyFolder;
      for (const event of events) {
        const legal = oracle.accept(event);
        expect(isLegal(folder, event, settings)).toBe(legal);
        const after = reduceFolder(folder, event, settings);
        expect(after !== folder).toBe(legal);
        folder = after;
        expect(project(folder, settings.reading)).toEqual(oracle.fields());
      }
    },
  );

  prop([anyEvents, anySettings], { numRuns: 200 })(
    'never takes the machine elsewhere than the model [FOLDER-RESULT-LAST-FINISHED] [FOLDER-STAGE]',
    (events, settings) => {
      const machine = createFolderMachine(settings);
      let snapshot = getInitialSnapshot(machine);
      let folder = emptyFolder;
      for (const event of events) {
        expect(snapshot.can(event)).toBe(isLegal(folder, event, settings));
        snapshot = getNextSnapshot(machine, snapshot, event);
        folder = reduceFolder(folder, event, settings);
        expect(snapshot.value).toEqual(project(folder, settings.reading));
        expect(snapshot.context).toEqual(folder);
      }
    },
  );

  prop([anyEvents, anySettings], { numRuns: 500 })(
    'never breaks an invariant of folder, group or analysis [FOLDER-INITIAL-ONCE] [GROUP-CONSTANT] [ANALYSIS-IDENTITY]',
    (events, settings) => {
      expect(broken(folderInvariants, emptyFolder, settings)).toEqual([]);
      execute(events, settings, (before, after, event) => {
        expect(brokenByStep(before, after, settings), JSON.stringify(event)).toEqual([]);
      });
    },
  );

  prop([anyEvents, anySettings], { numRuns: 200 })(
    'never shows a status outside the column of its field [FOLDER-DECLINED] [SYSTEM-FINISHED]',
    (events, settings) => {
      execute(events, settings, (_before, after) => {
        const { resolution_status, system_resolution } = project(after, settings.reading);
        expect(legalIn('folder.resolution_status')).toContain(resolution_status);
        expect(legalIn('system_resolution')).toContain(system_resolution);
        expect([resolution_status, system_resolution]).not.toContain('INITIAL');
      });
    },
  );

  prop([anyEvents, anySettings], { numRuns: 200 })(
    'never changes what it is given [ANALYSIS-IDENTITY]',
    (events, settings) => {
      const given = JSON.stringify(events);
      let folder = emptyFolder;
      for (const event of events) {
        const text = JSON.stringify(folder);
        const after = reduceFolder(folder, event, settings);
        expect(JSON.stringify(folder)).toBe(text);
        folder = after;
      }
      expect(JSON.stringify(events)).toBe(given);
    },
  );

  prop([anyEvents, anySettings], { numRuns: 200 })(
    'never shows OPERATOR_REQUIRED where it is not enabled, nor in a folder of liveness only [OPERATOR-SETTING] [LIVENESS-ONLY-FOLDER]',
    (events, settings) => {
      execute(events, settings, (_before, after) => {
        const kinds = after.groups.flatMap((group) => group.analyses).map((analysis) => analysis.kind);
        const possible =
          settings.operatorRequired === 'allowed' && !kinds.every((kind) => /^quality$/i.test(kind));
        expect(possible || project(after, settings.reading).system_resolution !== 'OPERATOR_REQUIRED').toBe(
          true,
        );
      });
    },
  );
});

describe('a group of any size', () => {
  const anyOutcome = fc.constantFrom('FAILED', 'SUCCESS', 'DECLINED', 'OPERATOR_REQUIRED');

  prop(
    [fc.array(fc.tuple(anyKind, anyOutcome), { minLength: 1, maxLength: 300, size: 'max' }), anySettings],
    { numRuns: 20 },
  )(
    'always settles to the worst, whichever its size [GROUP-RESULT-WORST] [FOLDER-FINISHED-MEANS]',
    (members, settings) => {
      const analyses = members.map(([kind], at) => ({ id: `a${at}`, kind }));
      const events = [
        { type: 'group.posted', groupId: 'g', analyses },
        ...members.map(([, outcome], at) =>
          outcome === 'FAILED'
            ? { type: 'analysis.failed', id: `a${at}` }
            : { type: 'analysis.finished', id: `a${at}`, resolution: outcome },
        ),
      ] as unknown as readonly FolderEvent[];
      const oracle = new OracleFolder(settings);
      for (const event of events) oracle.accept(event);
      const folder = execute(events, settings, () => undefined);
      expect(project(folder, settings.reading)).toEqual(oracle.fields());
    },
  );
});

test('holds thousands of analyses in one group and thousands of groups in one folder [FOLDER-NEVER-FINAL]', () => {
  const size = 3000;
  const wide = reduceFolder(emptyFolder, {
    type: 'group.posted',
    groupId: 'wide',
    analyses: Array.from({ length: size }, (_, at) => ({ id: `a${at}`, kind: 'BIOMETRY' })),
  });
  const settled: Folder = {
    groups: wide.groups.map((group) => ({
      ...group,
      analyses: group.analyses.map((analysis) => ({ ...analysis, resolution: 'SUCCESS' as const })),
    })),
    settled: ['wide'],
  };
  expect(wide.groups[0]?.analyses).toHaveLength(size);
  expect(project(settled)).toEqual({ resolution_status: 'FINISHED', system_resolution: 'SUCCESS' });
  const deep: Folder = {
    groups: Array.from({ length: size }, (_, at) => ({
      id: `g${at}`,
      analyses: [
        {
          id: `a${at}`,
          kind: 'BIOMETRY',
          resolution: at === 7 ? ('DECLINED' as const) : ('SUCCESS' as const),
        },
      ],
    })),
    settled: Array.from({ length: size }, (_, at) => `g${at}`),
  };
  expect(project(deep)).toEqual({ resolution_status: 'FINISHED', system_resolution: 'SUCCESS' });
  expect(broken(folderInvariants, deep, { reading: defaultReading, operatorRequired: 'allowed' })).toEqual(
    [],
  );
});
