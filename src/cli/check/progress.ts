import { printable } from '../../text/escape.ts';
import type { Terminal } from '../io/terminal.ts';

const interval = 250;
const megabyte = 1_000_000;
const eraseLine = '\r\u001b[K';

/** Tells on a terminal how much was read, once reading has taken a moment. */
export class ProgressLine {
  readonly #io: Terminal;
  #bytes = 0;
  #next: number;
  #shown = false;

  constructor(io: Terminal) {
    this.#io = io;
    this.#next = io.now() + interval;
  }

  /** The same chunks, counted as they pass. */
  async *watch(file: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.#bytes += chunk.length;
      if (this.#io.now() >= this.#next) this.#show(file);
      yield chunk;
    }
  }

  /** Takes the last message away. */
  end(): void {
    if (this.#shown) this.#io.stderr.write(eraseLine);
  }

  #show(file: string): void {
    this.#shown = true;
    this.#next = this.#io.now() + interval;
    const read = (this.#bytes / megabyte).toFixed(1);
    this.#io.stderr.write(`${eraseLine}${read} MB read, now ${printable(file, 50)}`);
  }
}
