import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReading, type Reading, type Settings } from '../../machines/index.ts';
import { createChecker, type Observation, type Verdict } from '../../src/conformance/index.ts';
import { projectingReadings } from '../../src/conformance/variants.ts';
import { explains, graphOf } from './brute-force.ts';
import { deletes, dice, noStatus, record, tamper } from './random-recordings.ts';

/** Runs of each property; a failure prints the seed and the path that repeat it. */
const runs = 60;

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
        { numRuns: runs },
      );
      // Now and then the search meets its limit, and then it claims nothing.
      for (const verdicts of [accepted, rejected]) {
        expect(verdicts.filter((verdict) => verdict === 'inconclusive').length).toBeLessThan(1 + runs / 20);
      }
      expect(accepted).toContain('conforms');
      // A folder seen whole is rare where most analyses are unnamed.
      expect(rejected.length > 0 || unnamed > 0).toBe(true);
    });
  },
);

describe('operators’ decisions beside a search of all executions', () => {
  const kinds = ['BIOMETRY', 'QUALITY'];
  const [without, beside] = [forbidding, allowing].map((reading) =>
    graphOf({ named: kinds, unnamed: 1, settings: settingsOf(reading) }),
  );

  it('conforms without a decision, is unspecified with one, violates with neither [OPERATOR-DECISION]', () => {
    fc.assert(
      fc.property(dice, fc.boolean(), (draw, tampered) => {
        const observations = record(beside!, allowing, draw);
        if (tampered) tamper(observations, kinds, draw);
        fc.pre(!deletes(observations) && !observations.every(noStatus));
        const exact = observations.at(-1)!.complete;
        const verdict = (answer: Reading['operator-decision']) =>
          verdictOf(observations, settingsOf({ ...defaultReading, 'operator-decision': answer }));
        if (explains(without!, observations, defaultReading)) {
          expect([verdict('unspecified'), verdict('allowed'), verdict('forbidden')]).toEqual(
            Array(3).fill('conforms'),
          );
        } else if (explains(beside!, observations, defaultReading)) {
          expect(verdict('allowed')).toBe('conforms');
          if (exact)
            expect([verdict('unspecified'), verdict('forbidden')]).toEqual(['unspecified', 'violates']);
        } else if (exact) {
          expect([verdict('unspecified'), verdict('allowed')]).toEqual(['violates', 'violates']);
        }
      }),
      { numRuns: runs },
    );
  });
});
