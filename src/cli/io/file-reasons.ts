import { readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { nearestWord } from '../../../machines/nearest.ts';
import { printable } from '../../text/escape.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or directory',
  ENOTDIR: 'a part of the path is no directory',
  EISDIR: 'it is a directory',
  EACCES: 'permission is denied',
  EPERM: 'it is not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EFBIG: 'the file would be too large',
  EIO: 'the device fails',
  EEXIST: 'something of this name is there',
  ELOOP: 'its links lead back to each other',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENXIO: 'nobody reads it',
  EPIPE: 'its reader has gone away',
};

/** Why something cannot be done with a file, in words as far as there are any. */
export function fileReason(error: unknown): string {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  return reasons[code] ?? code;
}

/** Among more names than this none is looked for. */
const mostNames = 1000;

/** What was meant by the name of a file that is not there; undefined where nothing tells. */
export function meantByName(name: string, cwd: string): string | undefined {
  if (/^https?:\/\//.test(name)) return 'recordings are files: curl -sS ADDRESS | oz-status check -';
  if (name.startsWith('file:///')) return `did you mean ${printable(name.slice('file://'.length), 200)}?`;
  // What is not UTF-8 in a name has come as this sign.
  if (name.includes('\ufffd'))
    return 'its name is no UTF-8: rename it, or give its content: oz-status check - < FILE';
  let names: readonly string[];
  try {
    names = readdirSync(resolve(cwd, dirname(name)));
  } catch {
    return undefined;
  }
  if (names.includes(basename(name))) return 'it is a link to something that is not there';
  const meant = names.length > mostNames ? undefined : nearestWord(basename(name), names);
  return meant === undefined ? undefined : `did you mean ${printable(join(dirname(name), meant), 200)}?`;
}
