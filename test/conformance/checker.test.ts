import { describe, expect, it } from 'vitest';
import { defaultReading, type GivenReading } from '../../machines/index.ts';
import {
  createChecker,
  findingCodes,
  type FolderResult,
  type GivenCheckOptions,
} from '../../src/conformance/index.ts';
import { checksBy } from '../../src/conformance/check/shared-histories.ts';
import { createSteps } from '../../src/engines/index.ts';
import { check, scenarios, seen } from './scenarios.ts';

describe('the checker', () => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_name, scenario) => {
    const { seen: texts, verdict, codes = [], options = {} } = scenario;
    const [result] = check(
      texts.map((text) => seen(text)),
      options,
    );
    const found = [...result!.findings, ...result!.hazards].map(({ code }) => code);
    expect([result!.verdict, [...new Set(found)].toSorted()]).toEqual([verdict, codes]);
  });

  it('takes a reading in part, or none, and refuses one that is misspelt', () => {
    const failing = seen('FAILED/PROCESSING ! a=FAILED b=PROCESSING');
    const verdictUnder = (given?: GivenCheckOptions): string => {
      const checker = createChecker(given);
      checker.observe(failing);
      return checker.finish()[0]!.verdict;
    };
    expect(verdictUnder()).toBe('violates');
    expect(verdictUnder({ settings: { 'status-precedence': 'failed-first' } })).toBe('conforms');
    expect(verdictUnder({ settings: { reading: { 'status-precedence': 'failed-first' } } })).toBe('conforms');
    expect(verdictUnder({ otherReadings: [{ 'status-precedence': 'failed-first' }] })).toBe('conforms');
    const wrong = { 'status-precedence': 'failed-frist' } as unknown as GivenReading;
    for (const given of [{ settings: wrong }, { settings: { reading: wrong } }, { otherReadings: [wrong] }]) {
      for (const make of [createChecker, createSteps, checksBy]) {
        expect(() => make(given)).toThrow('did you mean failed-first?');
      }
    }
  });

  it('names first the reading that is nearest to any that it admits', () => {
    const checker = createChecker({ otherReadings: [{ 'result-while-running': 'hold' }] });
    checker.observe(seen('FAILED/PROCESSING ! a=FAILED b=PROCESSING'));
    const [{ explainedUnder }] = checker.finish() as [FolderResult];
    expect(explainedUnder![0]).toEqual({ ...defaultReading, 'status-scope': 'last-applied-group' });
  });

  it('tells a list that shows one analysis in two ways, also where answers overlap with it', () => {
    const short = [1, 11].map((start) => ({ ...seen('-/- a:?'), interval: { start, end: start + 8 } }));
    const long = { ...seen('-/- a:?=PROCESSING a=PROCESSING'), interval: { start: 0, end: 20 } };
    const [result] = check([...short, long]);
    expect(result!.findings).toMatchObject([{ code: 'ANALYSIS_CONTRADICTS_ITSELF', analysis: 'a' }]);
  });

  it('says what would have been legal, and the nearest of it [GROUP-RESULT-WORST]', () => {
    const [result] = check(
      ['-/- + a=PROCESSING b=PROCESSING', 'FINISHED/SUCCESS ! a=DECLINED b=SUCCESS'].map((t) => seen(t)),
    );
    expect(result!.findings).toMatchObject([
      {
        observed: 'SUCCESS',
        allowed: ['DECLINED'],
        where: { pointer: '/system_resolution' },
        clause: 'SYSTEM-SUCCESS-MEANS',
      },
    ]);
  });

  it.each([
    [
      'hides what is meant of all analyses',
      'a=DECLINED',
      'b=SUCCESS',
      'DECLINED',
      'FOLDER-RESULT-LAST-FINISHED',
    ],
    ['hides an error', 'a=FAILED', 'b=SUCCESS', 'FAILED', 'FOLDER-RESULT-LAST-FINISHED'],
    ['hides a need', 'a=OPERATOR_REQUIRED', 'b=SUCCESS', 'OPERATOR_REQUIRED', 'FOLDER-RESULT-LAST-FINISHED'],
    ['is not over', 'a=DECLINED', 'b=PROCESSING', 'DECLINED', 'SYSTEM-PROCESSING'],
    ['is not what is meant', 'a=SUCCESS', 'b=SUCCESS', 'DECLINED', 'SYSTEM-DECLINED-MEANS'],
    ['is worse', 'a=OPERATOR_REQUIRED', 'b=DECLINED', 'OPERATOR_REQUIRED', 'SYSTEM-OPERATOR_REQUIRED-MEANS'],
  ])('cites a clause that the result breaks: the later group %s', (_how, first, second, shown, clause) => {
    const groups = ['-/- + a=PROCESSING', `-/- ! ${first}`, '-/- + b=PROCESSING'];
    const stage = second === 'b=PROCESSING' ? 'PROCESSING' : '-';
    const texts = [...groups, `${stage}/${shown} ! ${first} ${second}`];
    const [result] = check(texts.map((text) => seen(text)));
    expect(result!.findings).toMatchObject([
      { code: 'SYSTEM_RESOLUTION_IMPOSSIBLE', observed: shown, clause },
    ]);
  });

  it('finds one violation at an observation and goes on from what matches it [ANALYSIS-FINAL]', () => {
    const texts = [
      '-/- ! a=SUCCESS',
      'FINISHED/DECLINED ! a=DECLINED',
      'FINISHED/DECLINED ! a=DECLINED',
      '-/- ! a=SUCCESS',
    ];
    const [result] = check(texts.map((text) => seen(text)));
    expect(result!.findings.map(({ code }) => code)).toEqual([
      'SETTLED_ANALYSIS_CHANGED',
      'SETTLED_ANALYSIS_CHANGED',
    ]);
  });

  it('goes on from the belief before an observation that is impossible by itself [FOLDER-INITIAL-MEANS]', () => {
    const [result] = check(
      ['FINISHED/SUCCESS ! a=SUCCESS', 'FINISHED/INITIAL', 'FINISHED/DECLINED'].map((t) => seen(t)),
    );
    expect(result!.findings.map(({ observed }) => observed)).toEqual(['INITIAL']);
    expect(
      check(['FINISHED/SUCCESS ! a=SUCCESS', 'FINISHED/INITIAL', '-/- a=FAILED'].map((t) => seen(t)))[0]!
        .findings,
    ).toHaveLength(2);
  });

  it('never lets two folders share an analysis [ANALYSIS-IDENTITY]', () => {
    const results = check([seen('-/- a=SUCCESS', 'one'), seen('-/- a=SUCCESS', 'two')]);
    expect(results.map(({ verdict }) => verdict)).toEqual(['conforms', 'violates']);
  });

  it('never lets two folders constrain each other [FOLDER-FINISHED-MEANS]', () => {
    const results = check([
      seen('FAILED/FAILED', 'one'),
      seen('FINISHED/SUCCESS', 'two'),
      seen('PROCESSING/-', 'one'),
    ]);
    expect(results.map(({ verdict }) => verdict)).toEqual(['conforms', 'conforms']);
  });

  it('tells of each finding and each hazard once, when it is found [FOLDER-FAILED-MEANS]', () => {
    const told: string[] = [];
    const settings = { reading: defaultReading, operatorRequired: 'allowed' } as const;
    const checker = createChecker({ settings }, ({ finding: { code } }) => told.push(code));
    const toldAfter = ['FAILED/SUCCESS', 'SUCCESS/-', 'INITIAL/-', 'PROCESSING/-'].map((text) => {
      checker.observe(seen(text));
      return told.length;
    });
    const [result] = checker.finish();
    expect(toldAfter).toEqual([2, 3, 4, 4]);
    expect(told).toEqual([
      'FAILED_WITH_SUCCESS',
      'MASKED_RESULT',
      'STATUS_NOT_IN_FIELD',
      'FOLDER_STATUS_IMPOSSIBLE',
      'ENDS_UNSETTLED',
    ]);
    const found = [...result!.findings, ...result!.hazards].map(({ code }) => code);
    expect(told.toSorted()).toEqual(found.toSorted());
  });

  it.each([
    ['state', { state: 'SUCCESS' }],
    ['state', { state: 'SUCCESS', resolutionStatus: 'SUCCESS' }],
    ['resolution_status', { resolutionStatus: 'FINISHED' }],
    ['resolution_status', { state: 'FINISHED', resolutionStatus: 'FINISHED' }],
    ['state', { state: 'SUCCESS', resolutionStatus: 'FINISHED' }],
  ])(
    'knows no status of an analysis outside the column of its field: %s, %o [STATE-FINISHED-MEANS]',
    (field, shown) => {
      const analyses = [{ id: 'a', kind: 'BIOMETRY', pointer: '/analyses/0', ...shown }];
      const [result] = check([{ ...seen('-/-'), analyses }]);
      expect(result!.findings).toMatchObject([
        { code: 'STATUS_NOT_IN_FIELD', analysis: 'a', where: { pointer: `/analyses/0/${field}` } },
      ]);
    },
  );

  it('takes answers whose requests overlap in either order, and others in theirs [ANALYSIS-FINAL]', () => {
    const during = (start: number, end: number, text: string) => ({
      ...seen(text),
      interval: { start, end },
    });
    const late = [during(0, 10, '-/- a=SUCCESS'), during(5, 12, '-/- a=PROCESSING')];
    const apart = [during(0, 10, '-/- a=SUCCESS'), during(10, 12, '-/- a=PROCESSING')];
    expect(check(late)[0]!.verdict).toBe('conforms');
    expect(check(apart)[0]!.verdict).toBe('violates');
  });

  it('claims nothing where overlapping answers may have come in too many orders', () => {
    const poll = (at: number) => ({ ...seen(`-/- a${at}=SUCCESS`), interval: { start: 0, end: 10 + at } });
    const observations = Array.from({ length: 9 }, (_, at) => poll(at));
    expect(check(observations)[0]).toMatchObject({
      verdict: 'inconclusive',
      findings: [{ code: 'SEARCH_LIMIT', message: expect.stringContaining('9 answers') }],
    });
  });

  it('judges a group of thousands [GROUP-RESULT-WORST]', () => {
    const ids = Array.from({ length: 2000 }, (_, at) => `a${at}`);
    const list = (result: string) => ids.map((id) => `${id}=${result}`).join(' ');
    const posted = `-/- + ${list('PROCESSING')}`;
    const fine = `FINISHED/SUCCESS ! ${list('SUCCESS')}`;
    expect(check([seen(posted), seen('PROCESSING/PROCESSING'), seen(fine)])[0]!.verdict).toBe('conforms');
    const wrong = fine.replace('a7=SUCCESS', 'a7=DECLINED');
    expect(check([seen(posted), seen(wrong)])[0]!.verdict).toBe('violates');
  });

  it('ends a search that is too large without a claim', () => {
    const ids = Array.from({ length: 14 }, (_, at) => `a${at}`);
    const list = (result: (at: number) => string) => ids.map((id, at) => `${id}=${result(at)}`).join(' ');
    const running = `PROCESSING/PROCESSING ! ${list(() => 'PROCESSING')}`;
    const joint = `FINISHED/DECLINED ! ${list((at) => (at === 0 ? 'DECLINED' : 'SUCCESS'))}`;
    const { verdict, findings } = check([seen(running), seen(joint)])[0]!;
    expect(verdict).toBe(findings.length === 0 ? 'conforms' : 'inconclusive');
    expect(findings.every(({ code }) => code === 'SEARCH_LIMIT')).toBe(true);
  });

  it('gives every code of a violation or a hazard in some test', () => {
    const given = new Set(scenarios.flatMap(({ codes = [] }) => codes));
    const elsewhere = [
      'CALLBACK_DISAGREES',
      'STATE_RESULT_MISMATCH',
      'ANALYSIS_STATUS_IMPOSSIBLE',
      'OBSERVATION_IMPOSSIBLE',
    ];
    const silent = Object.entries(findingCodes)
      .filter(
        ([code, { severity }]) =>
          ['violation', 'hazard', 'unspecified'].includes(severity) &&
          !given.has(code) &&
          // Said of the list of known deviations, not of a folder.
          !code.startsWith('BASELINE_'),
      )
      .map(([code]) => code);
    expect(silent.toSorted()).toEqual([...elsewhere, 'RESOLUTION_ALIAS_DISAGREES'].toSorted());
  });
});
