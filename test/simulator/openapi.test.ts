import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { alphabetOf } from '../../machines/index.ts';
import { openApi } from '../../src/simulator/index.ts';
import { runs } from '../deep.ts';
import { calling, type Loose } from './calling.ts';

const contract = openApi() as Loose;
const ajv = new Ajv2020({ strict: false });
ajv.addSchema(contract, 'contract');

/** The path of the contract that an address below the base URL leads to. */
function templateOf(path: string): string | undefined {
  const [plain = ''] = path.split('?');
  return Object.keys(contract.paths).find((template) =>
    new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+').replace(/\/$/, '')}/?$`).test(plain),
  );
}

/** What the contract says of an answer that does not keep to it; undefined if it does. */
function problemWith(method: string, path: string, status: number, body: unknown): string | undefined {
  const template = templateOf(path);
  const operation = template && contract.paths[template][method.toLowerCase()];
  if (!operation) return status >= 400 ? undefined : `${method} ${path}: not in the contract`;
  const name = operation.responses[status] ? String(status) : 'default';
  const { content } = operation.responses[name];
  if (!content) return body === undefined ? undefined : 'expected no body';
  const { $ref: ref } = content['application/json'].schema;
  return ajv.validate({ $ref: `contract${ref}` }, body)
    ? undefined
    : `${method} ${path}: ${ajv.errorsText()}`;
}

const id = fc.constantFrom('{id}', 'unknown', '%00', '__proto__');
const steps = fc.array(
  fc.oneof(
    fc.record({
      method: fc.constantFrom('GET', 'POST', 'DELETE'),
      path: fc.oneof(
        fc.constantFrom(
          '/api/folders/',
          '/api/instant/folders/',
          '/api/authorize/session_token',
          '/api/authorize/refresh',
        ),
        id.map((one) => `/api/folders/${one}`),
        id.map((one) => `/api/folders/${one}?with_analyses=true`),
        id.map((one) => `/api/folders/${one}/analyses/`),
        id.map((one) => `/api/folders/${one}/media/`),
        fc.constant('/api/analyses/{analysis}'),
        fc
          .constantFrom('limit=1', 'limit=x', 'system_resolution=SUCCESS', 'meta_data=a==b')
          .map((query) => `/api/folders/?${query}`),
      ),
      body: fc.oneof(
        fc.constant({
          analyses: [{ type: 'quality' }, { type: 'biometry' }],
          meta_data: { a: 'b' },
          media: ['x.png'],
        }),
        fc.constant({ expire_token: 'x' }),
        fc.jsonValue(),
      ),
    }),
  ),
  { maxLength: 20 },
);

test('every answer keeps to the contract', async () => {
  let answers = 0;
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.constantFrom('', '/groups=shown', '/faults=rate-limit,server-error'),
      async (all, base) => {
        const call = calling(base);
        let [folder, analysis] = ['none', 'none'];
        for (const { method, path, body } of all) {
          const filled = path.replace('{id}', folder).replace('{analysis}', analysis);
          const got = await call(method, filled, method === 'POST' ? body : undefined);
          expect(problemWith(method, filled, got.status, got.body)).toBeUndefined();
          answers += 1;
          if (got.status !== 201) continue;
          folder = got.body.folder_id ?? folder;
          analysis = got.body.analyses?.[0]?.analyse_id ?? analysis;
        }
      },
    ),
    runs(55, 3000),
  );
  expect(answers).toBeGreaterThan(250);
});

test('the contract has the alphabets of the specification', () => {
  const { Analysis, Folder } = contract.components.schemas;
  expect(Analysis.properties.state.enum).toEqual(alphabetOf('analyse.state'));
  expect(Analysis.properties.resolution_status.enum).toEqual(alphabetOf('analyse.resolution_status'));
  expect(Folder.properties.resolution_status.enum).toEqual(alphabetOf('folder.resolution_status'));
  expect(Folder.properties.system_resolution.enum).toEqual(alphabetOf('system_resolution'));
});

test('operations have names of their own, and references lead somewhere', () => {
  const operations = Object.values<Loose>(contract.paths).flatMap((path) => Object.values<Loose>(path));
  const names = operations.map(({ operationId }) => operationId);
  expect(new Set(names).size).toBe(names.length);
  for (const [, name] of JSON.stringify(contract).matchAll(/#\/components\/schemas\/(\w+)/g))
    expect(Object.keys(contract.components.schemas)).toContain(name);
});

test('an answer of an illegal history does not keep to it', async () => {
  const call = calling('/illegal=STATUS_NOT_IN_FIELD');
  const { body } = await call('POST', '/api/folders/', {
    analyses: [{ type: 'quality' }, { type: 'biometry' }],
  });
  const path = `/api/folders/${body.folder_id}`;
  for (let at = 0; at < 3; at++) await call('GET', path);
  const got = await call('GET', path);
  expect(problemWith('GET', path, got.status, got.body)).toContain('allowed values');
});
