import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReading, project, stateOf, type Folder, type Reading } from '../../machines/index.ts';
import type { Change, Finding, Observation } from '../../src/conformance/index.ts';
import { explains, graphOf } from './brute-force.ts';
import { dice, record, tamper } from './random-recordings.ts';
import { check, seen } from './scenarios.ts';
import { runs } from '../deep.ts';

const findingsOf = (texts: readonly string[]): readonly Finding[] => {
  const [result] = check(
    texts.map((text, at) => ({ ...seen(text), where: { file: 'test', line: at + 1, pointer: '' } })),
  );
  return [...result!.findings, ...result!.hazards];
};

const inWords = ({ nearest }: Finding): readonly string[] =>
  nearest.map((one) => `${one.analysis ?? ''} ${one.field} ${one.value} instead of ${one.observed}`.trim());

describe('the nearest legal continuation', () => {
  it.each([
    [
      'goes back to what an analysis had settled as [ANALYSIS-FINAL]',
      ['FINISHED/DECLINED ! a=DECLINED', 'FINISHED/DECLINED ! a=SUCCESS'],
      ['a analyse.resolution_status DECLINED instead of SUCCESS'],
    ],
    [
      'changes the one field of the folder that is wrong [GROUP-RESULT-WORST]',
      ['-/- + a=PROCESSING b=PROCESSING', 'FINISHED/SUCCESS ! a=DECLINED b=SUCCESS'],
      ['system_resolution DECLINED instead of SUCCESS'],
    ],
    [
      'changes state and result of an analysis that runs again [ANALYSIS-FINAL]',
      ['-/- ! a=SUCCESS', '-/- ! a=PROCESSING'],
      [
        'a analyse.resolution_status SUCCESS instead of PROCESSING',
        'a analyse.state FINISHED instead of PROCESSING',
      ],
    ],
    [
      'replaces what is no status by one [FOLDER-SUCCESS]',
      ['SUCCESS/SUCCESS ! a=SUCCESS'],
      ['folder.resolution_status FINISHED instead of SUCCESS'],
    ],
    [
      'needs no operator where there may have been none [OPERATOR-DECISION]',
      ['-/- a=OPERATOR_REQUIRED', '-/- a=SUCCESS'],
      ['a analyse.resolution_status OPERATOR_REQUIRED instead of SUCCESS'],
    ],
    [
      'is none where no status is to blame [GROUP-CONSTANT]',
      ['-/- + a:X:g=PROCESSING', '-/- b:X:g=PROCESSING'],
      [],
    ],
  ])('%s', (_name, texts, nearest) => {
    expect(inWords(findingsOf(texts)[0]!)).toEqual(nearest);
  });

  it.each([
    ['allowed', ['DECLINED', 'OPERATOR_REQUIRED', 'SUCCESS']],
    ['unspecified', ['DECLINED', 'OPERATOR_REQUIRED', 'SUCCESS']],
    ['forbidden', ['OPERATOR_REQUIRED']],
  ] as const)(
    'is among what an analysis could show for which a decision was %s [OPERATOR-DECISION]',
    (decision, allowed) => {
      const settings = {
        reading: { ...defaultReading, 'operator-decision': decision },
        operatorRequired: 'allowed',
      } as const;
      const texts = ['-/- a=OPERATOR_REQUIRED', '-/- a=FAILED'];
      const [{ findings } = { findings: [] }] = check(
        texts.map((text) => seen(text)),
        { settings },
      );
      expect(findings).toMatchObject([{ code: 'SETTLED_ANALYSIS_CHANGED', allowed }]);
      expect(inWords(findings[0]!)).toEqual([
        `a analyse.resolution_status ${allowed[0]} instead of FAILED`,
        'a analyse.state FINISHED instead of FAILED',
      ]);
    },
  );

  it.each([
    [
      'beside the rest',
      ['-/- + a b', '-/- a=OPERATOR_REQUIRED', 'FINISHED/DECLINED ! a=FAILED b=SUCCESS'],
      ['DECLINED'],
    ],
    ['in its state', ['-/- a=SUCCESS', '-/- a'], ['FINISHED']],
    [
      'once an analysis is gone',
      ['-/- ! a=SUCCESS b=SUCCESS', '-/- ! a=SUCCESS', '-/- a=FAILED'],
      ['SUCCESS'],
    ],
    ['beside a wrong field of the folder', ['-/- a=SUCCESS', 'INITIAL/- a=DECLINED'], ['SUCCESS']],
  ])('is what was possible for what has settled: %s [ANALYSIS-FINAL]', (_name, texts, allowed) => {
    const observations = texts.map((text) => seen(text));
    const last = observations.at(-1)!;
    const [view, ...others] = last.analyses;
    // An analysis without a result here shows its state alone.
    const shown = view!.resolutionStatus === undefined ? { ...view!, state: 'PROCESSING' } : view!;
    const [{ findings } = { findings: [] }] = check([
      ...observations.slice(0, -1),
      { ...last, analyses: [shown, ...others] },
    ]);
    expect(findings.at(-1)).toMatchObject({ code: 'SETTLED_ANALYSIS_CHANGED', analysis: 'a', allowed });
  });

  it('is found at the last of hundreds of analyses [ANALYSIS-FINAL]', () => {
    const list = (all: string, last = all) =>
      Array.from({ length: 400 }, (_, at) => `a${at}=${at === 399 ? last : all}`).join(' ');
    const [found] = findingsOf([
      `-/- + ${list('PROCESSING')}`,
      `-/- ! ${list('SUCCESS')}`,
      `-/- ! ${list('SUCCESS', 'DECLINED')}`,
    ]);
    expect(inWords(found!)).toEqual(['a399 analyse.resolution_status SUCCESS instead of DECLINED']);
  });

  it('is found in a group of thousands [GROUP-RESULT-WORST]', () => {
    const list = (result: (at: number) => string) =>
      Array.from({ length: 2000 }, (_, at) => `a${at}=${result(at)}`).join(' ');
    const last = `FINISHED/SUCCESS ! ${list((at) => (at === 7 ? 'DECLINED' : 'SUCCESS'))}`;
    const [found] = findingsOf([`-/- + ${list(() => 'PROCESSING')}`, last]);
    expect(found).toMatchObject({ code: 'SYSTEM_RESOLUTION_IMPOSSIBLE', allowed: ['DECLINED'] });
    expect(inWords(found!)).toEqual(['system_resolution DECLINED instead of SUCCESS']);
  });
});

