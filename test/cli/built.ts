import { spawn } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

/** The directory of the repository. */
export const repository = fileURLToPath(new URL('../../', import.meta.url));

/** A directory that holds the package as it is installed: built, with its own name resolvable inside. */
export function builtPackage(): string {
  return inject('builtPackage');
}

/** Gives a directory that is ready its name, unless another run was faster: it has made the same. */
export function putInPlace(draft: string, place: string): void {
  try {
    renameSync(draft, place);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (!existsSync(place)) throw error;
  }
}

/** What a process did. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a process is run. */
export interface Running {
  readonly cwd?: string;
  /** What goes to its standard input. */
  readonly input?: string | Uint8Array;
  /** What differs from the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs Node on `args` until it ends. */
export function runNode(args: readonly string[], how: Running = {}): Promise<Ended> {
  const { cwd = repository, input = '' } = how;
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...how.env } });
  return new Promise((resolve, reject) => {
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    child.stdin.on('error', () => undefined).end(input);
  });
}

/** The path of the program in the built package: what users run. */
export function program(): string {
  return join(builtPackage(), 'dist/cli/main.cjs');
}
