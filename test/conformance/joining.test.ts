import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferReadings, type Observation } from '../../src/conformance/index.ts';
import { check, seen } from './scenarios.ts';
import { runs } from '../deep.ts';

/** What a text of `seen` says of one analysis, whose folder is not named. */
function alone(text: string): Observation {
  const { folderId: _, ...observation } = seen(`-/- ${text}`);
  return { ...observation, folder: `analysis:${observation.analyses[0]!.id}`, unnamed: true };
}

const judged = (observations: readonly Observation[]) =>
  check(observations).map(({ folderId, verdict, observations: count, findings }) => ({
    folder: folderId,
    verdict,
    count,
    codes: findings.map(({ code }) => code),
  }));

const declined = 'FINISHED/DECLINED ! a=DECLINED';

describe('an analysis whose folder is not named', () => {
  it.each([
    ['before', [alone('a=PROCESSING'), alone('a=DECLINED'), seen(declined)]],
    ['after', [seen('PROCESSING/PROCESSING ! a=PROCESSING'), alone('a=DECLINED'), seen(declined)]],
    [
      'between polls',
      [alone('a=PROCESSING'), seen('PROCESSING/PROCESSING'), alone('a=DECLINED'), seen(declined)],
    ],
  ] as const)('is one of the folder that lists it %s [ANALYSIS-IDENTITY]', (_when, observations) => {
    expect(judged(observations)).toEqual([
      { folder: 'f', verdict: 'conforms', count: observations.length, codes: [] },
    ]);
  });

  it.each([
    ['it was seen otherwise before', [alone('a=SUCCESS'), seen(declined)], 'SETTLED_ANALYSIS_CHANGED'],
    ['it is seen otherwise after', [seen(declined), alone('a=SUCCESS')], 'SETTLED_ANALYSIS_CHANGED'],
    [
      'the folder was INITIAL after it was seen',
      [alone('a=PROCESSING'), seen('INITIAL/INITIAL'), seen(declined)],
      'SYSTEM_RESOLUTION_IMPOSSIBLE',
    ],
    ['its kind differs', [alone('a:QUALITY=DECLINED'), seen(declined)], 'ANALYSIS_IDENTITY_CHANGED'],
  ] as const)('violates with its folder where %s [ANALYSIS-FINAL]', (_what, observations, code) => {
    const [result, ...others] = judged(observations);
    expect(others).toEqual([]);
    expect(result).toMatchObject({ folder: 'f', verdict: 'violates', count: observations.length });
    expect(result!.codes).toContain(code);
  });

  it('is judged by itself where no folder lists it [ANALYSIS-FINAL]', () => {
    const results = check([
      alone('a=SUCCESS'),
      alone('b=PROCESSING'),
      seen('INITIAL/INITIAL'),
      alone('a=FAILED'),
    ]);
    expect(results.map(({ name, folderId, verdict }) => [name ?? folderId, verdict])).toEqual([
      ['analysis a, whose folder is not named', 'violates'],
      ['analysis b, whose folder is not named', 'conforms'],
      ['f', 'conforms'],
    ]);
  });

  it('counts however often it was seen', () => {
    const often = Array.from({ length: 1000 }, () => alone('a=PROCESSING'));
    expect(judged([...often, seen(declined)])).toEqual([
      { folder: 'f', verdict: 'conforms', count: 1001, codes: [] },
    ]);
  });

  it('is not held against a folder of which more was seen meanwhile than is kept [ANALYSIS-IDENTITY]', () => {
    const both = [seen('PROCESSING/PROCESSING', 'g'), seen('PROCESSING/PROCESSING', 'f')];
    const polls = Array.from({ length: 17_000 }, () => both).flat();
    const [result] = judged([alone('a=SUCCESS'), ...polls, seen('FINISHED/SUCCESS ! a=SUCCESS')]).filter(
      ({ folder }) => folder === 'f',
    );
    expect(result).toMatchObject({ verdict: 'inconclusive', codes: ['SEARCH_LIMIT'] });
  });

  it('is found of no other folder by an inference either', () => {
    const { leftOut, folders } = inferReadings([alone('a=DECLINED'), seen(declined), alone('a=DECLINED')]);
    expect([leftOut, folders]).toEqual([[], 1]);
  });
});

describe('an analysis in two named folders', () => {
  it('violates in the later one, which is named and counted, with the place in the earlier [ANALYSIS-IDENTITY]', () => {
    const at = (line: number, text: string, folder: string): Observation => ({
      ...seen(text, folder),
      where: { file: 'two.ndjson', line, pointer: '' },
    });
    const results = check([at(1, declined, 'f'), at(2, declined, 'g'), at(3, 'FINISHED/-', 'g')]);
    expect(results).toMatchObject([
      { folderId: 'f', verdict: 'conforms', observations: 1 },
      { folderId: 'g', verdict: 'violates', observations: 2 },
    ]);
    expect(results[1]!.findings[0]).toMatchObject({
      code: 'ANALYSIS_IDENTITY_CHANGED',
      message: 'analysis a is one of folder f, which was seen at two.ndjson:1',
      where: { line: 2 },
      before: { where: { line: 1 } },
    });
  });
});

