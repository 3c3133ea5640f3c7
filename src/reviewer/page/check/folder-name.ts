import { printable } from '../../../text/escape.ts';
import type { FolderRow } from './check-session.ts';

/** What a folder is called. */
export function folderName({ folderId }: Pick<FolderRow, 'folderId'>): string {
  return folderId === null ? 'a folder without an id' : printable(folderId, 80);
}
