import { describe, expect, it } from 'vitest';
import { defaultReading } from '../../machines/readings.ts';
import { compareBatch, isWrong, seedOf } from './batch.ts';
import { check, compare, type Check } from './compare.ts';
import { compareInference, type Infer } from './infer.ts';
import { features, generate, sizes } from './recordings/generate.ts';
import { shrink } from './recordings/shrink.ts';
import { isDeep, some } from '../deep.ts';

const [seed, work] = [1, 20_000];
const recordings = isDeep ? 400 : 14;

/** What the check does not know yet: the campaign leaves it out. */
const notYet = [] as const;

describe('the check beside the second oracle', () => {
  it(`gives no wrong verdict on random recordings (seed ${seed}) [FOLDER-RESULT]`, () => {
    const { counts, disagreements } = compareBatch({
      seed,
      from: 0,
      to: recordings,
      work,
      without: notYet,
      size: 'usual',
    });
    expect(disagreements.map(({ number, difference }) => [number, difference])).toEqual([]);
    expect(counts['agree']).toBeGreaterThan(0.9 * recordings);
  });
});

describe('the check of many folders that live alike', () => {
  it(`gives each the verdict that the second oracle gives it alone (seed ${seed}) [FOLDER-RESULT]`, () => {
    const to = isDeep ? 2000 : 100;
    const { counts, disagreements } = compareBatch({
      seed,
      from: 0,
      to,
      work,
      without: notYet,
      size: 'small',
    });
    expect(disagreements.map(({ number, difference }) => [number, difference])).toEqual([]);
    expect(counts['agree']).toBeGreaterThan(0.9 * to);
  });
});

describe('an inference beside the second oracle', () => {
  const size = sizes[isDeep ? 'usual' : 'small'];
  const kindsOf = (length: number, inferring?: Infer) =>
    Array.from({ length }, (_, number) => seedOf(seed + 2, number)).flatMap((one) =>
      compareInference(generate(one, { size }), one, work, inferring).map(({ kind }) => kind),
    );

  it(`leaves the readings under which nothing violates (seed ${seed + 2}) [FOLDER-RESULT]`, () => {
    expect(kindsOf(isDeep ? 120 : 12).filter(isWrong)).toEqual([]);
  });

  it('is found out where it leaves all readings or none', () => {
    for (const left of [true, false]) {
      const none = new Set<string>();
      const wrong = kindsOf(12, () => ({ leaves: () => left, leftOut: none, limited: none })).filter(isWrong);
      expect(new Set(wrong)).toEqual(
        new Set([left ? 'inference: left, oracle violates' : 'inference: not left, oracle conforms']),
      );
    }
  });
});

describe('the check of fields that may be older than lists', () => {
  it(`gives no wrong verdict beside the second oracle (seed ${seed}) [FOLDER-STAGE]`, () => {
    const kinds = new Set<string>();
    let left = isDeep ? 200 : 8;
    for (let number = 0; left > 0; number += 1) {
      const sample = generate(seedOf(seed + 1, number));
      if (sample.fields !== 'stale') continue;
      left -= 1;
      for (const found of compare(sample, work)) {
        expect(isWrong(found.kind), JSON.stringify({ number, found })).toBe(false);
        kinds.add(`${found.kind} ${found.oracle.verdict}`);
      }
    }
    expect([...kinds]).toEqual(expect.arrayContaining(['agree conforms', 'agree violates']));
  });
});

describe('the check decides, as the second oracle does,', () => {
  const analyses = (resolutions: string, stateOnly: string) =>
    resolutions.split(' ').map((letter, at) => {
      const resolution = { P: 'PROCESSING', F: 'FAILED', D: 'DECLINED', S: 'SUCCESS' }[letter]!;
      const state = 'PF'.includes(letter) ? resolution : 'FINISHED';
      const status = stateOnly.includes(`${at}`) ? { state } : { resolution_status: resolution };
      return { analyse_id: `a${at}`, folder_id: 'f1', ...status };
    });
  const grouped = (resolutions: string, stateOnly: string) =>
    analyses(resolutions, stateOnly).map((one, at) => ({ ...one, group_id: `g${'0111122'[at]}` }));
  const folder = (status: string, system: string, list?: readonly object[]) => ({
    folder_id: 'f1',
    resolution_status: status,
    system_resolution: system,
    ...(list && { analyses: list }),
  });

  const hard = [
    [
      'three known groups in which some analyses show only that they have finished',
      { 'failed-group-finishes': 'folder-fails', 'status-scope': 'last-settled-group' },
      (last: string) => [
        { items: grouped('D F D D S D D', '236') },
        folder('FINISHED', last, grouped('D F D D S D D', '4')),
      ],
    ],
    [
      'eight analyses without a group that settled between two full lists, after a poll without a list',
      {},
      (last: string) => [
        folder('PROCESSING', 'PROCESSING', analyses('P P S P P P P P', '')),
        folder('FAILED', last),
        folder('FAILED', last, analyses('F S S D D D D S', '')),
      ],
    ],
    [
      'eight analyses without a group that settle two by two, where the group applied last gives the stage',
      { 'status-scope': 'last-applied-group', 'failed-group-finishes': 'folder-fails' },
      (last: string) => [
        ...['P P P P P P P P', 'F S P P P P P P', 'F S S D P P P P', 'F S S D D D P P'].map((all) =>
          folder('PROCESSING', 'PROCESSING', analyses(all, '')),
        ),
        folder('FINISHED', last, analyses('F S S D D D D S', '')),
      ],
    ],
  ] as const;

  it.each(some<(typeof hard)[number]>(1, hard))('%s', (_name, answers, linesWith) => {
    const settings = { reading: { ...defaultReading, ...answers }, operatorRequired: 'allowed' } as const;
    const said = ['FAILED', 'OPERATOR_REQUIRED'].map((last) => {
      const lines = linesWith(last).map((line) => JSON.stringify(line));
      const [found] = compare({ lines, settings, groups: 'known', fields: 'current', holds: [] }, work);
      return [found!.kind, found!.said!.verdict];
    });
    expect(said).toEqual([
      ['agree', 'conforms'],
      ['agree', 'violates'],
    ]);
  });
});

