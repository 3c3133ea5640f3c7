import { describe, expect, it } from 'vitest';
import { readText } from '../reading.ts';

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

  it('keeps the order of the file, without intervals, where a time is invalid', () => {
    const { observations, findings } = har(
      entry(9, 1, { text: folder('INITIAL') }),
      { ...entry(1, 1, { text: folder('PROCESSING') }), startedDateTime: 'soon' },
      { ...entry(2, 1, { text: folder('FINISHED') }), time: -1 },
    );
    expect(observations.map((one) => one.resolutionStatus)).toEqual(['INITIAL', 'PROCESSING', 'FINISHED']);
    expect(observations.some((one) => one.interval)).toBe(false);
    expect(findings.map(({ code, where }) => [code, where.pointer])).toEqual([
      ['FIELD_UNREADABLE', '/log/entries/1/startedDateTime'],
      ['FIELD_UNREADABLE', '/log/entries/2/time'],
    ]);
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
    expect(findings.map(({ code }) => code)).toEqual([
      'SHAPE_UNKNOWN',
      'SHAPE_UNKNOWN',
      'FIELD_UNREADABLE',
      'JSON_INVALID',
    ]);
  });

  it('of no entries says nothing', () => {
    expect(har()).toMatchObject({ observations: [], findings: [] });
  });
});
