import { printable } from '../../../text/escape.ts';
import type { FolderRow } from './check-session.ts';

/** What a folder is called. */
export function folderName({ folderId, name }: Pick<FolderRow, 'folderId' | 'name'>): string {
  if (name !== undefined) return printable(name, 120);
  return folderId === null ? 'a folder without an id' : printable(folderId, 80);
}
