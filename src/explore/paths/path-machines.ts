import type { EventObject } from 'xstate';
import {
  createAnalysisMachine,
  createFolderMachine,
  createGroupMachine,
  decisions,
  isLiveness,
  liveness,
  results,
  type Analysis,
  type AnalysisEvent,
  type Folder,
  type Group,
  type Settings,
} from '../../../machines/index.ts';
import { canonicalKey, kindClass } from '../walk/canonical.ts';
import type { PathMachine } from './coverage-criteria.ts';
import { shownBy, type CoveredMachine } from './covered-machine.ts';
import { folderEvents, type FolderBounds } from '../walk/folder-system.ts';

const memberEvents: readonly AnalysisEvent[] = [
  ...results.map((resolution) => ({ type: 'analysis.finished' as const, resolution })),
  { type: 'analysis.failed' },
  ...decisions.map((resolution) => ({ type: 'operator.decided' as const, resolution })),
];

/** An event without its ids. */
function nameMember(event: EventObject): string {
  if ('resolution' in event) return `${event.type} ${String(event['resolution'])}`;
  if (!('analyses' in event)) return event.type;
  return `${event.type} ${(event['analyses'] as readonly unknown[]).length === 0 ? 'without analyses' : 'again'}`;
}

const unknown = 'unknown';

const folderBounds: FolderBounds = { groups: 2, analyses: 2, sizes: 'up-to' };
const otherKind = 'BIOMETRY';

/** Every event of every analysis; of those that are alike in class and resolution, only of the first. */
function eventsOfMembers({ analyses }: Group): EventObject[] {
  const first = analyses.filter(
    (one, at) =>
      analyses.findIndex(
        (other) => kindClass(other.kind) === kindClass(one.kind) && other.resolution === one.resolution,
      ) === at,
  );
  return first.flatMap(({ id }) => memberEvents.map((event) => ({ ...event, id })));
}

/** For each machine its bounds in words, and what is walked within them under the settings. */
export const coveredMachines: Readonly<
  Record<PathMachine, { readonly bounds: string; readonly covered: (settings: Settings) => CoveredMachine }>
> = {
  analysis: {
    bounds: 'one analysis, of liveness or of another kind',
    covered: (settings) => ({
      machine: createAnalysisMachine(settings),
      inputs: [otherKind, liveness].map((kind) => ({ id: 'analysis', kind })),
      events: () => memberEvents,
      key: shownBy,
      nameRefusal: (event, snapshot) =>
        `${shownBy(snapshot)}: ${nameMember(event)}${isLiveness((snapshot.context as Analysis).kind) ? ', liveness' : ''}`,
    }),
  },
  group: {
    bounds: 'one group of two analyses, one of them liveness or none',
    covered: (settings) => ({
      machine: createGroupMachine(settings),
      inputs: [otherKind, liveness].map((kind): Group => ({
        id: 'group',
        analyses: [kind, otherKind].map((each, at) => ({
          id: `a${at + 1}`,
          kind: each,
          resolution: 'PROCESSING',
        })),
      })),
      events: ({ context }) => [
        ...eventsOfMembers(context as Group),
        { type: 'analysis.failed', id: unknown },
      ],
      key: (snapshot) => JSON.stringify([snapshot.value, snapshot.context]),
      nameRefusal: (event, snapshot) =>
        `${shownBy(snapshot)}: ${nameMember(event)}${'id' in event && event['id'] === unknown ? ', unknown' : ''}`,
    }),
  },
  folder: {
    bounds: `up to ${folderBounds.groups} groups of up to ${folderBounds.analyses} analyses that are not liveness`,
    covered: (settings) => ({
      machine: createFolderMachine(settings),
      inputs: [undefined],
      events: ({ context }) => eventsOfFolder(context as Folder),
      key: ({ value, context }) => `${JSON.stringify(value)} ${canonicalKey(context as Folder)}`,
      nameRefusal: (event, snapshot) => `${shownBy(snapshot)}: ${nameMember(event)}`,
    }),
  },
};

/** POSTs within the bounds, every event of the members, and POSTs that no folder takes: empty, or of a known group. */
function eventsOfFolder(folder: Folder): readonly EventObject[] {
  const posts = folderEvents(folder, folderBounds, true).filter((event) => event.type === 'group.posted');
  const [first] = folder.groups;
  const again = first
    ? [{ type: 'group.posted', groupId: first.id, analyses: [{ id: 'fresh', kind: otherKind }] }]
    : [];
  return [
    ...posts,
    ...folder.groups.flatMap(eventsOfMembers),
    { type: 'group.posted', groupId: 'empty', analyses: [] },
    ...again,
  ];
}
