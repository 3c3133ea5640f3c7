import { faults } from '../transport/faults.ts';
import { failure, json, type Answer } from '../transport/answer.ts';
import { openApi } from '../contract/openapi.ts';
import { catalogue } from '../scenarios/catalogue.ts';

/** Answers that are the same in every session; undefined: the path is none of theirs. */
export function sharedAnswer(
  method: string,
  path: string,
  query: URLSearchParams | undefined,
): Answer | undefined {
  const make = Object.hasOwn(shared, path) ? shared[path] : undefined;
  if (!make) return undefined;
  if (method === 'GET' || method === 'HEAD') return make(query);
  return failure('unknown', `expected GET, received ${method.slice(0, 20)}`, {
    status: 405,
    headers: { allow: 'GET' },
  });
}

const shared: Readonly<Record<string, (query: URLSearchParams | undefined) => Answer>> = {
  '/ready': () => json(200, { ready: true }),
  '/openapi.json': () => json(200, openApi()),
  '/faults': () => json(200, { faults }),
  '/scenarios': (query) => json(200, { scenarios: catalogue(query?.get('generated') === 'true') }),
};
