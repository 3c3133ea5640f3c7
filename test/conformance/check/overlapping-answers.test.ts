import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../machines/index.ts';
import { createChecker, type Found, type Observation } from '../../../src/conformance/index.ts';
import { seen } from '../scenarios.ts';

/** An answer to a request that was sent and answered at these moments. */
const at = (start: number, end: number, text: string): Observation => ({
  ...seen(text),
  interval: { start, end },
});

/** What a check tells, in order, and what it says at the end. */
function check(observations: readonly Observation[]) {
  const told: Found[] = [];
  const options = { settings: defaultSettings, proposesReadings: false };
  const checker = createChecker(options, (found) => told.push(found));
  observations.forEach((each, nth) =>
    checker.observe({ ...each, where: { file: 'polls', line: nth + 1, pointer: '' } }),
  );
  const [result] = checker.finish();
  return { codes: told.map(({ finding }) => finding.code), result: result! };
}

describe('answers whose requests overlap', () => {
  it('say the same wherever it stands in them, and in whatever order their members were written', () => {
    const one = 'FINISHED/- a:?=SUCCESS';
    const { analyses, interval, ...rest } = at(15, 28, one);
    const views = analyses.map(({ id, kind, ...status }) => ({
      ...status,
      ...(kind !== undefined && { kind }),
      id,
      pointer: '/body/analyses/0',
    }));
    const again = { interval: interval!, analyses: views, seenBefore: { file: 'polls', line: 1 }, ...rest };
    // Were they taken for two, what is shown late here could not be held against their orders.
    const late = seen('FINISHED/- ! a:QUALITY=SUCCESS b:BIOMETRY=SUCCESS');
    expect(check([at(2, 18, one), again, late])).toMatchObject({
      codes: [],
      result: { verdict: 'conforms', findings: [] },
    });
  });

  it('are told what is found in place of something that one of them takes back', () => {
    const polls = [
      at(2, 15, '-/FAILED ! a:BIOMETRY=OPERATOR_REQUIRED'),
      at(18, 23, 'FAILED/FAILED'),
      at(11, 33, 'FAILED/FAILED ! b:QUALITY=FAILED'),
    ];
    expect(check(polls.slice(0, 2)).codes).toEqual(['SYSTEM_RESOLUTION_IMPOSSIBLE']);
    const { codes, result } = check(polls);
    expect(result.findings.map(({ code }) => code)).toEqual(['ANALYSIS_DISAPPEARED']);
    expect(codes).toEqual(['SYSTEM_RESOLUTION_IMPOSSIBLE', 'ANALYSIS_DISAPPEARED']);
  });
});
