import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReading, type Reading } from '../../machines/index.ts';
import { bit } from '../../src/conformance/belief/resolution-set.ts';
import { createEngine } from '../../src/conformance/belief/engine.ts';
import type { Observation } from '../../src/conformance/index.ts';
import { explains, graphOf } from './brute-force.ts';
import { deletes, dice, noStatus, record, tamper, tamperGroups } from './random-recordings.ts';
import { check, checkBothWays, seen } from './scenarios.ts';
import { runs } from '../deep.ts';

const settingsOf = (answers: Partial<Reading>) =>
  ({ reading: { ...defaultReading, ...answers }, operatorRequired: 'allowed' }) as const;

function judge(texts: readonly string[], answers: Partial<Reading> = {}) {
  const [result] = checkBothWays(
    texts.map((text) => seen(text)),
    { settings: settingsOf(answers) },
  );
  return [result!.verdict, ...result!.findings.map(({ code }) => code)];
}

describe('the answer to a POST', () => {
  const answer = '-/- + a=PROCESSING b=PROCESSING';

  it.each([
    ['of two groups', ['-/- a:BIOMETRY:A=PROCESSING b:BIOMETRY:B=PROCESSING', answer]],
    ['of a larger group', [answer, '-/- + a=PROCESSING']],
    ['of a smaller group', [answer, `${answer} c=PROCESSING`]],
  ])('never lists as one group analyses %s', (_name, texts) => {
    expect(judge(texts)).toEqual(['violates', 'GROUP_CHANGED']);
  });

  it('may be seen twice', () => {
    expect(judge([answer, answer])).toEqual(['conforms']);
  });
});

const conforms = ['conforms'];
const changes = ['violates', 'GROUP_CHANGED'];
const P = 'PROCESSING';

