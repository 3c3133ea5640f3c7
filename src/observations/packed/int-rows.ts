import { IntRecords } from './int-records.ts';

const none = -1;

const member = { next: 0, order: 1, row: 2 } as const;

/** Numbers in rows, one row for each record of others, which has its first and its last member in two of its numbers. */
export class IntRows {
  readonly #rows: IntRecords;
  readonly #first: number;
  readonly #last: number;
  readonly #members = new IntRecords(Object.keys(member).length);

  constructor(rows: IntRecords, first: number, last: number) {
    this.#rows = rows;
    this.#first = first;
    this.#last = last;
  }

  /** Puts the next member at the end of a row. Members are numbered over all rows, in the order in which they come. */
  append(row: number): void {
    const added = this.#members.add(none);
    const last = this.#rows.get(row, this.#last);
    this.#members.set(added, member.order, last === none ? 0 : this.order(last) + 1);
    this.#members.set(added, member.row, row);
    if (last === none) this.#rows.set(row, this.#first, added);
    else this.#members.set(last, member.next, added);
    this.#rows.set(row, this.#last, added);
  }

  /** The first member of a row, or -1. */
  first(row: number): number {
    return this.#rows.get(row, this.#first);
  }

  /** The member after this one, or -1. */
  next(of: number): number {
    return this.#members.get(of, member.next);
  }

  /** The place of the member in its row, from 0. */
  order(of: number): number {
    return this.#members.get(of, member.order);
  }

  /** The row that the member is in. */
  rowOf(of: number): number {
    return this.#members.get(of, member.row);
  }

  /** How many members a row has. */
  lengthOf(row: number): number {
    const last = this.#rows.get(row, this.#last);
    return last === none ? 0 : this.order(last) + 1;
  }

  /** The members of a row, in order. */
  membersOf(row: number): readonly number[] {
    const members: number[] = [];
    for (let at = this.first(row); at !== none; at = this.next(at)) members.push(at);
    return members;
  }
}
