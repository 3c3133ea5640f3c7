import { nearestWord } from '../../../machines/nearest.ts';

/** Words for what is known here by another name. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ['xml', 'junit'],
  ['jsonl', 'ndjson'],
  ['jsonlines', 'ndjson'],
  ['md', 'markdown'],
  ['htm', 'html'],
  ['annotations', 'github'],
  ['gha', 'github'],
  ['txt', 'text'],
  ['plain', 'text'],
  ['validate', 'check'],
  ['verify', 'check'],
  ['lint', 'check'],
  ['test', 'check'],
  ['infer', 'readings'],
  ['questions', 'readings'],
  ['draw', 'diagram'],
  ['graph', 'diagram'],
  ['yes', 'always'],
  ['no', 'never'],
  ['true', 'always'],
  ['false', 'never'],
]);

/** A question after the word that was probably meant, or nothing; to be put behind an error message. */
export function suggestion(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

/** What was probably meant: the same by another name, the nearest number, or the nearest word. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const same = synonyms.get(word.toLowerCase());
  if (same !== undefined && known.includes(same)) return same;
  const number = /^\d+$/.test(word) ? Number(word) : NaN;
  const numbers = known.filter((one) => /^\d+$/.test(one)).map(Number);
  if (!Number.isNaN(number) && numbers.length > 0)
    return String(
      numbers.reduce((best, one) => (Math.abs(one - number) < Math.abs(best - number) ? one : best)),
    );
  return nearestWord(word, known);
}
