import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReading } from '../../machines/index.ts';
import { createPackedChecker } from '../../src/conformance/check/checker.ts';
import type { CheckOptions, Observation } from '../../src/conformance/index.ts';
import type { Finding } from '../../src/observations/findings.ts';
import { RecordingReader } from '../../src/recordings/reader/reader.ts';
import { graphOf } from './brute-force.ts';
import { checked, followedAlone } from './check/followed-alone.ts';
import { Dice, dice, record, tamper } from './random-recordings.ts';
import { runs } from '../deep.ts';

const settings = { reading: defaultReading, operatorRequired: 'allowed' } as const;
const named = ['BIOMETRY', 'QUALITY'];
const graph = graphOf({ named, unnamed: 0, settings });
const anyOptions = fc.constantFrom<CheckOptions>({ settings }, { settings, groups: 'first-seen' });

/** Several folders recorded at random, their polls interleaved, with names of their own that may be equal to others'. */
function recordMany(draw: Dice): Observation[] {
  const recorded = Array.from({ length: 1 + draw.below(4) }, (_, folder) => {
    const observations = record(graph, defaultReading, draw);
    if (draw.below(3) === 1) tamper(observations, named, draw);
    const id = draw.below(3) === 1 ? `folder é ${folder} \ud800` : `folder-${folder}`;
    return observations.map((observation) => renamed(observation, folder, id));
  });
  const all: Observation[] = [];
  while (recorded.some((each) => each.length > 0)) {
    const next = draw.from(recorded.filter((each) => each.length > 0)).shift()!;
    all.push({ ...next, where: { file: 'x', line: all.length + 1, pointer: '' } });
    if (draw.below(3) === 0) all.push({ ...next, where: { file: 'x', line: all.length + 1, pointer: '' } });
  }
  return all;
}

function renamed(observation: Observation, folder: number, id: string): Observation {
  return {
    ...observation,
    folder: `folder:${id}`,
    folderId: id,
    analyses: observation.analyses.map((view) => ({
      ...view,
      id: `${view.id}-${folder}`,
      ...(view.groupId === undefined ? {} : { groupId: `group-${view.groupId}` }),
    })),
  };
}

const lineOf = ({ folderId, resolutionStatus, systemResolution, analyses }: Observation): string =>
  JSON.stringify({
    folder_id: folderId,
    resolution_status: resolutionStatus,
    system_resolution: systemResolution,
    other: { state: 'INITIAL', list: [1, -2.5e3, true, null, { analyse_id: 'x' }] },
    analyses: analyses.map(({ id, groupId, kind, state, resolutionStatus: status }) => ({
      analyse_id: id,
      group_id: groupId,
      type: kind,
      state,
      results_data: { resolution_status: 'none' },
      resolution_status: status,
    })),
  });

/** A HAR of which some requests overlap, others of its folders and their own, and some cannot be taken as numbers. */
function harOf(observations: readonly Observation[], draw: Dice): string {
  let moment = Date.UTC(2026, 0, 1) + draw.below(2) * 500;
  const polls = observations.flatMap((observation) =>
    Array<Observation>(4 - draw.below(4)).fill(observation),
  );
  const entries = polls.map((observation) => {
    moment += 100;
    const time = draw.below(4) === 3 ? draw.below(400) : draw.below(100);
    const text = lineOf(observation);
    const isEncoded = draw.below(9) === 8;
    return {
      startedDateTime: new Date(moment - time).toISOString(),
      time,
      request: { method: 'GET', url: `/api/folders/${observation.folderId}` },
      response: {
        status: 200,
        content: isEncoded ? { text: Buffer.from(text).toString('base64'), encoding: 'base64' } : { text },
      },
    };
  });
  return JSON.stringify({ log: { entries } });
}

