import {
  decisions,
  project,
  reduceFolder,
  results,
  type Analysis,
  type Folder,
  type FolderEvent,
  type FolderFields,
  type MemberEvent,
  type Settings,
} from '../../../machines/index.ts';
import { refusalOf, type EventRefusal } from '../../explore/walk/refusal.ts';

/** What an event would do to a folder. */
export interface Prospect {
  readonly refusal: EventRefusal | undefined;
  /** What the folder would show. */
  readonly fields: FolderFields;
}

/** Everything that can be tried with one analysis: how it may end, and what a person may decide. */
export function eventsOf({ id }: Analysis): readonly MemberEvent[] {
  return [
    ...results.toReversed().map((resolution) => ({ type: 'analysis.finished', id, resolution }) as const),
    { type: 'analysis.failed', id },
    ...decisions.map((resolution) => ({ type: 'operator.decided', id, resolution }) as const),
  ];
}

/** What `event` would do. */
export function prospectOf(folder: Folder, event: FolderEvent, settings: Settings): Prospect {
  return {
    refusal: refusalOf(folder, event, settings),
    fields: project(reduceFolder(folder, event, settings), settings.reading),
  };
}
