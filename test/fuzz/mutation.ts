import * as fc from 'fast-check';
import { bundled, bundledLines, grammar, key, oddTexts, value } from './material.ts';

/** Inputs that are almost recordings. */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The places in a value, as lists of keys, outermost first. */
function placesIn(whole: Json): readonly (readonly (string | number)[])[] {
  if (typeof whole !== 'object' || whole === null) return [[]];
  const members = Object.entries(whole);
  return [[], ...members.flatMap(([name, member]) => placesIn(member).map((rest) => [name, ...rest]))];
}

function changedAt(
  whole: Json,
  path: readonly (string | number)[],
  change: (at: Json) => Json | undefined,
): Json {
  const [first, ...rest] = path;
  if (first === undefined) return change(whole) ?? null;
  const copy = (Array.isArray(whole) ? [...whole] : { ...(whole as object) }) as Record<
    string | number,
    Json
  >;
  const member = rest.length === 0 ? change(copy[first]!) : changedAt(copy[first]!, rest, change);
  if (member === undefined) delete copy[first];
  else copy[first] = member;
  return Array.isArray(whole) ? Object.values(copy) : copy;
}

interface Change {
  readonly at: number;
  readonly how: 'remove' | 'replace' | 'wrap' | 'repeat' | 'add';
  readonly value: unknown;
  readonly key: string;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat({ max: 10_000 }),
  how: fc.constantFrom('remove', 'replace', 'replace', 'wrap', 'repeat', 'add'),
  value,
  key,
});

function apply(whole: Json, { at, how, value: other, key: name }: Change): Json {
  const places = placesIn(whole);
  return changedAt(whole, places[at % places.length]!, (here) => {
    switch (how) {
      case 'remove':
        return undefined;
      case 'replace':
        return other as Json;
      case 'wrap':
        return at % 2 === 0 ? [here] : { [name]: here };
      case 'repeat':
        return Array.isArray(here) ? [...here, ...here] : [here, here];
      case 'add':
        return typeof here === 'object' && here !== null && !Array.isArray(here)
          ? { ...here, [name]: other as Json }
          : here;
    }
  });
}

/** A value of a recording with some of its members others than they were. */
export const almost: fc.Arbitrary<unknown> = fc
  .tuple(fc.constantFrom(...bundledLines), fc.array(change, { maxLength: 3 }))
  .map(([line, changes]) => changes.reduce(apply, line as Json));

/** Changes to the text of a line, after which it may not be JSON any more. */
const damage: fc.Arbitrary<(text: string) => string> = fc.oneof(
  { weight: 6, arbitrary: fc.constant((text: string) => text) },
  fc.nat({ max: 9999 }).map((at) => (text: string) => text.slice(0, at % (text.length + 1))),
  fc
    .tuple(fc.nat({ max: 9999 }), fc.constantFrom(...oddTexts, '"', '\\', ',', '}', '\u0000', '\r', '\ufeff'))
    .map(([at, odd]) => (text: string) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + odd + text.slice(cut);
    }),
  fc.tuple(fc.nat({ max: 99 }), fc.constantFrom(...oddTexts)).map(([at, odd]) => (text: string) => {
    const values = [...text.matchAll(/:("[^"]*"|\w+)/g)];
    const found = values[at % (values.length || 1)];
    return found ? `${text.slice(0, found.index)}:${odd}${text.slice(found.index + found[0].length)}` : odd;
  }),
  fc.nat({ max: 99 }).map((at) => (text: string) => {
    // The same letters, some of them as escapes: JSON means the same.
    let count = 0;
    return text.replace(/(?<=")[a-z_]+(?=")/gi, (word) =>
      ++count % 7 === at % 7 ? `\\u00${word.charCodeAt(0).toString(16)}${word.slice(1)}` : word,
    );
  }),
);

/** One line of a recording, or what is left of it. */
export const line: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.oneof(almost, grammar), damage).map(([one, how]) => how(JSON.stringify(one))),
  },
  fc.constantFrom(...oddTexts),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\n', ' ')),
);

const ending = fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n', ' \n\t');

/** A recording of lines or of documents, as text. */
export const recording: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(fc.array(line, { maxLength: 6 }), ending).map(([lines, end]) => lines.join(end)),
  },
  fc.tuple(fc.oneof(almost, grammar), damage).map(([one, how]) => how(JSON.stringify(one, null, 1))),
  fc.tuple(fc.constantFrom(...bundled), damage).map(([text, how]) => how(text)),
);

const encoder = new TextEncoder();

/** A recording as bytes: mostly UTF-8, sometimes with a mark or in another encoding, with bytes changed, or noise. */
export const input: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 8, arbitrary: recording.map((text) => encoder.encode(text)) },
  recording.map((text) => encoder.encode(`\ufeff${text}`)),
  recording.map((text) => new Uint8Array(Buffer.from(text, 'utf16le'))),
  fc
    .tuple(recording, fc.array(fc.tuple(fc.nat({ max: 99_999 }), fc.nat({ max: 255 })), { maxLength: 4 }))
    .map(([text, flips]) => {
      const bytes = encoder.encode(text);
      for (const [at, byte] of flips) if (bytes.length > 0) bytes[at % bytes.length] = byte;
      return bytes;
    }),
  fc.uint8Array({ maxLength: 200 }),
);
