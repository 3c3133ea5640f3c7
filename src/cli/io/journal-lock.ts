import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, realpathSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { JournalProblem } from './journal-problem.ts';

/**
 * Sees to it that no other monitor, or simulator, of this computer uses a journal; the system forgets it with the
 * process. Rejects with a `JournalProblem`, or an error of the system.
 */
export async function lockOn(who: 'monitor' | 'simulator', path: string): Promise<Server | undefined> {
  // Only Linux has sockets that stand for nothing in the file system.
  if (process.platform !== 'linux') return undefined;
  const whole = existsSync(path) ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path));
  const name = createHash('sha256').update(whole).digest('hex').slice(0, 32);
  const lock = createServer().unref();
  lock.listen(`\0oz-status-${who}-${name}`);
  try {
    await once(lock, 'listening');
  } catch {
    throw new JournalProblem(`expected a journal of its own, but another ${who} uses it`);
  }
  return lock;
}
