import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReading, defaultSettings } from '../../machines/index.ts';
import { createChecker, type Observation } from '../../src/conformance/index.ts';
import { Components } from '../../src/conformance/shards/components.ts';
import {
  mergeParts,
  noPart,
  outcomeOfPart,
  PartReader,
  writePart,
  type Part,
} from '../../src/engines/index.ts';
import { graphOf } from '../conformance/brute-force.ts';
import { dice, record, tamper, type Dice } from '../conformance/random-recordings.ts';
import { runs } from '../deep.ts';

const named = ['BIOMETRY', 'QUALITY'];
const graph = graphOf({ named, unnamed: 1, settings: defaultSettings });
const options = { settings: defaultSettings, proposesReadings: false };
const head = { options, files: ['polls'] };

/** The lives of some folders side by side: some share analyses, some answers name no folder, some are callbacks. */
function drawn(draw: Dice): readonly Observation[] {
  const lives = Array.from({ length: 1 + draw.below(5) }, (_, at) => {
    const own = record(graph, defaultReading, draw, 4);
    if (draw.below(3) === 0) tamper(own, named, draw);
    const shared = draw.below(2) === 0;
    return own.map((one): Observation => {
      const analyses = one.analyses.map((view) => ({ ...view, id: shared ? view.id : `${at}-${view.id}` }));
      const first = analyses[0];
      if (first && draw.below(5) === 0)
        return {
          ...one,
          folder: `analysis:${first.id}`,
          unnamed: true,
          analyses: [first],
          complete: false,
          wholeGroup: false,
        };
      if (draw.below(9) === 0)
        return {
          ...one,
          folder: `session:s${at}`,
          folderId: `f${at}`,
          analyses: analyses.map((view) => ({
            ...view,
            id: `callback:${view.id} of s${at}`,
            kind: 'QUALITY',
          })),
          complete: false,
          wholeGroup: false,
        };
      return { ...one, folder: `folder:f${at}`, folderId: `f${at}`, analyses };
    });
  });
  const all: Observation[] = [];
  while (lives.some((life) => life.length > 0)) {
    const life = draw.from(lives.filter((one) => one.length > 0));
    all.push({ ...life.shift()!, where: { file: 'polls', line: all.length + 1 } });
  }
  return all;
}

function whole(observations: readonly Observation[]) {
  const checker = createChecker(options);
  for (const observation of observations) checker.observe(observation);
  return checker.finish();
}

function partOf(observations: readonly Observation[], shard: number, of: number): Part {
  const components = new Components();
  for (const observation of observations) components.observe(observation);
  const checker = createChecker(options);
  for (const observation of observations)
    if (components.isIn(shard, of, observation)) checker.observe(observation);
  const seen = components.foldersIn(shard, of);
  const results = checker.finish();
  expect(results).toHaveLength(seen.length);
  const folders = results.map((result, at) => ({
    order: seen[at]!.order,
    ...(seen[at]!.standIn && { standIn: seen[at]!.standIn }),
    result,
  }));
  return { ...noPart, of, shards: [shard], head, folders };
}

function reread(part: Part): Part {
  const reader = new PartReader();
  for (const line of writePart(part)) expect(reader.take(line)).toBeUndefined();
  return reader.end() as Part;
}
const merged = (one: Part, other: Part) => mergeParts(one, other) as Part;
const textOf = (part: Part) => [...writePart(part)].join('');

