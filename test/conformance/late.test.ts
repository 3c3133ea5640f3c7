import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReading, project, stateOf, type Reading } from '../../machines/index.ts';
import { bit } from '../../src/conformance/belief/resolution-set.ts';
import { Budget } from '../../src/conformance/belief/budget.ts';
import { History } from '../../src/conformance/folder/history.ts';
import { createPackedChecker } from '../../src/conformance/check/checker.ts';
import type { FolderResult, Observation } from '../../src/conformance/index.ts';
import { explains, graphOf } from './brute-force.ts';
import { deletes, Dice, tamperGroups } from './random-recordings.ts';
import { checkBothWays, seen } from './scenarios.ts';
import { isDeep, runs } from '../deep.ts';

const settingsOf = (answers: Partial<Reading>) =>
  ({ reading: { ...defaultReading, ...answers }, operatorRequired: 'allowed' }) as const;

function judge(texts: readonly string[], answers: Partial<Reading> = {}): FolderResult {
  const observations = texts.map((text) => seen(text));
  return checkBothWays(observations, { settings: settingsOf(answers), proposesReadings: false })[0]!;
}

const codesOf = ({ verdict, findings }: FolderResult) => [verdict, ...findings.map(({ code }) => code)];

/** Observations by turns, in this order, so many in all. */
const inTurn = (texts: readonly string[], count: number): string[] =>
  Array.from({ length: count }, (_, at) => texts[at % texts.length]!);

const ways = {
  'analyses by themselves': ['-/- a=PROCESSING', '-/- b=PROCESSING'],
  'complete lists beside one analysis': ['PROCESSING/PROCESSING ! a=PROCESSING b=PROCESSING', '-/- a'],
  'the fields beside one analysis': ['PROCESSING/PROCESSING', '-/- b=PROCESSING'],
  'one field after the other': ['PROCESSING/- a=PROCESSING', '-/PROCESSING b=PROCESSING'],
};

describe.each(Object.entries(ways))('a group that is shown late, after %s', (_name, polls) => {
  it.each(isDeep ? [10, 300, 1500] : [10, 100])(
    'is held against all of %i observations before [GROUP-CONSTANT]',
    (count) => {
      const masked = ['-/- ! a b', ...inTurn(polls, count), 'FINISHED/SUCCESS ! a=DECLINED b=SUCCESS'];
      const after = [...masked, ...inTurn(['-/- a=DECLINED', '-/- b=SUCCESS'], count)];
      expect(codesOf(judge([...after, '-/- + a b']))).toEqual(['violates', 'GROUP_CHANGED']);
      expect(codesOf(judge([...after, '-/- + a']))).toEqual(['conforms']);
    },
  );
});

describe('what is left out of a long history', () => {
  const hold = { 'result-while-running': 'hold', 'operator-decision': 'allowed' } as const;
  const wait = (text: string) => inTurn([text, '-/- a:?'], 80);

  it('is nothing between lists that do not say what the analyses are [FOLDER-RESULT-LAST-FINISHED]', () => {
    const list = '-/- ! a:? b:? c:?';
    const last = '-/- ! a:?=SUCCESS b:?=DECLINED c:?=SUCCESS';
    const texts = [list, '-/SUCCESS', '-/DECLINED', '-/SUCCESS', list, ...wait('-/- b:?'), last];
    expect(codesOf(judge([...texts, '-/- + a:?', '-/- + b:?'], hold))).toEqual(['conforms']);
    const late = [...texts, '-/- + a:?', '-/- + b:? c:?'];
    expect(codesOf(judge(late, hold))).toEqual(['violates', 'GROUP_CHANGED']);
  });

  it('is never the end of a time in which nothing happened [FOLDER-RESULT-LAST-FINISHED]', () => {
    const list = '-/- ! a:?=PROCESSING b:?=DECLINED c:?=SUCCESS';
    const last = '-/SUCCESS ! a:?=SUCCESS b:?=DECLINED c:?=SUCCESS';
    const texts = [list, '-/SUCCESS', list, ...wait('-/- b:?=DECLINED'), last];
    expect(codesOf(judge([...texts, '-/- + c:?'], hold))).toEqual(['conforms']);
    expect(codesOf(judge([...texts, '-/- + b:? c:?'], hold))).toEqual(['violates', 'GROUP_CHANGED']);
  });

  it('is never the last time that an analysis was seen so [LIVENESS-NO-OPERATOR]', () => {
    const running = ['-/- a:?=PROCESSING', '-/OPERATOR_REQUIRED', '-/- a:?=PROCESSING', ...wait('-/- b:?')];
    const texts = ['-/- ! a:? b:?', ...running, '-/- ! a:?=SUCCESS b:?=SUCCESS'];
    expect(codesOf(judge([...texts, '-/- a:QUALITY'], hold))).toEqual(['conforms']);
    expect(codesOf(judge([...texts, '-/- b:QUALITY'], hold))).toEqual(['violates', 'OPERATOR_FOR_LIVENESS']);
  });
});

