import type { Source } from '../../observations/packed/packed.ts';
import type { Where } from '../../observations/observation.ts';

/** In place of a source: the place is no number in one. */
export const noSource = -1;

/** Where a folder was seen: a number in a source, unless the place is given by itself. */
export interface Place {
  readonly source: number;
  readonly at: number;
  readonly own: Where | undefined;
}

/** Where folders were seen last, mostly as numbers in sources, which are numbered. */
export class Places {
  readonly #sources: Source[] = [];
  readonly #own = new Map<number, Where>();

  /** The number of a source, none without one. */
  numberOf(source: Source | undefined): number {
    if (!source) return noSource;
    if (this.#sources.at(-1) === source) return this.#sources.length - 1;
    const known = this.#sources.lastIndexOf(source);
    return known < 0 ? this.#sources.push(source) - 1 : known;
  }

  /** The source of a number, which has to be one. */
  sourceOf(source: number): Source {
    return this.#sources[source]!;
  }

  /** The place of a folder if it is no number in a source. */
  ownOf(folder: number): Where | undefined {
    return this.#own.get(folder);
  }

  /** Notes the place of a folder if it is no number in a source. */
  note(folder: number, own: Where | undefined): void {
    if (own) this.#own.set(folder, own);
    else if (this.#own.size > 0) this.#own.delete(folder);
  }

  /** Where that is. */
  whereOf({ source, at, own }: Place): Where {
    return own ?? this.in(source, at);
  }

  /** The place of a number in a source. */
  in(source: number, at: number): Where {
    return this.#sources[source]?.(at) ?? { file: '' };
  }
}
