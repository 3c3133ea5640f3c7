import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReading, defaultSettings } from '../../machines/index.ts';
import { maxSinceFields } from '../../src/conformance/folder/stale-fields.ts';
import { verdicts, type CheckOptions, type FolderResult } from '../../src/conformance/index.ts';
import { graphOf } from './brute-force.ts';
import { dice, Dice, record, tamper } from './random-recordings.ts';
import { check, checkBothWays, seen } from './scenarios.ts';
import { runs } from '../deep.ts';

/** What a check says of one folder that is seen so, with fields of the moment of the list and with older ones. */
function judged(texts: readonly string[]): readonly (readonly string[])[] {
  const observations = texts.map((text) => seen(text));
  return (['current', 'stale'] as const).map((fields) =>
    codesOf(checkBothWays(observations, { fields, proposesReadings: false })[0]!),
  );
}

const codesOf = ({ verdict, findings }: FolderResult) => [verdict, ...findings.map(({ code }) => code)];

const [fine, deleted, system, group] = [
  ['conforms'],
  ['unspecified', 'ANALYSIS_DISAPPEARED'],
  ['violates', 'SYSTEM_RESOLUTION_IMPOSSIBLE'],
  ['violates', 'GROUP_CHANGED'],
];
const running = 'PROCESSING/PROCESSING ! a=PROCESSING b=PROCESSING';
const over = 'PROCESSING/PROCESSING ! a=SUCCESS b=SUCCESS';

describe('fields that may be older than the list beside them', () => {
  it.each([
    ['may still show that something runs [FOLDER-STAGE]', [running, over], system, fine],
    [
      'may do so once: the second list is older than they are',
      [running, over, over],
      [...system, system[1]!],
      system,
    ],
    ['may show INITIAL after the answer to a POST', ['-/- + a=PROCESSING', 'INITIAL/INITIAL'], system, fine],
    [
      'may be older than what an analysis has shown alone',
      ['PROCESSING/PROCESSING a=PROCESSING', '-/- a=SUCCESS', 'PROCESSING/PROCESSING'],
      fine,
      fine,
    ],
    [
      'are not older than the fields before [FOLDER-INITIAL-ONCE]',
      ['PROCESSING/PROCESSING', '-/- + a=PROCESSING', 'INITIAL/INITIAL'],
      system,
      system,
    ],
    [
      'show no result that nothing gave until then [SYSTEM-DECLINED-MEANS]',
      [running, 'FINISHED/DECLINED ! a=SUCCESS b=SUCCESS'],
      system,
      system,
    ],
    [
      'may miss a whole group that has come and gone',
      ['FINISHED/SUCCESS ! a=SUCCESS', 'FINISHED/SUCCESS ! a=SUCCESS b=FAILED'],
      system,
      fine,
    ],
    [
      'may be of a moment when something had been deleted [DELETION]',
      ['-/- + a=DECLINED', 'INITIAL/DECLINED ! b=DECLINED'],
      deleted,
      deleted,
    ],
    [
      'are held against groups that are shown late [GROUP-CONSTANT]',
      ['-/- ! a b', 'FINISHED/SUCCESS ! a=DECLINED b=SUCCESS', 'FINISHED/SUCCESS', '-/- + a b'],
      group,
      group,
    ],
  ] as const)('%s', (_name, texts, current, stale) => {
    expect(judged(texts)).toEqual([current, stale]);
  });

  it(`are not older than ${maxSinceFields} observations before them`, () => {
    const polls = (count: number) => [
      'INITIAL/INITIAL',
      '-/- + a=PROCESSING',
      ...Array.from({ length: count - 1 }, () => '-/- a=PROCESSING'),
      'INITIAL/INITIAL',
    ];
    expect([maxSinceFields, maxSinceFields + 1].map((count) => judged(polls(count))[1])).toEqual([
      fine,
      system,
    ]);
  });

  it.each([
    ['they explain what is seen [FOLDER-STAGE]', [running, over], true],
    ['they do not', [running, 'FINISHED/DECLINED ! a=SUCCESS b=SUCCESS'], false],
    ['no list stands beside them', ['FINISHED/SUCCESS ! a=SUCCESS', 'INITIAL/-'], false],
  ])('are named in the hint of a violation where %s', (_name, texts, isNamed) => {
    const [result] = check(texts.map((text) => seen(text)));
    const hints = result!.findings.map(({ hint }) => hint?.includes('--fields stale') === true);
    expect([result!.verdict, ...hints]).toEqual(['violates', isNamed]);
  });

  it('are judged no worse than fields of the same moment', () => {
    const named = ['BIOMETRY', 'DOCUMENTS'];
    const graph = graphOf({ named, unnamed: 1, settings: defaultSettings });
    const found = new Set<string>();
    fc.assert(
      fc.property(dice, fc.boolean(), (draw: Dice, isTampered) => {
        const observations = record(graph, defaultReading, draw);
        if (isTampered) tamper(observations, named, draw);
        const [current, stale] = (['current', 'stale'] as const).map((fields) =>
          verdictOf(observations, { fields }),
        );
        expect(verdicts.indexOf(stale!)).toBeLessThanOrEqual(verdicts.indexOf(current!));
        found.add(`${current} ${stale}`);
      }),
      runs(150, 2000),
    );
    expect([...found]).toEqual(
      expect.arrayContaining(['conforms conforms', 'violates conforms', 'violates violates']),
    );
  });
});

const verdictOf = (observations: Parameters<typeof check>[0], options: Partial<CheckOptions>) =>
  check(observations, { ...options, proposesReadings: false })[0]?.verdict ?? 'conforms';
