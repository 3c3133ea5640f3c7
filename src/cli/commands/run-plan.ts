import { answersTo, questionNames, type Reading } from '../../../machines/readings.ts';
import { inferReadings } from '../../conformance/inference/infer.ts';
import { planExperiments, toDo, type ReadingBounds } from '../../explore/index.ts';
import { readRecordingText } from '../../recordings/reader/read-text.ts';
import {
  isSimulator,
  manualPart,
  PlanStopped,
  runPlan,
  simulatorHands,
  type Hands,
} from '../../simulator/run-plan.ts';
import type { Fetch } from '../../simulator/playing.ts';
import { interruptions, type Interruption } from '../../reports/check/outcome.ts';
import { printable } from '../../text/escape.ts';
import { block } from '../../text/layout.ts';
import { refuse, wrongUse } from '../frame/command.ts';
import type { CommandCall } from '../frame/options.ts';
import { isWritable, writeOutput } from '../io/output.ts';
import type { Terminal } from '../io/terminal.ts';

/** Ends like `infer` where no folder says anything of the readings. */
const undecided = 3;

/**
 * Makes the experiments of the plan and says which readings are left; ends with 1 where none is. What was seen is written
 * however the plan ends, also when it is interrupted.
 */
export async function runPlanHere(
  bounds: ReadingBounds,
  { values }: CommandCall,
  io: Terminal,
): Promise<number> {
  const { run: url = '', token, recording: file } = values as Readonly<Record<string, string | undefined>>;
  if (!URL.canParse(url) || !/^https?:/.test(url))
    return refuse(io, [`--run: expected a URL of http or https, received ${printable(url, 60)}`], 'readings');
  if (file !== undefined && !isWritable(file, io, 'the recording')) return wrongUse;
  const planned = planExperiments(bounds);
  // The bounds are fixed, and planning within them meets no limit: tests say so.
  if ('reason' in planned) throw new Error(`no plan within the bounds: ${planned.reason}`);
  const stop = io.interrupts();
  const ask: Fetch = (request) => fetch(request, { signal: stop });
  const given = url.replace(/\/$/, '');
  const isOurs = await isSimulator(given, ask);
  const base = isOurs ? `${given}${manualPart}` : given;
  const hands = (recorded: Fetch): Hands =>
    isOurs ? simulatorHands(base, ask, recorded) : personsHands(io, stop);
  const headers: Record<string, string> = token === undefined ? {} : { 'X-Forensic-Access-Token': token };
  const found = await runPlan(planned, base, ask, hands, headers);
  if (file !== undefined && !(await writeOutput(found.recording, file, io, 'the recording'))) return wrongUse;
  const pieces = readRecordingText(found.recording, { file: file ?? 'the recording of the plan' });
  const inferred = inferReadings(
    pieces.flatMap((piece) => (piece.type === 'observation' ? [piece.observation] : [])),
  );
  const lines = [
    `${found.experiments} experiments`,
    ...(found.surprise === null ? [] : [`no reading gives what was seen: ${found.surprise}`]),
    ...(found.stopped === null ? settledLines(found.readings) : []),
    `the recording alone leaves ${inferred.readings.length} readings`,
  ];
  io.stdout.write(block(lines));
  if (found.stopped === null) return found.readings.length > 0 ? 0 : 1;
  const { means, exitCode } = stop.aborted
    ? interruptions[stop.reason as Interruption]
    : { means: found.stopped, exitCode: undecided };
  io.stderr.write(`oz-status: the plan has not ended: ${printable(means, 400)}\n`);
  return exitCode;
}

/** For each question the answers that are left. */
function settledLines(readings: readonly Reading[]): readonly string[] {
  if (readings.length === 0) return ['no reading is left'];
  return questionNames.map((question) => {
    const left = (answersTo(question) as readonly string[]).filter((answer) =>
      readings.some((reading) => reading[question] === answer),
    );
    return `${question}: ${left.join(' or ')}`;
  });
}

/** Hands of a person, who is asked on the terminal and answers with a line. */
function personsHands(io: Terminal, stop: AbortSignal): Hands {
  const answers = linesFrom(io.stdin());
  const isStopped = new Promise<'stopped'>((resolve) =>
    stop.addEventListener('abort', () => resolve('stopped'), { once: true }),
  );
  const ask = async (text: string): Promise<string> => {
    io.stderr.write(`${text}\n> `);
    const answer = stop.aborted ? 'stopped' : await Promise.race([answers.next(), isStopped]);
    if (answer === 'stopped') throw new PlanStopped('it was interrupted');
    if (answer.done === true) throw new PlanStopped('standard input ended before it');
    return answer.value.trim();
  };
  return {
    newFolder: () => ask('Create a folder, and type its id:'),
    post: async (_, step) => {
      const ids = await ask(`${toDo(step)} Then type the ids of its analyses, with spaces between:`);
      return ids.split(/\s+/).filter((id) => id !== '');
    },
    happen: async (id, step) => void (await ask(`${toDo(step)} (${printable(id, 60)}) Then press Enter.`)),
  };
}

async function* linesFrom(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
  return undefined;
}
