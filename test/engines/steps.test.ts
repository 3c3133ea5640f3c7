import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReading, defaultSettings, type Reading } from '../../machines/index.ts';
import {
  createChecker,
  type FolderResult,
  type Found,
  type Observation,
} from '../../src/conformance/index.ts';
import { createSteps, maxKeptOfFolder, readState, writeState } from '../../src/engines/index.ts';
import { graphOf } from '../conformance/brute-force.ts';
import { dice, record, tamper, tamperGroups, type Dice } from '../conformance/random-recordings.ts';
import { seen } from '../conformance/scenarios.ts';
import { runs } from '../deep.ts';

const named = ['BIOMETRY', 'QUALITY'];
const allowing: Reading = { ...defaultReading, 'operator-decision': 'allowed' };
const graph = graphOf({ named, unnamed: 1, settings: { ...defaultSettings, reading: allowing } });
const options = { settings: defaultSettings, proposesReadings: false };

/** What a check finds that sees all at once. */
function atOnce(observations: readonly Observation[]): { told: readonly Found[]; result: FolderResult } {
  const told: Found[] = [];
  let isOver = false;
  const checker = createChecker(options, (found) => (isOver ? undefined : told.push(found)));
  for (const observation of observations) checker.observe(observation);
  isOver = true;
  return { told, result: checker.finish()[0]! };
}

/** What steps find that see so many observations each, the state written and read between. */
function inSteps(observations: readonly Observation[], sizes: readonly number[]) {
  const told: Found[] = [];
  let state: Uint8Array | null = null;
  let [from, nth] = [0, 0];
  while (from < observations.length) {
    const to = from + Math.max(1, sizes[nth++] ?? observations.length);
    // Every step by another object, as on another machine.
    const step = createSteps(options).step(state, observations.slice(from, to));
    state = step.state;
    told.push(...step.findings);
    from = to;
  }
  return { told, state: state!, result: createSteps(options).end(state!) };
}

/** The bytes of a state as text, which is compared in a hundredth of the time. */
const textOf = (state: Uint8Array): string => Buffer.from(state).toString('latin1');

/** Observations that are repeated now and then, one after the other or at times that overlap. */
function drawn(draw: Dice, isTimed: boolean): readonly Observation[] {
  const few = record(graph, defaultReading, draw, 6);
  if (draw.below(2) === 0) tamper(few, named, draw);
  if (draw.below(3) === 0) tamperGroups(few, draw);
  const all = few.flatMap((one) => Array.from({ length: [1, 1, 3, 6][draw.below(4)]! }, () => one));
  let now = 0;
  return all.map((one, at) => {
    const where = { file: 'polls', line: at + 1 };
    if (!isTimed || draw.below(4) === 0) return { ...one, where };
    now += draw.below(20);
    const interval = { start: now - draw.below(30), end: now };
    return { ...one, where, interval };
  });
}

/** Answers with times to polls without end, most of which say the same; some overlap, and some come very late. */
function long(draw: Dice): readonly Observation[] {
  const few = record(graph, defaultReading, draw, 5);
  if (draw.below(2) === 0) tamper(few, named, draw);
  const all = few.flatMap((one) => Array.from({ length: 150 + draw.below(400) }, () => one));
  let now = 0;
  return all.map((_one, at) => {
    now += 10;
    const polls = [1 + draw.below(700), 4, 3][draw.below(60)] ?? 1;
    // What was so while the request ran.
    const shown = all[Math.max(0, at - draw.below(polls))]!;
    return {
      ...shown,
      where: { file: 'polls', line: at + 1 },
      interval: { start: now - 10 * polls, end: now },
    };
  });
}

