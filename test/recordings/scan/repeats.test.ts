import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteViewOf } from '../../../src/observations/packed/byte-text.ts';
import {
  createPacked,
  firstView,
  slot,
  viewSize,
  viewSlot,
} from '../../../src/observations/packed/packed.ts';
import { Objects } from '../../../src/recordings/scan/objects.ts';
import { withinDocument } from '../../../src/recordings/json/skip.ts';
import { runs } from '../../deep.ts';
import { anyShape, compareScan, draws } from './scan-beside-parse.ts';

const uuid = '0f8fad5b-d9cb-469f-a165-70867728950e';
const analysis = `{"analyse_id":"${uuid}","group_id":null,"type":"QUALITY","state":"PROCESSING"}`;
const folder = (inside: string): string =>
  `{"folder_id":"${uuid}","system_resolution":"PROCESSING","analyses":[${analysis}]${inside}}`;

const nothingInside = { items: () => -1, body: () => -1 };

/** The bounds of texts; ends mean nothing without their beginnings. */
const boundsIn = (numbers: ArrayLike<number>, from: number): readonly (readonly number[] | undefined)[] =>
  [0, 2, 4, 6].map((at) =>
    numbers[from + at]! < 0 ? undefined : [numbers[from + at]!, numbers[from + at + 1]!],
  );

/** What an object in a text is read as, from where it begins. */
function readBy(objects: Objects, text: string, from: number) {
  const packed = createPacked();
  const bytes = byteViewOf(new TextEncoder().encode(`${text}\n    `));
  const behind = objects.read(bytes, from, packed, nothingInside);
  const views = Array.from({ length: packed[slot.views]! }, (_, at) => {
    const view = firstView + at * viewSize;
    return [...boundsIn(packed, view), packed[view + viewSlot.codes]];
  });
  const codes = objects.found.slice(8, 12);
  return { behind, known: objects.known, bounds: boundsIn(objects.found, 0), codes, views };
}

describe('an object that came before', () => {
  it('is read as it was, wherever it stands', () => {
    const text = folder('');
    const known = new Objects();
    readBy(known, text, 0);
    for (const before of ['', 'x', 'xyz ', '['.repeat(100)]) {
      const fresh = readBy(new Objects(), before + text, before.length);
      expect(fresh.behind).toBe(before.length + text.length);
      expect(readBy(known, before + text, before.length)).toEqual(fresh);
    }
  });

  it('is none with a line feed in it where that ends a line', () => {
    const text = folder('\n');
    const objects = new Objects();
    expect(withinDocument(() => readBy(objects, text, 0)).behind).toBe(text.length);
    expect(readBy(objects, text, 0).behind).toBe(-1);
  });

  it('is none that is cut off', () => {
    const text = folder('');
    const objects = new Objects();
    expect(readBy(objects, text, 0).behind).toBe(text.length);
    for (let end = 20; end < text.length; end += 1)
      expect(readBy(objects, text.slice(0, end), 0).behind).toBe(-1);
  });

  it('is found again as long as not too much came since, and is read as it is all the same', () => {
    const objects = new Objects();
    const texts = Array.from({ length: 3000 }, (_, at) =>
      folder(`,"n":${at},"x":"${'x'.repeat((at % 7) * 400)}"`).replaceAll('0f8f', String(1000 + at)),
    );
    for (const at of [0, 1, 2999, 0, 2000, 1]) {
      expect(readBy(objects, texts[at]!, 0)).toEqual(readBy(new Objects(), texts[at]!, 0));
      for (const text of texts) readBy(objects, text, 0);
    }
  });

  it('is never taken for one that differs in a byte', () => {
    let taken = 0;
    fc.assert(
      fc.property(draws, fc.nat(), fc.nat({ max: 94 }), (draw, place, code) => {
        const line = draw(2) === 0 ? anyShape(draw) : folder(`,"a":${draw(100)}`);
        const at = place % line.length;
        const other = line.slice(0, at) + String.fromCharCode(32 + code) + line.slice(at + 1);
        const compared = compareScan([line, line, other, line, other].join('\n'));
        taken += compared.taken;
        expect(compared.difference).toBeUndefined();
      }),
      runs(120, 4000),
    );
    expect(taken).toBeGreaterThan(60);
  });
});