describe('the observation before', () => {
  const before = (...texts: readonly string[]) => findingsOf(texts)[0]?.before;

  it('is the last one of the folder that was explained, with what it showed [ANALYSIS-FINAL]', () => {
    const shown = [
      { field: 'folder.resolution_status', analysis: null, value: 'FINISHED' },
      { field: 'system_resolution', analysis: null, value: 'DECLINED' },
      { field: 'analyse.resolution_status', analysis: 'b', value: 'DECLINED' },
      { field: 'analyse.resolution_status', analysis: 'a', value: 'SUCCESS' },
    ];
    expect(before('INITIAL/INITIAL', 'FINISHED/DECLINED ! a=SUCCESS b=DECLINED', '-/- b=SUCCESS')).toEqual({
      where: { file: 'test', line: 2, pointer: '' },
      shown,
      more: 0,
    });
  });

  it('is none at the first observation [FOLDER-SUCCESS]', () => {
    expect(before('SUCCESS/SUCCESS')).toBeNull();
  });

  it('is given to hazards too, and never the observation itself [FOLDER-FAILED-MEANS]', () => {
    expect(before('PROCESSING/PROCESSING', 'FAILED/SUCCESS')?.where.line).toBe(1);
  });

  it('names at most so many analyses and counts the others', () => {
    const list = (result: string) => Array.from({ length: 20 }, (_, at) => `a${at}=${result}`).join(' ');
    expect(before(`-/- ! ${list('SUCCESS')}`, '-/- a19=DECLINED')).toMatchObject({
      shown: { 0: { analysis: 'a19' }, length: 8 },
      more: 12,
    });
  });
});

