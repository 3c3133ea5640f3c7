import { expect } from 'vitest';
import {
  defaultReading,
  emptyFolder,
  isLegal,
  project,
  reduceFolder,
  type Folder,
  type FolderEvent,
  type Result,
  type Settings,
} from '../../../machines/index.ts';

/** A POST of analyses; those whose id begins with `live` are liveness, the others are not. */
export const post = (groupId: string, ...ids: string[]): FolderEvent => ({
  type: 'group.posted',
  groupId,
  analyses: ids.map((id) => ({ id, kind: id.startsWith('live') ? 'QUALITY' : 'BIOMETRY' })),
});
/** An analysis ends in an error. */
export const fails = (id: string): FolderEvent => ({ type: 'analysis.failed', id });
/** An analysis ends with a result. */
export const ends = (id: string, resolution: Result): FolderEvent => ({
  type: 'analysis.finished',
  id,
  resolution,
});
/** A person replaces OPERATOR_REQUIRED. */
export const decides = (id: string, resolution: 'SUCCESS' | 'DECLINED'): FolderEvent => ({
  type: 'operator.decided',
  id,
  resolution,
});

/** The default settings but for the given answers. */
export const settingsOf = (
  answers: Readonly<Record<string, string>> = {},
  operatorRequired = 'allowed',
): Settings => ({ reading: { ...defaultReading, ...answers }, operatorRequired }) as Settings;

/** The folder after events of which each has to be legal. */
export function folderAfter(settings: Settings, ...events: readonly FolderEvent[]): Folder {
  return events.reduce((folder, event) => {
    expect(isLegal(folder, event, settings), JSON.stringify(event)).toBe(true);
    return reduceFolder(folder, event, settings);
  }, emptyFolder);
}

/** What the API shows after events: `resolution_status system_resolution`. */
export function shownAfter(
  answers: Readonly<Record<string, string>>,
  ...events: readonly FolderEvent[]
): string {
  const settings = settingsOf(answers);
  const fields = project(folderAfter(settings, ...events), settings.reading);
  return `${fields.resolution_status} ${fields.system_resolution}`;
}
