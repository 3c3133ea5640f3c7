import type { Reading } from '../../../../machines/index.ts';
import type { CheckOptions } from '../../../observations/results.ts';
import { CheckClient } from './check-client.ts';
import { sendFile } from './sent-files.ts';
import type { CheckDigest, CheckProgress } from './check-session.ts';

/** What the page knows of the check of recordings. */
export type CheckState =
  | { readonly is: 'idle' }
  | { readonly is: 'running'; readonly names: readonly string[]; readonly made: CheckProgress | null }
  | {
      readonly is: 'done';
      readonly names: readonly string[];
      readonly digest: CheckDigest;
      readonly client: CheckClient;
    }
  | { readonly is: 'failed'; readonly names: readonly string[]; readonly message: string };

/** The check of the page, which goes on while another view is shown. */
export class CheckStore {
  #state: CheckState = { is: 'idle' };
  #client: CheckClient | undefined;
  /** The check that was begun last. */
  #begun: object | undefined;
  #files: readonly File[] = [];
  /** By what was judged last. */
  options: CheckOptions | undefined;
  readonly #listeners = new Set<() => void>();

  get state(): CheckState {
    return this.#state;
  }

  /** Whether there is something to judge again. */
  get hasFiles(): boolean {
    return this.#files.length > 0;
  }

  /** Whether the file of this name is the one that was judged last. */
  isOf(name: string): boolean {
    return this.onlyFile?.name === name;
  }

  /** The file that was judged last, where it was one. */
  get onlyFile(): File | undefined {
    return this.#files.length === 1 ? this.#files[0] : undefined;
  }

  /** Judges the same files under another reading. */
  judgeUnder(reading: Reading): void {
    if (!this.options) return;
    void this.check({ ...this.options, settings: { ...this.options.settings, reading } });
  }

  /** Calls `listener` on every change until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #become(state: CheckState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  /** Judges files, in place of whatever was judged before; without files those judged last. */
  async check(options: CheckOptions, files: readonly File[] = this.#files): Promise<void> {
    this.#client?.end();
    this.#files = files;
    this.options = options;
    const names = files.map(({ name }) => name);
    this.#become({ is: 'running', names, made: null });
    const begun = {};
    this.#begun = begun;
    try {
      // A browser may forbid even the worker that the page holds.
      const client = new CheckClient((made) => {
        if (this.#begun === begun) this.#become({ is: 'running', names, made });
      });
      this.#client = client;
      const sent = files.map(sendFile);
      const ports = sent.map(({ port }) => port);
      const digest = await client.ask('check', { files: sent, options }, ports);
      if (this.#begun === begun) this.#become({ is: 'done', names, digest, client });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (this.#begun === begun) this.#become({ is: 'failed', names, message });
    }
  }

  /** Ends the check that runs. */
  cancel(): void {
    this.#client?.end();
    this.#begun = undefined;
    this.#become({ is: 'idle' });
  }
}

/** There is one check at a time. */
export const checkStore = new CheckStore();
