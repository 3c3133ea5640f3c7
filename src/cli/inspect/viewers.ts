import type { ServerResponse } from 'node:http';
import type { InspectionSession } from '../../inspection/session.ts';

/** Entries that are taken from the session at once. */
const portion = 200;

/**
 * One page that watches a session, as a stream of server-sent events. It is given what it can take: one that is so
 * slow that records it has not seen are dropped begins anew with what is kept then.
 */
export class Viewer {
  readonly #response: ServerResponse;
  readonly #session: InspectionSession;
  #next = 0;
  #isFull = false;

  constructor(response: ServerResponse, session: InspectionSession) {
    this.#response = response;
    this.#session = session;
    response.on('drain', () => {
      this.#isFull = false;
      this.tell();
    });
    this.#begin();
    this.tell();
  }

  /** Gives what is new. */
  tell(): void {
    while (!this.#isFull) {
      if (this.#next < this.#session.first) this.#begin();
      const entries = this.#session.entriesFrom(this.#next, portion);
      for (const { number, record } of entries) {
        if (this.#isFull) return;
        this.#write('message', record);
        this.#next = number + 1;
      }
      if (entries.length === 0) return;
    }
  }

  /** Tells of something that was wrong. One that cannot take more does without. */
  warn(problem: string): void {
    if (!this.#isFull) this.#write('problem', problem);
  }

  end(): void {
    this.#response.end();
  }

  #begin(): void {
    this.#write('start', { dropped: this.#session.dropped });
    for (const record of this.#session.announcements()) this.#write('message', record);
    this.#next = this.#session.first;
  }

  #write(event: string, data: unknown): void {
    // JSON holds no line breaks, so that one line of data is enough.
    const isTaken = this.#response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    if (!isTaken) this.#isFull = true;
  }
}
