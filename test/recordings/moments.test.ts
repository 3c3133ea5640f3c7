import { describe, expect, it } from 'vitest';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { builtPackage } from '../cli/built.ts';
import { momentOf } from '../../src/recordings/values/moments.ts';
import { readLines } from './reading.ts';

const nine = Date.UTC(2026, 0, 12, 9);

describe('a time of a recording', () => {
  it.each([
    '2026-01-12T09:00:00Z',
    '2026-01-12T11:00:00+02:00',
    '2026-01-12 09:00:00.000 UTC',
    'Mon, 12 Jan 2026 09:00:00 GMT',
    '12/Jan/2026:09:00:00 +0000',
    'Mon Jan 12 2026 10:00:00 GMT+0100 (Central European Standard Time)',
  ])('is what it says with its zone: %s', (text) => {
    expect(momentOf(text)).toEqual({ at: nine, kind: 'date', isZoned: true });
  });

  it.each([
    '2026-01-12T09:00:00',
    '2026-01-12T09:00',
    '2026-01-12 09:00:00,000',
    '2026-01-12 09:00:00.000',
    '01/12/2026 09:00:00',
    'Jan 12, 2026 09:00:00 AM',
  ])('without a zone is one of UTC: %s', (text) => {
    expect(momentOf(text)).toEqual({ at: nine, kind: 'date', isZoned: false });
  });

  it.each(['2026-01-12', '1/12/2026'])('that is a day only is its beginning in UTC: %s', (text) => {
    expect(momentOf(text)?.at).toBe(Date.UTC(2026, 0, 12));
  });

  it.each([
    ['1768208400.125', 1768208400.125],
    [7, 7],
  ])('is a number also as text: %s', (time, at) => {
    expect(momentOf(time)).toEqual({ at, kind: 'number', isZoned: true });
  });

  it.each([undefined, null, '', 'soon', {}, NaN, Infinity])('is none: %s', (time) => {
    expect(momentOf(time)).toBeUndefined();
  });

  it('without a zone is noted once for a file', () => {
    const at = (time: string) => ({ time, body: { folder_id: 'f', resolution_status: 'INITIAL' } });
    const { findings } = readLines([at('2026-01-12T09:00:00'), at('2026-01-12T09:00:01')]);
    expect(findings.map(({ code, severity, where }) => [code, severity, where.line])).toEqual([
      ['TIME_WITHOUT_ZONE', 'note', 1],
    ]);
  });

  it('is the same in every zone of the machine', () => {
    const program = `
      import { momentOf } from ${JSON.stringify(join(builtPackage(), 'dist/src/recordings/values/moments.js'))};
      const texts = ['2026-01-12T09:00:00', '2026-01-12 09:00', '01/12/2026 09:00', '2026-01-12', 'Jan 12 2026 09:00', '12-01-2026'];
      console.log(JSON.stringify([new Date(2026, 0).getTimezoneOffset(), ...texts.map((text) => momentOf(text)?.at)]));
    `;
    const readIn = (TZ: string) => {
      const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
        env: { ...process.env, TZ },
        encoding: 'utf8',
      });
      return JSON.parse(stdout) as readonly number[];
    };
    const [east, ...there] = readIn('Pacific/Auckland');
    const [west, ...here] = readIn('America/Los_Angeles');
    expect(east).not.toBe(west);
    expect(there).toEqual(here);
  });
});