describe('a recording that is taken in steps', () => {
  it('gives the same findings, the same result and the same bytes, however it is cut', () => {
    const seenSo = { violates: 0, conforms: 0, hazards: 0, shorter: 0 };
    fc.assert(
      fc.property(
        dice,
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 40 }),
        (draw, isTimed, sizes) => {
          const observations = drawn(draw, isTimed);
          const whole = atOnce(observations);
          const steps = inSteps(observations, sizes);
          expect(steps.told).toEqual(whole.told);
          expect(steps.result).toEqual(whole.result);
          expect(textOf(steps.state)).toBe(textOf(inSteps(observations, []).state));
          const { kept } = readState(steps.state);
          seenSo.shorter += Number(kept.length < observations.length);
          seenSo.violates += Number(whole.result.verdict === 'violates');
          seenSo.conforms += Number(whole.result.verdict === 'conforms');
          seenSo.hazards += Number(whole.result.hazards.length > 0);
        },
      ),
      { ...runs(12, 300), endOnFailure: true },
    );
    expect(Object.entries(seenSo).filter(([, count]) => count < 2)).toEqual([]);
  });

  it('gives the same where it is long, with times, and was summed up', () => {
    const seenSo = { summed: 0, violates: 0, exact: 0 };
    let limited = 0;
    fc.assert(
      fc.property(dice, fc.array(fc.integer({ min: 40, max: 400 }), { maxLength: 8 }), (draw, sizes) => {
        const observations = long(draw);
        const whole = atOnce(observations);
        const steps = inSteps(observations, sizes);
        expect(textOf(steps.state)).toBe(textOf(inSteps(observations, []).state));
        // What is summed up can stay within a limit that all of it meets.
        const isLimited = whole.told.some(({ finding }) => finding.code === 'SEARCH_LIMIT');
        limited += Number(isLimited);
        if (isLimited) return;
        expect(steps.told).toEqual(whole.told);
        expect(steps.result).toEqual(whole.result);
        seenSo.exact += 1;
        seenSo.summed += Number(readState(steps.state).kept.some(({ repeats = 0 }) => repeats > 50));
        seenSo.violates += Number(whole.result.verdict === 'violates');
      }),
      { ...runs(2, 150), endOnFailure: true },
    );
    expect(Object.entries(seenSo).filter(([, count]) => count < 1)).toEqual([]);
    expect(limited).toBeLessThan(seenSo.exact / 5);
  });

  it('is judged under another reading from the same state', () => {
    const observations = [
      seen('PROCESSING/PROCESSING ! a=PROCESSING b=FAILED'),
      seen('FAILED/FAILED ! a=SUCCESS b=FAILED'),
    ];
    const { state } = createSteps(options).step(null, observations);
    const reading: Reading = { ...defaultReading, 'status-precedence': 'failed-first' };
    expect(createSteps(options).end(state).verdict).toBe('conforms');
    expect(createSteps({ ...options, settings: { ...defaultSettings, reading } }).end(state).verdict).toBe(
      'violates',
    );
  });
});

