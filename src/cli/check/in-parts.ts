import { createPackedChecker } from '../../conformance/check/checker.ts';
import type { FolderResult } from '../../conformance/index.ts';
import { Components } from '../../conformance/shards/components.ts';
import { noPart, writePart, type Part } from '../../engines/index.ts';
import { ndjsonFinding, ndjsonFolder, ndjsonSummary } from '../../reports/check/ndjson.ts';
import { exitCodeOf, interruptions, summarize, type Interruption } from '../../reports/check/outcome.ts';
import type { CheckOptions } from '../../observations/results.ts';
import { createNaming } from '../../recordings/index.ts';
import { printable } from '../../text/escape.ts';
import { refuse, wrongUse } from '../frame/command.ts';
import type { CommandCall } from '../frame/options.ts';
import { isReadableOnce } from '../io/files.ts';
import { writeOutput } from '../io/output.ts';
import { overwriteProblems } from '../io/overwriting.ts';
import type { Terminal } from '../io/terminal.ts';
import type { CheckSettings } from './check-options.ts';
import { GroupedReceiver, SummaryOfParts } from './grouped.ts';
import { readAll, type Input } from './read-all.ts';
import { withPositions } from './positions.ts';

/** A recording to be judged in parts. */
export interface InParts extends Input {
  readonly options: CheckOptions;
}

/** What cannot go with a check in parts, because it needs all of it. */
const needWhole = ['minimize', 'baseline', 'update-baseline'] as const;

/** The most shards that a check can have. */
const maxShards = 10_000;

/** Judges one shard of a recording, or a recording that is grouped by folder. */
export async function checkInParts(
  call: CommandCall,
  chosen: CheckSettings,
  task: InParts,
  io: Terminal,
): Promise<number> {
  const { values } = call;
  const isGrouped = values['grouped'] === true;
  const formats = [chosen.format ?? []].flat();
  const shard = isGrouped ? undefined : parseShard(values['shard'] as string);
  const way = isGrouped ? '--grouped' : '--shard';
  const problems = [
    ...(isGrouped && values['shard'] !== undefined ? ['--grouped: cannot go with --shard'] : []),
    ...needWhole
      .filter((name) => values[name] !== undefined)
      .map((name) => `${way}: cannot go with --${name}`),
    ...(isGrouped && formats.some((format) => format !== 'ndjson')
      ? [`--grouped: expected --format ndjson, received ${printable(formats.join(', '), 60)}`]
      : []),
    ...(!isGrouped && values['format'] !== undefined
      ? ['--shard: writes a part, and no report: leave out --format']
      : []),
    ...(!isGrouped && shard === undefined
      ? [`--shard: expected I/N with I from 1 to N, received ${printable(values['shard'] as string, 60)}`]
      : []),
    ...(isGrouped && chosen.output !== undefined
      ? ['--grouped: writes to standard output: leave out --output']
      : []),
    ...(isGrouped
      ? []
      : task.files
          .filter((file) => isReadableOnce(file, io))
          .map((file) => `--shard: ${printable(file, 200)} cannot be read a second time`)),
    ...overwriteProblems(
      [{ name: chosen.output, as: 'the part' }],
      task.files.map((name) => ({ name, as: 'a recording' })),
      io,
    ),
  ];
  if (problems.length > 0) return refuse(io, problems, 'check');
  return shard ? writeShard(shard, chosen, task, io) : checkGrouped(chosen, task, io);
}

interface Shard {
  readonly shard: number;
  readonly of: number;
}

function parseShard(text: string): Shard | undefined {
  const [, one, all] = /^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text) ?? [];
  const [shard, of] = [Number(one), Number(all)];
  return shard <= of && of <= maxShards ? { shard, of } : undefined;
}

/** Reads all to see what belongs together, then judges what is in the shard. */
async function writeShard(
  { shard, of }: Shard,
  { output, strict }: CheckSettings,
  task: InParts,
  io: Terminal,
) {
  const { options } = task;
  const stop = io.interrupts();
  const input = { ...task, stop };
  const components = new Components();
  await readAll(
    {
      observe: (observation) => components.observe(observation),
      observePacked: (chunk, packed) => components.observePacked(chunk, packed),
    },
    input,
    io,
  );
  const checker = createPackedChecker(options);
  const read = await readAll(
    {
      observe: (observation) => {
        if (components.isIn(shard, of, observation)) checker.observe(observation);
      },
      observePacked: (chunk, packed, ...at) => {
        const isIn = components.isPackedIn(shard, of, chunk, packed);
        return isIn === true ? checker.observePacked(chunk, packed, ...at) : isIn === false;
      },
    },
    input,
    io,
  );
  const isFirst = shard === 1;
  const outcome = await withPositions(
    {
      options,
      folders: checker.finish(),
      input: isFirst ? read.found : [],
      ignored: isFirst ? read.ignored : {},
    },
    task.naming ?? createNaming(),
    read.marks,
    io,
  );
  // Without its end a part would not be taken, and no part is better than one that looks whole.
  if (stop.aborted) return interruptions[stop.reason as Interruption].exitCode;
  const seen = components.foldersIn(shard, of);
  const part: Part = {
    ...noPart,
    of,
    shards: [shard],
    head: { options, files: task.files },
    folders: outcome.folders.map((result, at) => ({ ...seen[at]!, result })),
    input: outcome.input,
    ignored: outcome.ignored,
    requests: isFirst ? [...read.requests] : [],
  };
  const isWritten = await writeOutput(writePart(part), output, io, 'the part', { stop });
  const summary = summarize(outcome);
  if (!isWritten) return wrongUse;
  // A shard may be empty: whether anything was judged is seen when all are together.
  return summary.observations === 0 && summary.open.unreadable === 0 ? 0 : exitCodeOf(summary, strict);
}

/** Judges folders one after the other, and forgets each when it is told. */
async function checkGrouped({ strict, all }: CheckSettings, task: InParts, io: Terminal): Promise<number> {
  const stop = io.interrupts();
  const summary = new SummaryOfParts(task.options);
  const receiver = new GroupedReceiver(
    task.options,
    (found) => io.stdout.write(ndjsonFinding(found)),
    (folders: readonly FolderResult[]) => {
      summary.add({ folders, input: [] });
      for (const folder of folders) io.stdout.write(ndjsonFolder(folder, all === true));
    },
  );
  const { found } = await readAll(receiver, { ...task, stop, ready: () => io.stdout.ready() }, io);
  receiver.end();
  for (const finding of [...found, ...receiver.input])
    io.stdout.write(ndjsonFinding({ finding, folderId: null }));
  summary.add({ folders: [], input: [...found, ...receiver.input] });
  const counts = summary.total(stop.aborted ? (stop.reason as Interruption) : undefined);
  io.stdout.write(ndjsonSummary(task.options, counts, strict));
  return exitCodeOf(counts, strict);
}
