/** Reads the advance widths of a TrueType font: as much of the format as the width table needs. */

const tableOf = (font: DataView, tag: string): number => {
  for (let at = 0; at < font.getUint16(4); at += 1) {
    const record = 12 + at * 16;
    const name = String.fromCharCode(...[0, 1, 2, 3].map((offset) => font.getUint8(record + offset)));
    if (name === tag) return font.getUint32(record + 8);
  }
  throw new RangeError(`the font has no table ${tag}`);
};

/** Offset of the Unicode subtable of format 4. */
const unicodeMap = (font: DataView): number => {
  const cmap = tableOf(font, 'cmap');
  for (let at = 0; at < font.getUint16(cmap + 2); at += 1) {
    const subtable = cmap + font.getUint32(cmap + 4 + at * 8 + 4);
    if (font.getUint16(subtable) === 4) return subtable;
  }
  throw new RangeError('the font has no character map of format 4');
};

const glyphOf = (font: DataView, map: number, code: number): number => {
  const doubled = font.getUint16(map + 6);
  for (let at = 0; at < doubled; at += 2) {
    if (code > font.getUint16(map + 14 + at)) continue;
    const start = font.getUint16(map + 16 + doubled + at);
    if (code < start) return 0;
    const delta = font.getUint16(map + 16 + doubled * 2 + at);
    const place = map + 16 + doubled * 3 + at;
    const range = font.getUint16(place);
    if (range === 0) return (code + delta) & 0xffff;
    const glyph = font.getUint16(place + range + (code - start) * 2);
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
};

/** The advance width of `character` in thousandths of the font size, rounded up; undefined without a glyph. */
export function advanceWidths(bytes: Uint8Array): (character: string) => number | undefined {
  const font = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const unitsPerEm = font.getUint16(tableOf(font, 'head') + 18);
  const metrics = font.getUint16(tableOf(font, 'hhea') + 34);
  const hmtx = tableOf(font, 'hmtx');
  const map = unicodeMap(font);
  return (character) => {
    const glyph = glyphOf(font, map, character.codePointAt(0) ?? 0);
    if (glyph === 0) return undefined;
    const advance = font.getUint16(hmtx + Math.min(glyph, metrics - 1) * 4);
    return Math.ceil((advance * 1000) / unitsPerEm);
  };
}
