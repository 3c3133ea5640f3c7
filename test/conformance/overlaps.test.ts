import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReading, defaultSettings, type Reading } from '../../machines/index.ts';
import {
  createChecker,
  type FolderResult,
  type Interval,
  type Observation,
  type Verdict,
} from '../../src/conformance/index.ts';
import { overlaps } from '../../src/conformance/folder/overlap.ts';
import { maxTakenAgain } from '../../src/conformance/check/recent.ts';
import { readLines, readText } from '../recordings/reading.ts';
import { graphOf } from './brute-force.ts';
import { dice, record, tamper, type Dice } from './random-recordings.ts';
import { seen } from './scenarios.ts';
import { runs } from '../deep.ts';

const named = ['BIOMETRY', 'QUALITY'];
const allowing: Reading = { ...defaultReading, 'operator-decision': 'allowed' };
const graph = graphOf({ named, unnamed: 1, settings: { ...defaultSettings, reading: allowing } });

function check(observations: readonly Observation[]): FolderResult {
  const checker = createChecker({ settings: defaultSettings, proposesReadings: false });
  observations.forEach((each, at) => checker.observe({ ...each, where: { file: 'polls', line: at + 1 } }));
  return checker.finish()[0]!;
}

const codesOf = (found: readonly { readonly code: string }[]): readonly string[] =>
  found.map(({ code }) => code);
const isLimited = ({ findings }: FolderResult): boolean => codesOf(findings).includes('SEARCH_LIMIT');

/** Every order in which nothing comes before what had been answered when its request began. */
function ordersOf(left: readonly Observation[]): readonly (readonly Observation[])[] {
  if (left.length === 0) return [[]];
  return left.flatMap((one, at) => {
    const others = left.toSpliced(at, 1);
    const isTurn = others.every((other) => other.interval!.end > one.interval!.start);
    return isTurn ? ordersOf(others).map((rest) => [one, ...rest]) : [];
  });
}

const alone = ({ interval: _interval, ...observation }: Observation): Observation => observation;

/**
 * Requests that were answered at the moments of the observations and ended a little later, in the order of arrival; some
 * of them took long.
 */
function during(observations: readonly Observation[], draw: Dice): readonly Observation[] {
  const timed = observations.map((observation, nth) => {
    const length = draw.below(3) === 0 ? 60 : 12;
    const interval = { start: 10 * nth - draw.below(length), end: 10 * nth + draw.below(length) };
    return { ...observation, interval };
  });
  return timed.toSorted((one, other) => one.interval.end - other.interval.end);
}

/** Whether a request was sent before an answer came after which, and after whose answer, another was sent. */
function isLate(timed: readonly Observation[]): boolean {
  let [settled, latest] = [-Infinity, -Infinity];
  return timed.some(({ interval }) => {
    if (interval!.start >= latest) settled = latest;
    latest = Math.max(latest, interval!.end);
    return interval!.start < settled;
  });
}

const fromBest: readonly Verdict[] = ['conforms', 'unspecified', 'violates'];

