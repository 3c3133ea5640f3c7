import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { statuses } from '../../machines/statuses.ts';
import { packageRoot } from '../../src/cli/package.ts';

/** What inputs are made of: the bundled recordings, and values that somebody may have put in their place. */

const recordings = join(packageRoot, 'docs/examples/recordings');

/** The bundled recordings, unpacked, as text. */
export const bundled: readonly string[] = readdirSync(recordings)
  .filter((name) => name !== 'index.json')
  .toSorted()
  .map((name) => {
    const bytes = readFileSync(join(recordings, name));
    return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  });

/** The lines of all bundled recordings that are one JSON value each, parsed. */
export const bundledLines: readonly unknown[] = bundled.flatMap((text) =>
  text.split('\n').flatMap((line) => {
    try {
      return line.startsWith('{') ? [JSON.parse(line) as unknown] : [];
    } catch {
      return [];
    }
  }),
);

/** The keys that the readers know, and some that every object inherits. */
const keys =
  `folder_id analyse_id analysis_id group_id type state resolution resolution_status system_resolution
  analyses items body url method status time log entries request response content text encoding mimeType error_code
  startedDateTime results_data __proto__ constructor toString`
    .split(/\s+/)
    .filter(Boolean);

/** Any key. */
export const key = fc.oneof(fc.constantFrom(...keys), fc.string({ unit: 'binary', maxLength: 4 }));

/** JSON texts of single values that readers stumble over, valid or not. */
export const oddTexts: readonly string[] = [
  '1e999',
  '-1e999',
  '-0',
  '9007199254740993',
  '0.1e-400',
  'NaN',
  'Infinity',
  '-',
  '01',
  '1.',
  '.5',
  '+1',

  '""',
  '"\\ud800"',
  '"\\udc00x"',
  '"\\u0000"',
  '"\u007f\u2028"',
  '"\\x"',
  '"\\u12"',
  '"tab\there"',
  "'a'",

  '[]',
  '{}',
  'null',
  'true',
  'tru',
  '[[]]',
  '{"a":1,"a":2}',
  '{"folder_id":"a","folder_id":"b"}',
  '[1,]',

  '"\u001b]0;owned\u0007"',
  '"\u202eDENILCED"',
  '"::error::owned"',
  '"<script>"',
  '"]]>"',
  `${'['.repeat(300)}${']'.repeat(300)}`,
  `${'{"a":'.repeat(257)}1${'}'.repeat(257)}`,
  `"${'x'.repeat(2000)}"`,
  '1'.repeat(400),
];

/** A value in a place where another one is expected. */
export const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    ...statuses,
    ...statuses.map((one) => one.toLowerCase()),
    'QUALITY',
    'biometry',
    '',
  ),
  fc.constantFrom<unknown>(null, true, 0, -1, 1e21, 2 ** 53, 0.1, [], {}, 'a', 'b', '\ud800', '\u0000'),
  fc.jsonValue({ maxDepth: 2 }),
);

const { shape } = fc.letrec<{ shape: unknown }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    value,
    fc.dictionary(key, tie('shape'), { maxKeys: 5 }),
    fc.array(tie('shape'), { maxLength: 3 }),
  ),
}));

/** JSON values that have the members of recordings in every place and of every type. */
export const grammar = shape;
