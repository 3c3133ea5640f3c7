import { describe, expect, it } from 'vitest';
import { readLines } from '../reading.ts';

const body = { folder_id: 'f1', resolution_status: 'PROCESSING' };
const get = (url: string, more: object = {}) => ({ method: 'GET', url, status: 200, body, ...more });

describe('an envelope', () => {
  it('holds its body as a value or as text, and pointers go through both', () => {
    const { observations } = readLines([
      get('/api/folders/f1'),
      get('/api/folders/f1', { body: JSON.stringify([body]) }),
    ]);
    expect(observations.map(({ where }) => [where.line, where.pointer])).toEqual([
      [1, '/body'],
      [2, '/body/0'],
    ]);
  });

  it('without a URL is judged by its body, and may be an element of a list', () => {
    const { observations } = readLines([{ body }, [{ body }, { time: 1, body }]]);
    expect(observations.map(({ where }) => where.pointer)).toEqual(['/body', '/0/body', '/1/body']);
  });

  it('counts only on the documented routes, below any prefix', () => {
    const known = [
      '/api/folders/',
      '/api/folders',
      'https://h.example/x/api/folders/f1?a=b',
      '/api/folders/api',
    ];
    const other = [
      '/api/media/',
      '/api/folders/f1/media/',
      '/api/analyses/',
      '/folders/f1',
      '/api/users/f1',
      'http://[',
    ];
    const { observations, summary } = readLines([...known, ...other].map((url) => get(url)));
    expect(observations.map(({ where }) => where.line)).toEqual([1, 2, 3, 4]);
    expect(summary.ignored.otherRoute).toBe(other.length);
  });

  it('counts only below the prefix asked for, given as a path or as a URL', () => {
    const urls = ['https://h.example/v1/api/folders/f1', 'https://h.example/v2/api/folders/f1'];
    for (const routePrefix of ['/v1', 'https://h.example/v1/']) {
      const { observations, summary } = readLines(
        urls.map((url) => get(url)),
        { routePrefix },
      );
      expect(observations.map(({ where }) => where.line)).toEqual([1]);
      expect(summary.ignored.otherRoute).toBe(1);
    }
  });

  it('is ignored and counted where it answers with an error, nothing, or to another method', () => {
    const { observations, findings, summary } = readLines([
      get('/api/folders/f1', { status: 404 }),
      get('/api/folders/f1', { status: '503', body: '<html>' }),
      get('/api/folders/f1', { body: { error_code: 9, error_message: 'forbidden' } }),
      { error_code: 0, error_message: 'unknown' },
      get('/api/folders/f1', { method: 'DELETE' }),
      get('/api/folders/f1', { body: null }),
      get('/api/folders/f1', { body: '' }),
    ]);
    expect([observations, findings]).toEqual([[], []]);
    expect(summary.ignored).toMatchObject({
      otherRoute: 0,
      otherMethod: 1,
      errorAnswer: 4,
      noBody: 2,
      notJson: 0,
      emptyList: 0,
    });
  });

  it('reports a body that is not JSON with its place in the text', () => {
    const { findings } = readLines([get('/api/folders/f1', { body: '{"folder_id":\n oops}' })]);
    expect(findings).toMatchObject([
      {
        code: 'JSON_INVALID',
        where: { line: 1, pointer: '/body' },
        message: 'expected a JSON value, received a letter at line 2, column 2 of the text',
      },
    ]);
  });

  it('reports times that go backwards once for a file, and keeps the order', () => {
    const at = (time: unknown) => get('/api/folders/f1', { time });
    const times = ['2026-01-01T00:00:02Z', 'no time', null, '2026-01-01T00:00:01Z', '2026-01-01T00:00:00Z'];
    const { observations, findings } = readLines(times.map(at));
    expect(observations.map(({ where }) => where.line)).toEqual([1, 2, 3, 4, 5]);
    expect(findings).toMatchObject([
      { code: 'TIME_OUT_OF_ORDER', severity: 'note', where: { line: 4, pointer: '/time' } },
    ]);
    expect(readLines([at(5), at(5), at(6), at('2020-01-01T00:00Z')]).findings).toEqual([]);
    expect(readLines([at(5), at(4)]).codes).toEqual(['TIME_OUT_OF_ORDER']);
  });

  it.each([
    ['dates', '2026-01-01T00:00:01Z', '2026-01-01T00:00:02Z', [1767225601000, 1767225602000]],
    ['numbers in a unit of its own', 1.5, 7, [1.5, 7]],
    ['one moment', 7, 7, [7, 7]],
    ['no beginning', undefined, 7, undefined],
    ['no end', 7, undefined, undefined],
    ['an end before the beginning', 8, 7, undefined],
    ['a date and a number', '2026-01-01', 1767225602000, undefined],
    ['something else', {}, [], undefined],
  ])('has the interval of its request where it holds both times: %s', (_what, started, time, expected) => {
    const { observations, findings } = readLines([get('/api/folders/f1', { started, time })]);
    const { interval } = observations[0] ?? {};
    expect([interval && [interval.start, interval.end], findings]).toEqual([expected, []]);
  });

  it('keeps its interval where its time contradicts the order, which is said: each folder has times of its own', () => {
    const times = [1, 9, 5, 9].map((time) => get('/api/folders/f1', { started: time - 1, time }));
    const { observations, codes } = readLines(times);
    expect(observations.map(({ interval }) => interval?.end)).toEqual([1, 9, 5, 9]);
    expect(codes).toEqual(['TIME_OUT_OF_ORDER']);
  });
});
