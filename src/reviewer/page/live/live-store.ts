import { parseRecord } from '../../../inspection/records.ts';
import { openSession, type OpenedSession } from '../../../inspection/saved.ts';
import { InspectionSession } from '../../../inspection/session.ts';
import { textOf } from '../file-text.ts';

/** What the view of running actors shows. */
export interface LiveState {
  /** `none`: the page was opened from a disk. `opened`: a saved session is shown. */
  readonly is: 'none' | 'connecting' | 'live' | 'opened';
  readonly session: InspectionSession;
  /** What was wrong with some of what came in. */
  readonly problems: readonly string[];
  /** The name of the file that was opened, or that could not be. */
  readonly file: string | null;
  /** Whether there is a server to go back to. */
  readonly isServed: boolean;
}

/** The most problems that are shown. */
const maxProblems = 20;

/** The most bytes of a saved session: several times what the page keeps of one. */
const maxFile = 200_000_000;

async function openFile(file: File): Promise<OpenedSession> {
  if (file.size > maxFile)
    return { ok: false, problem: `expected at most ${maxFile} bytes, received ${file.size}` };
  const text = await textOf(file);
  return typeof text === 'string' ? openSession(text) : { ok: false, ...text };
}

class LiveStore {
  state: LiveState;
  readonly #listeners = new Set<() => void>();
  #stream: EventSource | null = null;
  #live = new InspectionSession();
  #isConnected = false;
  #problems: readonly string[] = [];
  #isTelling = false;

  constructor() {
    this.state = { is: 'none', session: this.#live, problems: [], file: null, isServed: false };
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Listens to the server that gave the page, if one did. */
  connect(): void {
    const path = document.querySelector<HTMLMetaElement>('meta[name=oz-status-live]')?.content;
    if (path === undefined || this.#stream) return;
    const stream = new EventSource(path);
    this.#stream = stream;
    const follow = (isConnected: boolean): void => {
      this.#isConnected = isConnected;
      this.#tell();
    };
    stream.addEventListener('open', () => follow(true));
    stream.addEventListener('error', () => follow(false));
    stream.addEventListener('start', ({ data }) => {
      // What was shown before a break comes again, as far as it is kept.
      this.#live = new InspectionSession();
      this.#live.noteDropped((JSON.parse(String(data)) as { readonly dropped: number }).dropped);
      this.#tell();
    });
    stream.addEventListener('message', ({ data }) => {
      const read = parseRecord(String(data));
      const problem = read.ok ? this.#live.add(read.record) : read.problem;
      if (problem !== null) this.#note(problem);
      this.#tell();
    });
    stream.addEventListener('problem', ({ data }) => this.#note(String(JSON.parse(String(data)))));
    this.#show();
  }

  /** Shows a saved session instead. */
  async open(file: File): Promise<void> {
    const opened = await openFile(file);
    const shown = opened.ok
      ? { is: 'opened' as const, session: opened.session, problems: opened.problems }
      : { problems: [opened.problem] };
    this.#set({ ...this.state, ...shown, file: file.name });
  }

  /** Shows what is live again. */
  follow(): void {
    this.#show();
  }

  #note(problem: string): void {
    if (!this.#problems.includes(problem) && this.#problems.length < maxProblems)
      this.#problems = [...this.#problems, problem];
    this.#tell();
  }

  /** Once for all that comes in before the next picture. */
  #tell(): void {
    if (this.#isTelling || this.state.is === 'opened') return;
    this.#isTelling = true;
    requestAnimationFrame(() => {
      this.#isTelling = false;
      if (this.state.is !== 'opened') this.#show();
    });
  }

  #show(): void {
    const is = this.#stream ? (this.#isConnected ? 'live' : 'connecting') : 'none';
    const isServed = this.#stream !== null;
    this.#set({ is, session: this.#live, problems: this.#problems, file: null, isServed });
  }

  #set(state: LiveState): void {
    this.state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** There is one: what came in is there when the view is opened again. */
export const liveStore = new LiveStore();
