import type { Where } from '../../observations/observation.ts';
import type { Collector } from '../io/collector.ts';
import { momentOf, type Moment } from './moments.ts';

/** Notices, each once for a file, that the times in it go backwards, and that one names no zone; they never sort anything. */
export class TimeOrder {
  readonly #latest = new Map<string, number>();
  #isReported = false;
  #isZoneReported = false;

  /** Takes the next time as received. */
  see(time: unknown, where: Where, out: Collector): void {
    const moment = this.read(time, where, out);
    if (moment === undefined) return;
    const { at, kind } = moment;
    const latest = this.#latest.get(kind) ?? at;
    this.#latest.set(kind, Math.max(latest, at));
    if (at < latest && !this.#isReported) this.#report(moment, where, out);
  }

  /**
   * Takes a time in numbers that names its zone, if it is not before those above it or that has been reported; false, with
   * nothing taken, where it has to be seen.
   */
  pass(at: number, kind: Moment['kind']): boolean {
    const latest = this.#latest.get(kind) ?? at;
    if (at < latest) return this.#isReported;
    this.#latest.set(kind, at);
    return true;
  }

  /** The time, with a note if it is the first that names no zone. */
  read(time: unknown, where: Where, out: Collector): Moment | undefined {
    const moment = momentOf(time);
    if (moment && !moment.isZoned && !this.#isZoneReported) {
      this.#isZoneReported = true;
      out.find('TIME_WITHOUT_ZONE', where, {
        message: 'expected a time with its zone, received one without: all such times are taken as UTC',
        observed: new Date(moment.at).toISOString(),
        hint: 'Times of one recording have to be in one zone: write them with Z or with an offset.',
      });
    }
    return moment;
  }

  #report({ at, kind }: Moment, where: Where, out: Collector): void {
    this.#isReported = true;
    out.find('TIME_OUT_OF_ORDER', where, {
      message: 'expected a time not before the times above it, received an earlier one',
      observed: kind === 'date' ? new Date(at).toISOString() : String(at),
      hint: 'If several recordings were merged, put their lines in the order of time before the check.',
    });
  }
}
