import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Folder } from '../../machines/folder/model.ts';
import {
  allReadings,
  alphabetOf,
  defaultReading,
  project,
  stateOf,
  type Reading,
  type Resolution,
} from '../../machines/index.ts';
import { Budget } from '../../src/conformance/belief/budget.ts';
import { createPackedChecker } from '../../src/conformance/check/checker.ts';
import {
  inferReadings,
  type Finding,
  type FolderResult,
  type Observation,
} from '../../src/conformance/index.ts';
import { graphOf } from './brute-force.ts';
import { check, seen } from './scenarios.ts';
import { runs, some } from '../deep.ts';

/** Lists of analyses too long for any search, and what of them is impossible however they were posted. */

const resolutions = alphabetOf('analyse.resolution_status');
const settingsOf = (reading: Reading) => ({ reading, operatorRequired: 'allowed' }) as const;

/** Every way to take some items from a list, with what is left of it; none and all are two of them. */
function splits<T>(items: readonly T[]): readonly (readonly [readonly T[], readonly T[]])[] {
  const [first, ...others] = items;
  if (first === undefined) return [[[], []]];
  return splits(others).flatMap(([taken, left]) => [
    [[first, ...taken], left] as const,
    [taken, [first, ...left]] as const,
  ]);
}

const orders = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, at) => orders(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));

/** Every way to post the analyses in groups, one after the other. */
const postings = (list: readonly Resolution[]): readonly (readonly (readonly Resolution[])[])[] =>
  list.length === 0
    ? [[]]
    : splits(list).flatMap(([group, later]) =>
        group.length === 0 ? [] : postings(later).map((groups) => [group, ...groups]),
      );

/** The folder with groups posted in this order that have settled in another. */
const folderOf = (posted: readonly (readonly Resolution[])[], settled: readonly number[]): Folder => ({
  groups: posted.map((group, at) => ({
    id: `${at}`,
    analyses: group.map((resolution, member) => ({ id: `${at}.${member}`, kind: 'BIOMETRY', resolution })),
  })),
  settled: settled.map(String),
});

/** Every folder with analyses of these resolutions: every grouping, every order of posting and of settling. */
function foldersWith(list: readonly Resolution[]): readonly Folder[] {
  return postings(list).flatMap((posted) => {
    const settled = posted.flatMap((group, at) => (group.includes('PROCESSING') ? [] : [at]));
    return orders(settled).map((order) => folderOf(posted, order));
  });
}

const fieldsOf = (folder: Folder, reading: Reading): string => {
  const { resolution_status: status, system_resolution: system } = project(folder, reading);
  return `${status}/${system}`;
};

const listOf = (list: readonly Resolution[]): Observation['analyses'] =>
  list.map((resolutionStatus, at) => ({
    id: `a${at}`,
    kind: 'BIOMETRY',
    state: stateOf(resolutionStatus),
    resolutionStatus,
    pointer: `/analyses/${at}`,
  }));

/** The result of a check that has nothing left for long searches. */
function judged(observations: readonly Observation[], reading = defaultReading): FolderResult {
  const options = { settings: settingsOf(reading), proposesReadings: false };
  const budget = new Budget({ perCheck: 0, perSeen: 0 });
  budget.spend(1);
  const checker = createPackedChecker(options, undefined, undefined, budget);
  for (const observation of observations) checker.observe(observation);
  return checker.finish()[0]!;
}

/** What a finding says of a field of the folder that alone has to be another; of others nothing but what they show. */
function corrected({ code, observed, allowed, nearest }: Finding, fields: readonly string[]) {
  const isStatus = code === 'FOLDER_STATUS_IMPOSSIBLE';
  if (nearest.length !== 1 || nearest[0]!.analysis !== null) return { observed: fields[1] };
  expect(nearest[0]).toMatchObject({ observed, value: allowed[0] });
  return { field: isStatus ? 'status' : 'system', observed, allowed: new Set(allowed) };
}

/** The same by what folders show: the result is to blame first, then the status. */
function possibleInstead(shown: readonly string[], [status, system]: readonly string[]) {
  const pairs = shown.map((each) => each.split('/'));
  const systems = new Set(pairs.filter(([one]) => one === status).map(([, other]) => other));
  const statuses = new Set(pairs.filter(([, other]) => other === system).map(([one]) => one));
  if (systems.size > 0) return { field: 'system', observed: system, allowed: systems };
  if (statuses.size > 0) return { field: 'status', observed: status, allowed: statuses };
  return { observed: system };
}

