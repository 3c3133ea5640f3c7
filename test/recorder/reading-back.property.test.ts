import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../deep.ts';
import { documentedKinds } from '../../machines/index.ts';
import { answerFields } from '../../src/recordings/values/fields.ts';
import { recordFetch } from '../../src/recorder/index.ts';
import { readLines } from '../recordings/reading.ts';
import { anyExchange, type Exchange } from './exchanges.ts';
import { prop } from '../property.ts';

async function recorded(exchanges: readonly Exchange[]): Promise<readonly string[]> {
  const lines: string[] = [];
  const left = exchanges.map(({ status: code, body }) => Response.json(body, { status: code }));
  const fetching = recordFetch(
    (_url: string, _init: RequestInit) => Promise.resolve(left.shift() as Response),
    (line) => lines.push(line),
  );
  for (const { url, method } of exchanges) await (await fetching(url, { method })).text();
  await fetching.settled();
  return lines;
}

/** What reading gives but for what a recorder changes on purpose: lines, times, and texts of messages. */
function told(lines: readonly unknown[]) {
  // One line that says nothing keeps a recording without answers from being empty.
  const { observations, findings } = readLines([{ method: 'GET', url: '/', status: 200 }, ...lines], {
    maxFindingsPerCode: 1000,
  });
  return {
    observations: observations.map(({ where: { pointer }, interval: _times, ...rest }) => ({
      ...rest,
      pointer,
    })),
    findings: findings.map(({ code, where: { pointer } }) => ({ code, pointer })),
  };
}

/** Without the analyses of callbacks that stand under keys that are no documented kind: those are not recorded. */
function withoutOtherKinds(key: string, value: unknown): unknown {
  if (key !== 'analyses' || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([kind]) => isDocumented(kind)));
}

const isDocumented = (kind: string) => (documentedKinds as readonly string[]).includes(kind.toUpperCase());

describe('a recording, read back', () => {
  prop([fc.array(anyExchange, { maxLength: 4 })], runs(80, 500))(
    'says of folders what the whole answers say',
    async (exchanges) => {
      const whole = exchanges.map(({ body, ...rest }) => ({
        ...rest,
        body: JSON.stringify(body, withoutOtherKinds),
      }));
      const { observations, findings } = told(await recorded(exchanges));
      expect(observations).toEqual(told(whole).observations);
      expect(findings).toEqual(told(whole).findings);
    },
  );

  prop([fc.array(anyExchange, { maxLength: 3 })])(
    'holds no member that reading does not look at',
    async (exchanges) => {
      const keysOf = (value: unknown): string[] =>
        (typeof value === 'object' ? Object.entries(value ?? {}) : []).flatMap(([key, member]) => [
          ...(Array.isArray(value) ? [] : [key]),
          ...keysOf(member),
        ]);
      const withoutKinds = (text: string, value: unknown): unknown => {
        if (text !== 'analyses' || typeof value !== 'object' || value === null || Array.isArray(value))
          return value;
        expect(Object.keys(value).filter((kind) => !isDocumented(kind))).toEqual([]);
        return Object.values(value);
      };
      for (const line of await recorded(exchanges)) {
        const { body, ...envelope } = JSON.parse(line, withoutKinds) as Record<string, unknown>;
        expect(Object.keys(envelope)).toEqual(['started', 'time', 'method', 'url', 'status']);
        expect(keysOf(body).filter((key) => !Object.hasOwn(answerFields, key))).toEqual([]);
      }
    },
  );

  it('says of a callback which folder it names, also where what was found is kept as text', async () => {
    const found = (result: unknown) => ({ quality: { state: 'finished', result_json: result } });
    const texts = [JSON.stringify({ folder_id: 'f-2', name: 'Jane' }), '{"folder_id":', '7'];
    const exchanges = [{ folder_id: 'f-1' }, ...texts].map((result) => ({
      url: '/api/folders/',
      method: 'GET',
      status: 200,
      body: { state: 'finished', analyses: found(result) },
    }));
    const lines = await recorded(exchanges);
    expect(told(lines).observations.map(({ folderId }) => folderId)).toEqual([
      'f-1',
      'f-2',
      undefined,
      undefined,
    ]);
    expect(lines.join('')).not.toContain('Jane');
  });

  it('holds no key that might be a name, wherever it stands', async () => {
    const name = { 'Jane Doe': { state: 'finished', resolution: 'success', 'Jane Doe': 'Jane Doe' } };
    const body = {
      folder_id: { ...name },
      state: 'finished',
      analyses: { quality: { ...name, state: 'finished', resolution: 'declined' }, ...name },
      items: [name, { analyses: [name], ...name }],
      ...name,
    };
    const url = '/api/folders/';
    const lines = await recorded([{ url, method: 'GET', status: 200, body }]);
    expect(lines.join('')).not.toContain('Jane');
    expect(lines.join('')).toContain('"analyses":{"quality":{"state":"finished","resolution":"declined"}}');
  });

  it('reports a number too large for any reader as the whole answer would', async () => {
    const body = '{"folder_id":1e999,"resolution_status":"FAILED"}';
    const lines: string[] = [];
    const fetching = recordFetch(
      (_url: string) =>
        Promise.resolve(new Response(body, { headers: { 'content-type': 'application/json' } })),
      (line) => lines.push(line),
    );
    await fetching('/api/folders/f-1');
    await fetching.settled();
    const whole = { method: 'GET', url: '/api/folders/f-1', status: 200, body };
    expect(told(lines)).toEqual(told([whole]));
    expect(told(lines).findings).toEqual([{ code: 'FIELD_UNREADABLE', pointer: '/body/folder_id' }]);
  });
});
