import { compareCopy, type Comparison } from '../../../review/page/compare.ts';
import { maxCopy } from '../../../review/page/passages.ts';
import { marksFile, noMarks, readMarks, type Marks } from '../../../review/marks.ts';
import type { Reviewed } from '../../../review/record.ts';

/** What the page knows of a review: the copy of the documentation page, if one was given, and the marks. */
export interface ReviewState {
  readonly name: string | null;
  readonly comparison: Comparison | null;
  readonly marks: Marks;
  /** What was wrong with the last file. */
  readonly problem: string | null;
}

const storageKey = 'oz-status-review';

/** Marks survive a reload; where storage is forbidden they last as long as the page is open. */
function remembered(): Marks {
  try {
    const read = readMarks(localStorage.getItem(storageKey) ?? '');
    return 'problem' in read ? noMarks : read;
  } catch {
    return noMarks;
  }
}

function remember(marks: Marks): void {
  try {
    localStorage.setItem(storageKey, marksFile(marks));
  } catch {
    // They can be saved as a file.
  }
}

/** The review of the page, which goes on while another view is shown. */
export class ReviewStore {
  #state: ReviewState = { name: null, comparison: null, marks: remembered(), problem: null };
  readonly #listeners = new Set<() => void>();

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

  /** Puts a copy of the documentation page beside the clauses. */
  async openCopy(file: File, { passages }: Reviewed): Promise<void> {
    // A sign takes at most four bytes.
    const compared = await compareCopy(await file.slice(0, maxCopy * 4 + 1).text(), passages);
    if ('problem' in compared) this.#become({ problem: `${file.name}: ${compared.problem}` });
    else this.#become({ name: file.name, comparison: compared });
  }

  /** Takes the marks of a file in place of those at hand. */
  async openMarks(file: File): Promise<void> {
    const read = readMarks(await file.text());
    if ('problem' in read) this.#become({ problem: `${file.name}: ${read.problem}` });
    else this.mark(read);
  }

  /** Keeps marks. */
  mark(marks: Marks): void {
    remember(marks);
    this.#become({ marks });
  }
}

/** There is one review at a time. */
export const reviewStore = new ReviewStore();