const anyList = fc.array(fc.constantFrom(...resolutions), { minLength: 1, maxLength: 4 });
const anyReading = fc.constantFrom(...allReadings());

describe('the fields beside a list of everything', () => {
  it('are tried in all folders that executions lead to', () => {
    const reading: Reading = { ...defaultReading, 'operator-decision': 'allowed' };
    const named = ['BIOMETRY', 'BIOMETRY', 'BIOMETRY'];
    const { folders } = graphOf({ named, unnamed: 0, settings: settingsOf(reading) });
    const reached = new Map<string, Set<string>>();
    for (const folder of folders) {
      const all = folder.groups.flatMap(({ analyses }) => analyses.map(({ resolution }) => resolution));
      const list = all.toSorted().join();
      reached.set(list, (reached.get(list) ?? new Set()).add(fieldsOf(folder, reading)));
    }
    for (const [list, fields] of reached) {
      if (list === '') continue;
      const tried = foldersWith(list.split(',') as Resolution[]).map((folder) => fieldsOf(folder, reading));
      expect([list, new Set(tried)]).toEqual([list, fields]);
    }
  });

  it('violate exactly where no folder shows them, however long the list and short the search [FOLDER-RESULT]', () => {
    const found = { violates: 0, conforms: 0, inconclusive: 0, unspecified: 0 };
    const anyFields = fc.tuple(
      fc.constantFrom(...alphabetOf('folder.resolution_status')),
      fc.constantFrom(...alphabetOf('system_resolution')),
    );
    fc.assert(
      fc.property(
        anyList,
        anyFields,
        anyReading,
        fc.integer({ min: 1, max: 4 }),
        (list, fields, reading, times) => {
          const shown = foldersWith(list).map((folder) => fieldsOf(folder, reading));
          // Of what is there once there may be more; a second one that failed, or that runs, makes a difference.
          const isOnce = (one: Resolution) => list.filter((other) => other === one).length === 1;
          const longer = list.flatMap((one) =>
            Array<Resolution>((one === 'FAILED' || one === 'PROCESSING') && isOnce(one) ? 1 : times).fill(
              one,
            ),
          );
          const observation = { ...seen(`${fields.join('/')} !`), analyses: listOf(longer) };
          const { verdict, findings } = judged([observation], reading);
          found[verdict]++;
          expect(verdict === 'violates').toBe(!shown.includes(fields.join('/')));
          const violation = findings.find(({ severity }) => severity === 'violation');
          if (violation) expect(corrected(violation, fields)).toEqual(possibleInstead(shown, fields));
        },
      ),
      runs(22, 200),
    );
    expect(Math.min(found.violates, found.inconclusive)).toBeGreaterThan(0);
  });

  it('never violate where they are those of a folder of any size [FOLDER-RESULT]', () => {
    const anyGroups = fc.array(fc.array(fc.constantFrom(...resolutions), { minLength: 1, maxLength: 6 }), {
      minLength: 1,
      maxLength: 6,
    });
    const posted = anyGroups.chain((groups) =>
      fc.record({
        groups: fc.constant(groups),
        order: fc.shuffledSubarray([...groups.keys()], { minLength: groups.length }),
      }),
    );
    fc.assert(
      fc.property(posted, anyReading, ({ groups: lists, order }, reading) => {
        const settled = order.filter((at) => !lists[at]!.includes('PROCESSING'));
        const fields = fieldsOf(folderOf(lists, settled), reading);
        const observation = { ...seen(`${fields} !`), analyses: listOf(lists.flat()) };
        expect(judged([observation], reading).verdict).not.toBe('violates');
      }),
      runs(8, 200),
    );
  });
});

const many = (resolution: Resolution, count: number): string =>
  Array.from({ length: count }, (_, at) => `a${at}=${resolution}`).join(' ');

