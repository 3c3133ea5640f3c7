import type { Finding } from '../conformance/findings.ts';
import { createChecker } from '../conformance/index.ts';
import type { Observation } from '../conformance/observation.ts';
import type { CheckOptions } from '../conformance/results.ts';
import { createNaming, readRecording, type IgnoredReason, type Naming } from '../recordings/index.ts';
import type { CheckOutcome } from '../reports/index.ts';
import { openInput } from './files.ts';
import type { Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';

/** What to judge, and how. */
export interface Task {
  readonly files: readonly string[];
  readonly options: CheckOptions;
  readonly routePrefix?: string;
  /** What ids are called. Default: as received. */
  readonly naming?: Naming;
}

/** Reads the files in order and judges all that can be read of them. */
export async function judge(task: Task, io: Terminal, progress?: Progress): Promise<CheckOutcome> {
  const checker = createChecker(task.options);
  const { found, ignored } = await readInto(checker, task, io, progress);
  return { options: task.options, folders: checker.finish(), input: found, ignored };
}

/** Reads the files in order and hands on the observations; what was found in the input, and left aside. */
export async function readInto(
  receiver: { observe(observation: Observation): void },
  { files, routePrefix, naming = createNaming() }: Pick<Task, 'files' | 'routePrefix' | 'naming'>,
  io: Terminal,
  progress?: Progress,
): Promise<{ readonly found: readonly Finding[]; readonly ignored: CheckOutcome['ignored'] }> {
  const found: Finding[] = [];
  const ignored: Partial<Record<IgnoredReason, number>> = {};
  for (const file of files) {
    const opened = await openInput(file, io);
    if ('code' in opened) {
      found.push(opened);
      continue;
    }
    const chunks = progress ? progress.watch(file, opened) : opened;
    const prefix = routePrefix === undefined ? {} : { routePrefix };
    for await (const piece of readRecording(chunks, { file, naming, ...prefix })) {
      if (piece.type === 'observation') receiver.observe(piece.observation);
      else if (piece.type === 'finding') found.push(piece.finding);
      else {
        for (const [reason, count] of Object.entries(piece.summary.ignored) as [IgnoredReason, number][]) {
          ignored[reason] = (ignored[reason] ?? 0) + count;
        }
      }
    }
  }
  progress?.end();
  return { found, ignored };
}
