import { realpathSync, statSync, type BigIntStats } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { statsOf } from './pipes.ts';

/** Where a file is, or would be: behind the links in its path, and the one that it may be itself. */
function realPathOf(path: string): string {
  const parent = dirname(path);
  return statsOf(path) || parent === path ? realpathSync(path) : join(realPathOf(parent), basename(path));
}

/** Whether what is written to a path goes to a file in the directory or below it. */
export function isWithin(directory: string, path: string): boolean {
  try {
    const way = relative(realpathSync(directory), realPathOf(resolve(directory, path)));
    return way !== '' && way.split(sep, 1)[0] !== '..' && !isAbsolute(way);
  } catch {
    // It is gone by now.
    return false;
  }
}

/**
 * What tells a file from all others, whatever it is called: the same for every link to it, and for a name of a file
 * that is not there yet. Undefined for a device, to which writing takes nothing away.
 */
export function identityOf(path: string): string | undefined {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (!stats) return realPathOf(path);
    return stats.isCharacterDevice() || stats.isBlockDevice() ? undefined : identityIn(stats);
  } catch {
    return resolve(path);
  }
}

/** The same for a file that was looked at already. */
export const identityIn = ({ dev, ino }: BigIntStats): string => `${dev}:${ino}`;