describe('the groups of analyses [GROUP-CONSTANT]', () => {
  it.each([
    ['an id after the POST', ['-/- + a b', `-/- a:?:g=${P} b:?:g=${P}`], conforms],
    ['an id of one member after the POST', ['-/- + a b', `-/- a:?:g=${P} b=${P}`], conforms],
    ['ids in the answer to the POST', [`-/- + a:?:g=${P} b:?:g=${P}`, `-/- a:?:g=${P} b:?:g=${P}`], conforms],
    ['one id in the answer to the POST', [`-/- + a:?:g=${P} b=${P}`, `-/- b:?:g=${P}`], conforms],
    ['an id before the POST', [`-/- a:?:g=${P}`, `-/- + a b`, `-/- b:?:g=${P}`], conforms],
    ['ids of two POSTs', ['-/- + a', '-/- + b', `-/- a:?:g=${P} b:?:h=${P}`], conforms],
    ['an id of another group after a POST', ['-/- + a', `-/- a:?:g=${P} b:?:h=${P}`], conforms],
    ['a group of a known id that gains members', [`-/- a:?:g=${P}`, `-/- b:?:g=${P}`], conforms],
    ['the same until its list is known', [`-/- a:?:g=${P}`, `-/- b:?:g=${P}`, '-/- + a b c'], conforms],
    ['a POST again, with an id', ['-/- + a b', `-/- + a:?:g=${P} b:?:g=${P}`, '-/- + b a'], conforms],
    ['two POSTs after a list of both', [`-/- a=${P} b=${P}`, '-/- + a', '-/- + b'], conforms],
    ['an id that stays away', [`-/- a:?:g=${P}`, `-/- a=${P}`, `-/- a:?:g=${P}`], conforms],

    ['a group that grows after its POST', ['-/- + a', `-/- a:?:g=${P} b:?:g=${P}`], changes],
    ['the same, the other one first', ['-/- + a', `-/- b:?:g=${P} a:?:g=${P}`], changes],
    ['the same in two steps', ['-/- + a', `-/- a:?:g=${P}`, `-/- b:?:g=${P}`], changes],
    ['the same, the other one shown before', ['-/- + a', `-/- b:?:g=${P}`, `-/- a:?:g=${P}`], changes],
    ['the same, the other one known before', ['-/- b:?:g', '-/- + a', `-/- a:?:g=${P}`], changes],
    ['a known group of which a POST lists a part', [`-/- a:?:g=${P} b:?:g=${P}`, '-/- + a'], changes],
    ['a new one that a POST lists with an old id', [`-/- a:?:g=${P}`, `-/- + b:?:g=${P}`], changes],
    ['an id that changes', [`-/- a:?:g=${P}`, `-/- a:?:h=${P}`], changes],
    ['an id that changes after the POST', ['-/- + a', `-/- a:?:g=${P}`, `-/- a:?:h=${P}`], changes],
    ['two ids in one answer to a POST', [`-/- + a:?:g=${P} b:?:h=${P}`], changes],
    ['two ids after one POST', ['-/- + a b', `-/- a:?:g=${P} b:?:h=${P}`], changes],
    ['two ids after one POST, one by one', ['-/- + a b', `-/- a:?:g=${P}`, `-/- b:?:h=${P}`], changes],
    ['two ids before one POST', [`-/- a:?:g=${P}`, `-/- b:?:h=${P}`, '-/- + a b'], changes],
    ['another id before than in the POST', [`-/- a:?:g=${P}`, `-/- + a:?:h=${P}`], changes],
    ['one id of two POSTs', ['-/- + a', '-/- + b', `-/- a:?:g=${P} b:?:g=${P}`], changes],
    ['two POSTs with other lists', ['-/- + a b', '-/- + a c'], changes],
    ['two POSTs with other lists of a known group', [`-/- a:?:g=${P}`, '-/- + a', '-/- + a b'], changes],
    ['a POST of the members of two', ['-/- + a', '-/- + b', '-/- + a b'], changes],
  ])('%s', (_name, texts, expected) => {
    // What is at stake is said of a folder whose status is seen.
    expect(judge([`PROCESSING/PROCESSING`, ...texts])).toEqual(expected);
  });

  it('bind what was seen before, by whichever name they are learnt', () => {
    const masked = ['-/- ! a b', 'FINISHED/SUCCESS ! a=DECLINED b=SUCCESS'];
    expect(judge([...masked, '-/- + a', '-/- + b'])).toEqual(conforms);
    expect(judge([...masked, '-/- + a b'])).toEqual(changes);
    expect(judge([...masked, '-/- a:BIOMETRY:g', '-/- b:BIOMETRY:h'])).toEqual(conforms);
    expect(judge([...masked, '-/- a:BIOMETRY:g', '-/- b:BIOMETRY:g'])).toEqual(changes);
    expect(judge(['-/- + a', ...masked, '-/- a:BIOMETRY:g', '-/- b:BIOMETRY:h'])).toEqual(conforms);
  });

  it('are told by the place and the id that contradict', () => {
    const told = (...texts: string[]) => checkBothWays(texts.map((text) => seen(text)))[0]!.findings;
    expect(told('-/- + a b', '-/- a:BIOMETRY:g b:BIOMETRY:h')).toMatchObject([
      { analysis: 'b', observed: 'h', allowed: ['g'], where: { pointer: '/analyses/1/group_id' } },
    ]);
    expect(told('-/- + a', '-/- b:BIOMETRY:g', '-/- a:BIOMETRY:g')).toMatchObject([
      { analysis: 'a', observed: 'g', allowed: [], where: { pointer: '/analyses/0/group_id' } },
    ]);
    expect(told('-/- + a b', '-/- + a c')).toMatchObject([{ analysis: null, where: { pointer: '' } }]);
  });
});

