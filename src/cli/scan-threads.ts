import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { memoryOf, type ScannedPortion, type ScanTask } from './scan-portion.ts';

/** Who is told what becomes of a thread. */
export interface ThreadEvents {
  /** It can be given tasks. */
  readonly ready: () => void;
  readonly scanned: (portion: ScannedPortion) => void;
  /** It has ended and answers no more. */
  readonly ended: (reason: string) => void;
}

/** A thread that scans portions of an open file. */
export interface ScanThread {
  scan(task: ScanTask): void;
  /** Ends it, at once. */
  end(): Promise<unknown>;
}

/** Starts a thread; what is said of it comes later, never during the call. */
export type StartThread = (file: number, events: ThreadEvents) => ScanThread;

/** The program of a thread is built as the module is that starts it, and stands beside it. */
const program = new URL(`./scan-worker${extname(import.meta.url)}`, import.meta.url);

/** Starts a thread of the operating system. */
export const startThread: StartThread = (file, { ready, scanned, ended }) => {
  const worker = new Worker(program, { workerData: file, execArgv: [] });
  let reason = 'it has ended';
  worker.once('online', ready);
  worker.on('message', scanned);
  worker.on('error', (error) => (reason = String(error)));
  worker.on('exit', () => ended(reason));
  return {
    scan: (task) => worker.postMessage(task, memoryOf(task)),
    end: () => worker.terminate(),
  };
};
