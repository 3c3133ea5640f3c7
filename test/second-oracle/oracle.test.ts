import { describe, expect, it } from 'vitest';
import { allReadings, project, type Settings } from '../../machines/index.ts';
import { explain, type Explained } from './search/belief.ts';
import { graphOf, tryAll, type Bound } from './search/brute-force.ts';
import { statusOfFolder, systemOfFolder, type Folder } from './search/execution.ts';
import { factsOf } from './search/facts.ts';
import { judgeLines } from './judge.ts';
import { Random } from './recordings/random.ts';
import { literals, rulesOf } from './search/rules.ts';
import { tinySights, type TinyOptions } from './recordings/tiny.ts';
import { isDeep } from '../deep.ts';

const readings = allReadings();
const settingsOf = (random: Random): Settings => ({
  reading: random.pick(readings),
  operatorRequired: random.chance(0.1) ? 'never' : 'allowed',
});

const asMachines = ({ groups, settled }: Folder) => ({
  groups: groups.map((members, at) => ({
    id: `g${at}`,
    analyses: members.map(({ id, isLiveness, code }) => ({
      id,
      kind: isLiveness ? 'QUALITY' : 'BIOMETRY',
      resolution: literals[code]!,
    })),
  })),
  settled: settled.map((at) => `g${at}`),
});

describe('the model of the second oracle', () => {
  it('shows what the specification shows, under every reading [FOLDER-RESULT]', () => {
    const rules = rulesOf({ reading: readings[0]!, operatorRequired: 'allowed' });
    const graph = graphOf(rules, { ids: ['a', 'b', 'c'], mayBeLiveness: [], hidden: 0, groups: 3 });
    const random = new Random(1);
    const shown = new Set<string>();
    for (const { folder } of random.some(graph, isDeep ? 0.15 : 0.015)) {
      for (const reading of random.some(readings, 0.2)) {
        const own = rulesOf({ reading, operatorRequired: 'allowed' });
        const fields = {
          resolution_status: statusOfFolder(folder, own),
          system_resolution: systemOfFolder(folder, own),
        };
        expect(project(asMachines(folder), reading)).toEqual(fields);
        shown.add(Object.values(fields).join());
      }
    }
    expect(shown.size).toBeGreaterThan(12);
  });
});

/** So many seeds, in the usual run from `first` on, where every verdict occurs. */
interface Seeds {
  readonly usual: number;
  readonly first: number;
}
const deepSeeds = 400;

/** What both sides say of tiny recordings, counted. */
function compared(
  bound: Bound,
  options: TinyOptions,
  isBounded: boolean,
  { usual, first }: Seeds,
): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  const graphs = new Map<string, ReturnType<typeof graphOf>>();
  const [start, count] = isDeep ? [1, deepSeeds] : [first, usual];
  for (let seed = start; seed < start + count; seed += 1) {
    const random = new Random(seed);
    const settings = settingsOf(random);
    const rules = rulesOf(settings);
    const sights = tinySights(random, rules, options);
    const facts = factsOf(sights, rules, 'known');
    if (isBounded && facts && facts.lastComplete < sights.length - 1) continue;
    const key = `${rules.decision === 'forbidden'} ${rules.operatorRequired}`;
    const graph = graphs.get(key) ?? graphOf(rules, bound);
    graphs.set(key, graph);
    const said: Explained = facts ? explain(facts, rules, { left: 1e6 }) : 'violates';
    const { verdict } = tryAll(sights, rules, graph);
    expect(said, `seed ${seed}: ${JSON.stringify({ settings, sights })}`).toBe(verdict);
    counts[verdict] = (counts[verdict] ?? 0) + 1;
  }
  return counts;
}

