import * as fc from 'fast-check';
import { almost } from './mutation.ts';
import { value } from './material.ts';

const body = fc.oneof(
  { weight: 4, arbitrary: almost.map((one) => JSON.stringify(one)) },
  fc.constantFrom('', '{', 'null', '[]', '<html>', '\ufeff{}'),
);

const content = fc.oneof(
  { weight: 4, arbitrary: body.map((text) => ({ mimeType: 'application/json', text })) },
  body.map((text) => ({
    mimeType: 'application/json; charset=utf-8',
    encoding: 'base64',
    text: Buffer.from(text).toString('base64'),
  })),
  body.map((text) => ({ encoding: 'base64', text })),
  body.map((text) => ({ mimeType: 'text/html', text })),
  fc.constantFrom<unknown>({}, { size: -1 }, null, { text: 7 }, { text: '//79', encoding: 'base64' }),
);

const odd = <T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary: usual }, value);

const path = fc.constantFrom(
  '/api/folders/',
  '/api/folders/f?with_analyses=true',
  '/api/folders/%E0%A4%A/analyses/',
  '/api/analyses/a',
  '/favicon.ico',
  '',
);

const entry = odd(
  fc.record({
    startedDateTime: odd(fc.nat({ max: 9999 }).map((moment) => new Date(moment).toISOString())),
    time: odd(fc.nat({ max: 500 })),
    request: odd(
      fc.record({
        method: odd(fc.constantFrom('GET', 'POST', 'get', 'DELETE')),
        url: odd(path.map((one) => `https://api.invalid${one}`)),
      }),
    ),
    response: odd(fc.record({ status: odd(fc.constantFrom(200, 201, 404, 500)), content: odd(content) })),
  }),
);

/** The entries of a HAR, some of them not as they should be. */
export const harEntries: fc.Arbitrary<readonly unknown[]> = fc.array(entry, { maxLength: 6 });