describe('the shards of a check', () => {
  it('come together to what the check of all finds, what crosses folders included', () => {
    const seenSo = { crossing: 0, joined: 0, callbacks: 0, several: 0, violates: 0 };
    fc.assert(
      fc.property(dice, fc.integer({ min: 1, max: 4 }), (draw, of) => {
        const observations = drawn(draw);
        const parts = Array.from({ length: of }, (_, at) => reread(partOf(observations, at + 1, of)));
        const expected = whole(observations);
        const outcome = outcomeOfPart(parts.reduce(merged, noPart));
        expect('folders' in outcome ? outcome.folders : outcome).toEqual(
          JSON.parse(JSON.stringify(expected)),
        );
        const codes = expected.flatMap(({ findings }) => findings.map(({ code }) => code));
        seenSo.crossing += Number(codes.includes('ANALYSIS_IDENTITY_CHANGED'));
        seenSo.joined += Number(
          observations.some(({ unnamed }) => unnamed) &&
            !expected.some(({ name }) => name?.startsWith('analysis')),
        );
        seenSo.callbacks += Number(expected.some(({ name }) => name?.startsWith('callbacks')));
        seenSo.several += Number(parts.filter(({ folders }) => folders.length > 0).length > 1);
        seenSo.violates += Number(codes.length > 0);
      }),
      runs(70, 600),
    );
    expect(Object.entries(seenSo).filter(([, count]) => count < 3)).toEqual([]);
  });

  it('are parts that form a commutative monoid: order, grouping and what is empty change no byte', () => {
    fc.assert(
      fc.property(
        dice,
        fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 3, maxLength: 3 }),
        (draw, shards) => {
          const observations = drawn(draw);
          const [a, b, c] = shards.map((shard) => partOf(observations, shard, 5)) as [Part, Part, Part];
          expect(textOf(merged(a, b))).toBe(textOf(merged(b, a)));
          expect(textOf(merged(merged(a, b), c))).toBe(textOf(merged(a, merged(b, c))));
          expect(textOf(merged(a, noPart))).toBe(textOf(a));
          expect(textOf(merged(noPart, a))).toBe(textOf(a));
          expect(reread(merged(a, b))).toEqual(JSON.parse(JSON.stringify(merged(a, b))));
        },
      ),
      runs(10, 60),
    );
  });
});

describe('parts that do not make a check', () => {
  const part = (shard: number, of = 2): Part => ({ ...noPart, of, shards: [shard], head });
  const problemOf = (found: object) => ('problem' in found ? found.problem : undefined);

  it.each<readonly [string, Part, Part, RegExp]>([
    ['of other numbers of shards', part(1), part(3, 3), /expected shards of 2/],
    ['twice the same', part(1), part(1), /received shard 1 twice/],
    ['of other recordings', part(1), { ...part(2), head: { ...head, files: ['other'] } }, /same recordings/],
  ])('are refused: %s', (_what, one, other, message) => {
    expect(problemOf(mergeParts(one, other))).toMatch(message);
  });

  it('are refused where one is missing, or all', () => {
    expect(problemOf(outcomeOfPart(part(1)))).toBe('expected every shard of 2, received no shard 2');
    expect(problemOf(outcomeOfPart(noPart))).toMatch(/received none/);
  });

  const lines = [...writePart(part(1))];
  it.each<readonly [string, readonly string[], RegExp]>([
    ['nothing', [], /expected an end line/],
    ['no end', lines.slice(0, 1), /has not finished/],
    ['no head', lines.slice(1), /line 1: expected the lines of one part/],
    ['a line that was cut off', [lines[0]!, lines[1]!.slice(0, 9)], /line 2: expected JSON/],
    ['something after the end', [...lines, lines[1]!], /line 3: expected the lines/],
    [
      'another version',
      [lines[0]!.replace('"formatVersion":1', '"formatVersion":2')],
      /expected format version 1/,
    ],
    ['another count', [lines[0]!, lines[1]!.replace('"folders":0', '"folders":1')], /as many lines/],
    ['a folder that is none', [lines[0]!, '{"type":"folder","order":1}'], /line 2: expected a folder/],
  ])('are refused with %s', (_what, given, message) => {
    const reader = new PartReader();
    const problems = given.map((line) => reader.take(line)).filter((one) => one !== undefined);
    expect(problems[0] ?? problemOf(reader.end())).toMatch(message);
  });
});
