import { describe, expect, it } from 'vitest';
import {
  alphabetOf,
  defaultReading,
  isLiveness,
  neighbouringReadings,
  project,
  type FolderFields,
  type Answer,
  type Reading,
  type Resolution,
} from '../../machines/index.ts';
import { bit } from '../../src/conformance/belief/resolution-set.ts';
import { Budget } from '../../src/conformance/belief/budget.ts';
import { createEngine, type Track } from '../../src/conformance/belief/engine.ts';
import type { Constraint } from '../../src/conformance/belief/constraint.ts';
import { graphOf } from './brute-force.ts';
import { some } from '../deep.ts';

/**
 * Any number of polls that show the two fields alone, and then a list of everything in the folder: what was hidden
 * has to be in the list, as it was while it was hidden. A folder of the list's size has finitely many executions, and
 * polls beyond those that tell its moments apart add nothing, so that all of them are tried.
 */
const kinds = ['BIOMETRY', 'QUALITY'] as const;
const operatorRequired = 'allowed';
type Decisions = Answer<'operator-decision'>;

/** Every folder with exactly these analyses or fewer, and where from each some execution leads, itself included. */
function worldOf(named: readonly string[], decisions: Decisions) {
  const reading = { ...defaultReading, 'operator-decision': decisions };
  const settings = { reading, operatorRequired } as const;
  const { folders, next } = graphOf({ named, unnamed: 0, settings });
  const ahead = next.map((_, from) => {
    const reached = new Set([from]);
    for (const at of reached) for (const to of next[at]!) reached.add(to);
    return [...reached];
  });
  return { named, folders, ahead, lists: listsOf(named) };
}

/** What each of some analyses can be, in every combination. */
function listsOf(named: readonly string[]): readonly (readonly Resolution[])[] {
  const [kind, ...others] = named;
  if (kind === undefined) return [[]];
  const can = (Object.keys(bit) as Resolution[]).filter(
    (resolution) => resolution !== 'OPERATOR_REQUIRED' || !isLiveness(kind),
  );
  return can.flatMap((one) => listsOf(others).map((rest) => [one, ...rest]));
}

type World = ReturnType<typeof worldOf>;

const worldsBy = new Map<Decisions, readonly World[]>();

/** The folders of one or two analyses, where a person may decide or not. */
function worldsWith(decisions: Decisions): readonly World[] {
  const known =
    worldsBy.get(decisions) ?? [kinds.slice(0, 1), kinds].map((named) => worldOf(named, decisions));
  worldsBy.set(decisions, known);
  return known;
}

const polls = alphabetOf('folder.resolution_status').flatMap((status) =>
  alphabetOf('system_resolution').map((system): Constraint => ({
    status,
    system,
    seen: [],
    complete: false,
  })),
);

/** The folders of a world, all of its analyses as listed: whether they are in one group, by folder. */
function listedIn(
  { named, folders }: World,
  moments: Iterable<number>,
  list: readonly Resolution[],
): boolean[] {
  return [...moments].flatMap((at) => {
    const { groups } = folders[at]!;
    const found = new Map(groups.flatMap(({ analyses }) => analyses.map((one) => [one.id, one.resolution])));
    const fits = named.every((_, id) => found.get(`n${id}`) === list[id]);
    return fits ? [groups.length === 1] : [];
  });
}

/** Where the polls have led: what the checker believes, and which moments of each world have shown them. */
interface Polled {
  readonly track: Track;
  readonly moments: readonly (readonly number[])[];
}

