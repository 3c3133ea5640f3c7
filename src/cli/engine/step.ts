import { saidAtEnd } from '../../conformance/folder/hazards.ts';
import { createSteps, type Steps } from '../../engines/index.ts';
import type { Finding } from '../../observations/findings.ts';
import type { CheckOptions } from '../../observations/results.ts';
import { escapedJson } from '../../text/escape.ts';
import type { Terminal } from '../io/terminal.ts';
import { foundWithId } from './finding-id.ts';
import { observationsIn, placedFinding } from './records.ts';
import { lineTexts } from './whole-lines.ts';

/** One line of a request. */
interface Request {
  /** The state of the folder; null: nothing was seen of it. */
  readonly state: string | null;
  /** What was seen since, each with the object that its line is in, and how many lines are before it there. */
  readonly records?: readonly (readonly [object: string, before: number, record: string])[];
  /** What is wrong with the input, in place of a folder, with the same places. */
  readonly input?: readonly (readonly [object: string, before: number, finding: string])[];
  /** Nothing more is to come: tell what only the end shows. */
  readonly end?: boolean;
}

/** Answers each line, which is a request, with one: the state of the folder, and what was found; or the problem. */
export async function stepStates(options: CheckOptions, io: Terminal): Promise<void> {
  const steps = createSteps(options);
  for await (const lines of lineTexts(io.stdin())) {
    for (const line of lines) io.stdout.write(`${escapedJson(answerTo(line, steps), 0)}\n`);
    await io.stdout.ready();
  }
}

function answerTo(line: string, steps: Steps): object {
  try {
    const { state, records = [], input, end = false } = JSON.parse(line) as Request;
    if (input) return { state, findings: input.map(foundOnInput) };
    const known = state === null ? null : new TextEncoder().encode(state);
    const observations = records.flatMap(([object, before, record]) =>
      observationsIn(record, { object, before }),
    );
    const step = steps.step(known, observations);
    const findings = step.findings.map(foundWithId);
    const kept = { state: new TextDecoder().decode(step.state), findings };
    if (!end) return kept;
    const { verdict, folderId, ...result } = steps.end(step.state);
    const last = [...result.findings, ...result.hazards].filter(({ code }) => saidAtEnd.has(code));
    return {
      ...kept,
      verdict,
      findings: [...findings, ...last.map((finding) => foundWithId({ finding, folderId }))],
    };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

const foundOnInput = ([object, before, finding]: readonly [string, number, string]) =>
  foundWithId({
    finding: placedFinding(JSON.parse(finding) as Finding, { object, before }),
    folderId: null,
  });
