import { finding, type Finding } from '../../observations/findings.ts';
import { createNaming, LineMarks, readInto, type Naming, type Receiver } from '../../recordings/index.ts';
import { addLeftAside, type LeftAside } from '../../recordings/io/left-aside.ts';
import type { WhereToRead } from '../../recordings/options.ts';
import type { CheckOutcome } from '../../reports/check/outcome.ts';
import { openInput, type Inputs } from '../io/files.ts';
import type { MarksByFile } from './positions.ts';
import type { ProgressLine } from './progress.ts';

/** What to read, and how. */
export interface Input extends WhereToRead {
  readonly files: readonly string[];
  /** What ids are called. Default: as received. */
  readonly naming?: Naming;
  /** Ends the reading early; what is only known in part then is not said. */
  readonly stop?: AbortSignal;
  readonly progress?: ProgressLine | undefined;
  /** Is waited for after each piece of a file. */
  readonly ready?: () => Promise<void>;
}

/** Whether a reading was ended early. */
export const isStopped = (stop: AbortSignal | undefined): stop is AbortSignal => stop?.aborted === true;

/** What was found in the input, what was left aside, and where the lines of the files are. */
interface ReadOne {
  readonly found: readonly Finding[];
  readonly ignored: CheckOutcome['ignored'];
  readonly requests: ReadonlyMap<string, number>;
  readonly marks: MarksByFile;
  /** The files that tell when their answers came. */
  readonly timed: ReadonlySet<string>;
}

/** Reads the files in order and hands on the observations. */
export async function readAll(
  into: Omit<Receiver, 'find'> & Partial<Pick<Receiver, 'find'>>,
  { files, naming = createNaming(), stop, progress, ready, ...where }: Input,
  io: Inputs,
): Promise<ReadOne> {
  const found: Finding[] = [];
  const aside: LeftAside = { ignored: {}, requests: new Map() };
  const marksByFile = new Map<string, LineMarks>();
  const timed = new Set<string>();
  const find = (one: Finding): void => {
    found.push(one);
    into.find?.(one);
  };
  // What was read in part only may look broken.
  const receiver: Receiver = {
    ...(into.observePacked && { observePacked: (...seen) => into.observePacked!(...seen) }),
    observe: (observation) => (isStopped(stop) ? undefined : into.observe(observation)),
    find: (one) => (isStopped(stop) ? undefined : find(one)),
  };
  for (const file of files) {
    if (isStopped(stop)) break;
    const opened = await openInput(file, io, stop);
    if ('code' in opened) {
      find(opened);
      continue;
    }
    const chunks = paced(progress ? progress.watch(file, opened) : opened, ready);
    const marks = new LineMarks();
    marksByFile.set(file, marks);
    const summary = await readInto(receiver, chunks, { ...where, file, naming, marks });
    if (summary.isTimed) timed.add(file);
    if (isStopped(stop)) break;
    const { missed } = summary;
    const message = 'expected an answer where --at points, received none in any value of the file';
    if (missed && summary.observations === 0) find(finding('SHAPE_UNKNOWN', { ...missed, message }));
    addLeftAside(aside, summary);
  }
  progress?.end();
  return { found, ...aside, marks: marksByFile, timed };
}

/** The same chunks, no faster than what is made of them can go on. */
async function* paced<T>(
  chunks: AsyncIterable<T>,
  ready: (() => Promise<void>) | undefined,
): AsyncGenerator<T> {
  for await (const chunk of chunks) {
    yield chunk;
    await ready?.();
  }
}