describe('a kind that is shown late', () => {
  const toBlame = (analysis: string, at: number) => [
    {
      code: 'OPERATOR_FOR_LIVENESS',
      analysis,
      observed: 'QUALITY',
      where: { pointer: `/analyses/${at}/type` },
    },
  ];

  it.each([
    ['an analysis that has shown OPERATOR_REQUIRED', ['-/- a:?=OPERATOR_REQUIRED', '-/- a:QUALITY']],
    ['the same, in a folder', ['FINISHED/OPERATOR_REQUIRED ! a:?=OPERATOR_REQUIRED', '-/- a:QUALITY']],
    ['a result that no other analysis can have', ['FINISHED/OPERATOR_REQUIRED ! a:?', '-/- a:QUALITY']],
  ])('is to blame for %s [LIVENESS-NO-OPERATOR]', (_name, texts) => {
    expect(judge(texts)).toMatchObject({ verdict: 'violates', findings: toBlame('a', 0) });
  });

  it.each([
    ['has shown itself', ['-/- a:?=OPERATOR_REQUIRED', '-/- a:?=SUCCESS', '-/- a:QUALITY']],
    ['was needed for', ['FINISHED/OPERATOR_REQUIRED ! a:?', '-/- a:?=SUCCESS', '-/- a:QUALITY']],
  ])('is held against what was decided since: it %s [OPERATOR-DECISION]', (_name, texts) => {
    const result = judge(texts, { 'operator-decision': 'allowed' });
    expect(result).toMatchObject({ verdict: 'violates', findings: toBlame('a', 0) });
  });

  it('is the one of the analysis that needed an operator, where two are shown [LIVENESS-NO-OPERATOR]', () => {
    const posts = ['-/- + a:?', '-/- + b:?', 'PROCESSING/PROCESSING ! a:?=SUCCESS b:?=PROCESSING'];
    const shown = 'FINISHED/OPERATOR_REQUIRED ! a:?=SUCCESS b:?';
    expect(judge([...posts, shown, '-/- a:QUALITY b:QUALITY']).findings).toMatchObject(toBlame('b', 1));
    const either = 'FINISHED/OPERATOR_REQUIRED ! a:? b:?';
    expect(judge([either, '-/- a:QUALITY b:QUALITY']).findings).toMatchObject(toBlame('a', 0));
  });

  it('is not to blame where a group is, nor one of an analysis that may be so [GROUP-CONSTANT]', () => {
    const masked = ['-/- ! a:? b:?', 'FINISHED/SUCCESS ! a:?=DECLINED b:?=SUCCESS'];
    expect(codesOf(judge([...masked, '-/- a:QUALITY:g b:?:g']))).toEqual(['violates', 'GROUP_CHANGED']);
    expect(codesOf(judge([...masked, '-/- a:QUALITY:g b:?:h']))).toEqual(['conforms']);
  });

  it('is known from then on, so that it is told once [LIVENESS-NO-OPERATOR]', () => {
    const texts = ['FINISHED/OPERATOR_REQUIRED ! a:?', ...inTurn(['-/- a:QUALITY', '-/- a'], 5)];
    expect(judge(texts.map((text) => text.replace(/ a$/, ' a:?'))).findings).toHaveLength(1);
  });

  it('counts where nothing else is followed any more [LIVENESS-NO-OPERATOR]', () => {
    const lost = ['-/- ! a:? b:?=OPERATOR_REQUIRED', '-/- ! b:?', '-/- b:QUALITY'];
    expect(codesOf(judge(lost))).toEqual(['violates', 'ANALYSIS_DISAPPEARED', 'OPERATOR_FOR_LIVENESS']);
  });
});

