import type { Fetch } from './playing.ts';
import { momentText } from './transport/traffic-log.ts';

/** A `fetch` that keeps what it asked and what came back, with when that began and ended in an order of its own. */
export class KeptTraffic {
  readonly #fetch: Fetch;
  readonly #lines: string[] = [];
  #tick = 0;

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  /** Asks, and keeps the answer. */
  readonly fetch: Fetch = async (request) => {
    const started = momentText(this.#tick++);
    const { method, url } = request;
    const response = await this.#fetch(request);
    const body = await response.clone().text();
    const time = momentText(this.#tick++);
    this.#lines.push(`${JSON.stringify({ started, time, method, url, status: response.status, body })}\n`);
    return response;
  };

  /** Everything that was kept, as a recording. */
  get recording(): string {
    return this.#lines.join('');
  }
}
