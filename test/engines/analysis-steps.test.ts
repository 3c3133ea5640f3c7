import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChecker, type Found, type Observation } from '../../src/conformance/index.ts';
import { maxStrays, stepAnalysis, type Sighting } from '../../src/engines/analysis-steps.ts';
import { runs } from '../deep.ts';

const analysis = 'a-1';
const view = (result: string) => ({ id: analysis, resolutionStatus: result, pointer: '' });
const place = { before: 0, number: 1 };

/** That a folder lists the analysis; `folder` is empty: the analysis by itself. */
function sighting(line: number, folder: string, result: string, object = 'o'): Sighting {
  const named =
    folder === '' ? { folder: `analysis:${analysis}`, unnamed: true as const } : { folder, folderId: folder };
  const seen = { ...named, analyses: [view(result)], complete: false, wholeGroup: false };
  return { ...place, object, observation: { ...seen, where: { file: object, line, pointer: '' } } };
}

const identityOf = ({ finding, folderId }: Found) =>
  JSON.stringify([finding.code, finding.analysis, finding.where, folderId]);

/** What check finds of folders that show the analysis of another one, the first time in each. */
function crossingsByCheck(all: readonly Observation[]): readonly string[] {
  const told: Found[] = [];
  const checker = createChecker({}, (found) => told.push(found));
  for (const one of all) checker.observe(one);
  checker.finish();
  const crossing = told.filter(({ finding }) => finding.code === 'ANALYSIS_IDENTITY_CHANGED');
  const first = crossing.filter(
    ({ folderId }, at) => crossing.findIndex((one) => one.folderId === folderId) === at,
  );
  return first.map(identityOf);
}

const drawn = fc.array(
  fc.tuple(
    fc.constantFrom('', '', 'folder:f', 'folder:g', 'folder:h'),
    fc.constantFrom('PROCESSING', 'SUCCESS'),
  ),
  { minLength: 1, maxLength: 12 },
);

describe('what is known of an analysis', () => {
  it('finds the folders that check finds, however what was seen is cut into steps', () => {
    let crossings = 0;
    fc.assert(
      fc.property(drawn, fc.array(fc.integer({ min: 1, max: 4 })), (seen, sizes) => {
        const sightings = seen.map(([folder, result], at) => sighting(at + 1, folder, result));
        const whole = stepAnalysis(null, sightings, true);
        let state: Uint8Array | null = null;
        const found: Found[] = [];
        for (let [from, nth] = [0, 0]; from < sightings.length; nth += 1) {
          const to = from + (sizes[nth] ?? sightings.length);
          const step = stepAnalysis(state, sightings.slice(from, to), true);
          state = step.state;
          found.push(...step.findings);
          from = to;
        }
        expect(state).toEqual(whole.state);
        expect(found).toEqual(whole.findings);
        const expected = crossingsByCheck(sightings.map(({ observation }) => observation));
        expect(found.map(identityOf)).toEqual(expected);
        crossings += expected.length;
      }),
      { ...runs(25, 2000) },
    );
    expect(crossings).toBeGreaterThan(10);
  });

  it('gives what is seen of it by itself to the folder that has listed it', () => {
    const { placed, isJoined } = stepAnalysis(
      null,
      [sighting(1, 'folder:f', 'PROCESSING'), sighting(2, '', 'SUCCESS')],
      true,
    );
    expect(
      placed.map(({ observation: { folder, folderId, unnamed, where } }) => [
        folder,
        folderId,
        unnamed,
        where.line,
      ]),
    ).toEqual([['folder:f', 'folder:f', undefined, 2]]);
    expect(isJoined).toBe(false);
  });

  it('gives how it had settled before to the folder that lists it later, with the time of that', () => {
    const early = [sighting(1, '', 'PROCESSING'), sighting(2, '', 'DECLINED')];
    const first = stepAnalysis(null, early, true);
    expect(first.placed).toEqual(early);
    const listed = sighting(3, 'folder:f', 'SUCCESS');
    const interval = { start: 5, end: 6 };
    const timed = { ...listed, observation: { ...listed.observation, interval } };
    const { placed, isJoined } = stepAnalysis(first.state, [timed], true);
    expect(isJoined).toBe(true);
    expect(
      placed.map(({ observation }) => [observation.folder, observation.where.line, observation.interval]),
    ).toEqual([['folder:f', 2, interval]]);
    // Once is enough.
    expect(stepAnalysis(stepAnalysis(first.state, [timed], true).state, [timed], true)).toMatchObject({
      placed: [],
      isJoined: false,
    });
  });

  it('takes no order from objects that have none', () => {
    const listed = sighting(3, 'folder:f', 'SUCCESS', 'answers/0');
    const alone = [sighting(1, '', 'PROCESSING', 'answers/1'), sighting(2, '', 'DECLINED', 'answers/1')];
    const later = stepAnalysis(null, [listed, ...alone], false);
    // PROCESSING may have been seen before, what has settled is judged by itself.
    expect(later.placed).toEqual(alone.slice(1));
    const earlier = stepAnalysis(null, [...alone, listed], false);
    expect([earlier.placed, earlier.isJoined]).toEqual([alone, true]);
  });

  it('has a state of bounded size', () => {
    const many = Array.from({ length: 3 * maxStrays }, (_, at) =>
      sighting(at + 1, `folder:${at}`, 'SUCCESS'),
    );
    const { state, findings } = stepAnalysis(null, many, true);
    expect(findings.length).toBe(many.length - 1);
    expect(state.length).toBeLessThan(2000);
  });

  it.each(['', 'no', '[]', '[2,null,null,0,[]]', '[1,["o",0,1,"[0]"],null,0,[]]'])(
    'is refused where it is none: %s',
    (text) => {
      expect(() => stepAnalysis(new TextEncoder().encode(text), [], true)).toThrow(
        /^state of an analysis: expected/,
      );
    },
  );
});