it('a group that is shown late is not held against what was believed without it [GROUP-IS-ONE-POST]', () => {
  const at = (start: number, end: number, text: string) => ({ ...seen(text), interval: { start, end } });
  const overlapping = [at(0, 20, '-/- a:?'), at(0, 30, '-/-')];
  const answers = [...overlapping, seen('-/- b:?'), seen('-/- + c:? b:?=DECLINED')];
  const checker = createPackedChecker({ settings: settingsOf({}), proposesReadings: false });
  for (const answer of answers) checker.observe(answer);
  expect(codesOf(checker.finish()[0]!)).toEqual(['inconclusive', 'SEARCH_LIMIT']);
});

it('a whole group that is shown late has not finished beside a result that says that none has [GROUP-RESULT-WORST]', () => {
  const polls = ['FAILED/FAILED', 'FAILED/FAILED ! a:?=FAILED b:?=FAILED c:?=SUCCESS'];
  const settings = { 'result-while-running': 'hold', 'failed-group-finishes': 'no' } as const;
  expect(codesOf(judge([...polls, '-/- + b:? c:?'], settings))).toEqual(['conforms']);
  expect(codesOf(judge([...polls, '-/- + c:?'], settings))).toEqual(['violates', 'GROUP_CHANGED']);
});

/** The verdict where no more than `history` is kept of the folder, as numbers or by itself. */
function judgeWith(history: number, observations: readonly Observation[], asNumbers: boolean) {
  const settings = settingsOf({ 'operator-decision': 'forbidden' });
  const watch = asNumbers ? undefined : () => undefined;
  const checker = createPackedChecker(
    { settings, proposesReadings: false },
    undefined,
    watch,
    new Budget({ perHistory: history }),
  );
  observations.forEach((observation) => checker.observe(observation));
  return checker.finish()[0]!;
}

describe('a folder of which more was seen than is kept', () => {
  const polls = inTurn(ways['one field after the other'], 400);
  const masked = ['-/- ! a b', ...polls, 'FINISHED/SUCCESS ! a=DECLINED b=SUCCESS'];
  const seenAll = (...more: string[]) => [...masked, ...more].map((text) => seen(text));

  it.each([true, false])('is inconclusive once something is shown late (as numbers: %s)', (asNumbers) => {
    const late = judgeWith(300, seenAll('-/- + a b', '-/- a=DECLINED'), asNumbers);
    expect(codesOf(late)).toEqual(['inconclusive', 'SEARCH_LIMIT']);
    expect(late.findings[0]).toMatchObject({ where: { file: 'test' }, severity: 'note' });
    expect(late.findings[0]!.message).toContain('300');
    expect(codesOf(judgeWith(300, seenAll('-/- + a b', '-/- a=SUCCESS'), asNumbers))).toEqual([
      'violates',
      'SEARCH_LIMIT',
      'SETTLED_ANALYSIS_CHANGED',
    ]);
  });

  it.each([true, false])(
    'is judged as ever where a POST is only shown again (as numbers: %s)',
    (asNumbers) => {
      const again = ['-/- + a', ...masked, '-/- + a', '-/- a:BIOMETRY:g'].map((text) => seen(text));
      expect(codesOf(judgeWith(300, again, asNumbers))).toEqual(['conforms']);
    },
  );

  it.each([true, false])('is judged as ever where nothing is (as numbers: %s)', (asNumbers) => {
    expect(codesOf(judgeWith(300, seenAll('-/- a=DECLINED'), asNumbers))).toEqual(['conforms']);
    expect(codesOf(judgeWith(3000, seenAll('-/- + a b'), asNumbers))).toEqual(['violates', 'GROUP_CHANGED']);
  });
});

