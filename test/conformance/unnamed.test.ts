import { describe, expect, it } from 'vitest';
import {
  alphabetOf,
  defaultReading,
  neighbouringReadings,
  project,
  type Folder,
  type Reading,
} from '../../machines/index.ts';
import { createChecker } from '../../src/conformance/index.ts';
import { maxHidden } from '../../src/conformance/belief/belief.ts';
import { createEngine, type Track } from '../../src/conformance/belief/engine.ts';
import { graphOf } from './brute-force.ts';
import { checkBothWays, seen as observed } from './scenarios.ts';

/**
 * Recordings of the two fields alone: everything in the folder is hidden, and there is no end to it. What the belief
 * accepts as two observations in a row is compared with all executions of folders of up to three analyses.
 */
const settings = {
  reading: { ...defaultReading, 'operator-decision': 'forbidden' },
  operatorRequired: 'allowed',
} as const;
const graph = graphOf({ named: [], unnamed: 3, settings });

/** Under these the two fields look at different groups, and some pairs of observations need a fourth analysis. */
const needMore = [
  'result-scope=last-applied-group',
  'result-while-running=hold',
  'status-scope=last-applied-group',
];

const fieldsOf = (folder: Folder, reading: Reading): string => {
  const { resolution_status: status, system_resolution: system } = project(folder, reading);
  return `${status}/${system}`;
};

function searched(reading: Reading): Set<string> {
  const fields = graph.folders.map((folder) => fieldsOf(folder, reading));
  const found = new Set<string>();
  graph.folders.forEach((_folder, first) => {
    const reached = [first];
    const seen = new Set(reached);
    for (let at = 0; at < reached.length; at++) {
      found.add(`${fields[first]} ${fields[reached[at]!]}`);
      for (const to of graph.next[reached[at]!]!) {
        if (seen.has(to)) continue;
        seen.add(to);
        reached.push(to);
      }
    }
  });
  return found;
}

function believed(reading: Reading): Set<string> {
  const engine = createEngine({
    settings: { ...settings, reading: { ...reading, 'operator-decision': 'forbidden' } },
  });
  const after = (track: Track): [string, Track][] =>
    alphabetOf('folder.resolution_status').flatMap((status) =>
      alphabetOf('system_resolution').flatMap((system): [string, Track][] => {
        const sight = { status, system, seen: [], complete: false };
        const next = engine.step(track, sight, { analyses: [], whole: [] });
        return next.empty ? [] : [[`${status}/${system}`, next]];
      }),
    );
  return new Set(
    after(engine.start).flatMap(([first, track]) => after(track).map(([second]) => `${first} ${second}`)),
  );
}

const readings = neighbouringReadings().filter(([name]) => !name.startsWith('operator-decision'));

describe('folders of which only the two fields are seen', () => {
  it.each(readings)('are believed as they are under %s [FOLDER-STAGE]', (name, reading) => {
    const accepted = believed(reading);
    const possible = searched(reading);
    expect([...possible].filter((each) => !accepted.has(each))).toEqual([]);
    const beyond = [...accepted].filter((each) => !possible.has(each));
    expect(beyond.length > 0).toBe(needMore.includes(name));
  });
});

describe('a folder whose first analysis is listed only after the second was posted', () => {
  const where = { file: 'unnamed.test.ts' };
  const seen = (id: string, state: string, resolutionStatus: string) => ({
    id,
    kind: 'QUALITY',
    state,
    resolutionStatus,
    pointer: `/${id}`,
  });
  const nothing = { folder: 'f', analyses: [], complete: false, wholeGroup: false, where };
  const second = seen('b', 'PROCESSING', 'PROCESSING');
  const processing = { resolutionStatus: 'PROCESSING', systemResolution: 'PROCESSING' };
  const life = [
    { ...nothing, ...processing },
    { ...nothing, resolutionStatus: 'FINISHED' },
    { ...nothing, analyses: [second], wholeGroup: true },
    { ...nothing, ...processing, analyses: [seen('a', 'FINISHED', 'SUCCESS'), second], complete: true },
  ];

  it.each(neighbouringReadings().filter(([name]) => name !== 'result-while-running=hold'))(
    'conforms under %s, with no more analyses than the list has [FOLDER-STAGE]',
    (_name, reading) => {
      const checker = createChecker({ settings: { reading, operatorRequired: 'allowed' } });
      for (const observation of life) checker.observe(observation);
      expect(checker.finish()[0]!.verdict).toBe('conforms');
    },
  );
});

describe('more hidden groups than the checker counts', () => {
  const where = { file: 'unnamed.test.ts' };
  const results = Array.from({ length: 2 * maxHidden }, (_, at) => (at % 2 === 0 ? 'SUCCESS' : 'DECLINED'));
  const polls = results.map((systemResolution) => ({
    folder: 'f',
    analyses: [],
    complete: false,
    wholeGroup: false,
    where,
    systemResolution,
  }));
  const verdictOf = (listed: readonly string[]) => {
    const checker = createChecker({ settings, proposesReadings: false });
    polls.forEach((poll) => checker.observe(poll));
    const analyses = listed.map((resolutionStatus, at) => ({
      id: `a${at}`,
      kind: 'BIOMETRY',
      pointer: `/${at}`,
      resolutionStatus,
    }));
    checker.observe({ folder: 'f', analyses, complete: true, wholeGroup: false, where });
    return checker.finish()[0]!.verdict;
  };

  it('are never held against a list that names them all [FOLDER-RESULT]', () => {
    expect(verdictOf(results)).not.toBe('violates');
  });

  it('still need a list that is longer than one and shows what was shown [FOLDER-RESULT]', () => {
    expect(verdictOf(['SUCCESS'])).toBe('violates');
    expect(verdictOf(results.slice(0, 3).map(() => 'DECLINED'))).toBe('violates');
  });
});

describe('beside a failure that was hidden while something ran', () => {
  const failsFirst = { 'status-precedence': 'failed-first' } as const;
  it.each([
    [
      'what is named and settles may be what ran [FOLDER-STAGE]',
      ['FAILED/PROCESSING', '-/- a:X:1=FINISHED', '-/- ! a:X:1=SUCCESS b:X:1=FAILED'],
      failsFirst,
    ],
    [
      'what was declined may be what ran [WORST-ORDER]',
      ['FAILED/PROCESSING', '-/DECLINED', 'FAILED/- ! a=FAILED b=DECLINED'],
      { ...failsFirst, 'failed-beside-declined': 'declined' },
    ],
  ] as const)('%s', (_name, shown, answers) => {
    const options = { settings: { ...settings, reading: { ...defaultReading, ...answers } } };
    const [folder] = checkBothWays(
      shown.map((text) => observed(text)),
      options,
    );
    expect([folder!.verdict, folder!.findings]).toEqual(['conforms', []]);
  });
});
