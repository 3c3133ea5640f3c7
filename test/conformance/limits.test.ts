import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReading, type Reading, type Settings } from '../../machines/index.ts';
import { Budget, usualLimits, type Limits } from '../../src/conformance/belief/budget.ts';
import { createPackedChecker } from '../../src/conformance/check/checker.ts';
import { inferReadings, type Observation } from '../../src/conformance/index.ts';
import { maxKeptOfLoss } from '../../src/conformance/folder/loss.ts';
import { inferContext } from '../../src/conformance/inference/folder-evidence.ts';
import { InferRun } from '../../src/conformance/inference/run.ts';
import { graphOf } from './brute-force.ts';
import { Dice, record, tamper } from './random-recordings.ts';
import { seen } from './scenarios.ts';
import { runs } from '../deep.ts';

const named = ['BIOMETRY', 'QUALITY', 'DOCUMENTS'];
const allowing: Reading = { ...defaultReading, 'operator-decision': 'allowed' };
const settings: Settings = { reading: defaultReading, operatorRequired: 'allowed' };
const graph = graphOf({
  named: named.slice(0, 2),
  unnamed: 1,
  settings: { ...settings, reading: allowing },
});

/** Enough for most of these recordings: of what meets even these limits nothing is known. */
const enough: Limits = { ...usualLimits, perCheck: 1e9, perFolder: 10_000, perStep: 10_000 };

/** Some limits, from nothing at all to those, each by itself. */
const anyLimits = fc.record({
  perCheck: upTo(2 * enough.perFolder),
  perSeen: upTo(10),
  perFolder: upTo(enough.perFolder),
  perFolderObservation: upTo(enough.perFolderObservation),
  perStep: upTo(enough.perStep),
  perEasyStep: upTo(100),
  perHistory: upTo(1000),
});

/** Numbers of any size: as many small ones as large ones. */
function upTo(most: number): fc.Arbitrary<number> {
  return fc.double({ min: 0, max: 1, noNaN: true }).map((share) => Math.floor((most + 1) ** share) - 1);
}

/** Recordings of a few folders, some tampered with, one after the other. */
const anyFolders = fc
  .array(fc.tuple(fc.array(fc.nat({ max: 1_000_000 }), { maxLength: 120, size: 'max' }), fc.boolean()), {
    minLength: 1,
    maxLength: 4,
  })
  .map((folders) =>
    folders.flatMap(([numbers, isTampered], at) => {
      const draw = new Dice(numbers);
      const observations = record(graph, defaultReading, draw);
      if (isTampered) tamper(observations, named.slice(0, 2), draw);
      return observations.map((observation): Observation => ({
        ...observation,
        folder: `f${at}`,
        folderId: `f${at}`,
        analyses: observation.analyses.map((view) => ({ ...view, id: `${at} ${view.id}` })),
      }));
    }),
  );

function judge(observations: readonly Observation[], limits: Limits) {
  const checker = createPackedChecker({ settings }, undefined, undefined, new Budget(limits));
  for (const observation of observations) checker.observe(observation);
  return checker.finish();
}

const codesOf = (found: readonly { readonly code: string }[]): readonly string[] =>
  found.map(({ code }) => code);

