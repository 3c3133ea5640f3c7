import type { AnyMachineSnapshot } from 'xstate';
import {
  createAnalysisMachine,
  createFolderMachine,
  createGroupMachine,
  sampleGroup,
  type Folder,
  type Settings,
} from '../../machines/index.ts';
import { candidates, memberEvents, nonsense, type Bound } from '../machines/paths/bounded.ts';
import { tourOf, type MachineEvent, type Tour } from './traces.ts';

/** The folder machine within a bound; behind every state also events that make no sense at all. */
export function folderTour(settings: Settings, bound: Bound): Tour {
  return tourOf(createFolderMachine(settings), (snapshot: AnyMachineSnapshot): readonly MachineEvent[] => {
    const { groups } = snapshot.context as Folder;
    return [...candidates(bound, groups.length), ...(groups.length > 0 ? nonsense : [])];
  });
}

/** The group machine with the analyses it begins with. */
export function groupTour(settings: Settings): Tour {
  const events = sampleGroup.analyses.flatMap(({ id }) => memberEvents(id));
  return tourOf(createGroupMachine(settings), () => events);
}

/** The analysis machine. */
export function analysisTour(settings: Settings): Tour {
  return tourOf(createAnalysisMachine(settings), () => memberEvents('analysis'));
}