describe('analyses first seen together, where these are one group [GROUP-IS-ONE-POST]', () => {
  const apart = [`-/- a=${P}`, `-/- b=${P}`, '-/- a=DECLINED', `-/- b=${P}`, '-/- b=SUCCESS'];

  it.each([
    ['are it also if the group of one is known', ['FINISHED/SUCCESS ! a:?:g=DECLINED b=SUCCESS'], 'violates'],
    ['are not if it is known', ['FINISHED/SUCCESS ! a:?:g=DECLINED b:?:h=SUCCESS c=SUCCESS'], 'conforms'],
    [
      'are until a POST says that they are not',
      ['-/- ! a b', 'FINISHED/SUCCESS ! a=DECLINED b=SUCCESS', '-/- + a'],
      'violates',
    ],
    [
      'are not once a POST has said so',
      ['-/- ! a b', '-/- + a', 'FINISHED/SUCCESS ! a=DECLINED b=SUCCESS'],
      'conforms',
    ],
    [
      'are it also if they were posted before',
      ['FINISHED/-', 'FINISHED/SUCCESS ! a=DECLINED b=SUCCESS'],
      'violates',
    ],
    ['may be one with others', [...apart, 'FINISHED/DECLINED ! a=DECLINED b=SUCCESS'], 'conforms'],
    ['may be another than others', [...apart, 'FINISHED/SUCCESS ! a=DECLINED b=SUCCESS'], 'conforms'],
  ])('%s', (_name, texts, verdict) => {
    const observations = texts.map((text) => seen(text));
    expect(checkBothWays(observations, { groups: 'first-seen' })[0]!.verdict).toBe(verdict);
  });
});

/** Runs of each property; a failure prints the seed and the path that repeat it. */
const [usual, deep] = [10, 60];

describe('what a recording says of groups, beside a search of all executions', () => {
  const reading: Reading = { ...defaultReading, 'operator-decision': 'forbidden' };
  const settings = { reading, operatorRequired: 'allowed' } as const;
  const graph = graphOf({ named: ['BIOMETRY', 'QUALITY', 'DOCUMENTS'], unnamed: 0, settings });
  const saysSomething = (observations: readonly Observation[]): boolean =>
    !observations.every(noStatus) && !deletes(observations);

  const withoutGroups = (observation: Observation): Observation => ({
    ...observation,
    wholeGroup: false,
    analyses: observation.analyses.map(({ groupId: _groupId, ...view }) => view),
  });

  it('is accepted where an execution shows it, else rejected [GROUP-CONSTANT]', () => {
    const verdicts = { conforms: 0, violates: 0, inconclusive: 0, unspecified: 0 };
    fc.assert(
      fc.property(dice, fc.nat({ max: 3 }), (draw, times) => {
        const observations = record(graph, reading, draw);
        for (let time = 0; time < times; time++) tamperGroups(observations, draw);
        fc.pre(saysSomething(observations));
        const [result] = checkBothWays(observations, { settings });
        const explained = explains(graph, observations, reading);
        if (!explained && !observations.at(-1)!.complete) return;
        expect(result!.verdict).toBe(explained ? 'conforms' : 'violates');
        verdicts[result!.verdict] += 1;
      }),
      runs(usual, deep),
    );
    expect(verdicts.conforms).toBeGreaterThan(3);
    expect(verdicts.violates).toBeGreaterThan(0);
  });

  it('is joint posting where told so, and nothing else [GROUP-IS-ONE-POST]', () => {
    const verdicts = { conforms: 0, violates: 0, inconclusive: 0, unspecified: 0 };
    fc.assert(
      fc.property(dice, fc.boolean(), (draw, tampered) => {
        const recorded = record(graph, reading, draw);
        if (tampered) tamper(recorded, ['BIOMETRY', 'QUALITY', 'DOCUMENTS'], draw);
        const observations = recorded.map(withoutGroups);
        fc.pre(saysSomething(observations));
        const [result] = checkBothWays(observations, { settings, groups: 'first-seen' });
        const explained = explains(graph, observations, reading, true);
        if (!explained && !observations.at(-1)!.complete) return;
        expect(result!.verdict).toBe(explained ? 'conforms' : 'violates');
        verdicts[result!.verdict] += 1;
      }),
      runs(usual, deep),
    );
    expect(verdicts.conforms).toBeGreaterThan(3);
    expect(verdicts.violates).toBeGreaterThan(0);
  });

  it('contradicts joint posting exactly where it needs separate groups [GROUP-IS-ONE-POST]', () => {
    const needs = { true: 0, false: 0 };
    fc.assert(
      fc.property(dice, fc.nat({ max: 3 }), (draw, times) => {
        const recorded = record(graph, reading, draw);
        const observations = draw.below(4) === 0 ? recorded : recorded.map(withoutGroups);
        for (let time = 0; time < times; time++) tamperGroups(observations, draw);
        const [known] = check(observations, { settings });
        fc.pre(known!.verdict === 'conforms');
        const [jointly] = check(observations, { settings, groups: 'first-seen' });
        const isNeeded = known!.hazards.some(({ code }) => code === 'NEEDS_SEPARATE_GROUPS');
        expect(jointly!.verdict).toBe(isNeeded ? 'violates' : 'conforms');
        needs[`${isNeeded}`] += 1;
      }),
      runs(40, 2 * deep),
    );
    expect(Math.min(needs.true, needs.false)).toBeGreaterThan(0);
  });
});

