import { stepAnalysis } from '../../engines/analysis-steps.ts';
import { createSteps, type Steps } from '../../engines/index.ts';
import { identityOf } from '../../monitor/index.ts';
import type { Finding } from '../../observations/findings.ts';
import type { CheckOptions, Found } from '../../observations/results.ts';
import { escapedJson } from '../../text/escape.ts';
import type { Terminal } from '../io/terminal.ts';
import { foundWithIds } from './finding-id.ts';
import { observationField, observationsIn, placedFinding } from './records.ts';
import { lineTexts } from './whole-lines.ts';

/** A record with the object that its line is in, how many lines are before it there, and its number among theirs. */
type Placed = readonly [object: string, before: number, record: string, number?: number];

/** One line of a request. */
interface Request {
  /** The state of the folder; null: nothing was seen of it. */
  readonly state: string | null;
  /** What was seen since, each with the object that its line is in, and how many lines are before it there. */
  readonly records?: readonly Placed[];
  /** What is wrong with the input, in place of a folder, with the same places. */
  readonly input?: readonly Placed[];
  /** Nothing more is to come: tell what only the end shows. */
  readonly end?: boolean;
  /** That the records are of one analysis, and the state is what is known of it; whether objects have an order. */
  readonly analysis?: { readonly isInOrder: boolean };
}

/**
 * Answers each line, which is a request, with one: the state of the folder, and what was found; or the problem. Of an
 * analysis also the records of what was seen of it by itself, as those of its folder where that is known.
 */
export async function stepStates(options: CheckOptions, io: Terminal): Promise<void> {
  const steps = createSteps(options);
  for await (const lines of lineTexts(io.stdin())) {
    for (const line of lines) io.stdout.write(`${escapedJson(answerTo(line, steps), 0)}\n`);
    await io.stdout.ready();
  }
}

/** The request on a line; undefined where it holds none. What it holds is not told: it may be of a person. */
function requestIn(line: string): Request | undefined {
  try {
    const value = JSON.parse(line) as unknown;
    return typeof value === 'object' && value !== null ? (value as Request) : undefined;
  } catch {
    return undefined;
  }
}

function answerTo(line: string, steps: Steps): object {
  const request = requestIn(line);
  if (!request) return { problem: 'expected a line with a request, received another' };
  try {
    const { state, records = [], input, end = false, analysis } = request;
    if (input) return { state, findings: foundWithIds(input.map(foundOnInput), null) };
    const known = state === null ? null : new TextEncoder().encode(state);
    if (analysis) return answerOnAnalysis(known, records, analysis.isInOrder);
    const observations = records.flatMap(([object, before, record]) =>
      observationsIn(record, { object, before }),
    );
    const step = steps.step(known, observations);
    const [first] = steps.seenIn(step.state);
    const told = (more: readonly Found[]) => foundWithIds([...step.findings, ...more], first?.folder ?? null);
    const kept = { state: new TextDecoder().decode(step.state) };
    if (!end) return { ...kept, findings: told([]) };
    const { verdict, folderId, ...result } = steps.end(step.state);
    const isTold = toldBefore(steps, step.state);
    const last = [...result.findings, ...result.hazards].filter((finding) => !isTold(finding));
    return { ...kept, verdict, findings: told(last.map((finding) => ({ finding, folderId }))) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

/**
 * Whether a finding was told in a step. What was not waits for the end: that a folder never settled, and what the last
 * answer shows if its request has known times, as another one may still come that overlaps with it.
 */
function toldBefore(steps: Steps, state: Uint8Array): (finding: Finding) => boolean {
  const { findings } = steps.step(null, steps.seenIn(state));
  const told = new Set(findings.map(({ finding }) => identityOf(finding, null, 0)));
  return (finding) => told.has(identityOf(finding, null, 0));
}

function answerOnAnalysis(known: Uint8Array | null, records: readonly Placed[], isInOrder: boolean): object {
  const sightings = records.flatMap(([object, before, record, number = 0]) =>
    observationsIn(record, { object, before }).map((observation) => ({
      object,
      before,
      number,
      observation,
    })),
  );
  const { state, findings, placed, isJoined } = stepAnalysis(known, sightings, isInOrder);
  return {
    state: new TextDecoder().decode(state),
    findings: findings.flatMap((found) => foundWithIds([found], found.folder)),
    placed: placed.map(({ object, before, number, observation }) => [
      object,
      before,
      observationField(observation),
      number,
      observation.folder,
    ]),
    ...(isJoined && { joined: true }),
  };
}

const foundOnInput = ([object, before, finding]: Placed): Found => ({
  finding: placedFinding(JSON.parse(finding) as Finding, { object, before }),
  folderId: null,
});
