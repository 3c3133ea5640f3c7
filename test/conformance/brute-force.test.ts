import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alphabetOf,
  defaultReading,
  isLiveness,
  project,
  stateOf,
  type Reading,
  type Settings,
} from '../../machines/index.ts';
import {
  createChecker,
  type AnalysisView,
  type Observation,
  type Verdict,
} from '../../src/conformance/index.ts';
import { projectingReadings } from '../../src/conformance/variants.ts';
import { explains, graphOf, type Graph } from './brute-force.ts';

/** Runs of each property; a failure prints the seed and the path that repeat it. */
const runs = 80;

const settingsOf = (reading: Reading): Settings => ({ reading, operatorRequired: 'allowed' });
const forbidding: Reading = { ...defaultReading, 'operator-decision': 'forbidden' };
const allowing: Reading = { ...defaultReading, 'operator-decision': 'allowed' };

/** Draws from a finite stream of numbers; an exhausted stream gives zeros, so shorter streams are simpler cases. */
class Dice {
  readonly #numbers: readonly number[];
  #at = 0;
  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }
  below(limit: number): number {
    return (this.#numbers[this.#at++] ?? 0) % limit;
  }
  from<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

const dice = fc
  .array(fc.nat({ max: 1_000_000 }), { maxLength: 120, size: 'max' })
  .map((numbers) => new Dice(numbers));

/** A partial view of what a random execution shows at random moments. */
function record(graph: Graph, reading: Reading, draw: Dice): Observation[] {
  const observations: Observation[] = [];
  const moments = 1 + draw.below(4);
  let at = 0;
  for (let moment = 0; moment < moments; moment++) {
    for (let steps = draw.below(7); steps > 0; steps--) {
      const next = graph.next[at]!;
      if (next.length > 0) at = draw.from(next);
    }
    const folder = graph.folders[at]!;
    const { resolution_status: status, system_resolution: system } = project(folder, reading);
    const all = folder.groups.flatMap((group) => group.analyses.map((one) => ({ ...one, group: group.id })));
    const named = all.filter(({ id }) => id.startsWith('n'));
    // A complete list at the end leaves nothing unnamed, so that the search knows every explanation.
    const last = moment === moments - 1;
    const complete = named.length === all.length && (last || draw.below(3) === 0);
    const groups = folder.groups.filter(({ analyses }) => analyses.every(({ id }) => id.startsWith('n')));
    const posted = !complete && groups.length > 0 && draw.below(4) === 0 ? draw.from(groups).id : undefined;
    const listed = named.filter(({ group }) =>
      posted === undefined ? complete || draw.below(2) === 0 : group === posted,
    );
    const analyses = listed.map(({ id, kind, group, resolution }): AnalysisView => {
      const shown = draw.below(8);
      return {
        id,
        pointer: `/${id}`,
        ...(draw.below(3) > 0 ? { kind } : {}),
        ...(draw.below(4) === 0 ? { groupId: group } : {}),
        ...(shown !== 1 ? { state: stateOf(resolution) } : {}),
        ...(shown !== 2 ? { resolutionStatus: resolution } : {}),
      };
    });
    observations.push({
      folder: 'f',
      ...(draw.below(3) > 0 ? { resolutionStatus: status } : {}),
      ...(draw.below(3) > 0 ? { systemResolution: system } : {}),
      analyses,
      complete,
      wholeGroup: posted !== undefined,
      where: { file: 'random', line: moment + 1 },
    });
  }
  return observations;
}

/** The same recording with one value exchanged for another of its alphabet. */
function tamper(observations: Observation[], named: readonly string[], draw: Dice): void {
  const livenessIds = named.flatMap((kind, id) => (isLiveness(kind) ? [`n${id}`] : []));
  const at = draw.below(observations.length);
  const target = observations[at]!;
  const choice = draw.below(4);
  if (choice === 0 && target.resolutionStatus !== undefined) {
    observations[at] = { ...target, resolutionStatus: draw.from(alphabetOf('folder.resolution_status')) };
  } else if (choice === 1 && target.systemResolution !== undefined) {
    observations[at] = { ...target, systemResolution: draw.from(alphabetOf('system_resolution')) };
  } else if (target.analyses.length > 0) {
    const which = draw.below(target.analyses.length);
    const view = target.analyses[which]!;
    const possible = alphabetOf('analyse.resolution_status').filter(
      // A liveness analysis whose kind is never shown may be of another kind for all that the checker knows.
      (each) => each !== 'OPERATOR_REQUIRED' || !livenessIds.includes(view.id),
    );
    const resolution = draw.from(possible);
    const changed = { ...view, state: stateOf(resolution), resolutionStatus: resolution };
    observations[at] = { ...target, analyses: target.analyses.with(which, changed) };
  }
}

function verdictOf(observations: readonly Observation[], settings: Settings): Verdict {
  const checker = createChecker({ settings });
  observations.forEach((observation) => checker.observe(observation));
  return checker.finish()[0]!.verdict;
}

/** An analysis missing from a complete list is a deletion: no execution, but no violation either. */
const deletes = (observations: readonly Observation[]): boolean =>
  observations.some(({ complete, analyses }, at) => {
    const listed = new Set(analyses.map(({ id }) => id));
    const before = observations.slice(0, at).flatMap((other) => other.analyses.map(({ id }) => id));
    return complete && before.some((id) => !listed.has(id));
  });

const noStatus = ({ resolutionStatus, systemResolution, analyses }: Observation): boolean =>
  resolutionStatus === undefined &&
  systemResolution === undefined &&
  analyses.every((view) => view.state === undefined && view.resolutionStatus === undefined);

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
      expect(rejected.length > 0 || unnamed > named.length).toBe(true);
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
