import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultReading,
  stateOf,
  type Reading,
  type Resolution,
  type Settings,
} from '../../machines/index.ts';
import { createChecker, type Observation, type Verdict } from '../../src/conformance/index.ts';
import { projectingReadings } from '../../src/conformance/belief/reading-classes.ts';
import { explains, graphOf } from './brute-force.ts';
import { deletes, dice, noStatus, record, tamper } from './random-recordings.ts';
import { check, seen } from './scenarios.ts';
import { runs, some } from '../deep.ts';

/** Of each property; a failure prints the seed and the path that repeat it. */
const times = runs(6, 60);

const settingsOf = (reading: Reading): Settings => ({ reading, operatorRequired: 'allowed' });
const forbidding: Reading = { ...defaultReading, 'operator-decision': 'forbidden' };
const allowing: Reading = { ...defaultReading, 'operator-decision': 'allowed' };

function verdictOf(observations: readonly Observation[], settings: Settings): Verdict {
  const checker = createChecker({ settings, proposesReadings: false });
  observations.forEach((observation) => checker.observe(observation));
  return checker.finish()[0]!.verdict;
}

interface Case {
  readonly name: string;
  readonly named: readonly string[];
  readonly unnamed: number;
}

const cases: readonly Case[] = [
  { name: 'one named analysis and two that are never named', named: ['BIOMETRY'], unnamed: 2 },
  { name: 'two named analyses and one that is never named', named: ['QUALITY', 'BIOMETRY'], unnamed: 1 },
  { name: 'three named analyses', named: ['BIOMETRY', 'quality', 'DOCUMENTS'], unnamed: 0 },
];

describe.each(cases.map((each) => [each.name, each] as const))(
  'the checker with %s',
  (_name, { named, unnamed }) => {
    const graph = graphOf({ named, unnamed, settings: settingsOf(forbidding) });
    const readings = projectingReadings(forbidding);

    it('accepts every view of every execution and rejects what none explains [FOLDER-RESULT]', () => {
      const accepted: Verdict[] = [];
      const rejected: Verdict[] = [];
      fc.assert(
        fc.property(dice, fc.constantFrom(...readings), fc.boolean(), (draw, reading, tampered) => {
          const observations = record(graph, reading, draw);
          if (tampered) tamper(observations, named, draw);
          fc.pre(!deletes(observations) && !observations.every(noStatus));
          const verdict = verdictOf(observations, settingsOf(reading));
          // Unless the last list is complete, more unnamed analyses than the search has may explain the recording.
          const exact = observations.at(-1)!.complete;
          const explained = explains(graph, observations, reading);
          if (!explained && !exact) return;
          expect([explained ? 'conforms' : 'violates', 'inconclusive']).toContain(verdict);
          (explained ? accepted : rejected).push(verdict);
        }),
        times,
      );
      // Now and then the search meets its limit, and then it claims nothing.
      for (const verdicts of [accepted, rejected]) {
        expect(verdicts.filter((verdict) => verdict === 'inconclusive').length).toBeLessThan(
          1 + times.numRuns / 20,
        );
      }
      expect(accepted).toContain('conforms');
      expect(rejected).toContain('violates');
    });
  },
);

/** The verdicts where operators' decisions are unspecified, allowed and forbidden. */
const underEachAnswer = (observations: readonly Observation[]): readonly Verdict[] =>
  (['unspecified', 'allowed', 'forbidden'] as const).map((answer) =>
    verdictOf(observations, settingsOf({ ...defaultReading, 'operator-decision': answer })),
  );

const worlds = [
  { named: ['BIOMETRY', 'QUALITY'], unnamed: 1 },
  { named: ['BIOMETRY', 'DOCUMENTS'], unnamed: 1 },
  { named: ['BIOMETRY', 'DOCUMENTS', 'COLLECTION'], unnamed: 0 },
];

