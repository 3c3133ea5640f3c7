import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allReadings,
  defaultReading,
  normalizeReading,
  questionNames,
  type Reading,
} from '../../machines/index.ts';
import {
  createChecker,
  inferReadings,
  type CheckOptions,
  type Inference,
  type Observation,
} from '../../src/conformance/index.ts';
import { anyReading, anyTurns, polledTurns, record, tampered, type Turn } from './installation.ts';
import { runs } from '../deep.ts';
import { prop } from '../property.ts';

/** What a check by one reading says of the folders. */
function checkBy(reading: Reading, observations: readonly Observation[], others: Partial<CheckOptions> = {}) {
  const checker = createChecker({ settings: { reading, operatorRequired: 'allowed' }, ...others });
  for (const observation of observations) checker.observe(observation);
  return checker.finish();
}

/** Whether a check by the reading finds nothing; undefined where a limit leaves that open. */
function isExplained(reading: Reading, observations: readonly Observation[]): boolean | undefined {
  const folders = checkBy(reading, observations, { proposesReadings: false });
  if (folders.some(({ verdict }) => verdict !== 'conforms' && verdict !== 'inconclusive')) return false;
  return folders.some(({ findings }) => findings.some(({ code }) => code === 'SEARCH_LIMIT'))
    ? undefined
    : true;
}

const allowed: Reading = { ...defaultReading, 'operator-decision': 'allowed' };

const textOf = (reading: Reading): string => questionNames.map((question) => reading[question]).join();
const textsOf = (readings: readonly Reading[]) => readings.map(textOf);
const holds = ({ readings }: Inference, reading: Reading): boolean =>
  textsOf(readings).includes(textOf(normalizeReading(reading)));
const answersTo = ({ questions }: Inference, name: string) =>
  questions.find(({ question }) => question === name);

const post = (groupId: string, ...ids: readonly string[]): Turn => ({
  do: 'event',
  answered: true,
  event: { type: 'group.posted', groupId, analyses: ids.map((id) => ({ id, kind: 'BIOMETRY' })) },
});
const happens = (event: Extract<Turn, { do: 'event' }>['event']): Turn => ({
  do: 'event',
  answered: false,
  event,
});
const ends = (id: string, resolution: 'SUCCESS' | 'DECLINED' | 'OPERATOR_REQUIRED'): Turn =>
  happens({ type: 'analysis.finished', id, resolution });
const fails = (id: string): Turn => happens({ type: 'analysis.failed', id });
const decided = (id: string): Turn => happens({ type: 'operator.decided', id, resolution: 'SUCCESS' });
const look: Turn = { do: 'poll', look: 'complete' };

/** One analysis fails while another runs. */
const failure = [post('g1', 'a', 'b'), look, fails('a'), look];
const failedFirst: Reading = { ...defaultReading, 'status-precedence': 'failed-first' };

describe('the readings inferred from recordings', () => {
  prop([anyTurns, anyReading], runs(4, 40))(
    'always hold the one by which the installation works',
    (turns, hidden) => {
      const inference = inferReadings(record(turns, hidden));
      expect(inference.leftOut).toEqual([]);
      expect(holds(inference, hidden)).toBe(true);
    },
  );

  const someReadings = fc.shuffledSubarray([...allReadings()], { minLength: 8, maxLength: 8 });
  prop([polledTurns, anyReading, someReadings, fc.nat(), fc.option(fc.nat())], runs(2, 20))(
    'are those by which a check finds nothing, whatever was tampered with',
    (turns, hidden, readings, at, by) => {
      const recorded = record(turns, hidden);
      const observations = by === null ? recorded : tampered(recorded, at, by);
      const inference = inferReadings(observations);
      const isUsed = inference.leftOut.length === 0;
      for (const reading of [hidden, ...readings]) {
        const [isLeft, explained] = [isUsed && holds(inference, reading), isExplained(reading, observations)];
        // Where the search met a limit, a reading may be left that a check by it alone excludes.
        if (inference.limited.length > 0) expect(isLeft || explained !== true, textOf(reading)).toBe(true);
        else if (explained !== undefined) expect(isLeft, textOf(reading)).toBe(explained);
      }
    },
  );

  it('are all of them where nothing was observed', () => {
    expect(inferReadings([])).toMatchObject({ status: 'nothing', readings: allReadings(), folders: 0 });
  });
});