const forbidding: Reading = { ...defaultReading, 'operator-decision': 'forbidden' };
const settings = { reading: forbidding, operatorRequired: 'allowed' } as const;
const graph = graphOf({ named: ['BIOMETRY', 'DOCUMENTS'], unnamed: 0, settings });

/** The observation as the folder would have shown it, where it states the same fields of the same analyses. */
function shownBy(folder: Folder, observation: Observation): Observation {
  const { resolution_status, system_resolution } = project(folder, forbidding);
  const all = new Map(folder.groups.flatMap(({ analyses }) => analyses.map((one) => [one.id, one] as const)));
  return {
    ...observation,
    ...(observation.resolutionStatus !== undefined && { resolutionStatus: resolution_status }),
    ...(observation.systemResolution !== undefined && { systemResolution: system_resolution }),
    analyses: observation.analyses.map((view) => {
      const { resolution = 'PROCESSING' } = all.get(view.id) ?? {};
      return {
        ...view,
        ...(view.state !== undefined && { state: stateOf(resolution) }),
        ...(view.resolutionStatus !== undefined && { resolutionStatus: resolution }),
      };
    }),
  };
}

const valuesOf = ({ resolutionStatus, systemResolution, analyses }: Observation) => [
  resolutionStatus,
  systemResolution,
  ...analyses.flatMap((view) => [view.state, view.resolutionStatus]),
];

const distance = (one: Observation, other: Observation): number => {
  const values = valuesOf(other);
  return valuesOf(one).filter((value, at) => value !== values[at]).length;
};

function withChanges(observation: Observation, changes: readonly Change[]): Observation {
  return changes.reduce((changed, { field, analysis, value }) => {
    if (field === 'folder.resolution_status') return { ...changed, resolutionStatus: value };
    if (field === 'system_resolution') return { ...changed, systemResolution: value };
    const member = field === 'analyse.state' ? { state: value } : { resolutionStatus: value };
    const analyses = changed.analyses.map((view) => (view.id === analysis ? { ...view, ...member } : view));
    return { ...changed, analyses };
  }, observation);
}

describe('beside a search of all executions', () => {
  it('is always legal, and nothing legal is ever nearer [FOLDER-RESULT]', () => {
    let compared = 0;
    fc.assert(
      fc.property(dice, (draw) => {
        const observations = record(graph, forbidding, draw);
        const [last] = observations.splice(-1);
        const wrong = [last!];
        for (let times = 1 + draw.below(2); times > 0; times--)
          tamper(wrong, ['BIOMETRY', 'DOCUMENTS'], draw);
        const all = [...observations, wrong[0]!];
        const [result] = check(all, { settings, proposesReadings: false });
        const found = result!.findings.find(({ where }) => where.line === all.length);
        if (!found || result!.verdict !== 'violates') return;
        expect(result!.findings).toHaveLength(1);
        const shown = graph.folders.map((folder) => shownBy(folder, wrong[0]!));
        const different = new Map(shown.map((one) => [JSON.stringify(valuesOf(one)), one] as const));
        const legal = [...different.values()].filter((one) =>
          explains(graph, [...observations, one], forbidding),
        );
        // Other statuses do not help where groups are wrong.
        if (legal.length === 0) {
          expect(found.nearest).toEqual([]);
          return;
        }
        const least = Math.min(...legal.map((one) => distance(one, wrong[0]!)));
        expect(explains(graph, [...observations, withChanges(wrong[0]!, found.nearest)], forbidding)).toBe(
          true,
        );
        expect(found.nearest).toHaveLength(least);
        compared++;
      }),
      runs(25, 50),
    );
    expect(compared).toBeGreaterThan(8);
  });
});
