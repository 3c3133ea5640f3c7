import * as fc from 'fast-check';
import { answerFields } from '../../src/recordings/values/fields.ts';

const status = fc.constantFrom(
  'INITIAL',
  'PROCESSING',
  'FAILED',
  'FINISHED',
  'DECLINED',
  'SUCCESS',
  'odd',
  '',
);
const id = fc.oneof(fc.constantFrom('f-1', 'a', 'b', ''), fc.integer(), fc.constant(2 ** 60));
const junk = fc.jsonValue({ maxDepth: 3 });

/** Few names, so that objects look like those of the API, with what a recorder has to drop between them. */
const anyKey = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...Object.keys(answerFields)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('media', 'meta_data', '__proto__', 'constructor', 'results_media'),
  },
);

/** The keys of a callback's analyses; only the first ones are documented. */
const anyKind = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('quality', 'BIOMETRY', 'Documents', 'collection', 'blacklist') },
  { weight: 1, arbitrary: fc.constantFrom('selfie', 'Jane Doe', 'jane.doe@example.org', '__proto__', '') },
);

const { answer } = fc.letrec<{ answer: unknown; object: unknown; byKind: unknown; member: unknown }>(
  (tie) => ({
    member: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 4, arbitrary: status },
      { weight: 3, arbitrary: id },
      { weight: 1, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: junk },
      { weight: 3, arbitrary: fc.array(tie('object'), { maxLength: 3 }) },
      { weight: 2, arbitrary: tie('object') },
      { weight: 2, arbitrary: tie('byKind') },
      { weight: 1, arbitrary: tie('object').map((object) => JSON.stringify(object)) },
    ),
    byKind: fc
      .array(fc.tuple(anyKind, tie('object')), { maxLength: 3 })
      .map((entries) => Object.fromEntries(entries) as unknown),
    object: fc
      .array(fc.tuple(anyKey, tie('member')), { maxLength: 8 })
      .map((entries) => Object.fromEntries(entries) as unknown),
    answer: fc.oneof(
      { weight: 5, arbitrary: tie('object') },
      { weight: 3, arbitrary: fc.array(tie('object'), { maxLength: 4 }) },
      { weight: 1, arbitrary: junk },
    ),
  }),
);

/** A request with the answer to it. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly body: unknown;
}

/** Exchanges on the routes and beside them, with answers of the API's shapes and of others. */
export const anyExchange: fc.Arbitrary<Exchange> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'post', 'DELETE', 'PATCH'),
  url: fc.constantFrom(
    'https://api.example/api/folders/',
    'https://user:word@api.example/prefix/api/folders/f-1?with_analyses=TRUE&x=1#y',
    'https://api.example/api/folders/f%2F1/?with_analyses=false',
    'https://api.example/api/folders/f-1/analyses/',
    'https://api.example/api/analyses/a',
    'https://api.example/api/other',
  ),
  status: fc.constantFrom(200, 201, 404),
  body: answer,
});
