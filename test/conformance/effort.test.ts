import { describe, expect, it } from 'vitest';
import { defaultReading, stateOf, type Reading, type Resolution } from '../../machines/index.ts';
import { Budget } from '../../src/conformance/belief/budget.ts';
import { createPackedChecker } from '../../src/conformance/check/checker.ts';
import type { AnalysisView, FolderResult, Observation } from '../../src/conformance/index.ts';
import { isDeep } from '../deep.ts';

/** What a poll shows, as far as it is not the usual. */
type Poll = Partial<Observation>;

/** Analyses of which only this is seen. */
const some = (count: number, seen: (at: number) => Resolution | 'finished'): AnalysisView[] =>
  Array.from({ length: count }, (_, at) => {
    const resolution = seen(at);
    const fields =
      resolution === 'finished'
        ? { state: 'FINISHED' }
        : { state: stateOf(resolution), resolutionStatus: resolution };
    return { id: `analysis-${at}`, kind: 'BIOMETRY', pointer: `/analyses/${at}`, ...fields };
  });

const settled: readonly Resolution[] = ['SUCCESS', 'DECLINED', 'OPERATOR_REQUIRED'];
const each = (at: number): Resolution => settled[at % settled.length]!;
const oneByOne = (count: number, seen: (at: number) => Resolution): Poll[] =>
  some(count, seen).map((view) => ({ analyses: [view] }));

const shapes: readonly (readonly [string, readonly Poll[]])[] = [
  ['analyses that show only that they finished', [{ analyses: some(12, () => 'finished'), complete: true }]],
  [
    'the same in a folder that contradicts them',
    [{ analyses: some(6, () => 'finished'), complete: true, resolutionStatus: 'FAILED' }],
  ],
  [
    'a list after polls without one',
    [
      { resolutionStatus: 'FINISHED', systemResolution: 'DECLINED' },
      { analyses: some(12, each), complete: true, resolutionStatus: 'FINISHED', systemResolution: 'SUCCESS' },
    ],
  ],
  ['analyses that appear one by one', [...oneByOne(12, each), { resolutionStatus: 'FAILED' }]],
  ['running analyses that appear one by one', oneByOne(12, () => 'PROCESSING')],
  ['a long list', [{ analyses: some(3000, each), complete: true, resolutionStatus: 'PROCESSING' }]],
];

const threeParts: Reading = {
  ...defaultReading,
  'failed-group-finishes': 'no',
  'status-scope': 'last-applied-group',
};

function judge(folders: Readonly<Record<string, readonly Poll[]>>, reading = defaultReading) {
  const settings = { reading, operatorRequired: 'allowed' } as const;
  const checker = createPackedChecker(
    { settings },
    undefined,
    undefined,
    new Budget({ perFolder: isDeep ? 8000 : 300 }),
  );
  let line = 0;
  for (const [folder, polls] of Object.entries(folders)) {
    for (const poll of polls) {
      const analyses = (poll.analyses ?? []).map((view) => ({ ...view, id: `${folder} ${view.id}` }));
      const where = { file: 'poll', line: ++line };
      const usual = { folder, folderId: folder, complete: false, wholeGroup: false, where };
      checker.observe({ ...usual, ...poll, analyses });
    }
  }
  return new Map(checker.finish().map((result) => [result.folderId, result]));
}

const said = (result: FolderResult | undefined) => [
  result?.verdict,
  result?.findings.map(({ code, message }) => [code, message]),
  result?.hazards.map(({ code }) => code),
];

describe('the search for an explanation', () => {
  it.each(shapes)('comes to its end for %s', (_name, polls) => {
    const [result] = judge({ f: polls }, polls.length > 1 ? threeParts : defaultReading).values();
    expect(result?.observations).toBe(polls.length);
    const isLimited = result?.findings.some(({ code }) => code === 'SEARCH_LIMIT');
    expect(result?.verdict === 'inconclusive').toBe(isLimited);
  });

  it('claims nothing of a folder beyond its limit but what single analyses show [ANALYSIS-FINAL]', () => {
    const polls = oneByOne(20, () => 'PROCESSING');
    const [view] = some(1, () => 'DECLINED');
    const [changed] = some(1, () => 'SUCCESS');
    const results = judge({
      limited: polls,
      violated: [...polls, { analyses: [view!] }, { analyses: [changed!] }],
    });
    expect(said(results.get('limited'))).toMatchObject([
      'inconclusive',
      [['SEARCH_LIMIT', expect.anything()]],
      [],
    ]);
    expect(results.get('violated')?.findings.map(({ code }) => code)).toEqual([
      'SEARCH_LIMIT',
      'SETTLED_ANALYSIS_CHANGED',
    ]);
  });

  it('costs a folder the same whatever was seen of others', () => {
    const [hard, harder] = [shapes[2]![1], oneByOne(6, () => 'PROCESSING')];
    const together = judge({ one: harder, two: hard, three: harder, four: hard });
    for (const [polls, names] of [
      [harder, ['one', 'three']],
      [hard, ['two', 'four']],
    ] as const) {
      const alone = said(judge({ alone: polls }).get('alone'));
      expect(names.map((name) => said(together.get(name)))).toEqual([alone, alone]);
    }
  });
});