describe('where analyses first seen together are one group', () => {
  const settings = { reading: defaultReading, operatorRequired: 'allowed' } as const;
  const [bad, good] = [
    { analyse_id: 'a', resolution_status: 'DECLINED' },
    { analyse_id: 'b', resolution_status: 'SUCCESS' },
  ];
  const folder = (...analyses: readonly object[]) =>
    JSON.stringify({ folder_id: 'f1', system_resolution: 'SUCCESS', analyses });

  it.each([
    ['groups that are shown later take back no violation', [folder(bad, good), grouped('g1', 'g2')], 0],
    ['one of which the group is known has the others in it', [grouped(undefined, 'g1')], 0],
    ['those whose groups are known are not', [grouped('g1', 'g2')], undefined],
  ] as const)('%s', (_name, lines, line) => {
    const [found] = compare({ lines, settings, groups: 'first-seen', fields: 'current', holds: [] }, work);
    expect([found!.kind, found!.said!.line]).toEqual(['agree', line]);
  });

  function grouped(ofBad: string | undefined, ofGood: string): string {
    return folder({ ...bad, ...(ofBad !== undefined && { group_id: ofBad }) }, { ...good, group_id: ofGood });
  }
});

/** A checker that says something else of what is found by `test`. */
const faulty =
  (verdict: 'conforms' | 'unspecified' | 'violates', test: (said: string) => boolean): Check =>
  (sample) =>
    new Map(
      [...check(sample)].map(([folder, said]) => [
        folder,
        test(said.verdict)
          ? { verdict, codes: [], limits: [], ...(verdict === 'violates' && { line: 0 }) }
          : said,
      ]),
    );

describe('the comparison notices a checker that', () => {
  it.each([
    ['finds nothing', faulty('conforms', (said) => said === 'violates')],
    ['finds what is not there', faulty('violates', (said) => said === 'conforms')],
    ['takes what is not said for right', faulty('conforms', (said) => said === 'unspecified')],
    ['loses folders', () => new Map()],
  ] satisfies readonly (readonly [string, Check])[])('%s', (_name, checking) => {
    const isNoticed = Array.from({ length: 40 }, (_, number) => seedOf(seed, number)).some((one) =>
      compare(generate(one, { without: new Set(notYet) }), work, checking).some(({ kind }) => isWrong(kind)),
    );
    expect(isNoticed).toBe(true);
  });
});

describe('the generator', () => {
  it('makes the same recording of the same seed', () => {
    expect(generate(seedOf(seed, 7))).toEqual(generate(seedOf(seed, 7)));
    expect(generate(seedOf(seed, 7))).not.toEqual(generate(seedOf(seed, 8)));
  });

  it('puts in every feature, and leaves out what it is told to', () => {
    const holds = (without: ReadonlySet<(typeof features)[number]>) =>
      new Set(
        Array.from({ length: 200 }, (_, number) => generate(seedOf(seed, number), { without }).holds).flat(),
      );
    expect([...holds(new Set())]).toEqual(expect.arrayContaining([...features]));
    const others = holds(new Set(notYet));
    expect(notYet.filter((feature) => others.has(feature))).toEqual([]);
  });
});

describe('a recording made smaller', () => {
  it('still shows the same, with nothing that can be left out', () => {
    const sample = Array.from({ length: 40 }, (_, number) => generate(seedOf(seed, number))).find(
      ({ lines }) => lines.some((line) => line.includes('DECLINED')),
    )!;
    const small = shrink(sample, ({ lines }) => lines.some((line) => line.includes('DECLINED')));
    expect(small.lines).toHaveLength(1);
    expect(small.lines[0]!.length).toBeLessThan(sample.lines.join().length / 2);
  });
});
