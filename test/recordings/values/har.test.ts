import { describe, expect, it } from 'vitest';
import { readLines, readText } from '../reading.ts';

const folder = (status: string) => JSON.stringify({ folder_id: 'f1', resolution_status: status });
const base64 = (text: string) => Buffer.from(text).toString('base64');

function entry(second: number, time: number, content: object, request: object = {}) {
  return {
    startedDateTime: new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString(),
    time,
    request: { method: 'GET', url: 'https://h.example/api/folders/f1', ...request },
    response: { status: 200, content: { mimeType: 'application/json; charset=utf-8', ...content } },
  };
}

const har = (...entries: unknown[]) =>
  readText(JSON.stringify({ log: { version: '1.2', entries } }, null, 1));

describe('a HAR', () => {
  it('is read in the order in which the responses ended, with the intervals of the requests', () => {
    const { observations } = har(
      entry(1, 5000, { text: folder('PROCESSING') }),
      entry(2, 500, { text: folder('INITIAL') }),
      entry(7, 250, { text: base64(folder('FINISHED')), encoding: 'base64' }),
    );
    const start = Date.UTC(2026, 0, 1);
    expect(observations.map((one) => [one.resolutionStatus, one.interval])).toEqual([
      ['INITIAL', { start: start + 2000, end: start + 2500 }],
      ['PROCESSING', { start: start + 1000, end: start + 6000 }],
      ['FINISHED', { start: start + 7000, end: start + 7250 }],
    ]);
    expect(observations[0]?.where).toEqual({
      file: 'sample',
      pointer: '/log/entries/1/response/content/text',
    });
  });

  it('gives no interval to an entry whose time is invalid, and leaves the others theirs', () => {
    const { observations, findings } = har(
      entry(9, 1, { text: folder('FINISHED') }),
      { ...entry(3, 1, { text: folder('INITIAL') }), startedDateTime: 'soon' },
      {
        ...entry(2, 1, { text: folder('PROCESSING') }),
        time: null,
        timings: { send: 1, wait: 2, blocked: -1 },
      },
      entry(1, 1, { text: folder('INITIAL') }),
    );
    expect(observations.map((one) => [one.resolutionStatus, one.interval !== undefined])).toEqual([
      ['INITIAL', true],
      ['PROCESSING', false],
      ['FINISHED', true],
      ['INITIAL', false],
    ]);
    expect(findings.map(({ code, severity, where }) => [code, severity, where.pointer])).toEqual([
      ['TIME_UNREADABLE', 'note', '/log/entries/1/startedDateTime'],
      ['TIME_UNREADABLE', 'note', '/log/entries/2/time'],
    ]);
  });

  it.each([
    ['no response', { response: null }],
    ['none at all', { response: undefined }],
    ['the status of an aborted one', { response: { status: 0, content: { size: 0 } } }],
    [
      'the status of a pending one',
      { response: { status: -1, content: { size: -1, mimeType: 'x-unknown' } } },
    ],
    [
      'a body that broke off',
      { response: { status: 200, _error: 'net::ERR_ABORTED', content: { text: '{"folder_id":"f1","res' } } },
    ],
  ])('leaves aside and counts a request with %s, whatever its times are', (_what, members) => {
    const pending = { ...entry(2, 1, {}), startedDateTime: '', time: -1, ...members };
    const { observations, findings, summary } = har(
      entry(5, 1, { text: folder('FINISHED') }),
      pending,
      entry(1, 1, { text: folder('INITIAL') }),
    );
    expect(observations.map((one) => [one.resolutionStatus, one.interval !== undefined])).toEqual([
      ['INITIAL', true],
      ['FINISHED', true],
    ]);
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    expect(summary.ignored.noAnswer).toBe(1);
  });

  it.each([
    ['x-unknown', undefined],
    ['text/plain', undefined],
    ['text/html; charset=utf-8', undefined],
    ['', undefined],
    [null, undefined],
    ['application/octet-stream', 'base64'],
    [undefined, 'BASE64'],
    ['application/json', 'none'],
  ])('reads a body that is JSON, declared to be of type %s in encoding %s', (mimeType, encoding) => {
    for (const text of [folder('INITIAL'), ` \n${folder('INITIAL')}`, base64(folder('INITIAL'))]) {
      const { observations, codes } = har(entry(1, 1, { text, mimeType, encoding }));
      expect([observations.map((one) => one.resolutionStatus), codes]).toEqual([['INITIAL'], []]);
    }
  });

  it('is read from its log, its list of entries and single entries too', () => {
    const entries = [entry(2, 1, { text: folder('FINISHED') }), entry(1, 1, { text: folder('INITIAL') })];
    const statusesOf = (text: string) => readText(text).observations.map((one) => one.resolutionStatus);
    expect(statusesOf(JSON.stringify({ version: '1.2', entries }))).toEqual(['INITIAL', 'FINISHED']);
    expect(statusesOf(JSON.stringify(entries))).toEqual(['INITIAL', 'FINISHED']);
    // Lines are never sorted.
    expect(statusesOf(entries.map((one) => JSON.stringify(one)).join('\n'))).toEqual(['FINISHED', 'INITIAL']);
  });

  it('does not let the times of other requests matter', () => {
    const other = { ...entry(0, 1, {}, { url: 'https://h.example/logo.png' }), startedDateTime: 'soon' };
    const { observations, findings, summary } = har(other, entry(1, 1, { text: folder('INITIAL') }));
    expect(observations[0]?.interval).toBeDefined();
    expect(findings).toEqual([]);
    expect(summary.ignored.otherRoute).toBe(1);
  });

  it('counts bodies that are missing or not JSON, and reports what is damaged', () => {
    const { findings, summary } = har(
      entry(1, 1, {}),
      entry(2, 1, { text: '<html>', mimeType: 'text/html' }),
      entry(3, 1, { text: '%%', encoding: 'base64' }),
      entry(4, 1, { text: '{' }),
      { request: {} },
      7,
    );
    expect(summary.ignored).toMatchObject({ noBody: 1, notJson: 1 });
    expect(findings.map(({ code }) => code)).toEqual(['SHAPE_UNKNOWN', 'FIELD_UNREADABLE', 'JSON_INVALID']);
  });

  it('of no entries is told to hold nothing, in a stream and within a line', () => {
    const found = [{ code: 'INPUT_EMPTY', where: { pointer: '/log/entries' } }];
    expect(har()).toMatchObject({ observations: [], findings: found });
    const line = { log: { entries: [] } };
    expect(readLines([{ ...line, note: 1 }, line])).toMatchObject({
      observations: [],
      findings: [{ code: 'INPUT_EMPTY' }, { code: 'INPUT_EMPTY', where: { line: 2 } }],
    });
  });
});
