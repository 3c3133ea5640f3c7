import type { Where } from '../../observations/observation.ts';
import type { Collector } from '../io/collector.ts';

/** A time as received: a date as text, or a number in whichever unit the file uses; undefined where it is none. */
export function momentOf(time: unknown): number | undefined {
  const moment = typeof time === 'string' ? Date.parse(time) : time;
  return typeof moment === 'number' && Number.isFinite(moment) ? moment : undefined;
}

/** Notices, once for a file, that the times in it go backwards; they never sort anything. */
export class TimeOrder {
  readonly #latest = new Map<string, number>();
  #isReported = false;

  /** Takes the next time as received. */
  see(time: unknown, where: Where, out: Collector): void {
    const moment = momentOf(time);
    if (moment === undefined) return;
    const latest = this.#latest.get(typeof time) ?? moment;
    this.#latest.set(typeof time, Math.max(latest, moment));
    if (moment < latest && !this.#isReported) this.#report(time, moment, where, out);
  }

  #report(time: unknown, moment: number, where: Where, out: Collector): void {
    this.#isReported = true;
    out.find('TIME_OUT_OF_ORDER', where, {
      message: 'expected a time not before the times above it, received an earlier one',
      observed: typeof time === 'string' ? new Date(moment).toISOString() : String(moment),
      hint: 'If several recordings were merged, put their lines in the order of time before the check.',
    });
  }
}