/** Tries every list after every number of polls; `verdict` is told what the search and what the checker says. */
function tryAll(reading: Reading, verdict: (searched: string, checked: string, list: string) => void): void {
  const worlds = worldsWith(reading['operator-decision']);
  const engine = createEngine(
    { settings: { reading, operatorRequired } },
    new Budget({ perCheck: Infinity }),
  );
  const fields = worlds.map(({ folders }) => folders.map((folder) => project(folder, reading)));
  const queue: Polled[] = [{ track: engine.start, moments: worlds.map(() => [0]) }];
  const known = new Set<string>();
  for (const { track, moments } of queue) {
    const now = worlds.map(({ ahead }, at) => new Set(moments[at]!.flatMap((moment) => ahead[moment]!)));
    for (const [at, world] of worlds.entries()) {
      for (const list of some(6, world.lists)) {
        const found = listedIn(world, now[at]!, list);
        for (const claim of claims.slice(0, 1 + list.length)) {
          const checked = checkedAs(engine, track, list, claim);
          verdict(searchedAs(found, claim), checked, `${list.join()} of ${claim}`);
        }
      }
    }
    for (const sight of polls) {
      const shown = now.map((set, at) => [...set].filter((moment) => shows(fields[at]![moment]!, sight)));
      // Which needs more analyses than are listed is rejected above, and stays so.
      if (now.every((set) => set.size === 0)) continue;
      const next = engine.step(track, sight, { analyses: [], whole: [] });
      const key = `${next.id}|${shown.map((each) => each.toSorted((a, b) => a - b).join()).join('/')}`;
      if (next.empty || known.has(key)) continue;
      known.add(key);
      queue.push({ track: next, moments: shown });
    }
  }
}

const shows = (fields: FolderFields, { status, system }: Constraint): boolean =>
  fields.resolution_status === status && fields.system_resolution === system;

/** What a list may say of the groups of its analyses. */
const claims = ['unknown groups', 'one group', 'several groups'] as const;
type Claim = (typeof claims)[number];

function searchedAs(inOneGroup: readonly boolean[], claim: Claim): string {
  const admitted = inOneGroup.filter((one) => claim === 'unknown groups' || one === (claim === 'one group'));
  if (admitted.length === 0) return 'impossible';
  return admitted.includes(true) ? 'in one group' : 'in several groups';
}

function checkedAs(
  engine: ReturnType<typeof createEngine>,
  track: Track,
  list: readonly Resolution[],
  claim: Claim,
): string {
  const labelOf = (id: number) => ({ 'unknown groups': -1, 'one group': 0, 'several groups': id })[claim];
  const seen = list.map((resolution, id) => ({ id, admits: bit[resolution] }));
  const analyses = list.map((_, id) => ({ liveness: isLiveness(kinds[id]!), label: labelOf(id), batch: 0 }));
  const whole = [...new Set(analyses.map(({ label }) => label))]
    .filter((label) => label >= 0)
    .map(() => false);
  const sight = { status: undefined, system: undefined, seen, complete: true };
  const { empty, apart, truncated } = engine.step(track, sight, { analyses, whole });
  if (truncated) return 'beyond the limits';
  if (empty) return 'impossible';
  return apart || claim === 'several groups' ? 'in several groups' : 'in one group';
}

/** Where a failure shows while something runs, and DECLINED outweighs it then. */
const together = { 'status-precedence': 'failed-first', 'failed-beside-declined': 'declined' } as const;
const readings: readonly (readonly [string, Reading])[] = [
  ...neighbouringReadings()
    .filter(([name]) => !name.startsWith('operator-decision'))
    .map(([name, reading]) => [name, { ...reading, 'operator-decision': 'forbidden' }] as const),
  ['decisions that are taken', { ...defaultReading, 'operator-decision': 'allowed' }],
  [
    'failures that show first, below DECLINED',
    { ...defaultReading, ...together, 'operator-decision': 'forbidden' },
  ],
  [
    'the same of the group applied last',
    {
      ...defaultReading,
      ...together,
      'operator-decision': 'forbidden',
      'result-scope': 'last-applied-group',
    },
  ],
];

describe('a complete list after polls of the two fields', () => {
  it.each(some(1, readings))(
    'is judged as by a search of all executions under %s [FOLDER-STAGE]',
    (_name, reading) => {
      const wrong: string[] = [];
      const verdicts = new Set<string>();
      tryAll(reading, (searched, checked, list) => {
        verdicts.add(searched);
        if (searched !== checked) wrong.push(`${list}: ${searched}, not ${checked}`);
      });
      expect(wrong).toEqual([]);
      expect([...verdicts].toSorted()).toEqual(['impossible', 'in one group', 'in several groups']);
    },
  );
});
