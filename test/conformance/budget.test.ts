import { describe, expect, it } from 'vitest';
import { defaultReading, stateOf, type Resolution } from '../../machines/index.ts';
import { Budget } from '../../src/conformance/belief/budget.ts';
import { createPackedChecker } from '../../src/conformance/check/checker.ts';
import type { AnalysisView, FolderResult, Observation } from '../../src/conformance/index.ts';
import { isDeep } from '../deep.ts';

const settled: readonly Resolution[] = ['SUCCESS', 'DECLINED', 'OPERATOR_REQUIRED', 'FAILED'];

/** What is seen of some analyses of a folder; digits of `choice` say how each has settled. */
function views(folder: string, count: number, choice: number): AnalysisView[] {
  return Array.from({ length: count }, (_, at) => {
    const resolution = settled[Math.floor(choice / settled.length ** at) % settled.length]!;
    const shown = { state: stateOf(resolution), resolutionStatus: resolution };
    return { id: `${folder} ${at}`, kind: 'BIOMETRY', pointer: `/${at}`, ...shown };
  });
}

type Poll = Pick<Observation, 'analyses' | 'complete'> & Partial<Observation>;

/** Analyses that appear in small lists one after the other, each folder in another way. */
const hard = (folder: string, choice: number): Poll[] => [
  { analyses: [], complete: false, resolutionStatus: 'FINISHED', systemResolution: 'DECLINED' },
  ...[2, 3].map((count) => ({ analyses: views(folder, count, choice), complete: false })),
  { analyses: [], complete: false, systemResolution: 'SUCCESS' },
];

const easy = (folder: string): Poll[] => [
  {
    analyses: views(folder, 1, 0),
    complete: true,
    resolutionStatus: 'FINISHED',
    systemResolution: 'SUCCESS',
  },
];

/** What is searched in a few steps. */
const quick: Poll[] = [
  { analyses: [], complete: false, resolutionStatus: 'INITIAL', systemResolution: 'INITIAL' },
];

function judge(folders: ReadonlyMap<string, readonly Poll[]>, budget: Budget) {
  // Who is in which group makes most of the work where a result shows while something runs.
  const reading = { ...defaultReading, 'result-while-running': 'hold' } as const;
  const settings = { reading, operatorRequired: 'allowed' } as const;
  const checker = createPackedChecker({ settings }, undefined, undefined, budget);
  let line = 0;
  for (const [folder, polls] of folders) {
    for (const poll of polls) {
      const where = { file: 'recording', line: ++line };
      checker.observe({ folder, folderId: folder, wholeGroup: false, where, ...poll });
    }
  }
  const analyses = [...folders.values()].flat().flatMap((poll) => poll.analyses).length;
  return { results: checker.finish(), observations: line, analyses };
}

const isLimited = ({ findings }: FolderResult) => findings.some(({ code }) => code === 'SEARCH_LIMIT');

describe('the effort of a whole check', () => {
  const hostile = new Map(
    Array.from({ length: isDeep ? 12 : 7 }, (_, at) => [`hard ${at}`, hard(`hard ${at}`, at * 17)]),
  );
  const small = 5000;

  it('is bounded whatever is seen, and what was left out for it is inconclusive', () => {
    const perStep = 1000;
    const budget = new Budget({ perCheck: small, perStep });
    const { results, observations, analyses } = judge(hostile, budget);
    expect(budget.isSpent).toBe(true);
    // The last state of a step may cost several units.
    expect(budget.spent).toBeLessThanOrEqual(budget.mostFor(observations, analyses) + 2 * perStep);
    const unlimited = new Budget({ perCheck: 1e9 });
    judge(hostile, unlimited);
    expect(unlimited.spent).toBeGreaterThan(2 * budget.spent);
    const limited = results.filter(isLimited);
    expect(limited.length).toBeGreaterThan(hostile.size / 2);
    for (const { verdict } of limited) expect(verdict).toBe('inconclusive');
  });

  it('once it is spent, says so at the folder, and what to do', () => {
    const { results } = judge(hostile, new Budget({ perCheck: small }));
    const found = results.at(-1)!.findings.find(({ code }) => code === 'SEARCH_LIMIT');
    expect(found?.message).toContain('the searches in all folders up to here have met their common limit');
    expect(found?.hint).toContain('check this folder by itself, or split the recording');
  });

  it('once it is spent, is enough for what is remembered, and after a while for what is easy', () => {
    const remembered = Array.from({ length: 100 }, (_, at) => [`after ${at}`, easy(`after ${at}`)] as const);
    const folders = [['before', easy('before')], ...hostile, ...remembered] as const;
    const limits = { perCheck: small, perSeen: 1 };
    const budget = new Budget(limits);
    const { results } = judge(new Map([...folders, ['easy', quick]]), budget);
    expect(budget.isSpent).toBe(true);
    expect(results.slice(-101).filter(({ verdict }) => verdict !== 'conforms')).toEqual([]);
    const atOnce = judge(new Map([...hostile, ['easy', quick]]), new Budget({ ...limits, perSeen: 0 }));
    expect(atOnce.results.at(-1)).toMatchObject({ folderId: 'easy', verdict: 'inconclusive' });
  });

  it('of nothing at all is enough for nothing', () => {
    const [one] = hostile;
    const budget = new Budget({ perCheck: 0, perSeen: 0, perStep: 1 });
    const { results } = judge(new Map([one!, ['easy', easy('easy')]]), budget);
    expect(results.map(({ verdict }) => verdict)).toEqual(['inconclusive', 'inconclusive']);
    expect(budget.spent).toBeLessThan(100);
  });

  it('is spent at the same place every time', () => {
    const [one, other] = [new Budget({ perCheck: small }), new Budget({ perCheck: small })];
    expect(judge(hostile, one).results).toEqual(judge(hostile, other).results);
    expect(one.spent).toBe(other.spent);
  });

  it('is not spent by folders that live alike, however many there are', () => {
    const alike = Array.from({ length: 200 }, (_, at) => [`f${at}`, hard(`f${at}`, 27)] as const);
    const [one, all] = [new Budget(), new Budget()];
    judge(new Map(alike.slice(0, 1)), one);
    const { results } = judge(new Map(alike), all);
    expect(all.spent).toBe(one.spent);
    expect(new Set(results.map(({ verdict }) => verdict))).toEqual(new Set(['conforms']));
  });

  it('grows with the recording', () => {
    const limits = { perCheck: small, perSeen: 100 };
    const [short, long] = [new Budget(limits), new Budget(limits)];
    const some = [...hostile].slice(0, 4);
    const quiet = Array.from({ length: 800 }, (_, at) => [`quiet ${at}`, easy(`quiet ${at}`)] as const);
    judge(new Map(some), short);
    judge(new Map([...quiet, ...some]), long);
    expect([short.isSpent, long.isSpent]).toEqual([true, false]);
  });
});