describe('the second oracle', () => {
  it.each([
    [
      'three analyses',
      { ids: ['a', 'b', 'c'], mayBeLiveness: [], hidden: 0, groups: 3 },
      5,
      { usual: 20, first: 301 },
    ],
    [
      'two analyses, one of them maybe a liveness check',
      { ids: ['a', 'b'], mayBeLiveness: ['a'], hidden: 0, groups: 2 },
      6,
      { usual: 100, first: 201 },
    ],
  ] as const)(
    'says of %s in full lists what trying every execution says [FOLDER-RESULT]',
    (_name, bound, most, seeds) => {
      const { groups, ids, mayBeLiveness } = bound;
      const options = {
        groups,
        analyses: ids.length,
        observations: most,
        liveness: mayBeLiveness.length > 0,
      };
      const counts = compared(bound, options, true, seeds);
      expect(Object.keys(counts).toSorted()).toEqual(['conforms', 'unspecified', 'violates']);
    },
  );

  it('says what trying every execution says where some analyses are never named [FOLDER-RESULT]', () => {
    const bound = { ids: ['a'], mayBeLiveness: [], hidden: 2, groups: 3 };
    const options = { groups: 2, analyses: 1, observations: 2, liveness: false };
    const usual = 20;
    const counts = compared(bound, options, false, { usual, first: 1 });
    const seeds = isDeep ? deepSeeds : usual;
    expect(counts['conforms']).toBeGreaterThan(0.4 * seeds);
    expect(counts['violates']).toBeGreaterThan(0.04 * seeds);
  });
});

const folder = (status: string, system: string, ...resolutions: readonly string[]) => ({
  folder_id: 'f',
  resolution_status: status,
  system_resolution: system,
  analyses: resolutions.map((one, at) => ({
    analyse_id: `a${at}`,
    type: 'BIOMETRY',
    resolution_status: one,
  })),
});
const post = (...ids: readonly string[]) => ({
  method: 'POST',
  url: '/api/folders/f/analyses/',
  body: ids.map((id) => ({ analyse_id: id, state: 'PROCESSING' })),
});
const [settled, needsPerson] = ['SUCCESS', 'OPERATOR_REQUIRED'];

const cases: readonly (readonly [string, readonly unknown[], string])[] = [
  [
    'three decisions between two polls',
    [
      folder('FINISHED', needsPerson, needsPerson, needsPerson, needsPerson, settled),
      folder('FINISHED', settled, settled, settled, settled, settled),
    ],
    'unspecified',
  ],
  [
    'two answers to POST after a poll that showed both analyses',
    [
      folder('PROCESSING', 'PROCESSING', 'PROCESSING', 'PROCESSING'),
      post('a0'),
      post('a1'),
      folder('PROCESSING', 'PROCESSING', 'DECLINED', 'PROCESSING'),
      folder('FINISHED', settled, 'DECLINED', settled),
    ],
    'conforms',
  ],
  [
    'the same analyses posted at once',
    [post('a0', 'a1'), folder('FINISHED', settled, 'DECLINED', settled)],
    'violates at 1',
  ],
  [
    'eight analyses that run, then a result that none of them has',
    [
      folder('PROCESSING', 'PROCESSING', ...Array.from({ length: 8 }, () => 'PROCESSING')),
      folder('FINISHED', 'DECLINED', ...Array.from({ length: 8 }, () => settled)),
    ],
    'violates at 1',
  ],
  [
    'an analysis that is missing in one list and then there again',
    [
      folder('PROCESSING', 'PROCESSING', 'PROCESSING', 'PROCESSING'),
      folder('PROCESSING', 'PROCESSING', 'PROCESSING'),
      folder('PROCESSING', 'PROCESSING', 'PROCESSING', 'PROCESSING'),
    ],
    'violates at 1',
  ],
  [
    'an analysis that is missing in the last list',
    [
      folder('PROCESSING', 'PROCESSING', 'PROCESSING', 'PROCESSING'),
      folder('PROCESSING', 'PROCESSING', 'PROCESSING'),
    ],
    'unspecified',
  ],
];

describe('the second oracle says what the meaning says of', () => {
  it.each(cases)('%s', (_name, lines, expected) => {
    const { verdict, line } = judgeLines(lines.map((each) => JSON.stringify(each))).get('f')!;
    expect(line === undefined ? verdict : `${verdict} at ${line}`).toBe(expected);
  });
});
