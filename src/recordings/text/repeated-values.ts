/** What a report of pytest tells again: below a failed test stands what was written while it ran. */
import { uncoloured } from '../text-forms.ts';

const begin = /^=+ test session starts =+$/;
const sectionOf = /^-+ Captured \w+ (?:setup|call|teardown) -+$/;

/** So many values are looked for again, none longer than this as JSON. */
const [mostValues, longest] = [16_384, 65_536];

/** Knows values of a report that stood in an earlier part of it. */
export class RepeatedValues {
  #isReport = false;
  #section = 0;
  /** The part in which each value stood first. */
  readonly #seen = new Map<string, number>();

  /** Sees a line, after the values that end before it. */
  see(line: string): void {
    const text = uncoloured(line).trim();
    if (begin.test(text)) this.#isReport = true;
    if (this.#isReport && sectionOf.test(text)) this.#section += 1;
  }

  /** Whether a value stood in an earlier part of a report. */
  has(value: unknown): boolean {
    if (!this.#isReport) return false;
    const text = JSON.stringify(value);
    const first = this.#seen.get(text);
    if (first === undefined && text.length <= longest && this.#seen.size < mostValues)
      this.#seen.set(text, this.#section);
    return first !== undefined && first < this.#section;
  }
}