describe('whatever a limit cuts', () => {
  it('a verdict is the one without a limit or inconclusive, and says so; what is found holds without one', () => {
    const cut = { verdicts: 0, hazards: 0 };
    fc.assert(
      fc.property(anyFolders, anyLimits, (observations, limits) => {
        const exact = judge(observations, enough);
        for (const [at, found] of judge(observations, limits).entries()) {
          const right = exact[at]!;
          const isLimited = codesOf(found.findings).includes('SEARCH_LIMIT');
          if (codesOf(right.findings).includes('SEARCH_LIMIT')) continue;
          if (isLimited) expect([right.verdict, 'inconclusive']).toContain(found.verdict);
          else expect(found.verdict).toBe(right.verdict);
          if (isLimited) expect(found.verdict).not.toBe('conforms');
          else if (right.verdict !== 'violates')
            expect(codesOf(found.hazards)).toEqual(codesOf(right.hazards));
          if (right.verdict !== 'violates')
            expect(codesOf(right.hazards)).toEqual(expect.arrayContaining([...codesOf(found.hazards)]));
          const codes = codesOf(found.findings);
          if (codes.includes('OPERATOR_DECIDED')) expect(right.verdict).not.toBe('conforms');
          if (found.explainedUnder && !isLimited) expect(found.explainedUnder).toEqual(right.explainedUnder);
          if (isLimited && right.verdict !== 'inconclusive') cut.verdicts += 1;
          if (isLimited && right.hazards.length > found.hazards.length) cut.hazards += 1;
        }
      }),
      runs(4, 60),
    );
    // Otherwise nothing was put to the test.
    expect(cut.verdicts).toBeGreaterThan(2);
    expect(cut.hazards).toBeGreaterThan(0);
  });

  it('a list is told that leaves out an analysis which is seen again', () => {
    const polls = ['-/- ! a b', '-/- ! a', '-/- ! a b'].map((text) => seen(text));
    const [found] = judge(polls, { ...enough, perFolder: 0, perFolderObservation: 0 });
    expect(found).toMatchObject({ verdict: 'violates' });
    expect(codesOf(found!.findings)).toEqual(['SEARCH_LIMIT', 'ANALYSIS_LEFT_OUT']);
  });

  it('a list is not to blame that was not kept, where what it leaves out is seen again', () => {
    const many = Array.from({ length: maxKeptOfLoss }, () => seen('-/- ! b'));
    const polls = [seen('-/- ! a b'), ...many, seen('-/- ! c'), seen('-/- ! b c')];
    expect(codesOf(judge(polls, enough)[0]!.findings)).toEqual(['ANALYSIS_DISAPPEARED']);
    expect(codesOf(judge([...polls, seen('-/- ! a b c')], enough)[0]!.findings)).toEqual([
      'ANALYSIS_DISAPPEARED',
      'ANALYSIS_LEFT_OUT',
      'SEARCH_LIMIT',
    ]);
  });

  it('what is tried for a correction takes nothing from what a folder may cost later', () => {
    const wrong = ['a', 'a b c d'].map((ids) =>
      seen(`-/- ${ids.replaceAll(/\w/g, '$&:quality=OPERATOR_REQUIRED')}`),
    );
    const limits = { ...enough, perFolder: 500, perFolderObservation: 400 };
    const [found] = judge([...wrong, seen('-/- a:quality=PROCESSING b:quality=PROCESSING')], limits);
    expect(codesOf(found!.findings)).toEqual(['OPERATOR_FOR_LIVENESS', 'OPERATOR_FOR_LIVENESS']);
  });

  it('three analyses that only lists show are followed under every reading', () => {
    const polls = [
      '-/- a=PROCESSING b=PROCESSING c=PROCESSING',
      '-/- a=SUCCESS b=DECLINED c=PROCESSING',
      'FINISHED/DECLINED ! a=SUCCESS b=DECLINED c=SUCCESS',
    ];
    expect(inferReadings(polls.map((text) => seen(text)))).toMatchObject({ folders: 1, limited: [] });
  });

  it('readings are excluded only as without a limit, and the folders are named of which less is', () => {
    const cut = { readings: 0 };
    fc.assert(
      fc.property(anyFolders, anyLimits, (observations, limits) => {
        const most = { ...enough, perFolder: 60_000, perStep: 60_000 };
        const inferred = [most, limits].map((each) => {
          const run = new InferRun(inferContext({ settings }, new Budget(each)));
          for (const observation of observations) run.observe(observation);
          run.end();
          return run.folders;
        });
        const [exact, found] = inferred as [InferRun['folders'], InferRun['folders']];
        for (const [at, { admitted, limited, leftOut }] of found.entries()) {
          const right = exact[at]!;
          if (right.limited) continue;
          // That no reading explains a folder is not always seen within limits: then it is one of those that are named.
          if (right.leftOut) {
            expect(limited || leftOut !== undefined).toBe(true);
            continue;
          }
          expect(admitted.taken & right.admitted.taken).toBe(right.admitted.taken);
          expect(admitted.untaken & right.admitted.untaken).toBe(right.admitted.untaken);
          expect(leftOut).toBeUndefined();
          if (!limited) expect(admitted).toEqual(right.admitted);
          if (limited) cut.readings += 1;
        }
      }),
      runs(2, 15),
    );
    expect(cut.readings).toBeGreaterThan(0);
  });
});
