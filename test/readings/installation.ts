import * as fc from 'fast-check';
import {
  allAnalyses,
  allReadings,
  alphabetOf,
  emptyFolder,
  project,
  reduceFolder,
  stateOf,
  type Folder,
  type FolderEvent,
  type Reading,
} from '../../machines/index.ts';
import type { AnalysisView, Observation } from '../../src/conformance/index.ts';

/** How much of the folder a poll shows. */
export type Look = 'complete' | 'fields' | 'status' | 'system' | 'one analysis' | 'with results only';

/** What a client of an installation does and sees, in turn. */
export type Turn =
  | { readonly do: 'event'; readonly event: FolderEvent; readonly answered: boolean }
  | { readonly do: 'poll'; readonly look: Look };

/** A recording of one folder of an installation that works by `reading`, as the model says. */
export function record(turns: readonly Turn[], reading: Reading, key = 'folder'): readonly Observation[] {
  const observations: Observation[] = [];
  let folder = emptyFolder;
  const add = (seen: Partial<Observation>): void => {
    const where = { file: key, line: observations.length + 1 };
    const nothing = { analyses: [], complete: false, wholeGroup: false };
    const own = (seen.analyses ?? []).map((view) => ({ ...view, id: `${key}.${view.id}` }));
    observations.push({ folder: key, folderId: key, ...nothing, ...seen, analyses: own, where });
  };
  for (const turn of turns) {
    if (turn.do === 'poll') add(poll(folder, reading, turn.look));
    else {
      const after = reduceFolder(folder, turn.event, { reading, operatorRequired: 'allowed' });
      const isPost = turn.event.type === 'group.posted';
      if (after !== folder && isPost && turn.answered) {
        add({ analyses: viewsOf(after.groups.at(-1)!.analyses), wholeGroup: true });
      }
      folder = after;
    }
  }
  return observations;
}

/** What one look at a folder shows. */
export function poll(folder: Folder, reading: Reading, look: Look): Partial<Observation> {
  const { resolution_status: resolutionStatus, system_resolution: systemResolution } = project(
    folder,
    reading,
  );
  const views = viewsOf(allAnalyses(folder));
  switch (look) {
    case 'complete':
      return { resolutionStatus, systemResolution, analyses: views, complete: true };
    case 'fields':
      return { resolutionStatus, systemResolution };
    case 'status':
      return { resolutionStatus };
    case 'system':
      return { systemResolution };
    case 'one analysis':
      return { analyses: views.slice(-1) };
    case 'with results only':
      return {
        systemResolution,
        analyses: views.map(({ id, kind, resolutionStatus: resolved, pointer }) => ({
          id,
          kind: kind!,
          resolutionStatus: resolved!,
          pointer,
        })),
        complete: views.length > 0,
      };
  }
}

function viewsOf(analyses: Folder['groups'][number]['analyses']): readonly AnalysisView[] {
  return analyses.map(({ id, kind, resolution }, at) => ({
    id,
    kind,
    state: stateOf(resolution),
    resolutionStatus: resolution,
    pointer: `/analyses/${at}`,
  }));
}

const anyLook = fc.constantFrom<Look>(
  'complete',
  'complete',
  'complete',
  'fields',
  'status',
  'system',
  'one analysis',
  'with results only',
);

const endings = ['SUCCESS', 'DECLINED', 'FAILED', 'OPERATOR_REQUIRED'] as const;

/** Any life of a folder of at most two groups of at most two analyses, and any way to look at it. */
export const anyTurns = turnsWith(anyLook);

/** The same, and every look shows everything. */
export const polledTurns = turnsWith(fc.constant('complete'));

function turnsWith(anyOf: fc.Arbitrary<Look>): fc.Arbitrary<readonly Turn[]> {
  return fc
    .array(
      fc.record({
        pick: fc.nat(20),
        ending: fc.constantFrom(...endings),
        looks: fc.array(anyOf, { minLength: 1, maxLength: 1 }),
        answered: fc.boolean(),
      }),
      { minLength: 2, maxLength: 6 },
    )
    .map((steps) => {
      const turns: Turn[] = [];
      let groups = 0;
      const ids: string[] = [];
      for (const { pick, ending, looks, answered } of steps) {
        if ((pick % 3 === 0 && groups < 2) || ids.length === 0) {
          groups++;
          const size = 1 + (pick % 2);
          const analyses = Array.from({ length: size }, (_, at) => ({
            id: `g${groups}.a${at}`,
            kind: pick % 5 === 0 ? 'QUALITY' : 'BIOMETRY',
          }));
          ids.push(...analyses.map(({ id }) => id));
          turns.push({
            do: 'event',
            event: { type: 'group.posted', groupId: `g${groups}`, analyses },
            answered,
          });
        } else {
          const id = ids[pick % ids.length]!;
          const events: FolderEvent[] = [
            ending === 'FAILED'
              ? { type: 'analysis.failed', id }
              : { type: 'analysis.finished', id, resolution: ending },
            { type: 'operator.decided', id, resolution: ending === 'DECLINED' ? 'DECLINED' : 'SUCCESS' },
          ];
          // One of the two is refused, or both are: which, the folder knows.
          for (const event of pick % 4 === 0 ? events.toReversed() : events.slice(0, 1))
            turns.push({ do: 'event', event, answered });
        }
        turns.push(...looks.map((look) => ({ do: 'poll', look }) as const));
      }
      return turns;
    });
}

/** Any reading at all. */
export const anyReading = fc.constantFrom(...allReadings());

const tampering = [
  ...alphabetOf('folder.resolution_status').map((resolutionStatus) => ({ resolutionStatus })),
  ...alphabetOf('system_resolution').map((systemResolution) => ({ systemResolution })),
];

/** The same recording with one field of the folder replaced by any status of its alphabet in one observation. */
export function tampered(
  observations: readonly Observation[],
  at: number,
  by: number,
): readonly Observation[] {
  return observations.map((observation, index) =>
    index === at % observations.length
      ? { ...observation, ...tampering[by % tampering.length] }
      : observation,
  );
}