describe('a folder with too many analyses for a search', () => {
  it.each([8, 20, 200])('violates where %i succeeded beside DECLINED [SYSTEM-DECLINED-MEANS]', (count) => {
    const [result] = check([
      seen(`PROCESSING/PROCESSING ! ${many('PROCESSING', count)}`),
      seen(`FINISHED/DECLINED ! ${many('SUCCESS', count)}`),
    ]);
    expect(result!.verdict).toBe('violates');
    expect(result!.findings.find(({ severity }) => severity === 'violation')).toMatchObject({
      code: 'SYSTEM_RESOLUTION_IMPOSSIBLE',
      clause: 'SYSTEM-DECLINED-MEANS',
      observed: 'DECLINED',
      allowed: ['SUCCESS'],
    });
  });

  it('violates under any reading where none gives its fields [FOLDER-RESULT]', () => {
    const list = `${many('SUCCESS', 15)} d=DECLINED`;
    const [under] = check([seen(`FINISHED/FAILED ! ${list}`)], { anyReading: true });
    expect(under!.verdict).toBe('violates');
  });

  it.each([
    [8, 'FINISHED/DECLINED', 'SYSTEM_RESOLUTION_IMPOSSIBLE', 'SUCCESS'],
    [20, 'FINISHED/PROCESSING', 'SYSTEM_RESOLUTION_IMPOSSIBLE', 'SUCCESS'],
    [20, 'PROCESSING/SUCCESS', 'FOLDER_STATUS_IMPOSSIBLE', 'FINISHED'],
  ])(
    'violates under any reading where %i show %s, and says what is allowed',
    (count, fields, code, value) => {
      const running = seen(`PROCESSING/PROCESSING ! ${many('PROCESSING', count)}`);
      const settled = seen(`${fields} ! ${many('SUCCESS', count)}`);
      const [{ findings }] = check([running, settled], { anyReading: true }) as [FolderResult];
      const hint = expect.stringContaining('whatever came before');
      expect(findings.filter(({ severity }) => severity === 'violation')).toMatchObject([
        { code, allowed: [value], nearest: [{ value }], hint },
      ]);
    },
  );

  it('leaves the readings that a small one leaves, also where laws exclude others one by one', () => {
    for (const fields of some(1, ['FAILED/PROCESSING', 'FINISHED/FAILED', 'PROCESSING/SUCCESS'])) {
      const left = [1, 60].map((count) =>
        inferReadings([seen(`${fields} ! f=FAILED r=PROCESSING ${many('SUCCESS', count)}`)]),
      );
      expect(left.map(({ limited }) => limited.length)).toEqual([0, 1]);
      expect(left[1]!.readings).toEqual(left[0]!.readings);
      expect(left[0]!.readings.length).toBeLessThan(allReadings().length);
    }
  });

  it('violates under any reading where each one that is left is excluded at one moment or another', () => {
    const list = `! f=FAILED r=PROCESSING ${many('SUCCESS', 18)}`;
    const polls = [seen(`FINISHED/PROCESSING ${list}`), seen(`FINISHED/SUCCESS ${list}`)];
    const each = polls.map((poll) => check([poll], { anyReading: true })[0]!.verdict);
    expect(each).toEqual(['inconclusive', 'inconclusive']);
    expect(check(polls, { anyReading: true })[0]!.verdict).toBe('violates');
  });

  const limiting = Array.from({ length: 20 }, (_, at) => seen(`-/- a${at}=PROCESSING`));
  const codesAfter = (...last: readonly Observation[]): readonly string[] =>
    judged([...limiting, ...last]).findings.map(({ code }) => code);

  it('violates where one runs beside FINISHED, or INITIAL is shown, after its search has ended', () => {
    const violates = (code: string) => ['SEARCH_LIMIT', code];
    expect(codesAfter(seen('FINISHED/- a0=PROCESSING'))).toEqual(violates('FOLDER_STATUS_IMPOSSIBLE'));
    expect(codesAfter(seen('-/INITIAL'))).toEqual(violates('SYSTEM_RESOLUTION_IMPOSSIBLE'));
    expect(codesAfter(seen('FINISHED/DECLINED a0=SUCCESS'))).toEqual(['SEARCH_LIMIT']);
  });

  it('is judged by single analyses alone once some have disappeared [DELETION]', () => {
    const gone = seen('FINISHED/DECLINED ! a0=SUCCESS');
    expect(codesAfter(gone, gone)).toEqual(['SEARCH_LIMIT']);
  });
});
