import { advanceWidths, widestAdvance } from './font-metrics.ts';

/** How wide text is in the font of the pictures, and where it breaks into lines. */

/** The two weights that the pictures use. */
export type Weight = keyof typeof advanceWidths;

const tableOf = (weight: Weight): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(advanceWidths[weight]).flatMap(([width, characters]) =>
      Array.from(characters, (character) => [character, Number(width)] as const),
    ),
  );
const tables = { regular: tableOf('regular'), bold: tableOf('bold') } as const;

/** The width of `text` in pixels at `size` pixels; a character that the table lacks counts as the widest. */
export function textWidth(text: string, size: number, weight: Weight = 'regular'): number {
  let thousandths = 0;
  for (const character of text) thousandths += tables[weight].get(character) ?? widestAdvance;
  return Math.ceil((thousandths * size) / 100) / 10;
}

/** Breaks `text` at spaces so that no line is wider than `width`, a single longer word excepted. */
export function wrapText(
  text: string,
  width: number,
  size: number,
  weight: Weight = 'regular',
): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, size, weight) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === '' ? lines : [...lines, line];
}
