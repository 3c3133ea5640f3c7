import { compareCopy, type Comparison } from '../../../review/page/compare.ts';
import { maxCopy } from '../../../review/page/passages.ts';
import { marksFile, noMarks, readMarks, type Marks } from '../../../review/marks.ts';
import type { Reviewed } from '../../../review/record.ts';
import { textOf } from '../file-text.ts';
import { store, stored } from '../storage.ts';

/** What the page knows of a review: the copy of the documentation page, if one was given, and the marks. */
export interface ReviewState {
  readonly name: string | null;
  readonly comparison: Comparison | null;
  readonly marks: Marks;
  /** The marks of which a file, or a new beginning, has just taken the place. */
  readonly before: Marks | null;
  /** Whether the marks are there after a reload: storage may be forbidden, or full. */
  readonly isKept: boolean;
  /** What was wrong with the last file. */
  readonly problem: string | null;
}

const storageKey = 'oz-status-review';
const copyKey = 'oz-status-copy';
/** The longest copy that is kept, in characters: it may not take the room of the marks. */
const maxKept = 1_000_000;

function remembered(): Pick<ReviewState, 'marks' | 'problem'> {
  const text = stored(storageKey);
  const read = text === null ? noMarks : readMarks(text);
  if (!('problem' in read)) return { marks: read, problem: null };
  return {
    marks: noMarks,
    problem: `The marks that this browser has kept cannot be read, and the next mark replaces them: ${read.problem}`,
  };
}

interface Copy {
  readonly name: string;
  readonly text: string;
}

function rememberedCopy(): Copy | null {
  try {
    const { name, text } = JSON.parse(stored(copyKey) ?? '{}') as Partial<Copy>;
    return typeof name === 'string' && typeof text === 'string' ? { name, text } : null;
  } catch {
    return null;
  }
}

/** As much of a file as can be used, and a bit more: a sign takes at most four bytes. */
const startOf = (file: File): Blob => file.slice(0, maxCopy * 4 + 1);

/** The review of the page, which goes on while another view is shown. */
export class ReviewStore {
  #state: ReviewState = { name: null, comparison: null, before: null, isKept: true, ...remembered() };
  readonly #listeners = new Set<() => void>();

  constructor() {
    // Another window of this page has made a mark: whichever is next adds to it.
    addEventListener('storage', ({ key }) => {
      if (key === storageKey || key === null) this.#become(remembered());
    });
  }

  get state(): ReviewState {
    return this.#state;
  }

  /** Calls `listener` on every change until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #become(state: Partial<ReviewState>): void {
    this.#state = { ...this.#state, problem: null, ...state };
    for (const listener of this.#listeners) listener();
  }

  /** Takes files that were dropped: saved marks by their name, all else as copies of the documentation page. */
  async open(files: readonly File[], record: Reviewed): Promise<void> {
    for (const file of files) {
      if (file.name.endsWith('.json')) await this.openMarks(file);
      else await this.#openCopy(file, record);
    }
  }

  async #openCopy(file: File, { passages }: Reviewed): Promise<void> {
    const { name } = file;
    const text = await textOf(startOf(file));
    const compared = typeof text === 'string' ? await compareCopy(text, passages) : text;
    if ('problem' in compared) return this.#become({ problem: `${name}: ${compared.problem}` });
    store(copyKey, null);
    if (typeof text === 'string' && text.length <= maxKept) store(copyKey, JSON.stringify({ name, text }));
    this.#become({ name, comparison: compared });
  }

  /** Takes the copy again that was there before a reload. */
  async restore({ passages }: Reviewed): Promise<void> {
    const copy = this.#state.comparison ? null : rememberedCopy();
    if (!copy) return;
    const compared = await compareCopy(copy.text, passages);
    if (!('problem' in compared)) this.#become({ ...this.#state, name: copy.name, comparison: compared });
  }

  /** Takes the marks of a file in place of those at hand. */
  async openMarks(file: File): Promise<void> {
    const text = await textOf(startOf(file));
    const read = typeof text === 'string' ? readMarks(text) : text;
    if ('problem' in read) this.#become({ problem: `${file.name}: ${read.problem}` });
    else this.#replace(read);
  }

  /** Begins anew: without marks, and without a copy. */
  clear(): void {
    store(copyKey, null);
    this.#become({ name: null, comparison: null });
    this.#replace(noMarks);
  }

  #replace(marks: Marks): void {
    const { marks: before } = this.#state;
    const isLost = marksFile(before) !== marksFile(noMarks) && marksFile(before) !== marksFile(marks);
    this.mark(marks, isLost ? before : null);
  }

  /** Keeps marks. */
  mark(marks: Marks, before: Marks | null = null): void {
    this.#become({ marks, before, isKept: store(storageKey, marksFile(marks)) });
  }
}

/** There is one review at a time. */
export const reviewStore = new ReviewStore();
