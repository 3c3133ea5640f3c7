/** Where folders were seen otherwise before, so that what is shown again can be told from what was never shown. */
import { hashOf } from '../../observations/packed/byte-table.ts';
import type { ByteView } from '../../observations/packed/byte-view.ts';
import { firstView, slot, viewSlot, viewSize, type Packed } from '../../observations/packed/packed.ts';
import type { Where } from '../../observations/observation.ts';
import { IntRecords } from '../../observations/packed/int-records.ts';

const field = { hash: 0, source: 1, at: 2, before: 3 } as const;
const none = -1;

/** Of more than this, over all folders, nothing is noted any more. */
const maxNoted = 1 << 20;

/** What an observation in numbers shows, as one number: equal for equal fields and analyses in one order. */
export function hashOfShown(chunk: ByteView, packed: Packed): number {
  let hash = packed[slot.status]! * 31 + packed[slot.system]!;
  for (let view = 0; view < packed[slot.views]!; view += 1) {
    const from = firstView + view * viewSize;
    const id = hashOf(chunk, packed[from + viewSlot.id]!, packed[from + viewSlot.id + 1]!);
    hash = (Math.imul(hash, 0x01000193) ^ id) + packed[from + viewSlot.codes]!;
  }
  return hash | 0;
}

/** The observations of each folder that showed something else than the one before them. */
export class EarlierAnswers {
  readonly #records = new IntRecords(Object.keys(field).length);
  /** By folder: the last of its records. */
  readonly #last: number[] = [];
  /** Places that are no number in a source. */
  readonly #places: Where[] = [];

  /** Notes what a folder shows at a place: a number in a source, or, with `source` -1, `where`. */
  add(folder: number, hash: number, source: number, at: number, where?: Where): void {
    const last = this.#last[folder] ?? none;
    if (last !== none && this.#records.get(last, field.hash) === hash) return;
    if (this.#records.size >= maxNoted) return;
    const record = this.#records.add(0);
    this.#records.set(record, field.hash, hash);
    this.#records.set(record, field.source, where ? none : source);
    this.#records.set(record, field.at, where ? this.#places.push(where) - 1 : at);
    this.#records.set(record, field.before, last);
    while (this.#last.length < folder) this.#last.push(none);
    this.#last[folder] = record;
  }

  /** Where the folder has shown before what an observation shows next, which is noted. */
  next(
    folder: number,
    { chunk, packed }: { readonly chunk: ByteView; readonly packed: Packed },
    where: Where,
    places: { in(source: number, at: number): Where },
  ): Where | undefined {
    const hash = hashOfShown(chunk, packed);
    const before = this.find(folder, hash, (source, at) => places.in(source, at));
    this.add(folder, hash, none, 0, where);
    return before;
  }

  /** Where the folder has shown the same before it showed something else; `placeOf` says what numbers mean. */
  find(folder: number, hash: number, placeOf: (source: number, at: number) => Where): Where | undefined {
    let record = this.#last[folder] ?? none;
    if (record !== none) record = this.#records.get(record, field.before);
    for (; record !== none; record = this.#records.get(record, field.before)) {
      if (this.#records.get(record, field.hash) !== hash) continue;
      const at = this.#records.get(record, field.at);
      const source = this.#records.get(record, field.source);
      return source === none ? this.#places[at] : placeOf(source, at);
    }
    return undefined;
  }
}
