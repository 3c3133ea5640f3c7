import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyLine, anyShape, compareScan, draws } from './scan-beside-parse.ts';
import { runs } from '../../deep.ts';

const accepts = (line: string | Uint8Array): boolean => compareScan(line).taken > 0;
const folder = (inside: string): string => `{"folder_id":"f","system_resolution":"SUCCESS",${inside}}`;

describe('the scanner of lines', () => {
  it('never reads a line that it takes otherwise than JSON.parse does', () => {
    let taken = 0;
    fc.assert(
      fc.property(draws, (draw) => {
        const compared = compareScan(anyLine(draw));
        taken += compared.taken;
        expect(compared.difference).toBeUndefined();
      }),
      runs(180, 5000),
    );
    expect(taken).toBeGreaterThan(20);
  });

  it('never reads lists, pages, analyses and envelopes otherwise, whatever of them is taken', () => {
    let taken = 0;
    fc.assert(
      fc.property(draws, (draw) => {
        const lines = Array.from({ length: 1 + draw(4) }, () => anyShape(draw)).join('\n');
        const compared = compareScan(lines, () => draw(5) > 0);
        taken += compared.taken;
        expect(compared.difference).toBeUndefined();
      }),
      runs(200, 5000),
    );
    expect(taken).toBeGreaterThan(60);
  });

  it.each([
    ['values of every kind', folder('"a":[null,true,false,0,-1.5e+3,1E9,"x",{},[],{"b":[{}]}]')],
    ['escapes in what it skips', folder(String.raw`"a":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"`)],
    ['text beyond ASCII in what it skips', folder('"a":"é ф 😀 \u{10ffff}"')],
    [
      'blanks between tokens',
      '{ "folder_id" : "f" ,\r "analyses" : [ { "analyse_id" : "a" } , {"analysis_id":"b"} ] } ',
    ],
    ['an escape in a wanted name', String.raw`{"folder\u005fid":"f","system_resolution":"SUCCESS"}`],
    ['escapes in an id', String.raw`{"folder_id":"\u0066\/\u002D","system_resolution":"SUCCESS"}`],
    ['names in another order', '{"analyses":[{"state":"FAILED","analyse_id":"a"}],"folder_id":"f"}'],
    ['an envelope without an address', `{"time":1,"method":"GET","status":200,"body":${folder('"a":1')}}`],
    ['the same with its body as text', JSON.stringify({ body: folder('"a":1') })],
    [
      'an alias that agrees',
      folder('"analyses":[{"analyse_id":"a","resolution":"FAILED","resolution_status":"FAILED"}]'),
    ],
  ])('takes %s', (_what, line) => {
    expect(compareScan(line)).toEqual({ taken: 1 });
  });

  it.each([
    ['an indented line', ` ${folder('"a":1')}`],
    ['a trailing comma', folder('"a":1,')],
    ['a trailing comma in a list', folder('"a":[1,]')],
    ['a trailing comma in an analysis', folder('"analyses":[{"analyse_id":"a",}]')],
    ['a number that is none', folder('"a":01')],
    ['a point without digits', folder('"a":1.')],
    ['an exponent without digits', folder('"a":1e+')],
    ['a word that is none', folder('"a":nulL')],
    ['an unknown escape', folder(String.raw`"a":"\x"`)],
    ['an escape cut short', folder(String.raw`"a":"\u00g0"`)],
    ['a control character in a string', folder('"a":"\u0001"')],
    ['brackets that do not match', folder('"a":[1}')],
    ['two values', `${folder('"a":1')} 1`],
    ['an escape in an id that it needs', String.raw`{"folder_id":"\n","system_resolution":"SUCCESS"}`],
    ['an escape beyond ASCII in an id', String.raw`{"folder_id":"\u00e9","system_resolution":"SUCCESS"}`],
    ['an escape of a quote', String.raw`{"folder_id":"\u0022","system_resolution":"SUCCESS"}`],
    ['a repeated name', folder('"folder_id":"g"')],
    ['an unknown status', '{"folder_id":"f","system_resolution":"success"}'],
    ['an analysis of another folder', folder('"analyses":[{"analyse_id":"a","folder_id":"g"}]')],
    [
      'an alias that disagrees',
      folder('"analyses":[{"analyse_id":"a","resolution":"FAILED","resolution_status":"SUCCESS"}]'),
    ],
    ['a folder without an id', '{"system_resolution":"SUCCESS"}'],
    ['an id that is empty', '{"folder_id":"","system_resolution":"SUCCESS"}'],
    ['an id that is a number', '{"folder_id":1,"system_resolution":"SUCCESS"}'],
    ['what may be a HAR', folder('"log":{"entries":[]}')],
    ['what may be an analysis', folder('"analyse_id":"a"')],
    ['what may tell of its request', `{"id":1,"body":${folder('"a":1')}}`],
    ['what may be a request', `{"type":"request","body":${folder('"a":1')}}`],
    ['deep nesting', folder(`"a":${'['.repeat(32)}${']'.repeat(32)}`)],
  ])('leaves %s to JSON.parse', (_what, line) => {
    expect(accepts(line)).toBe(false);
  });

  it.each([
    ['an overlong form', [0xc0, 0x80]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a code point beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['a lone continuation', [0x80]],
    ['a sequence cut short', [0xe2, 0x82]],
  ])('leaves %s in a text to the decoder', (_what, inside) => {
    const [before, after] = folder('"a":"|"')
      .split('|')
      .map((part) => new TextEncoder().encode(part));
    expect(accepts(Uint8Array.from([...before!, ...inside, ...after!]))).toBe(false);
    expect(accepts(Uint8Array.from([...before!, 0xe2, 0x82, 0xac, ...after!]))).toBe(true);
  });
});
