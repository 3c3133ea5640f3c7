import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { advanceWidths, widestAdvance } from '../../src/diagrams/scene/font-metrics.ts';
import { renderPng, shippedFonts } from '../../src/diagrams/scene/png.ts';
import { textWidth, wrapText } from '../../src/diagrams/scene/text.ts';
import { advanceWidths as readWidths } from './read-font.ts';

describe.each([
  ['regular', 0],
  ['bold', 1],
] as const)('the width table of the %s font', (weight, file) => {
  const widthOf = readWidths(readFileSync(shippedFonts()[file]!));

  test('holds what the shipped font file says of every character', () => {
    const wrong = Object.entries(advanceWidths[weight]).flatMap(([width, characters]) =>
      Array.from(characters).filter((character) => widthOf(character) !== Number(width)),
    );
    expect(wrong).toEqual([]);
  });

  test('holds all of ASCII, and nothing wider than what stands for unknown characters', () => {
    const known = Object.values(advanceWidths[weight]).join('');
    const ascii = Array.from({ length: 95 }, (_, at) => String.fromCodePoint(at + 32));
    expect(ascii.filter((character) => !known.includes(character))).toEqual([]);
    expect(Math.max(...Object.keys(advanceWidths[weight]).map(Number))).toBeLessThanOrEqual(widestAdvance);
  });
});

test('text is as wide as the sum of its letters, and unknown letters count as the widest', () => {
  expect(textWidth('ii', 100)).toBeCloseTo(44.6, 5);
  expect(textWidth('漢', 10)).toBeCloseTo(widestAdvance / 100, 1);
  expect(textWidth('FAILED', 12, 'bold')).toBeGreaterThan(textWidth('FAILED', 12));
});

test('text breaks at spaces and loses no word', () => {
  const text = 'every analysis ended with a result, whichever it is';
  const lines = wrapText(text, 120, 11);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join(' ')).toBe(text);
  expect(lines.every((line) => textWidth(line, 11) <= 120)).toBe(true);
  expect(wrapText('', 100, 11)).toEqual([]);
});

test('a picture becomes a PNG of the wanted size, with its letters in it', async () => {
  const svg = (text: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text x="4" y="15">${text}</text></svg>`;
  const png = await renderPng(svg('word'), 3);
  expect(Buffer.from(png.slice(1, 4)).toString('latin1')).toBe('PNG');
  const size = new DataView(png.buffer, png.byteOffset).getUint32(16);
  expect(size).toBe(180);
  expect(png.length).toBeGreaterThan((await renderPng(svg(''), 3)).length);
});
