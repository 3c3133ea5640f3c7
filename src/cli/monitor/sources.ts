import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { InputLine, MonitorCore } from '../../monitor/index.ts';
import { LineSplitter } from '../../recordings/lines/splitter.ts';
import { fileReason } from '../io/file-reasons.ts';
import { openInput, standardInput } from '../io/files.ts';
import type { Terminal } from '../io/terminal.ts';
import { FileFollower, type FileEvent, type FilePosition } from './follow.ts';
import type { Pause, Pipeline } from './pipeline.ts';

/** What sources need. */
export interface SourceContext {
  readonly core: MonitorCore;
  readonly pipeline: Pipeline;
  readonly io: Terminal;
  readonly maxLineBytes: number;
  readonly pause: Pause;
  /** What is in the files now is read, and no more. */
  readonly isOnce: boolean;
  readonly stop: AbortSignal;
  readonly tell: (text: string) => void;
}

/** How often files are looked at for more, in milliseconds. */
const lookEvery = 250;

/** So often a file that was renamed is looked at in vain before it is left: it may be written to a little longer. */
const looksAtRenamed = 20;

/** The source that posts are. */
export const postedSource = 'posted';

/** The lines of a position that is only counted. */
const countedLines = (position: unknown): number =>
  typeof position === 'object' && position !== null
    ? Number((position as { readonly line?: unknown }).line ?? 0)
    : 0;

/** Reads standard input to its end. */
export async function readStandardInput(context: SourceContext): Promise<void> {
  const { core, pipeline, io, maxLineBytes, stop } = context;
  let count = countedLines(core.positionOf(standardInput));
  let lines: InputLine[] = [];
  const splitter = new LineSplitter(maxLineBytes, ({ bytes }) => {
    count += 1;
    lines.push({ bytes: bytes && Uint8Array.from(bytes), number: count });
  });
  const take = async (problem?: string): Promise<void> => {
    const taken = lines;
    lines = [];
    if (taken.length === 0 && problem === undefined) return;
    const position = { line: count };
    await pipeline.take(() => ({
      source: standardInput,
      lines: taken,
      position,
      ...(problem !== undefined && { problem }),
    }));
  };
  const input = await openInput(standardInput, io, stop);
  if ('code' in input) return take(input.message);
  try {
    for await (const chunk of input) {
      splitter.push(chunk);
      await take();
    }
  } catch (error) {
    await take(`standard input: ${fileReason(error)}`);
  }
  if (stop.aborted) return;
  splitter.end();
  await take();
}

const absent = 'expected a readable file, but there is no such file or directory';

const eventTexts: Readonly<Record<FileEvent, string>> = {
  rotated: 'another file has its name now, which is read from its beginning',
  truncated: 'it was cut off, and is read from its beginning',
  lost: 'the file that was read before is gone: what was added to it since then was not read',
};

/** A file that is followed. */
export class FollowedFile {
  readonly name: string;
  readonly #context: SourceContext;
  readonly #follower: FileFollower;
  #problems: string[] = [];
  #last = '';

  constructor(name: string, context: SourceContext) {
    this.name = name;
    this.#context = context;
    const position = (context.core.positionOf(name) as FilePosition | undefined) ?? null;
    const onEvent = (event: FileEvent): void => {
      context.tell(`${name}: ${eventTexts[event]}`);
      if (event === 'lost') this.#problems.push(eventTexts.lost);
    };
    const { maxLineBytes, isOnce, io } = context;
    const patience = isOnce ? 0 : looksAtRenamed;
    this.#follower = new FileFollower(resolve(io.cwd, name), position, maxLineBytes, onEvent, patience);
  }

  /** Bytes that were not read yet. */
  get behind(): number {
    return this.#follower.behind;
  }

  /** Reads until the process is to end, or until all that is there was read. */
  async follow(): Promise<void> {
    const { stop, pause, tell, isOnce: once } = this.#context;
    if (!this.#follower.isThere) {
      if (once) this.#problems.push(absent);
      else tell(`${this.name}: there is no such file yet`);
    }
    while (!stop.aborted) {
      // oxlint-disable-next-line no-await-in-loop -- line after line
      const isRead = await this.#readSome();
      // Signals and posts have their turn however much there is to read.
      // oxlint-disable-next-line no-await-in-loop -- between two portions
      await setImmediate();
      if (isRead) continue;
      if (once) break;
      // oxlint-disable-next-line no-await-in-loop -- until there is more
      await pause(lookEvery, stop);
    }
    this.#follower.close();
  }

  /** Reads what is there now, and tells whether there was anything. */
  async #readSome(): Promise<boolean> {
    const { pipeline, core } = this.#context;
    const source = this.name;
    let read: ReturnType<FileFollower['next']> = null;
    try {
      read = this.#follower.next();
      this.#last = '';
    } catch (error) {
      const problem = `expected a readable file, but ${fileReason(error)}`;
      if (problem !== this.#last) this.#problems.push(problem);
      this.#last = problem;
    }
    const [problem] = this.#problems.splice(0, 1);
    if (!read && problem === undefined) return false;
    const position = read?.position ?? core.positionOf(source) ?? null;
    await pipeline.take(() => ({
      source,
      lines: read?.lines ?? [],
      position,
      rotation: (position as FilePosition | null)?.rotation ?? 0,
      ...(problem !== undefined && { problem }),
    }));
    return read !== null;
  }
}

/** Judges what was posted, unless something with this key was before; what came of it. */
export async function takePosted(
  body: Uint8Array,
  key: string | undefined,
  { core, pipeline, maxLineBytes }: SourceContext,
): Promise<object> {
  const lines: InputLine[] = [];
  const splitter = new LineSplitter(maxLineBytes, ({ bytes, number }) => {
    lines.push({ bytes: bytes && Uint8Array.from(bytes), number });
  });
  splitter.push(body);
  splitter.end();
  const isKnown = () => key !== undefined && core.isPosted(key);
  let wasKnown = false;
  await pipeline.take(() => {
    // It may have come in the meantime.
    wasKnown = isKnown();
    if (wasKnown) return null;
    const before = countedLines(core.positionOf(postedSource));
    return {
      source: postedSource,
      lines: lines.map((line) => ({ ...line, number: before + line.number })),
      position: { line: before + lines.length },
      ...(key !== undefined && { posted: key }),
    };
  });
  return wasKnown ? { taken: 0, known: true } : { taken: lines.length };
}
