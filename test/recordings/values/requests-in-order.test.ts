import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestsInOrder } from '../../../src/recordings/values/requests-in-order.ts';
import { prop } from '../../property.ts';
import { readLines } from '../reading.ts';

const asked = (method: string, path: string) => ({
  asked: { method, url: `https://api.example/api/${path}` },
});
const list = (...names: object[]) => [{ analyse_id: 'a', state: 'PROCESSING', ...names[0] }];

/** Each kind of exchange with the folder or analysis of this number: what is asked for, and what is answered. */
const kinds = [
  (id: string) => [asked('POST', `folders/?n=${id}`), { folder_id: id, resolution_status: 'INITIAL' }],
  (id: string) => [asked('POST', `folders/${id}/analyses/`), list()],
  (id: string) => [asked('POST', `folders/${id}/analyses/`), list({ folder_id: id })],
  (id: string) => [asked('GET', `folders/${id}/?with_analyses=true`), { folder_id: id, analyses: [] }],
  (id: string) => [asked('GET', `folders/${id}/analyses/`), list()],
  (id: string) => [asked('GET', `analyses/${id}`), { analyse_id: id, state: 'FINISHED' }],
  (id: string) => [asked('GET', `folders/?page=${id}`), { items: [{ folder_id: id }] }],
] as const;

describe('requests of a log that nothing joins to their answers but their order', () => {
  /** The order in which lines are written: of each exchange its request, and later its answer. */
  const orders = fc.array(fc.nat(kinds.length - 1), { minLength: 1, maxLength: 12 }).chain((which) =>
    fc
      .shuffledSubarray(
        which.flatMap((_, at) => [at, at]),
        { minLength: which.length * 2 },
      )
      .map((order) => ({ which, order })),
  );

  prop([orders])('are never taken for those of other answers', ({ which, order }) => {
    const requests = new RequestsInOrder<ReturnType<typeof asked>>();
    const exchanges = which.map((kind, at) => kinds[kind]!(`id-${at}`));
    const begun = new Set<number>();
    for (const at of order) {
      const [request, value] = exchanges[at] as [ReturnType<typeof asked>, unknown];
      if (begun.has(at)) expect([undefined, request]).toContain(requests.take(value));
      else requests.ask(request);
      begun.add(at);
    }
    expect(requests.size).toBe(0);
  });

  const [posts, gets] = [asked('POST', 'folders/f-1/analyses/'), asked('GET', 'folders/f-1')];
  const folder = { folder_id: 'f-1' };

  it('are known where one is asked after the other, whatever a request is for', () => {
    for (const kind of kinds) {
      const requests = new RequestsInOrder<ReturnType<typeof asked>>();
      const [request, value] = kind('id') as [ReturnType<typeof asked>, unknown];
      for (let time = 0; time < 3; time += 1) {
        requests.ask(request);
        expect(requests.take(value)).toBe(request);
      }
    }
  });

  it('are known by what is named where several wait', () => {
    const requests = new RequestsInOrder();
    const other = asked('GET', 'folders/F-2');
    for (const one of [posts, gets, other]) requests.ask(one);
    expect(requests.take({ folder_id: 'f-3' })).toBeUndefined();
    expect(requests.take(folder)).toBe(gets);
    expect(requests.take(list())).toBe(posts);
    expect(requests.take({ body: { folder_id: 'x' } })).toBe(other);
  });

  it('wait once where they are sent again, and not for long', () => {
    const requests = new RequestsInOrder();
    for (const one of [gets, posts, gets]) requests.ask(one);
    expect(requests.size).toBe(2);
    for (let poll = 0; poll < 20; poll += 1) {
      requests.ask(gets);
      expect(requests.take(folder)).toBe(gets);
    }
    const late = asked('POST', 'folders/f-2/analyses/');
    requests.ask(late);
    expect(requests.take(list())).toBeUndefined();
  });

  it('are not known of two that may each have created something', () => {
    const requests = new RequestsInOrder();
    for (const one of [posts, posts]) requests.ask(one);
    expect(requests.take(list())).toBeUndefined();
    expect(requests.take(list())).toBeUndefined();
    requests.ask(posts);
    expect(requests.take(list())).toBe(posts);
  });

  it('are given up, and told of, where too many wait or none was answered', () => {
    const given: unknown[] = [];
    const requests = new RequestsInOrder((one) => given.push(one));
    const all = Array.from({ length: 70 }, (_, at) => asked('GET', `folders/${at}`));
    for (const one of all) requests.ask(one);
    expect(given).toEqual(all.slice(0, 6));
    requests.end();
    expect(given).toEqual(all);
  });
});

describe('a log that gives requests and answers no id', () => {
  const exchange = (pid: number, path: string, response: unknown, method = 'POST') => [
    { pid, msg: '-> api', method, url: `/api/${path}` },
    { pid, msg: '<- api', statusCode: 201, response },
  ];
  const read = (lines: readonly object[]) => {
    const { observations, findings, summary } = readLines(lines, { at: ['/response'] });
    return {
      groups: observations.map(({ folderId, wholeGroup }) => [folderId, wholeGroup]),
      found: findings.map(({ code, where }) => [code, where.line]),
      noAnswer: summary.ignored.noAnswer,
    };
  };
  const [asks, answers] = exchange(1, 'folders/f-1/analyses/', list());
  const [others, othersAnswer] = exchange(1, 'folders/f-2/analyses/', list());

  it('tells them by their order', () => {
    expect(read([asks!, answers!, others!, othersAnswer!])).toEqual({
      groups: [
        ['f-1', true],
        ['f-2', true],
      ],
      found: [],
      noAnswer: 0,
    });
  });

  it('tells them by their order for each that writes it', () => {
    const [second, itsAnswer] = exchange(2, 'folders/f-2/analyses/', list());
    expect(read([asks!, second!, answers!, itsAnswer!]).groups).toEqual([
      ['f-1', true],
      ['f-2', true],
    ]);
  });

  it('tells of none where several may be meant, and says so', () => {
    expect(read([asks!, others!, answers!, othersAnswer!])).toEqual({
      groups: [
        [undefined, false],
        [undefined, false],
      ],
      found: [['REQUEST_UNKNOWN', 3]],
      noAnswer: 0,
    });
  });

  it('counts requests without an answer', () => {
    expect(read([asks!, others!]).noAnswer).toBe(2);
  });
});