describe('the state of a folder', () => {
  const running =
    '-/PROCESSING ! 11111111-1111-4111-8111-111111111111=PROCESSING 22222222-2222-4222-8222-222222222222=PROCESSING';
  const place = (line: number) => ({ where: { file: 'polls.ndjson', line, pointer: '' } });
  const polls = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      ...seen(running),
      ...place(at + 1),
    }));

  it('is small, and does not grow with polls that show nothing new', () => {
    const sizes = [2, 10, 1_000].map((count) => inSteps(polls(count), [count / 2]).state.length);
    expect(sizes[0]).toBeLessThan(500);
    expect(sizes[2]! - sizes[1]!).toBeLessThanOrEqual(12);
    expect(inSteps(polls(1_000), [10]).result.observations).toBe(1_000);
  });

  it('is read as it was written, whatever it holds', () => {
    const text = fc.string({ unit: 'grapheme' });
    const maybe = <K extends string, T>(key: K, value: fc.Arbitrary<T>) =>
      fc.option(
        value.map((one) => ({ [key]: one }) as Record<K, T>),
        { nil: {} },
      );
    const where = fc
      .tuple(
        fc.record({ file: text }),
        maybe('line', fc.nat()),
        maybe('pointer', text),
        maybe('offset', fc.nat()),
      )
      .map((parts) => Object.assign({}, ...parts) as Observation['where']);
    const view = fc
      .tuple(
        fc.record({ id: text, pointer: text }),
        maybe('kind', text),
        maybe('groupId', text),
        maybe('state', text),
      )
      .map((parts) => Object.assign({}, ...parts) as Observation['analyses'][number]);
    const observation = fc
      .tuple(
        fc.record({ complete: fc.boolean(), wholeGroup: fc.boolean(), analyses: fc.array(view), where }),
        maybe('folderId', text),
        maybe('unnamed', fc.constant(true as const)),
        maybe('resolutionStatus', text),
        maybe('systemResolution', text),
        maybe('repeats', fc.nat()),
        maybe('seenBefore', where),
        maybe(
          'interval',
          fc.record({ start: fc.double({ noNaN: true, noDefaultInfinity: true }), end: fc.nat() }),
        ),
      )
      .map((parts) => Object.assign({ folder: 'folder:f' }, ...parts) as Observation);
    fc.assert(
      fc.property(fc.array(observation), fc.nat(), fc.boolean(), (kept, left, hadViolation) => {
        const history = { folder: 'folder:f', kept, left, hadViolation };
        const bytes = writeState(history);
        // -0 is 0 in JSON.
        expect(JSON.stringify(readState(bytes))).toBe(
          JSON.stringify(readState(writeState(readState(bytes)))),
        );
        expect(JSON.parse(JSON.stringify(readState(bytes)))).toEqual(JSON.parse(JSON.stringify(history)));
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['other text', 'state'],
    ['JSON of another kind', '{}'],
    ['an older version', '[0,"folder:f",0,0,[],[]]'],
    ['a version to come', '[2,"folder:f",0,0,[],[]]'],
    ['a text that is not in the table', '[1,"folder:f",0,0,[],[[1,0,0,0,null,null,[0,1,null,0,null],null]]]'],
    [
      'a part',
      new TextDecoder()
        .decode(writeState({ folder: 'f', kept: polls(2), left: 0, hadViolation: false }))
        .slice(0, -9),
    ],
  ])('is refused where it is none: %s', (_what, text) => {
    const bytes = new TextEncoder().encode(text);
    expect(() => createSteps(options).step(bytes, [])).toThrow(/^state: expected the bytes that a step gave/);
  });

  it('is that of one folder', () => {
    const { state } = createSteps(options).step(null, [seen('PROCESSING/PROCESSING')]);
    const other = { ...seen('PROCESSING/PROCESSING'), folder: 'folder:other' };
    expect(() => createSteps(options).step(state, [other])).toThrow(/^observations: expected those of/);
  });
});

describe('a folder of which more is seen than is kept', () => {
  const both = [seen('-/- a=PROCESSING'), seen('-/- b=PROCESSING')];
  const turns = (count: number, last: string) =>
    [...Array.from({ length: count }, (_, at) => both[at % 2]!), seen(last)].map((one, at) => ({
      ...one,
      where: { file: 'polls', line: at + 1 },
    }));
  const many = maxKeptOfFolder;

  it('has a state of bounded size, and no verdict that rests on what was left out', () => {
    const { state, result } = inSteps(turns(many, '-/- a=PROCESSING'), [many - 5]);
    const longer = inSteps(turns(2 * many, '-/-'), [2 * many]).state;
    expect(Math.max(state.length, longer.length)).toBeLessThan(300_000);
    expect(readState(state).kept.length).toBeLessThanOrEqual(many / 2);
    expect([result.verdict, result.findings[0]!.code, result.observations]).toEqual([
      'inconclusive',
      'SEARCH_LIMIT',
      many + 1,
    ]);
  });

  it('violates where it did before, or does afterwards, in whatever steps', () => {
    const late = [...turns(many, '-/- a=SUCCESS'), ...turns(1, '-/- a=DECLINED').slice(-1)];
    const early = [seen('-/- a=SUCCESS'), seen('-/- a=DECLINED'), ...turns(many, '-/-')];
    for (const observations of [late, early]) {
      const [one, other] = [inSteps(observations, []), inSteps(observations, [many - 100, 90, 20])];
      expect(one.result.verdict).toBe('violates');
      expect(textOf(other.state)).toBe(textOf(one.state));
      expect(other.told).toEqual(one.told);
      expect(one.told.some(({ finding }) => finding.code === 'SETTLED_ANALYSIS_CHANGED')).toBe(true);
    }
  });
});
