import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alphabetOf,
  defaultReading,
  neighbouringReadings,
  project,
  type Answer,
  type Folder,
  type Reading,
  type Resolution,
  type Settings,
} from '../../../machines/index.ts';
import { Budget } from '../../../src/conformance/belief/budget.ts';
import type { Constraint } from '../../../src/conformance/belief/constraint.ts';
import { createEngine, type Track } from '../../../src/conformance/belief/engine.ts';
import { projectingReadings } from '../../../src/conformance/belief/reading-classes.ts';
import { bit } from '../../../src/conformance/belief/resolution-set.ts';
import { createChecker, type Observation, type Verdict } from '../../../src/conformance/index.ts';
import { explains, graphOf } from '../brute-force.ts';
import { deletes, dice, noStatus, record, tamper } from '../random-recordings.ts';
import { check, seen } from '../scenarios.ts';
import { isDeep, runs, some } from '../../deep.ts';

/** Checks for installations in which a group is the last to have finished once an operator has decided in it. */

const decidedGroup = 'last';
const settingsOf = (reading: Reading): Settings => ({ reading, operatorRequired: 'allowed' });
const deciding = (answer: Answer<'operator-decision'>, reading = defaultReading): Reading => ({
  ...reading,
  'operator-decision': answer,
});
const allowing = deciding('allowed');

describe('a group in which a person decides after another one has finished', () => {
  const polls = (last: string): readonly Observation[] =>
    [
      'FINISHED/OPERATOR_REQUIRED ! a:X:1=OPERATOR_REQUIRED',
      'FINISHED/SUCCESS ! a:X:1=OPERATOR_REQUIRED b:X:2=SUCCESS',
      `FINISHED/${last} ! a:X:1=DECLINED b:X:2=SUCCESS`,
    ].map((text) => seen(text));

  it.each([
    ['allowed', 'in-place', 'SUCCESS', 'conforms'],
    ['allowed', 'in-place', 'DECLINED', 'violates'],
    ['allowed', 'last', 'SUCCESS', 'violates'],
    ['allowed', 'last', 'DECLINED', 'conforms'],
    ['unspecified', 'last', 'SUCCESS', 'violates'],
    ['unspecified', 'last', 'DECLINED', 'unspecified'],
    ['forbidden', 'last', 'DECLINED', 'violates'],
  ] as const)('decisions %s, %s: beside %s it %s [OPERATOR-DECISION]', (answer, stands, last, verdict) => {
    const options = { settings: settingsOf(deciding(answer)), decidedGroup: stands };
    expect(check(polls(last), options)[0]!.verdict).toBe(verdict);
  });

  it.each([
    ['allowed', 'DECLINED', 'is explained, if a group in which an operator decides counts as the one'],
    ['unspecified', 'DECLINED', 'is explained under operator-decision=allowed, if a group in which'],
    ['forbidden', 'DECLINED', 'is explained under operator-decision=allowed, if a group in which'],
    ['allowed', 'OPERATOR_REQUIRED', undefined],
  ] as const)('decisions %s, beside %s: what violates is told so: %s', (answer, last, hint) => {
    const [result] = check(polls(last), { settings: settingsOf(deciding(answer)) });
    expect(result).toMatchObject({ verdict: 'violates', explainedUnder: [] });
    const hints = result!.findings.filter(({ severity }) => severity === 'violation').map((one) => one.hint);
    const told = expect.stringMatching(/: check --decided-group last$/);
    expect(hints).toEqual(hint ? hints.map(() => told) : [null]);
    if (hint) expect(hints[0]).toContain(hint);
  });

  it.each([
    [
      'conforms',
      ['FAILED/OPERATOR_REQUIRED', '-/- a=FAILED b=SUCCESS', 'FAILED/SUCCESS ! a=FAILED b=SUCCESS'],
    ],
    ['violates', ['FINISHED/DECLINED', 'FAILED/DECLINED ! a=FAILED b=DECLINED']],
    [
      'violates',
      ['FINISHED/DECLINED a:X:1=OPERATOR_REQUIRED', 'FINISHED/DECLINED ! a:X:1=SUCCESS b:X:2=DECLINED'],
    ],
  ] as const)('is one that was hidden, where there has to be one: it %s', (verdict, hidden) => {
    const options = { settings: settingsOf(allowing), decidedGroup } as const;
    expect(
      check(
        hidden.map((text) => seen(text)),
        options,
      )[0]!.verdict,
    ).toBe(verdict);
  });

  it('says so where it is followed under every reading, and never once a limit is met', () => {
    const [result] = check(polls('DECLINED'), {
      settings: settingsOf(allowing),
      decidedGroup,
      anyReading: true,
    });
    expect(result!.verdict).toBe('conforms');
    const list = (of: string) => Array.from({ length: 24 }, (_, at) => `a${at}=${of}`).join(' ');
    const many = ['PROCESSING/PROCESSING ! ' + list('PROCESSING'), 'FINISHED/SUCCESS ! ' + list('SUCCESS')];
    const [limited] = check(
      many.map((text) => seen(text)),
      { settings: settingsOf(allowing), decidedGroup },
    );
    expect(['conforms', 'inconclusive']).toContain(limited!.verdict);
  });
});