describe('answers whose requests overlap', () => {
  it('are judged as in the best of all orders that they may have had [ANALYSIS-FINAL]', () => {
    const seenSo = { several: 0, late: 0, better: 0, worse: 0, hazards: 0 };
    fc.assert(
      fc.property(dice, dice, fc.boolean(), (draw, times, isTampered) => {
        const observations = record(graph, defaultReading, draw, 5);
        if (isTampered) tamper(observations, named, draw);
        const timed = during(observations, times);
        const orders = ordersOf(timed).map((order) => order.map(alone));
        const each = orders.map(check);
        const found = check(timed);
        if (each.some(isLimited) || (isLimited(found) && found.verdict !== 'violates')) return;
        const right =
          fromBest.find((verdict) => each.some((one) => one.verdict === verdict)) ?? 'inconclusive';
        expect(found.verdict).toBe(right);
        if (orders.length > 1) seenSo.several += 1;
        if (isLate(timed)) seenSo.late += 1;
        if (each[0]!.verdict !== right) seenSo.better += 1;
        if (right === 'violates') seenSo.worse += 1;
        else {
          const possible = each
            .filter(({ verdict }) => verdict !== 'violates')
            .map(({ hazards }) => codesOf(hazards));
          for (const code of codesOf(found.hazards)) {
            expect(possible.every((codes) => codes.includes(code))).toBe(true);
            seenSo.hazards += 1;
          }
        }
      }),
      runs(24, 120),
    );
    for (const count of Object.values(seenSo)) expect(count).toBeGreaterThan(0);
  });

  const at = (start: number, end: number, text: string): Observation => ({
    ...seen(text),
    interval: { start, end },
  });

  it('keep every order that something seen later may need [FOLDER-RESULT-LAST-FINISHED]', () => {
    const either = [at(0, 10, 'FINISHED/DECLINED'), at(5, 12, 'FINISHED/SUCCESS')];
    const later = (result: string) =>
      at(20, 30, `FINISHED/${result} ! a:BIOMETRY:g1=DECLINED b:BIOMETRY:g2=SUCCESS`);
    expect(check([...either, later('DECLINED')]).verdict).toBe('conforms');
    expect(check([...either, later('SUCCESS')]).verdict).toBe('conforms');
    expect(check([...either.map(alone), later('DECLINED')]).verdict).toBe('violates');
  });

  /** Short requests one after the other, and one that was sent before them and is answered after them. */
  const beside = (long: string, ...short: readonly string[]) => [
    ...short.map((text, nth) => at(10 * nth + 1, 10 * nth + 9, text)),
    at(0, 10 * short.length, long),
  ];

  it('may come before answers that were sent and came while they were waited for', () => {
    const short = ['PROCESSING/PROCESSING', '-/- ! a=PROCESSING', 'FINISHED/SUCCESS ! a=SUCCESS'];
    for (const long of ['INITIAL/INITIAL', 'PROCESSING/-', '-/- a=PROCESSING', '-/SUCCESS'])
      expect(check(beside(long, ...short))).toMatchObject({ verdict: 'conforms', findings: [] });
    const later = at(50, 51, '-/- ! a=SUCCESS');
    const none = check([...beside('FINISHED/DECLINED', ...short), later]);
    expect(none).toMatchObject({ verdict: 'violates', observations: 5, findings: [{ where: { line: 5 } }] });
    const [first, ...others] = beside('INITIAL/INITIAL', ...short);
    expect(check([alone(first!), ...others]).verdict).toBe('violates');
  });

  it('may lie within one another, and one long request may follow the other', () => {
    const nested = [
      at(10, 20, 'PROCESSING/PROCESSING'),
      at(30, 40, '-/- ! a=PROCESSING'),
      at(5, 50, 'PROCESSING/PROCESSING'),
      at(60, 70, '-/- ! a=SUCCESS'),
      at(0, 80, 'INITIAL/INITIAL'),
      at(45, 90, '-/- ! a=PROCESSING'),
    ];
    expect(check(nested)).toMatchObject({ verdict: 'conforms', findings: [] });
    const turned = nested.map((each, nth) =>
      nth === 5 ? { ...each, interval: { start: 71, end: 90 } } : each,
    );
    expect(codesOf(check(turned).findings)).toEqual(['SETTLED_ANALYSIS_CHANGED']);
  });

  it('take back what was found without them where they let analyses go that were shown', () => {
    const broken = at(11, 20, 'PROCESSING/INITIAL !');
    const polls = [at(1, 10, '-/-'), broken, at(21, 30, '-/-')];
    expect(check(polls).verdict).toBe('violates');
    const found = check([...polls, at(0, 40, '-/- a=SUCCESS')]);
    expect(found.verdict).toBe('unspecified');
    expect(codesOf(found.findings)).toEqual(['ANALYSIS_DISAPPEARED']);
  });

  it.each<[string, number, Verdict, readonly string[]]>([
    ['as far back as is named', maxTakenAgain + 1, 'conforms', ['ENDS_UNSETTLED']],
    ['no further, where nothing is claimed', maxTakenAgain + 2, 'inconclusive', []],
  ])('are tried %s', (_name, count, verdict, hazards) => {
    const short = Array.from({ length: count }, () => 'PROCESSING/PROCESSING');
    const found = check(beside('INITIAL/INITIAL', ...short));
    expect(found.verdict).toBe(verdict);
    expect(codesOf(found.hazards)).toEqual(hazards);
    expect(isLimited(found)).toBe(verdict === 'inconclusive');
  });

  it('are in order where one was answered before another was sent, also through a chain of others', () => {
    const chain = (first: string, last: string) => [
      at(0, 10, first),
      at(5, 20, '-/- b=PROCESSING'),
      at(15, 30, last),
    ];
    expect(check(chain('-/- a=PROCESSING', '-/- a=SUCCESS')).verdict).toBe('conforms');
    expect(check(chain('-/- a=SUCCESS', '-/- a=PROCESSING')).verdict).toBe('violates');
  });

  it.each<[string, number, Interval, boolean]>([
    ['ends later and begins before the end', 10, { start: 9, end: 12 }, true],
    ['begins when the other has just ended', 10, { start: 10, end: 12 }, false],
    ['ends at the same moment', 10, { start: 3, end: 10 }, true],
    ['takes no time at that moment', 10, { start: 10, end: 10 }, false],
    ['contradicts the order of arrival', 10, { start: 3, end: 9 }, false],
  ])('overlap with one that %s: %s, %o', (_name, end, interval, expected) => {
    expect(overlaps(end, interval)).toBe(expected);
  });

  const poll = (started: number, time: number, status: string, url = 'f') => ({
    started,
    time,
    method: 'GET',
    url: `/api/folders/${url}`,
    status: 200,
    body: { folder_id: url, resolution_status: status, system_resolution: status },
  });
  const harOf = (polls: readonly ReturnType<typeof poll>[]) => ({
    log: {
      entries: polls.map(({ started, time, url, body }) => ({
        startedDateTime: new Date(started).toISOString(),
        time: time - started,
        request: { method: 'GET', url },
        response: { status: 200, content: { text: JSON.stringify(body) } },
      })),
    },
  });
  const verdictOf = (observations: readonly Observation[]) => {
    const checker = createChecker({ settings: defaultSettings });
    observations.forEach((observation) => checker.observe(observation));
    return checker.finish().find(({ folderId }) => folderId === 'f')!.verdict;
  };

  it.each([
    [9, 'conforms'],
    [10, 'violates'],
  ])('in lines and in a HAR: begun at %i where the other ends at 10, the folder %s', (start, verdict) => {
    const polls = [poll(0, 10, 'PROCESSING'), poll(start, 12, 'INITIAL')];
    expect(verdictOf(readLines(polls).observations)).toBe(verdict);
    expect(verdictOf(readText(JSON.stringify(harOf(polls))).observations)).toBe(verdict);
  });

  it.each([
    [0, 'conforms'],
    [39, 'violates'],
  ])('and come late in lines and in a HAR: begun at %i, the folder %s', (start, verdict) => {
    const others = Array.from({ length: 30 }, (_, nth) => poll(nth, nth + 0.5, 'INITIAL', `other ${nth}`));
    const short = [1, 2, 3].map((nth) => poll(30 * nth, 30 * nth + 9, 'PROCESSING'));
    const polls = [...others, ...short, poll(start, 200, 'INITIAL'), poll(300, 310, 'PROCESSING')];
    expect(verdictOf(readLines(polls).observations)).toBe(verdict);
    expect(verdictOf(readText(JSON.stringify(harOf(polls))).observations)).toBe(verdict);
  });

  it('are known by the times of their own folder, whatever the clock showed for another', () => {
    const other = poll(9000, 9010, 'INITIAL', 'other');
    const polls = [other, poll(11, 22, 'PROCESSING'), poll(10, 23, 'INITIAL')];
    const { observations, codes } = readLines(polls);
    expect(verdictOf(observations)).toBe('conforms');
    expect(codes).toEqual(['TIME_OUT_OF_ORDER']);
  });

  it('are in order of arrival where the clock of their folder was put back', () => {
    const polls = [poll(9000, 9010, 'PROCESSING'), poll(11, 22, 'INITIAL')];
    expect(verdictOf(readLines(polls).observations)).toBe('violates');
  });

  it('cost no more where they say the same, or go on so for long', () => {
    const both = (tick: number) => [
      at(10 * tick, 10 * tick + 8, 'PROCESSING/PROCESSING'),
      at(10 * tick + 1, 10 * tick + 9, '-/- ! a=PROCESSING b=PROCESSING'),
    ];
    const pairs = Array.from({ length: 300 }, (_, tick) => both(tick)).flat();
    const chain = Array.from({ length: 300 }, (_, tick) => at(tick, tick + 1.5, `PROCESSING/PROCESSING`));
    const atOnce = Array.from({ length: 300 }, (_, tick) => at(0, 10 + tick, '-/- a=PROCESSING'));
    const mixed = pairs.map((each, nth) => ({ ...each, interval: { start: nth - 1.5, end: nth } }));
    for (const polls of [pairs, chain, atOnce, mixed]) {
      expect(check(polls)).toMatchObject({ verdict: 'conforms', observations: polls.length, findings: [] });
    }
  });

  const overlapping = [
    at(0, 10, 'PROCESSING/- ! a=PROCESSING b=PROCESSING'),
    at(20, 30, '-/PROCESSING'),
    at(25, 32, 'PROCESSING/-'),
  ];
  const late = (start: number) => at(start, start + 1, '-/- a:BIOMETRY:g=PROCESSING b:BIOMETRY:g=PROCESSING');

  it('are taken again in every order where a group is shown late', () => {
    const polls = [...overlapping, at(40, 41, '-/- a=PROCESSING'), late(50)];
    expect(check(polls)).toMatchObject({ verdict: 'conforms', findings: [] });
    const apart = at(50, 51, 'FINISHED/SUCCESS a:BIOMETRY:g=SUCCESS b:BIOMETRY:h=PROCESSING');
    expect(check([...overlapping, apart]).verdict).toBe('violates');
  });

  it('are taken again one by one where one order shows late what another does not', () => {
    const polls = [
      at(0, 10, 'PROCESSING/- ! a=PROCESSING'),
      at(12, 20, '-/PROCESSING'),
      at(14, 22, 'PROCESSING/-'),
      { ...at(30, 34, '-/- b:BIOMETRY:g=PROCESSING'), wholeGroup: true },
      at(30, 36, 'PROCESSING/- ! a=PROCESSING b:BIOMETRY:g=PROCESSING'),
    ];
    expect(check(polls)).toMatchObject({ verdict: 'conforms', findings: [] });
  });

  it('claim nothing where a group is shown late that was seen in several orders too long before', () => {
    const between = Array.from({ length: 300 }, (_, nth) =>
      at(40 + 2 * nth, 41 + 2 * nth, nth % 2 === 0 ? '-/- a=PROCESSING' : '-/- b=PROCESSING'),
    );
    expect(check([...overlapping, ...between, late(2000)])).toMatchObject({
      verdict: 'inconclusive',
      findings: [{ code: 'SEARCH_LIMIT', message: expect.stringContaining('shown late') }],
    });
  });
});
