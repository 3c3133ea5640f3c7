import type { Where } from '../conformance/observation.ts';
import type { Collector } from './collector.ts';

/** Notices, once for a file, that the times in it go backwards; they never sort anything. */
export class TimeOrder {
  readonly #latest = new Map<string, number>();
  #isReported = false;

  /** Takes the next time as received: a date as text, or a number in whichever unit the file uses. */
  see(time: unknown, where: Where, out: Collector): void {
    const moment = typeof time === 'string' ? Date.parse(time) : time;
    if (typeof moment !== 'number' || !Number.isFinite(moment)) return;
    const latest = this.#latest.get(typeof time) ?? moment;
    this.#latest.set(typeof time, Math.max(latest, moment));
    if (moment >= latest || this.#isReported) return;
    this.#isReported = true;
    out.find('TIME_OUT_OF_ORDER', where, {
      message: 'expected a time not before the times above it, received an earlier one',
      observed: typeof time === 'string' ? new Date(moment).toISOString() : String(moment),
      hint: 'If several recordings were merged, put their lines in the order of time before the check.',
    });
  }
}