describe('two POSTs whose analyses a poll has shown before', () => {
  it('are two groups, of which the later masks the earlier [FOLDER-RESULT-LAST-FINISHED]', () => {
    const texts = [
      'PROCESSING/PROCESSING ! a:QUALITY=PROCESSING b=PROCESSING',
      '-/- + a:QUALITY=PROCESSING',
      '-/- + b=PROCESSING',
      'PROCESSING/PROCESSING ! a:QUALITY=DECLINED b=PROCESSING',
    ];
    const [result] = checkBothWays(
      [...texts, 'FINISHED/SUCCESS ! a:QUALITY=DECLINED b=SUCCESS'].map((t) => seen(t)),
    );
    expect([result!.verdict, result!.hazards.map(({ code }) => code)]).toEqual([
      'conforms',
      ['MASKED_RESULT'],
    ]);
    expect(judge([...texts, 'FINISHED/DECLINED ! a:QUALITY=DECLINED b=SUCCESS'])).toEqual([
      'violates',
      'SYSTEM_RESOLUTION_IMPOSSIBLE',
    ]);
  });
});

describe('an analysis that is named late', () => {
  const hold = { 'result-while-running': 'hold' } as const;
  const late = (group: string) => [
    '-/- a:BIOMETRY:A=PROCESSING',
    `-/PROCESSING ! a:BIOMETRY:A=PROCESSING b:BIOMETRY:${group}=FAILED`,
  ];

  it('never belongs to a group with another id than its own', () => {
    expect(judge(late('A'), hold)).toEqual(['conforms']);
    expect(judge(late('B'), hold)).toEqual(['violates', 'SYSTEM_RESOLUTION_IMPOSSIBLE']);
  });

  it('can by itself be the failure that an earlier group had to hold', () => {
    expect(judge(['-/- a=SUCCESS', 'FAILED/SUCCESS', '-/- ! a=SUCCESS b=FAILED'])).toEqual(['conforms']);
  });
});

describe('a belief that a limit has cut', () => {
  it('says so, and does so at all observations after it', () => {
    const count = 14;
    const facts = {
      analyses: Array.from({ length: count }, () => ({ liveness: false, label: -1, batch: 0 })),
      whole: [],
    };
    const running = Array.from({ length: count }, (_, id) => ({ id, admits: bit.PROCESSING }));
    const sight = { status: undefined, system: undefined, seen: running, complete: true };
    const engine = createEngine({ settings: settingsOf({ 'result-while-running': 'hold' }) });
    const cut = engine.step(engine.start, sight, facts);
    expect(cut.truncated).toBe(true);
    expect(engine.step(cut, sight, facts).truncated).toBe(true);
  });
});
