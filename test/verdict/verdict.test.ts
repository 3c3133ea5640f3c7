import { describe, expect, test } from 'vitest';
import { allReadings, defaultReading, type GivenReading } from '../../machines/index.ts';
import { parseFolder, verdictOf, type Verdict, type VerdictOptions } from '../../src/verdict/index.ts';
import { analysis, answer, parsedOf } from './answers.ts';

const both = ['QUALITY', 'BIOMETRY'] as const;
const verdict = (value: unknown, options: Partial<VerdictOptions> = {}): Verdict =>
  verdictOf(parsedOf(value), { requires: both, ...options });
const kindsOf = (analyses: Verdict['deciding']) => analyses.map(({ kind }) => kind);

const passed = answer('FINISHED', 'SUCCESS', analysis('QUALITY', 'SUCCESS'), analysis('biometry', 'SUCCESS'));
const masked = answer(
  'FINISHED',
  'SUCCESS',
  analysis('QUALITY', 'DECLINED', 'g'),
  analysis('BIOMETRY', 'SUCCESS', 'h'),
);

describe('the verdict on a folder', () => {
  test('is a pass where every required check and every other is SUCCESS [SUCCESS-OF-EVERY-ANALYSIS]', () => {
    expect(verdict(passed)).toMatchObject({ is: 'passed', firm: true, hidden: [], missing: [] });
    expect(kindsOf(verdict(passed).deciding)).toEqual(['QUALITY', 'biometry']);
  });

  test.each([
    ['DECLINED', 'declined'],
    ['OPERATOR_REQUIRED', 'operator-required'],
    ['FAILED', 'failed'],
  ])('names the result %s: %s', (result, is) => {
    const status = result === 'FAILED' ? 'FAILED' : 'FINISHED';
    const value = answer(status, result, analysis('QUALITY', 'SUCCESS'), analysis('BIOMETRY', result));
    expect(verdict(value)).toMatchObject({ is, firm: true, hidden: [], missing: [] });
    expect(kindsOf(verdict(value).deciding)).toEqual(['BIOMETRY']);
  });

  test('counts a check that is not required', () => {
    const others = [analysis('QUALITY', 'SUCCESS'), analysis('BIOMETRY', 'SUCCESS')];
    const value = answer('FINISHED', 'DECLINED', ...others, analysis('COLLECTION', 'DECLINED'));
    expect(verdict(value).is).toBe('declined');
  });

  test('is pending while anything runs or nothing was posted, whatever the fields are', () => {
    for (const status of ['INITIAL', 'PROCESSING', 'FINISHED', 'FAILED'] as const) {
      const running = [analysis('QUALITY', 'SUCCESS'), analysis('BIOMETRY', 'PROCESSING')];
      expect(verdict(answer(status, 'SUCCESS', ...running)).is).toBe('pending');
    }
    expect(verdict(answer('INITIAL', 'INITIAL')).is).toBe('pending');
    expect(verdict(answer('PROCESSING', 'SUCCESS')).is).toBe('pending');
    expect(verdict({ ...passed, system_resolution: 'PROCESSING' }).is).toBe('pending');
  });

  test('is incomplete without the list, without a required kind, and without a result', () => {
    const quality = analysis('QUALITY', 'SUCCESS');
    const cases = [
      [answer('FINISHED', 'SUCCESS'), 'list'],
      [answer('FINISHED', undefined), 'list'],
      [{ folder_id: 'f' }, 'list'],
      [{ ...answer('FINISHED', 'SUCCESS'), analyses: [] }, 'list'],
      [answer('FINISHED', 'SUCCESS', quality), 'kinds'],
      [answer('FINISHED', 'SUCCESS', quality, { type: 'BIOMETRY', state: 'FINISHED' }), 'results'],
      [answer('FINISHED', 'SUCCESS', quality, { type: 'BIOMETRY' }), 'results'],
    ] as const;
    for (const [value, because] of cases) {
      const given = verdict(value, { readings: [{}] });
      expect(given, JSON.stringify(value)).toMatchObject({ is: 'incomplete', because, firm: true });
    }
    expect(verdict(cases[4][0]).missing).toEqual(['BIOMETRY']);
  });

  test('takes Blacklist for the older name of Collection, and no foreign letter for a Latin one', () => {
    const value = (kind: string) => answer('FINISHED', 'SUCCESS', analysis(kind, 'SUCCESS'));
    expect(verdict(value('BLACKLIST'), { requires: ['collection'] }).is).toBe('passed');
    expect(verdict(value('qual\u0131ty'), { requires: ['QUALITY'] }).is).toBe('incomplete');
  });

  test('is declined where a later group hides a DECLINED, and says what is hidden [FOLDER-RESULT-LAST-FINISHED]', () => {
    const given = verdict(masked);
    expect(given).toMatchObject({ is: 'declined', firm: true });
    expect([kindsOf(given.deciding), kindsOf(given.hidden)]).toEqual([['BIOMETRY'], ['QUALITY']]);
    expect(verdict(masked, { readings: [{}] }).is).toBe('declined');
  });

  test('rests on the whole group that decides, and on no group that is worse [GROUP-RESULT-WORST]', () => {
    const first = [analysis('QUALITY', 'SUCCESS', 'g'), analysis('DOCUMENTS', 'DECLINED', 'g')];
    const value = answer('FINISHED', 'SUCCESS', ...first, analysis('BIOMETRY', 'SUCCESS', 'h'));
    expect(kindsOf(verdict(value).deciding)).toEqual(['BIOMETRY']);
    const declined = { ...value, system_resolution: 'DECLINED' };
    expect(kindsOf(verdict(declined).deciding)).toEqual(['QUALITY', 'DOCUMENTS']);
  });

  test('is no pass where the caller accepts what is hidden but a required kind has no SUCCESS', () => {
    expect(verdict(masked, { acceptHidden: ['DECLINED'] }).is).toBe('declined');
  });

  test('passes a repeated check only where the caller accepts what it hides, by name', () => {
    const again = answer(
      'FINISHED',
      'SUCCESS',
      analysis('QUALITY', 'DECLINED', 'g'),
      analysis('QUALITY', 'SUCCESS', 'h'),
      analysis('BIOMETRY', 'SUCCESS', 'h'),
    );
    expect(verdict(again).is).toBe('declined');
    expect(verdict(again, { acceptHidden: ['FAILED'] }).is).toBe('declined');
    const accepted = verdict(again, { acceptHidden: ['DECLINED'] });
    expect(accepted).toMatchObject({ is: 'passed', firm: true });
    expect([kindsOf(accepted.deciding), kindsOf(accepted.hidden)]).toEqual([
      ['QUALITY', 'BIOMETRY'],
      ['QUALITY'],
    ]);
    const shows = { ...again, system_resolution: 'DECLINED' };
    expect(verdict(shows, { acceptHidden: ['DECLINED'] }).is).toBe('declined');
  });

  test('is unknown with the text where a status is not known', () => {
    expect(verdict({ ...passed, system_resolution: 'SUCESS' })).toMatchObject({
      is: 'unknown',
      because: 'status',
      statuses: ['SUCESS'],
      firm: false,
    });
    const running = answer('PROCESSING', 'PROCESSING', analysis('QUALITY', 'PAUSED'));
    expect(verdict(running).is).toBe('unknown');
  });

  test('is unknown where the answer contradicts itself', () => {
    const settled = [analysis('QUALITY', 'SUCCESS'), analysis('BIOMETRY', 'SUCCESS')];
    for (const value of [
      answer('FINISHED', 'DECLINED', ...settled),
      answer('FAILED', 'SUCCESS', ...settled),
      answer(
        'FINISHED',
        'SUCCESS',
        analysis('QUALITY', 'DECLINED', 'g'),
        analysis('BIOMETRY', 'SUCCESS', 'g'),
      ),
      answer('FINISHED', 'SUCCESS', analysis('QUALITY', 'SUCCESS'), {
        type: 'BIOMETRY',
        state: 'PROCESSING',
        resolution_status: 'SUCCESS',
      }),
    ]) {
      expect(verdict(value), JSON.stringify(value)).toMatchObject({
        is: 'unknown',
        because: 'contradiction',
      });
    }
  });

  test('is unknown where the admitted readings part, and says at which question', () => {
    const value = answer(
      'FAILED',
      undefined,
      analysis('QUALITY', 'DECLINED'),
      analysis('BIOMETRY', 'FAILED'),
    );
    expect(verdict(value)).toMatchObject({
      is: 'unknown',
      because: 'readings',
      questions: ['failed-beside-declined'],
      firm: false,
    });
    expect(verdict(value, { readings: [{}] })).toMatchObject({ is: 'failed', firm: true });
    const declined = { 'failed-beside-declined': 'declined' } as const;
    expect(verdict(value, { readings: [declined] })).toMatchObject({ is: 'declined', firm: true });
    const stage = verdict(answer('FAILED', 'FAILED'), {
      readings: [
        { 'result-while-running': 'hold' },
        { 'result-while-running': 'hold', 'status-precedence': 'failed-first' },
      ],
    });
    expect(stage).toMatchObject({ questions: ['status-precedence'], candidates: ['failed', 'pending'] });
  });

  test('is firm by what the folder shows where that leaves one reading [WORST-ORDER]', () => {
    const group = [analysis('QUALITY', 'DECLINED', 'g'), analysis('BIOMETRY', 'FAILED', 'g')];
    const readings = [{}, { 'failed-beside-declined': 'declined' }] as const;
    expect(verdict(answer('FAILED', 'FAILED', ...group), { readings })).toMatchObject({ is: 'failed' });
    expect(verdict(answer('FAILED', 'DECLINED', ...group), { readings })).toMatchObject({ is: 'declined' });
  });

  test('takes a reading twice, in part or whole, for the same', () => {
    expect(verdict(passed, { readings: [{}, defaultReading, ...allReadings()] })).toEqual(verdict(passed));
    expect(verdict(passed, { readings: 'any' })).toEqual(verdict(passed));
  });

  test.each<readonly [object, string]>([
    [{ requires: [] }, 'requires: expected one or more kinds of analysis, received a list of 0'],
    [{ requires: 'QUALITY' }, 'requires: expected one or more kinds of analysis, received string'],
    [{ requires: [''] }, 'requires: expected one or more kinds'],
    [{ readings: [] }, "readings: expected 'any' or a list of one or more readings"],
    [{ readings: [{ 'result-scop': 'all-analyses' } as GivenReading] }, 'did you mean result-scope?'],
    [{ acceptHidden: ['DECLIND'] }, 'did you mean DECLINED?'],
    [
      { reading: { 'result-scope': 'all-analyses' } },
      'reading: expected no such option; did you mean readings?',
    ],
    [{ acceptHiden: ['DECLINED'] }, 'did you mean acceptHidden?'],
    [{ acceptHidden: 'DECLINED' }, 'acceptHidden: expected a list'],
  ])('refuses options that are wrong: %o', (options, message) => {
    expect(() => verdict(passed, options)).toThrow(TypeError);
    expect(() => verdict(passed, options)).toThrow(message);
  });

  test.each<readonly [unknown[], string]>([
    [[passed], 'options: expected an object with requires, received undefined'],
    [[passed, null], 'options: expected an object with requires, received null'],
    [
      [undefined, { requires: ['QUALITY'] }],
      'folder: expected that of parseFolder(answer), received undefined',
    ],
    [[passed, { requires: ['QUALITY'] }], 'folder: expected that of parseFolder(answer), received object'],
    [
      [parseFolder(passed), { requires: ['QUALITY'] }],
      'folder: expected that of parseFolder(answer), received object',
    ],
  ])('refuses what JavaScript can pass instead of a parsed folder: %o', (args, message) => {
    const judge = verdictOf as unknown as (...given: readonly unknown[]) => unknown;
    expect(() => judge(...args)).toThrow(new TypeError(message));
  });
});