describe('a question', () => {
  it('is decided by the observation at which one answer was left first', () => {
    const inference = inferReadings([
      ...record(failure, failedFirst, 'one'),
      ...record(failure, failedFirst, 'two'),
    ]);
    expect(answersTo(inference, 'status-precedence')).toEqual({
      question: 'status-precedence',
      status: 'decided',
      answers: ['failed-first'],
      decidedBy: { folderId: 'one', where: { file: 'one', line: 3 } },
    });
    expect(answersTo(inference, 'status-scope')).toMatchObject({ status: 'open' });
  });

  it('is decided for a decision of an operator by the decision, and left open by its absence [OPERATOR-DECISION]', () => {
    const life = [post('g1', 'a'), ends('a', 'OPERATOR_REQUIRED'), look];
    const seen = inferReadings(record([...life, decided('a'), look], allowed));
    expect(answersTo(seen, 'operator-decision')).toMatchObject({ status: 'decided', answers: ['allowed'] });
    const unseen = inferReadings(record([...life, look], allowed));
    expect(answersTo(unseen, 'operator-decision')).toMatchObject({ status: 'open' });
    expect(answersTo(unseen, 'operator-decision')?.answers).toHaveLength(3);
  });

  it('is decided by a decision that is seen after another analysis has gone [OPERATOR-DECISION]', () => {
    const life = [post('g1', 'a', 'b'), ends('a', 'OPERATOR_REQUIRED'), ends('b', 'SUCCESS'), look];
    const withoutB = record([...life, decided('a'), look], allowed).map((one, at, { length }) =>
      at < length - 1 ? one : { ...one, analyses: one.analyses.slice(0, 1) },
    );
    expect(answersTo(inferReadings(withoutB), 'operator-decision')?.answers).toEqual(['allowed']);
  });

  it('keeps all its answers where a reading that is left does not ask it', () => {
    // Nothing is shown of the group that finished first, but not why: `hold` is excluded only where it is asked.
    const turns = [post('g1', 'a'), post('g2', 'b'), ends('a', 'SUCCESS'), look];
    const inference = inferReadings(record(turns, defaultReading));
    const asked = inference.readings.filter((reading) => reading['result-scope'] === 'last-finished-group');
    expect(new Set(asked.map((reading) => reading['result-while-running']))).toEqual(new Set(['processing']));
    expect(answersTo(inference, 'result-while-running')).toMatchObject({
      status: 'open',
      answers: ['processing', 'hold'],
    });
  });

  it('is not asked where no reading that is left asks it', () => {
    const all: Reading = { ...defaultReading, 'result-scope': 'all-analyses' };
    const turns = [
      post('g1', 'a'),
      ends('a', 'DECLINED'),
      look,
      post('g2', 'b'),
      look,
      ends('b', 'SUCCESS'),
      look,
    ];
    const inference = inferReadings(record(turns, all));
    expect(answersTo(inference, 'result-scope')).toMatchObject({
      status: 'decided',
      answers: ['all-analyses'],
    });
    expect(answersTo(inference, 'result-while-running')).toMatchObject({ status: 'not-asked' });
  });
});

describe('recordings that contradict each other', () => {
  /** Two folders, or one, whose installation changes its mind on a failure beside a running analysis. */
  const parted = [...record(failure, failedFirst, 'one'), ...record(failure, defaultReading, 'two')];
  const torn = record([...failure, look], failedFirst).map((observation, at) =>
    at === 3 ? { ...observation, resolutionStatus: 'PROCESSING' } : observation,
  );

  it.each([
    ['in two folders', parted, ['one:1', 'one:3', 'two:1', 'two:3']],
    ['in one folder', torn, ['folder:3', 'folder:4']],
  ])('are named by a smallest set, %s', (_name, observations, expected) => {
    const inference = inferReadings(observations);
    expect(inference).toMatchObject({ status: 'contradictory', readings: [], conflict: { minimal: true } });
    const named = inference.conflict!.observations.map(({ where }) => `${where.file}:${where.line}`);
    expect(named).toEqual(expected);
    expect(answersTo(inference, 'status-precedence')).toMatchObject({ status: 'contradictory' });
    expect(answersTo(inference, 'result-scope')).toMatchObject({ status: 'open' });
  });

  prop([polledTurns, anyReading, polledTurns, anyReading], runs(2, 20))(
    'always are named by observations of which none can be left out',
    (turns, reading, otherTurns, other) => {
      const more = record([...failure, post('g2', 'c'), ends('c', 'SUCCESS'), look], reading, 'sure');
      const observations = [
        ...record(turns, reading, 'one'),
        ...more,
        ...record(otherTurns, other, 'two'),
        ...record([...failure, look], other, 'last'),
      ];
      const { status, conflict } = inferReadings(observations);
      expect(status === 'contradictory').toBe(conflict !== undefined);
      if (!conflict) return;
      const places = new Set(conflict.observations.map(({ where }) => where));
      const kept = observations.filter(({ where }) => places.has(where));
      expect(kept).toHaveLength(conflict.observations.length);
      expect(inferReadings(kept).status).toBe('contradictory');
      for (const [at] of kept.entries())
        expect(inferReadings(kept.toSpliced(at, 1)).status).not.toBe('contradictory');
    },
  );

  it('are not those that break what all readings have in common', () => {
    const good = record(failure, failedFirst, 'good');
    const unknown = record([look], defaultReading, 'unknown').map((one) => ({
      ...one,
      resolutionStatus: 'DONE',
    }));
    const changed = [post('g1', 'x'), ends('x', 'DECLINED'), look];
    const undone = [
      ...record(changed, defaultReading, 'undone'),
      ...record([post('g1', 'x'), ends('x', 'SUCCESS'), look], defaultReading, 'undone').slice(-1),
    ];
    const back = [
      ...record([post('g1', 'y'), look], defaultReading, 'back'),
      ...record([look], defaultReading, 'back'),
    ];
    const again = back.map((one, at) => (at === 2 ? { ...one, complete: false } : one));
    const inference = inferReadings([...good, ...unknown, ...undone, ...again]);
    expect(inference.status).toBe('consistent');
    expect(inference.leftOut.map(({ folderId }) => folderId)).toEqual(['unknown', 'undone', 'back']);
    expect(answersTo(inference, 'status-precedence')).toMatchObject({
      status: 'decided',
      answers: ['failed-first'],
    });
  });
});

