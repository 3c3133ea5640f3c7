import {
  emptyFolder,
  isGroupSettled,
  isSettled,
  reduceFolder,
  type Folder,
  type FolderEvent,
  type Group,
  type Resolution,
} from '../../../machines/index.ts';
import type { System } from '../walk/explore.ts';
import { expectBounds, type FolderBounds } from '../walk/bounds.ts';

/** What a tester cannot bring about at will, what it means, and how to wait for it or provoke it. */
export const hindrances = {
  failure: {
    what: 'An analysis has to end in a system error.',
    how:
      'Send media that a test installation cannot process, or stop its analysis service for a moment; else ' +
      'repeat the folder until an analysis fails.',
  },
  order: {
    what: 'One analysis has to settle while another still runs, and a poll has to fall between the two.',
    how:
      'Give the one that has to last more or longer media, poll often, and repeat the folder until it ' +
      'happens.',
  },
  'operator-required': {
    what: 'An analysis has to end as OPERATOR_REQUIRED.',
    how: 'Enable it in the biometry settings of a test installation and send media close to the threshold.',
  },
  person: {
    what: 'An operator has to decide in the web interface, or has to try in vain.',
    how: 'Ask someone with access to the web interface; this can be had at will.',
  },
} as const satisfies Record<string, { readonly what: string; readonly how: string }>;

/** The name of something that a tester has to wait for, provoke, or have done by a person. */
export type Hindrance = keyof typeof hindrances;

/** How the tester intends an analysis to end, by the media sent with it. */
export type Ending = Exclude<Resolution, 'PROCESSING'>;

/** One event that the tester brings about or waits for. */
export interface Step {
  readonly event: FolderEvent;
  /**
   * Of a POST: how each of its analyses is meant to end. Media are chosen now, not when the analysis ends.
   */
  readonly toEnd?: readonly Ending[];
  readonly hindrances: readonly Hindrance[];
}

/** Steps between which nobody needs to look; where they end a whole group, any order does. */
export interface Move {
  readonly steps: readonly Step[];
  readonly inAnyOrder?: true;
}

/** A folder in the hands of a tester. */
export interface TestedFolder {
  readonly folder: Folder;
  /** How the analyses of each group are meant to end. */
  readonly toEnd: readonly (readonly Ending[])[];
}

/** How many steps of a move cannot be brought about at will. */
export function unforcedSteps({ steps }: Move): number {
  return steps.filter((step) => step.hindrances.some((hindrance) => hindrance !== 'person')).length;
}

/** The endings that tell readings apart at least cost: OPERATOR_REQUIRED takes luck and shows no more. */
const endings = ['SUCCESS', 'DECLINED', 'FAILED'] as const satisfies readonly Ending[];

/**
 * A folder as a tester can move it: post a group with media of their choice, or wait for one analysis or
 * for the whole rest of a group to settle.
 *
 * It is taken for granted that one can post and poll while an analysis runs. Of analyses of one group that
 * are meant to end alike the first is the one that ends first, so that no two states differ in names only.
 */
export function testedFolderSystem(bounds: FolderBounds): System<TestedFolder, Move> {
  expectBounds(bounds);
  return {
    initial: { folder: emptyFolder, toEnd: [] },
    events: (tested) => [
      ...(tested.folder.groups.length < bounds.groups ? posts(tested.folder, bounds) : []),
      ...tested.folder.groups.flatMap((_, at) => waits(tested, at)),
    ],
    next: ({ folder, toEnd }, { steps }) => ({
      folder: steps.reduce((after, { event }) => reduceFolder(after, event), folder),
      toEnd: [...toEnd, ...steps.flatMap((step) => (step.toEnd ? [step.toEnd] : []))],
    }),
    key: (tested) => JSON.stringify(tested),
  };
}

function posts(folder: Folder, bounds: FolderBounds): readonly Move[] {
  const { analyses: largest, sizes = 'exact', kinds: [kind] = [] } = bounds;
  const moves: Move[] = [];
  for (let size = sizes === 'exact' ? largest : 1; size <= largest; size++) {
    for (const toEnd of endingLists(size))
      moves.push({ steps: [post(`g${folder.groups.length + 1}`, toEnd, kind)] });
  }
  return moves;
}

/** A POST of one analysis for each of the given endings. */
export function post(groupId: string, toEnd: readonly Ending[], kind = 'BIOMETRY'): Step {
  const analyses = toEnd.map((_, at) => ({ id: `${groupId}.a${at + 1}`, kind }));
  return { event: { type: 'group.posted', groupId, analyses }, toEnd, hindrances: [] };
}

function endingLists(size: number, from = 0): readonly (readonly Ending[])[] {
  if (size === 0) return [[]];
  return endings.flatMap((ending, at) =>
    at < from ? [] : endingLists(size - 1, at).map((others) => [ending, ...others]),
  );
}

/**
 * The ways to wait in one group: for one of the analyses that are meant to end alike, or for all that still
 * run.
 */
function waits({ folder, toEnd }: TestedFolder, at: number): readonly Move[] {
  const group = folder.groups[at]!;
  const running = runningIn(group, toEnd[at]!);
  const elsewhere = folder.groups.some((other) => other !== group && !isGroupSettled(other));
  const single = running.filter(
    ({ ending }, index) => running.findIndex((other) => other.ending === ending) === index,
  );
  return [
    ...single.map(({ id, ending }) => ({ steps: [ends(id, ending, elsewhere || running.length > 1)] })),
    ...(running.length > 1
      ? [{ steps: running.map(({ id, ending }) => ends(id, ending, elsewhere)), inAnyOrder: true as const }]
      : []),
  ];
}

function runningIn(group: Group, toEnd: readonly Ending[]) {
  return group.analyses.flatMap(({ id, resolution }, at) =>
    isSettled(resolution) ? [] : [{ id, ending: toEnd[at]! }],
  );
}

/** An analysis ends as it was meant to, while others run or not. */
export function ends(id: string, ending: Ending, othersRun: boolean): Step {
  const event: FolderEvent =
    ending === 'FAILED'
      ? { type: 'analysis.failed', id }
      : { type: 'analysis.finished', id, resolution: ending };
  return {
    event,
    hindrances: [
      ...(ending === 'FAILED' ? (['failure'] as const) : []),
      ...(ending === 'OPERATOR_REQUIRED' ? (['operator-required'] as const) : []),
      ...(othersRun ? (['order'] as const) : []),
    ],
  };
}