const worlds = [
  { named: ['BIOMETRY', 'DOCUMENTS'], unnamed: 1 },
  { named: ['BIOMETRY', 'QUALITY', 'COLLECTION'], unnamed: 0 },
] as const;

describe.each(some(1, worlds))('a recording with such decisions on $named and $unnamed more', (one) => {
  const graph = graphOf({ ...one, settings: settingsOf(allowing), decidedGroup });
  const times = runs(8, 200);

  it('is judged as by a search of all executions [FOLDER-RESULT-LAST-FINISHED]', () => {
    const found: Record<Verdict, number> = { conforms: 0, violates: 0, inconclusive: 0, unspecified: 0 };
    fc.assert(
      fc.property(
        dice,
        fc.constantFrom(...projectingReadings(allowing)),
        fc.boolean(),
        (draw, reading, tampered) => {
          const observations = record(graph, reading, draw);
          if (tampered) tamper(observations, one.named, draw);
          fc.pre(!deletes(observations) && !observations.every(noStatus));
          const options = { settings: settingsOf(reading), decidedGroup, proposesReadings: false } as const;
          const checker = createChecker(options);
          for (const observation of observations) checker.observe(observation);
          const { verdict } = checker.finish()[0]!;
          const isExplained = explains(graph, observations, reading);
          // Unless the last list is complete, more unnamed analyses than the search has may explain the recording.
          if (!isExplained && !observations.at(-1)!.complete) return;
          found[verdict]++;
          expect([isExplained ? 'conforms' : 'violates', 'inconclusive']).toContain(verdict);
        },
      ),
      times,
    );
    expect(found.inconclusive).toBeLessThan(1 + times.numRuns / 20);
    expect(found.conforms).toBeGreaterThan(0);
  });
});

const named = ['BIOMETRY', 'DOCUMENTS'] as const;
type List = readonly (Resolution | undefined)[];
const each: List = [undefined, 'PROCESSING', 'FAILED', 'DECLINED', 'OPERATOR_REQUIRED', 'SUCCESS'];
const lists: readonly List[] = each.flatMap((first) => each.map((second) => [first, second]));
const fieldPairs = alphabetOf('folder.resolution_status').flatMap((status) =>
  alphabetOf('system_resolution').map((system) => ({ status, system })),
);
const sights: readonly { readonly list: List; readonly constraint: Constraint }[] = lists.flatMap((list) =>
  [{ status: undefined, system: undefined }, ...fieldPairs].flatMap((fields) =>
    (list.includes(undefined) ? [false] : [true, false]).map((complete) => ({
      list,
      constraint: {
        ...fields,
        seen: list.flatMap((one, id) => (one ? [{ id, admits: bit[one] }] : [])),
        complete,
      },
    })),
  ),
);

/** Where some sights have led: what the checker believes, and the folders that have shown them. */
interface Standing {
  readonly track: Track;
  readonly folders: readonly number[];
  readonly known: number;
  readonly path: readonly string[];
}

