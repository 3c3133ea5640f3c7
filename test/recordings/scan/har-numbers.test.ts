import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNaming, findPositions, LineMarks, type Pointed } from '../../../src/recordings/index.ts';
import { RecordingReader } from '../../../src/recordings/reader/reader.ts';
import { anyHar, compareHar } from './har-beside-values.ts';
import { isJson, portions, stream } from '../reading.ts';
import { draws } from './scan-beside-parse.ts';
import { runs } from '../../deep.ts';

const insides = [
  '',
  '/request/url',
  '/response/content/text',
  '/response/content/text/analyses/0/resolution_status',
  '/response/content/text/system_resolution',
  '/response/content/text/analyses/1/text',
  '/response/nothing',
];

describe('a HAR of which answers are taken as numbers', () => {
  it('always says what it says read as values', () => {
    let taken = 0;
    fc.assert(
      fc.property(draws, (draw) => {
        const compared = compareHar(anyHar(draw), 1 + draw(draw(4) === 0 ? 40 : 100_000));
        taken += compared.taken;
        expect(compared.difference).toBeUndefined();
      }),
      runs(70, 3000),
    );
    expect(taken).toBeGreaterThan(60);
  });

  it('has its values at the places at which they are found in any document', async () => {
    let looked = 0;
    let marked = 0;
    const found = async (bytes: Uint8Array, places: readonly Pointed[], marks = new LineMarks()) => {
      const positions = await findPositions(stream(portions(bytes, 1000)), places, {
        file: 'x',
        naming: createNaming(),
        marks,
      });
      return places.flatMap((place) => (place.pointer === '' ? [] : [[place.pointer, positions.get(place)]]));
    };
    await fc.assert(
      fc.asyncProperty(draws, async (draw) => {
        const text = anyHar(draw);
        const places = Array.from({ length: 1 + draw(6) }, () => ({
          file: 'x',
          pointer: `/log/entries/${draw(3)}${insides[draw(insides.length)]}`,
        }));
        const bytes = new TextEncoder().encode(text);
        const inHar = await found(bytes, places);
        const marks = new LineMarks();
        const reader = new RecordingReader(
          { file: 'x', marks },
          { observe: () => {}, find: () => {}, observePacked: () => true },
        );
        reader.push(bytes);
        reader.end();
        marked += marks.entries?.length ?? 0;
        const isWhole = isJson(text);
        // Of one that breaks off the entries before are found again only by the marks.
        const byMarks = await found(bytes, places, marks);
        const known = ([, position]: readonly unknown[], at: number): boolean =>
          isWhole || (position !== undefined && inHar[at]![1] !== undefined);
        expect(byMarks.filter(known)).toEqual(inHar.filter(known));
        // What is wanted outside of the entries is looked for in the ordinary way, and all else with it.
        expect(inHar).toEqual(await found(bytes, [...places, { file: 'x', pointer: '' }]));
        looked += inHar.filter(([, position]) => position).length;
      }),
      runs(80, 500),
    );
    expect(looked).toBeGreaterThan(150);
    expect(marked).toBeGreaterThan(150);
  });
});