describe('a folder that is left out', () => {
  it('is left out for the first answer to arrive, of several that overlap and are all wrong', () => {
    const wrong = ['DONE', 'READY'].map((resolutionStatus, at) => ({
      ...record([look], defaultReading)[0]!,
      resolutionStatus,
      interval: { start: at, end: 10 + at },
    }));
    const { leftOut } = inferReadings(wrong);
    expect(leftOut.map(({ finding }) => finding.observed)).toEqual(['DONE']);
  });
});

describe('a folder that violates', () => {
  prop([polledTurns, anyReading, anyReading], runs(4, 40))(
    'is explained under the readings that are inferred from it alone',
    (turns, hidden, given) => {
      const observations = record(turns, hidden);
      const [folder] = checkBy(given, observations);
      const inference = inferReadings(observations);
      if (folder?.verdict !== 'violates' || inference.limited.length > 0)
        expect(folder?.explainedUnder).toBeUndefined();
      else expect(textsOf(folder.explainedUnder!).toSorted()).toEqual(textsOf(inference.readings).toSorted());
    },
  );

  it('is told the nearest reading that explains it', () => {
    const [folder] = checkBy(defaultReading, record(failure, failedFirst));
    expect(folder?.findings.map(({ hint }) => hint)).toEqual([
      'all that was seen of the folder is explained under status-precedence=failed-first',
    ]);
    expect(folder?.explainedUnder?.[0]).toEqual(failedFirst);
  });

  it('is told so also where the first thing seen of it violates', () => {
    const [folder] = checkBy(defaultReading, record(failure, failedFirst).slice(2));
    expect(folder).toMatchObject({ verdict: 'violates' });
    expect(folder?.explainedUnder).toContainEqual(failedFirst);
  });

  it('is told the readings that allow a decision of an operator where that is what violates [OPERATOR-DECISION]', () => {
    const life = [post('g1', 'a'), ends('a', 'OPERATOR_REQUIRED'), look, decided('a'), look];
    const [folder] = checkBy({ ...allowed, 'operator-decision': 'forbidden' }, record(life, allowed));
    expect(folder?.findings.map(({ code }) => code)).toEqual(['SETTLED_ANALYSIS_CHANGED']);
    const answers = new Set(folder?.explainedUnder?.map((reading) => reading['operator-decision']));
    expect(answers).toEqual(new Set(['allowed']));
  });

  it('is told nothing of other readings where nobody asks, and is judged as ever', () => {
    const observations = record(failure, failedFirst);
    const [asked] = checkBy(defaultReading, observations);
    const [folder] = checkBy(defaultReading, observations, { proposesReadings: false });
    expect(folder).toEqual({
      ...asked,
      findings: asked?.findings.map((finding) => ({ ...finding, hint: null })),
      explainedUnder: undefined,
    });
  });

  it('is told of none where no reading explains it', () => {
    const observations = [
      ...record([post('g1', 'x'), ends('x', 'DECLINED'), look], defaultReading),
      ...record([post('g1', 'x'), ends('x', 'SUCCESS'), look], defaultReading).slice(-1),
    ];
    expect(checkBy(defaultReading, observations)).toMatchObject([
      { verdict: 'violates', explainedUnder: [] },
    ]);
  });
});