const textOf = ({ list, constraint: { status, system, complete } }: (typeof sights)[number]): string =>
  `${status ?? '-'}/${system ?? '-'} ${complete ? '! ' : ''}${list.map((one) => one ?? '-').join(' ')}`;

/** Tries every list after one of `oneOf` sights and pairs of sights; returns where search and checker differ. */
function differences(reading: Reading, labels: readonly number[], oneOf: number): readonly string[] {
  const settings = settingsOf(deciding('allowed', reading));
  const { folders, next } = graphOf({ named, unnamed: 0, settings, decidedGroup });
  const ahead = next.map((_, from) => {
    const reached = new Set([from]);
    for (const at of reached) for (const to of next[at]!) reached.add(to);
    return [...reached].filter((at) => honours(folders[at]!, labels));
  });
  const fields = folders.map((folder) => project(folder, reading));
  const resolutions = folders.map(resolutionsIn);
  const shows = (at: number, { list, constraint }: (typeof sights)[number]): boolean => {
    const { status, system, complete } = constraint;
    if (status !== undefined && status !== fields[at]!.resolution_status) return false;
    if (system !== undefined && system !== fields[at]!.system_resolution) return false;
    return list.every((one, id) =>
      one === undefined ? !complete || resolutions[at]![id] === undefined : one === resolutions[at]![id],
    );
  };
  const engine = createEngine({ settings, decidedGroup }, new Budget({ perCheck: Infinity }));
  const factsOf = (count: number) => {
    const shown = labels.slice(0, count);
    const analyses = shown.map((label) => ({ liveness: false, label, batch: 0 }));
    return { analyses, whole: [...new Set(shown)].filter((label) => label >= 0).map(() => false) };
  };
  const wrong: string[] = [];
  const queue: Standing[] = [{ track: engine.start, folders: [0], known: 0, path: [] }];
  const met = new Set<string>();
  for (const { track, folders: before, known, path } of queue) {
    const now = [...new Set(before.flatMap((at) => ahead[at]!))];
    for (const sight of sights) {
      const { list, constraint } = sight;
      const count = Math.max(known, list.findLastIndex((one) => one !== undefined) + 1);
      // Analyses have the numbers in which they are seen first.
      if (list.slice(known, count).includes(undefined)) continue;
      const shown = now.filter((at) => shows(at, sight));
      // Unless a list is complete, there may be analyses that the search has not.
      if (!constraint.complete && (shown.length === 0 || path.length === 2)) continue;
      const { empty, truncated, id } = engine.step(track, constraint, factsOf(count));
      const told = [...path, textOf(sight)];
      if (truncated || empty !== (shown.length === 0)) wrong.push(told.join(', '));
      const key = `${count} ${id} ${shown.join()}`;
      if (empty || path.length === 2 || met.has(key)) continue;
      met.add(key);
      if (met.size % oneOf > 0) continue;
      queue.push({
        track: engine.step(track, constraint, factsOf(count)),
        folders: shown,
        known: count,
        path: told,
      });
    }
  }
  return wrong;
}

/** Whether analyses that claim the same group are in one, and others apart. */
function honours({ groups }: Folder, [first, second]: readonly number[]): boolean {
  if (first! < 0 || second! < 0 || groups.flatMap(({ analyses }) => analyses).length < 2) return true;
  return (first === second) === (groups.length === 1);
}

function resolutionsIn({ groups }: Folder): List {
  const all = new Map(groups.flatMap(({ analyses }) => analyses.map((one) => [one.id, one.resolution])));
  return named.map((_, at) => all.get(`n${at}`));
}

const readings = neighbouringReadings().filter(([name]) => !name.startsWith('operator-decision'));
const claims: readonly (readonly [string, readonly number[]])[] = [
  ['unknown groups', [-1, -1]],
  ['several groups', [0, 1]],
  ['one group', [0, 0]],
  ['a group and an unknown one', [0, -1]],
];

const oneOf = isDeep ? 50 : 97;

describe.each(some(1, readings))('under %s, two analyses', (_name, reading) => {
  it.each(some(1, claims))('of %s are judged as by a search of all executions', (_claim, labels) => {
    expect(differences(reading, labels, oneOf)).toEqual([]);
  });
});
