import { findingCodes, type Finding, type FindingCode } from '../observations/findings.ts';
import type { Verdict } from '../observations/results.ts';
import { noVerdicts } from './records.ts';

/** What became of lines. */
export const lineOutcomes = ['judged', 'ignored', 'unreadable'] as const;

/** How many of each. */
export type LineCounts = Readonly<Record<(typeof lineOutcomes)[number], number>>;

/** What a monitor has counted since it was started. */
export class MonitorCounts {
  readonly lines: Record<(typeof lineOutcomes)[number], number> = { judged: 0, ignored: 0, unreadable: 0 };
  readonly found = Object.fromEntries(Object.keys(findingCodes).map((code) => [code, 0])) as Record<
    FindingCode,
    number
  >;
  readonly ended: Record<Verdict, number> = noVerdicts();
  /** When the last answer was judged, in milliseconds since 1970; null: none was. */
  lastSeen: number | null = null;
  /** How much later than its answer came from the API that was, in milliseconds, where its time is known. */
  lag: number | null = null;

  /** Notes what became of some lines. */
  noteLines(counts: LineCounts): void {
    for (const outcome of lineOutcomes) this.lines[outcome] += counts[outcome];
  }

  /** Notes when some lines were judged, and when the last answer among them came from the API. */
  noteSeen(time: number, answered: number | undefined): void {
    this.lastSeen = time;
    // A number that is no date, or a clock that is ahead of ours.
    const isDate = answered !== undefined && answered > 1e12;
    this.lag = isDate ? Math.max(0, time - answered) : null;
  }

  /** Notes a finding. */
  noteFound({ code }: Finding): void {
    this.found[code] += 1;
  }

  /** Notes the verdict on a folder that was ended. */
  noteEnded(verdict: Verdict): void {
    this.ended[verdict] += 1;
  }
}