describe('a history', () => {
  const sightOf = (text: string) => {
    const { resolutionStatus, systemResolution, complete } = seen(text);
    const analyses = seen(text).analyses.map(({ id, resolutionStatus: result }) => ({
      id: id.charCodeAt(0) - 'a'.charCodeAt(0),
      admits: bit[result as keyof typeof bit],
    }));
    return {
      status: resolutionStatus as 'PROCESSING' | undefined,
      system: systemResolution as 'PROCESSING' | undefined,
      seen: analyses,
      complete,
    };
  };

  it.each([
    ['analyses by themselves', ways['analyses by themselves']],
    ['the fields beside one analysis', ways['the fields beside one analysis']],
    ['lists beside fields', ['-/- ! a=SUCCESS b=PROCESSING', 'PROCESSING/-', '-/PROCESSING a=SUCCESS']],
  ])('does not grow by what is implied: %s', (_name, texts) => {
    const told = new Set<string>();
    let history = new History();
    for (const text of inTurn(texts, 6000)) {
      history = history.with(sightOf(text), 2, 20);
      told.add(history.signature);
    }
    expect(history.isFull).toBe(false);
    expect(told.size).toBeLessThan(300);
  });

  it('is full exactly where more than the limit has to be kept', () => {
    const texts = inTurn(ways['one field after the other'], 64);
    const full = (limit: number) =>
      texts.reduce((history, text) => history.with(sightOf(text), 2, limit), new History()).isFull;
    expect([full(127), full(128)]).toEqual([true, false]);
  });
});

describe('groups shown late, after hundreds of observations, beside a search of all executions', () => {
  const reading = settingsOf({ 'operator-decision': 'forbidden' }).reading;
  const graph = graphOf({
    named: ['BIOMETRY', 'DOCUMENTS', 'COLLECTION'],
    unnamed: 0,
    settings: settingsOf({ 'operator-decision': 'forbidden' }),
  });

  /** What an execution shows at so many moments, without groups; then the groups, some of them wrong. */
  function recordLong(draw: Dice, tampered: boolean): Observation[] {
    const observations: Observation[] = [];
    let at = graph.next[0]![draw.below(graph.next[0]!.length)]!;
    const poll = (kind: number): Observation => {
      const folder = graph.folders[at]!;
      const { resolution_status: status, system_resolution: system } = project(folder, reading);
      const all = folder.groups.flatMap(({ id: groupId, analyses }) =>
        analyses.map(({ id, resolution }, nth) => ({
          id,
          ...(kind === 9 && { groupId }),
          ...(kind !== 4 && { resolutionStatus: resolution }),
          state: stateOf(resolution),
          pointer: `/${nth}`,
        })),
      );
      return {
        folder: 'f',
        ...([0, 1, 5, 9].includes(kind) && { resolutionStatus: status }),
        ...([0, 2, 6, 9].includes(kind) && { systemResolution: system }),
        analyses: kind < 3 ? [] : kind < 8 ? all.filter((_, nth) => (kind + nth) % 2 === 0) : all,
        complete: kind > 7,
        wholeGroup: false,
        where: { file: 'random', line: observations.length + 1 },
      };
    };
    for (let stage = 1 + draw.below(4); stage > 0; stage--) {
      const kinds = Array.from({ length: 1 + draw.below(3) }, () => draw.below(9));
      for (let count = 20 + draw.below(80); count > 0; count--) {
        observations.push(poll(kinds[count % kinds.length]!));
      }
      if (graph.next[at]!.length > 0) at = draw.from(graph.next[at]!);
    }
    const last = [poll(9)];
    if (tampered) tamperGroups(last, draw);
    return [...observations, ...last];
  }

  it('are judged exactly, or with a smaller history inconclusively [GROUP-CONSTANT]', () => {
    const verdicts = { conforms: 0, violates: 0, inconclusive: 0, unspecified: 0 };
    const long = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(long, fc.boolean(), fc.constantFrom(10, 60, 1e6), (numbers, tampered, limit) => {
        const observations = recordLong(new Dice(numbers), tampered);
        fc.pre(!deletes(observations));
        const [asNumbers, alone] = [true, false].map((way) => judgeWith(limit, observations, way));
        expect(asNumbers).toEqual(alone);
        const exact = explains(graph, observations, reading) ? 'conforms' : 'violates';
        expect(limit === 1e6 ? [exact] : [exact, 'inconclusive']).toContain(alone!.verdict);
        verdicts[alone!.verdict] += 1;
      }),
      runs(6, 50),
    );
    expect(Math.min(verdicts.conforms, verdicts.violates)).toBeGreaterThan(0);
  });
});
