import { parseRecord } from './records.ts';
import { InspectionSession, sessionHead, type SessionHead } from './session.ts';

/** A saved session, or what is wrong with it. */
export type OpenedSession =
  | { readonly ok: true; readonly session: InspectionSession; readonly problems: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/** The most problems that are told of one session. */
const maxProblems = 20;

/** The first line of a saved session. */
export function headLine(dropped: number): string {
  return `${JSON.stringify({ type: sessionHead, version: 1, dropped } satisfies SessionHead)}\n`;
}

/** A session as lines of JSON, the same bytes for the same session. */
export function writeSession(session: InspectionSession): string {
  const lines = session.records().map((record) => `${JSON.stringify(record)}\n`);
  return headLine(session.dropped) + lines.join('');
}

/** Reads a saved session. Lines that are no records are told and passed over; a last line may be cut off. */
export function openSession(text: string): OpenedSession {
  const session = new InspectionSession();
  const problems: string[] = [];
  let wrong = 0;
  const note = (line: number, problem: string): void => {
    wrong += 1;
    if (problems.length < maxProblems) problems.push(`line ${line}: ${problem}`);
  };
  for (const [at, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const dropped = at === 0 ? droppedBefore(line) : null;
    if (dropped !== null) session.noteDropped(dropped);
    if (dropped !== null || line.trim() === '') continue;
    const read = parseRecord(line);
    const problem = read.ok ? session.add(read.record) : read.problem;
    if (problem !== null) note(at + 1, problem);
  }
  if (session.actors.length === 0)
    return { ok: false, problem: problems[0] ?? 'expected a saved session, received nothing of one' };
  if (wrong > problems.length) problems.push(`and ${wrong - problems.length} more`);
  return { ok: true, session, problems };
}

/** What the head of a session says; null if the line is none. */
function droppedBefore(line: string): number | null {
  if (!line.includes(sessionHead)) return null;
  try {
    const { type, dropped } = JSON.parse(line) as Partial<SessionHead>;
    if (type !== sessionHead) return null;
    return Number.isSafeInteger(dropped) && dropped! > 0 ? dropped! : 0;
  } catch {
    return null;
  }
}
