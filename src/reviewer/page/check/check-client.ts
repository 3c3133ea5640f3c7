import type { CheckProgress } from './check-session.ts';
import type { QuestionName, Questions, Told } from './messages.ts';
import { workerElement } from '../facts.ts';

/** Asks the worker that checks. One client is one check; it ends with it. */
export class CheckClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<
    number,
    { readonly resolve: (gives: never) => void; readonly reject: (why: Error) => void }
  >();
  #asked = 0;

  constructor(progress: (made: CheckProgress) => void) {
    const script = JSON.parse(document.getElementById(workerElement)!.textContent) as string;
    // A page from a disk may not load a script from beside it, but one that it holds itself.
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    this.#worker = new Worker(url);
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if (data.type === 'progress') progress(data.made);
      else this.#settle(data);
    });
    this.#worker.addEventListener('error', ({ message }) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(message));
      this.#waiting.clear();
    });
  }

  #settle(told: Exclude<Told, { type: 'progress' }>): void {
    const waiting = this.#waiting.get(told.id);
    this.#waiting.delete(told.id);
    if (told.type === 'answer') waiting?.resolve(told.gives as never);
    else waiting?.reject(new Error(told.message));
  }

  /** Asks, and waits for the answer; what is handed over is the worker's from then on. */
  ask<Name extends QuestionName>(
    name: Name,
    takes: Questions[Name]['takes'],
    handedOver: Transferable[] = [],
  ): Promise<Questions[Name]['gives']> {
    const id = this.#asked++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, name, takes }, handedOver);
    });
  }

  /** Ends the check, whatever it was doing. */
  end(): void {
    this.#worker.terminate();
  }
}
