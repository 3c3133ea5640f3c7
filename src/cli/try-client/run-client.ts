import { spawn } from 'node:child_process';
import type { ClientRun } from '../../simulator/index.ts';

/** The most characters of a client's output that are looked at. */
const maxOutput = 100_000;

/** The decision in a line of output: JSON with a member `decision`; undefined where it is none. */
function decisionIn(line: string): string | undefined {
  if (!line.trimStart().startsWith('{')) return undefined;
  try {
    const { decision } = JSON.parse(line) as { readonly decision?: unknown };
    return typeof decision === 'string' ? decision : undefined;
  } catch {
    return undefined;
  }
}

/** How long what a client has left behind may still write, in milliseconds. */
const patience = 1_000;

/** How a client is run. */
export interface ClientCall {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** In milliseconds. */
  readonly timeout: number;
  /** Ends it once this is aborted. */
  readonly stop?: AbortSignal;
}

/** Runs a client to its end, or ends it when its time is over or nobody waits for it any more; rejects where it cannot be started. */
export function runClient({
  command,
  cwd,
  env,
  timeout,
  stop,
}: ClientCall): Promise<ClientRun & { readonly errors: string }> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    // A group of its own, so that what the client has started ends with it.
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const written = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        written[name] = `${written[name]}${text}`.slice(-maxOutput);
      });
    }
    let isLate = false;
    const end = (): void => {
      try {
        process.kill(-child.pid!, 'SIGKILL');
      } catch {
        // It has just ended.
      }
    };
    const endEarly = (): void => {
      isLate = true;
      end();
    };
    const late = setTimeout(endEarly, timeout);
    stop?.addEventListener('abort', endEarly);
    let left: NodeJS.Timeout | undefined;
    child.on('error', (error) => {
      clearTimeout(late);
      reject(error);
    });
    child.on('exit', () => {
      clearTimeout(late);
      // What it has started and left behind may keep its output open; what has left its group even beyond that.
      left = setTimeout(() => {
        end();
        child.stdout.destroy();
        child.stderr.destroy();
      }, patience);
    });
    child.on('close', (code) => {
      clearTimeout(left);
      stop?.removeEventListener('abort', endEarly);
      const decisions = written.stdout.split('\n').flatMap((line) => decisionIn(line) ?? []);
      resolve({ decisions, exitCode: isLate ? null : (code ?? 1), errors: written.stderr });
    });
  });
}
