import type { Where } from '../../observations/observation.ts';
import type { Collector } from '../io/collector.ts';
import { momentOf, type Moment } from './moments.ts';

/** Notices, each once for a file, that the times in it go backwards, and that one names no zone; they never sort anything. */
export class TimeOrder {
  readonly #first = new Map<string, number>();
  readonly #latest = new Map<string, number>();
  #isReported = false;
  #isZoneReported = false;

  /** Whether any time was taken. */
  get areKnown(): boolean {
    return this.#latest.size > 0;
  }

  /** Takes the next time as received. */
  see(time: unknown, where: Where, out: Collector): void {
    const moment = this.read(time, where, out);
    if (moment) this.#take(moment, moment.kind, where, out);
  }

  /** Takes the time at which what comes next was logged, if it is known. */
  seeLogged(moment: Moment | undefined, where: Where, out: Collector): void {
    if (moment) this.#take(moment, `logged as ${moment.kind}`, where, out);
  }

  #take(moment: Moment, kind: string, where: Where, out: Collector): void {
    const { at } = moment;
    const latest = this.#latest.get(kind) ?? at;
    if (!this.#first.has(kind)) this.#first.set(kind, at);
    this.#latest.set(kind, Math.max(latest, at));
    if (at < latest && !this.#isReported) this.#report(moment, latest === this.#first.get(kind), where, out);
  }

  /**
   * Takes a time in numbers that names its zone, if it is not before those above it or that has been reported; false, with
   * nothing taken, where it has to be seen.
   */
  pass(at: number, kind: Moment['kind']): boolean {
    const latest = this.#latest.get(kind);
    if (latest === undefined) this.#first.set(kind, at);
    else if (at < latest) return this.#isReported;
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

  #report({ at, kind }: Moment, isNewestFirst: boolean, where: Where, out: Collector): void {
    this.#isReported = true;
    out.find('TIME_OUT_OF_ORDER', where, {
      message: 'expected a time not before the times above it, received an earlier one',
      observed: kind === 'date' ? new Date(at).toISOString() : String(at),
      hint: isNewestFirst
        ? 'If the newest stand first, as logs often give them, turn the lines around, with the same options: tac FILE | oz-status check - (tail -r FILE where there is no tac)'
        : 'If several recordings were merged, put their lines in the order of time before the check.',
    });
  }
}
