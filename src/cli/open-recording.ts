import { resolve } from 'node:path';
import type { Finding } from '../conformance/findings.ts';
import type { Portion } from '../recordings/scanned-lines.ts';
import { openInput, openSource, portionsOf, standardInput, type Inputs } from './files.ts';
import { statsOf } from './pipes.ts';
import type { Threads } from './threads.ts';

/** Smaller files are read sooner by one thread: each takes a moment to start and to get as fast as it can be. */
const leastBytes = 1 << 28;

/** As `openInput`, but that threads scan a large file. */
export function openRecording(
  file: string,
  scanning: Threads,
  io: Inputs,
  stop?: AbortSignal,
): Promise<AsyncGenerator<Uint8Array | Portion> | Finding> {
  if (scanning.threads < 2 || file === standardInput) return openInput(file, io, stop);
  return openSource(file, () => portionsIn(resolve(io.cwd, file), scanning, stop), stop);
}

async function* portionsIn(
  path: string,
  scanning: Threads,
  stop: AbortSignal | undefined,
): AsyncGenerator<Uint8Array | Portion> {
  const stats = statsOf(path);
  if (stats?.isFile() !== true || stats.size < leastBytes) return yield* portionsOf(path, { stop });
  // Loaded on use: most recordings are small.
  const { portionsAhead } = await import('./scan-ahead.ts');
  const { startThread } = await import('./scan-threads.ts');
  yield* portionsAhead(path, { ...scanning, start: startThread });
}