describe.each(some(2, worlds))('operators’ decisions on $named and $unnamed more', ({ named, unnamed }) => {
  const [without, beside] = [forbidding, allowing].map((reading) =>
    graphOf({ named, unnamed, settings: settingsOf(reading) }),
  );

  it('conform without a decision, are unspecified with one, violate with neither [OPERATOR-DECISION]', () => {
    const found = { conforms: 0, unspecified: 0, violates: 0, inconclusive: 0 };
    fc.assert(
      fc.property(dice, fc.boolean(), (draw, tampered) => {
        const observations = record(beside!, allowing, draw);
        if (tampered) tamper(observations, named, draw);
        fc.pre(!deletes(observations) && !observations.every(noStatus));
        const exact = observations.at(-1)!.complete;
        const verdicts = underEachAnswer(observations);
        found[verdicts[0]!]++;
        if (explains(without!, observations, defaultReading)) {
          expect(verdicts).toEqual(['conforms', 'conforms', 'conforms']);
        } else if (explains(beside!, observations, defaultReading)) {
          expect(verdicts[1]).toBe('conforms');
          if (exact) expect(verdicts).toEqual(['unspecified', 'conforms', 'violates']);
        } else if (exact) {
          expect(verdicts).toEqual(['violates', 'violates', 'violates']);
        }
      }),
      times,
    );
    expect(Math.min(found.conforms, found.violates)).toBeGreaterThan(0);
  });
});

/** Every list of as many of the given items. */
const tuples = <T>(items: readonly T[], length: number): readonly (readonly T[])[] =>
  length === 0 ? [[]] : tuples(items, length - 1).flatMap((list) => items.map((item) => [...list, item]));

describe('an operator’s decision beside FAILED [OPERATOR-DECISION]', () => {
  const other: Reading = { ...allowing, 'failed-beside-declined': 'declined' };
  it.each([
    ['alone', '', other, 'conforms'],
    ['beside what runs', ' c=PROCESSING', { ...other, 'result-while-running': 'hold' }, 'conforms'],
    ['where FAILED is worse', '', allowing, 'violates'],
  ] as const)('shows where DECLINED is worse: %s', (_what, more, reading, verdict) => {
    const stage = more === '' ? 'FAILED' : 'PROCESSING';
    const [result] = check(
      [
        `PROCESSING/PROCESSING ! a=PROCESSING b=PROCESSING${more}`,
        `${stage}/FAILED ! a=OPERATOR_REQUIRED b=FAILED${more}`,
        `${stage}/DECLINED ! a=DECLINED b=FAILED${more}`,
      ].map((text) => seen(text)),
      { settings: settingsOf(reading) },
    );
    expect(result!.verdict).toBe(verdict);
  });
});

describe('several operators’ decisions between two polls', () => {
  const named = ['BIOMETRY', 'DOCUMENTS', 'COLLECTION'];
  const graph = graphOf({ named, unnamed: 0, settings: settingsOf(allowing) });
  const decidable = ['OPERATOR_REQUIRED', 'SUCCESS', 'DECLINED'] as const;

  const poll = (list: readonly Resolution[], groups: readonly string[], system?: string): Observation => ({
    folder: 'f',
    ...(system && { systemResolution: system }),
    analyses: list.map((resolutionStatus, at) => ({
      id: `n${at}`,
      pointer: `/${at}`,
      kind: named[at]!,
      ...(groups[at] && { groupId: groups[at] }),
      state: stateOf(resolutionStatus),
      resolutionStatus,
    })),
    complete: true,
    wholeGroup: false,
    where: { file: 'polls' },
  });

  const known: readonly (readonly [string, readonly string[]])[] = [
    ['nothing is known of their groups', []],
    ['two are in one group', ['g', 'g']],
    ['one is known to be in a group', ['g']],
  ];
  it.each(some(1, known))('are all taken where %s [OPERATOR-DECISION]', (_name, groups) => {
    for (const other of ['OPERATOR_REQUIRED', 'SUCCESS'] as const) {
      const first = ['OPERATOR_REQUIRED', 'OPERATOR_REQUIRED', other] as const;
      const lists = tuples(decidable, other === 'OPERATOR_REQUIRED' ? 3 : 2);
      for (const list of some(3, lists).map((decided) => [...decided, other].slice(0, first.length))) {
        const isDecided = list.some((resolution, at) => resolution !== first[at]);
        for (const system of ['SUCCESS', 'DECLINED', 'OPERATOR_REQUIRED']) {
          const observations = [poll(first, groups), poll(list, groups, system)];
          const isExplained = explains(graph, observations, defaultReading);
          const expected = isDecided ? ['unspecified', 'conforms', 'violates'] : Array(3).fill('conforms');
          expect(underEachAnswer(observations)).toEqual(isExplained ? expected : Array(3).fill('violates'));
        }
      }
    }
  });
});
