import type { FolderEvent, Settings } from '../../../../machines/index.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';
import { controlPath } from '../../../simulator/routes/control.ts';
import type { Entry } from '../../../simulator/session/entries.ts';

/** One request as it was sent, and what came of it. */
export interface SentRequest {
  readonly method: string;
  /** Below the base URL. */
  readonly path: string;
  /** JSON; empty: none. */
  readonly body: string;
  /** Null: the connection broke. */
  readonly status: number | null;
  /** The body of the answer as it came; of one that broke what broke it. */
  readonly answer: string;
}

/** What a request of the page says. */
export type Draft = Pick<SentRequest, 'method' | 'path' | 'body'>;

/** Where a session stands. */
export interface SessionView {
  /** Its time in milliseconds. */
  readonly now: number;
  /** Its newest folder; empty: none. */
  readonly folder: string;
  /** What has happened in that. */
  readonly events: readonly FolderEvent[];
  /** By what the session goes: a scenario may need an answer of its own. */
  readonly settings: Settings;
}

/** One session of a simulator in this page, with all that was asked of it. */
export class SimulatorRun {
  readonly base: string;
  readonly settings: Settings;
  /** Where it stood when that was looked at last. */
  view: SessionView;
  readonly #simulator: Simulator;

  /** `parts` set the session, as parts of the base URL. */
  constructor(settings: Settings, parts: readonly string[]) {
    this.settings = settings;
    this.view = { now: 0, folder: '', events: [], settings };
    const { reading, operatorRequired } = settings;
    this.#simulator = createSimulator({ reading, operatorRequired });
    this.base = ['https://simulator.test/s/page', ...parts.filter((part) => part !== '')].join('/');
  }

  /** Sends a request; what the way breaks is part of the result. */
  async send({ method, path, body }: Draft): Promise<SentRequest> {
    try {
      const sent = body === '' ? {} : { body, headers: { 'content-type': 'application/json' } };
      const response = await this.#simulator.fetch(new Request(`${this.base}${path}`, { method, ...sent }));
      const { status } = response;
      return { method, path, body, status, answer: await response.text() };
    } catch (error) {
      return {
        method,
        path,
        body,
        status: null,
        answer: error instanceof Error ? error.message : String(error),
      };
    }
  }

  /** Lets something happen in the session itself; what is wrong with it is the text of the answer. */
  async control(path: string, body?: object): Promise<SentRequest> {
    const method = body ? 'POST' : 'GET';
    return this.send({ method, path: `${controlPath}${path}`, body: body ? JSON.stringify(body) : '' });
  }

  /** Where the session stands: its newest folder, with what has happened in it. */
  async look(): Promise<SessionView> {
    this.view = await this.#standing();
    return this.view;
  }

  async #standing(): Promise<SessionView> {
    const { status, answer } = await this.control('');
    if (status !== 200) return { now: 0, folder: '', events: [], settings: this.settings };
    const { now, folders, ...settings } = JSON.parse(answer) as Settings & {
      readonly now: number;
      readonly folders: readonly { readonly folder_id: string }[];
    };
    const folder = folders.at(-1)?.folder_id ?? '';
    const { reading, operatorRequired } = settings;
    return { now, folder, events: await this.#eventsOf(folder), settings: { reading, operatorRequired } };
  }

  async #eventsOf(folder: string): Promise<readonly FolderEvent[]> {
    const { answer } = await this.control('/log');
    const entries = answer
      .split('\n')
      .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Entry] : []));
    return entries.flatMap((entry): readonly FolderEvent[] => {
      if (!('folder' in entry) || entry.folder !== folder) return [];
      if (entry.is === 'event') return [entry.event];
      return entry.is === 'group'
        ? [{ type: 'group.posted', groupId: entry.id, analyses: entry.analyses }]
        : [];
    });
  }

  /** The traffic of the session. */
  recording(format: 'ndjson' | 'har'): string {
    return this.#simulator.recording(this.base, format);
  }
}