describe('a complete list without an analysis that is seen again', () => {
  const left = ['PROCESSING/PROCESSING ! a=PROCESSING', 'INITIAL/INITIAL !'];

  it('violates at its place, and what follows is judged [ANALYSIS-IDENTITY]', () => {
    const lines = [...left, 'PROCESSING/PROCESSING ! a=PROCESSING', 'FINISHED/SUCCESS ! a=DECLINED'].map(
      (text, at) => ({ ...seen(text), where: { file: 'test', line: at + 1, pointer: '' } }),
    );
    const [result] = check(lines);
    expect(result!.verdict).toBe('violates');
    const violations = result!.findings.filter(({ severity }) => severity === 'violation');
    expect(violations.map(({ code, where }) => [code, where.line])).toEqual([
      ['ANALYSIS_LEFT_OUT', 2],
      ['SYSTEM_RESOLUTION_IMPOSSIBLE', 4],
    ]);
  });

  it('is one fault, however many lists leave it out', () => {
    const stale = Array.from({ length: 300 }, () => seen('INITIAL/INITIAL !'));
    const [result] = judged([seen(left[0]!), ...stale, seen(declined)]);
    expect(result!.codes).toEqual(['ANALYSIS_DISAPPEARED', 'ANALYSIS_LEFT_OUT', 'SEARCH_LIMIT']);
  });

  it('does not hide what other analyses do while it lasts [ANALYSIS-FINAL]', () => {
    const [result] = judged(
      ['-/- ! a=PROCESSING b=SUCCESS', '-/- ! b=SUCCESS', '-/- b=DECLINED', '-/- a=PROCESSING'].map((text) =>
        seen(text),
      ),
    );
    expect(result!.codes).toEqual(['ANALYSIS_DISAPPEARED', 'SETTLED_ANALYSIS_CHANGED', 'ANALYSIS_LEFT_OUT']);
  });

  it('leaves another one that is not seen again deleted [DELETION]', () => {
    const [result] = judged(
      ['-/- ! a=PROCESSING b=SUCCESS', '-/- !', '-/- ! a=PROCESSING', 'FINISHED/- ! a=SUCCESS'].map((text) =>
        seen(text),
      ),
    );
    expect(result!.codes).toEqual(['ANALYSIS_DISAPPEARED', 'ANALYSIS_LEFT_OUT', 'ANALYSIS_DISAPPEARED']);
  });

  it('is none in an order of overlapping requests in which it was not seen before [ANALYSIS-IDENTITY]', () => {
    const at = (start: number, end: number, text: string) => ({ ...seen(text), interval: { start, end } });
    const before = [
      at(0, 1, '-/- ! a=PROCESSING b=PROCESSING'),
      at(2, 3, '-/- ! a=PROCESSING'),
      at(10, 20, '-/- c=PROCESSING'),
      at(10, 30, '-/- ! a=PROCESSING'),
    ];
    const codes = ['a=PROCESSING c=PROCESSING', 'b=PROCESSING'].flatMap((last) =>
      judged([...before, at(40, 50, `-/- ! ${last}`)]).map((result) => result.codes),
    );
    expect(codes).toEqual([
      ['ANALYSIS_DISAPPEARED'],
      ['ANALYSIS_DISAPPEARED', 'ANALYSIS_LEFT_OUT', 'ANALYSIS_DISAPPEARED'],
    ]);
  });
});

describe('more evidence', () => {
  const results = ['PROCESSING', 'SUCCESS', 'DECLINED', 'FAILED'];
  const one = fc.constantFrom(...results);
  const observation = fc.oneof(
    fc.tuple(fc.constantFrom('a', 'b'), one).map(([id, result]) => alone(`${id}=${result}`)),
    fc.subarray(['a', 'b', 'c']).chain((ids) =>
      fc.tuple(...ids.map(() => one)).map((given) => {
        const list = ids.map((id, at) => `${id}=${given[at]}`).join(' ');
        return seen(`-/- ! ${list}`.trimEnd());
      }),
    ),
    fc
      .constantFrom('INITIAL/INITIAL', 'PROCESSING/PROCESSING', 'FINISHED/SUCCESS', 'FINISHED/DECLINED')
      .map((text) => seen(text)),
  );
  const onLines = (all: readonly Observation[]) =>
    all.map((each, at) => ({ ...each, where: { ...each.where, line: at + 1 } }));
  const violated = (all: readonly Observation[]) =>
    check(onLines(all), { proposesReadings: false }).flatMap(({ findings }) =>
      findings.filter(({ severity }) => severity === 'violation'),
    ).length;

  it('leaves found what is found of one analysis after a violation of another, also where both join', () => {
    const apart = ['b=SUCCESS', 'a=SUCCESS', 'a=FAILED', 'b=PROCESSING'].map((text) => alone(text));
    const all = [seen('-/- ! b=PROCESSING'), ...apart];
    expect([violated(all), violated([...all, seen('-/- ! a=FAILED')])]).toEqual([2, 2]);
  });

  it('never makes a violation something better, nor takes one back [DELETION]', () => {
    fc.assert(
      fc.property(fc.array(observation, { minLength: 1, maxLength: 8 }), observation, (all, more) => {
        const before = violated(all);
        fc.pre(before > 0);
        expect(violated([...all, more])).toBeGreaterThanOrEqual(before);
      }),
      runs(8, 400),
    );
  });
});