describe('a check of many folders', () => {
  it('always says of each what a check of it alone says [FOLDER-RESULT]', () => {
    fc.assert(
      fc.property(dice, anyOptions, (draw, options) => {
        const observations = recordMany(draw);
        // That nothing was seen is only said of all folders together.
        const results = checked(observations, options).map((result) => ({
          ...result,
          findings: result.findings.filter(({ code }) => code !== 'NO_STATUS_SEEN'),
        }));
        expect(results).toEqual(followedAlone(observations, options));
      }),
      runs(6, 30),
    );
  });

  it('always says of lines taken as numbers what it says of them read as values [FOLDER-RESULT]', () => {
    let taken = 0;
    fc.assert(
      fc.property(dice, anyOptions, (draw, options) => {
        const text = recordMany(draw)
          .map((observation) => `${lineOf(observation)}\n`)
          .join('');
        const read = (asNumbers: boolean) => {
          const checker = createPackedChecker(options);
          const reader = new RecordingReader(
            { file: 'x' },
            {
              find: (found) => expect(found).toBeUndefined(),
              observe: (observation) => checker.observe(observation),
              ...(asNumbers && {
                observePacked: (...all: Parameters<typeof checker.observePacked>) => {
                  const isTaken = checker.observePacked(...all);
                  if (isTaken) taken += 1;
                  return isTaken;
                },
              }),
            },
          );
          reader.push(new TextEncoder().encode(text));
          const summary = reader.end();
          return { summary, results: checker.finish() };
        };
        expect(read(true)).toEqual(read(false));
      }),
      runs(6, 30),
    );
    expect(taken).toBeGreaterThan(10);
  });

  it('always says of a HAR taken as numbers what it says of it read as values [FOLDER-RESULT]', () => {
    let taken = 0;
    fc.assert(
      fc.property(dice, anyOptions, (draw, options) => {
        const observations = recordMany(draw);
        const [first, second] = [observations, observations.splice(draw.below(observations.length))];
        const hars = [first, second].filter(({ length }) => length > 0).map((polls) => harOf(polls, draw));
        const read = (asNumbers: boolean) => {
          const told: unknown[] = [];
          const checker = createPackedChecker(options, (found) => void told.push(found));
          const receiver = {
            find: (found: Finding) => expect(found).toBeUndefined(),
            observe: (observation: Observation) => checker.observe(observation),
          };
          const packed: typeof checker.observePacked = (...seen) => {
            const isTaken = checker.observePacked(...seen);
            if (isTaken) taken += 1;
            return isTaken;
          };
          for (const [at, text] of hars.entries()) {
            const reader = new RecordingReader(
              { file: `${at}` },
              asNumbers ? { ...receiver, observePacked: packed } : receiver,
            );
            reader.push(new TextEncoder().encode(text));
            reader.end();
          }
          return { results: checker.finish(), told };
        };
        expect(read(true)).toEqual(read(false));
      }),
      runs(12, 40),
    );
    expect(taken).toBeGreaterThan(50);
  });

  it('follows a folder with more analyses, groups and kinds than shared histories tell apart [FOLDER-RESULT]', () => {
    const analyses = Array.from({ length: 300 }, (_, at) => ({
      id: `a${at}`,
      kind: `kind ${at}`,
      groupId: `g${at}`,
      state: 'PROCESSING',
      pointer: `/analyses/${at}`,
    }));
    const polls = [1, 60, 70, 300].map((count, at) => ({
      folder: 'folder:f',
      folderId: 'f',
      systemResolution: 'PROCESSING',
      analyses: analyses.slice(0, count),
      complete: true,
      wholeGroup: false,
      where: { file: 'x', line: at + 1, pointer: '' },
    }));
    expect(checked(polls, { settings })).toEqual(followedAlone(polls, { settings }));
  });

  it('keeps on one shared history a folder that is polled for long, from several views in turn [FOLDER-RESULT]', () => {
    const views = ['PROCESSING', undefined, 'PROCESSING'];
    const polls = Array.from({ length: 900 }, (_, at) => ({
      folder: 'folder:f',
      folderId: 'f',
      ...(at % 3 === 0 ? { systemResolution: 'PROCESSING' } : {}),
      analyses: [{ id: `a${at % 3}`, ...(views[at % 3] && { state: views[at % 3]! }), pointer: '' }],
      complete: false,
      wholeGroup: false,
      where: { file: 'x', line: at + 1, pointer: '' },
    }));
    expect(checked(polls, { settings })).toEqual(followedAlone(polls, { settings }));
  });

  it('tells changed kinds apart in a recording with more kinds than shared histories do [ANALYSIS-IDENTITY]', () => {
    const poll = (folder: number, kind: string, line: number): Observation => ({
      folder: `folder:${folder}`,
      folderId: `${folder}`,
      analyses: [{ id: `a${folder}`, kind, state: 'PROCESSING', pointer: '/analyses/0' }],
      complete: true,
      wholeGroup: false,
      where: { file: 'x', line, pointer: '' },
    });
    const many = Array.from({ length: 70 }, (_, at) => poll(at, `kind ${at}`, at + 1));
    const results = checked([...many, poll(69, 'another kind', 71)], { settings });
    expect(results.slice(0, -1).every(({ verdict }) => verdict === 'conforms')).toBe(true);
    expect(results.at(-1)?.findings).toMatchObject([{ code: 'ANALYSIS_IDENTITY_CHANGED', analysis: 'a69' }]);
  });

  it('keeps the first id that was seen of a folder whose key does not say it [FOLDER-RESULT]', () => {
    const poll = (folderId: string | undefined, line: number): Observation => ({
      folder: 'url:/polled',
      ...(folderId !== undefined && { folderId }),
      analyses: [],
      complete: false,
      wholeGroup: false,
      where: { file: 'x', line, pointer: '' },
    });
    const idAfter = (...ids: readonly (string | undefined)[]) =>
      checked(
        ids.map((id, at) => poll(id, at + 1)),
        { settings },
      )[0]!.folderId;
    expect(idAfter(undefined)).toBe(null);
    expect(idAfter(undefined, 'first')).toBe('first');
    expect(idAfter('first', undefined)).toBe('first');
    expect(idAfter('first', 'second')).toBe('first');
  });
});
