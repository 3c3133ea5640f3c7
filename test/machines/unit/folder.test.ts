import { describe, expect, test } from 'vitest';
import {
  allReadings,
  answering,
  defaultReading,
  emptyFolder,
  isLegal,
  project,
  reduceFolder,
  type Result,
} from '../../../machines/index.ts';
import { decides, ends, fails, folderAfter, post, settingsOf, shownAfter } from './scenario.ts';

describe('one folder', () => {
  test('is INITIAL in both fields while it has no analyses [FOLDER-INITIAL-MEANS]', () => {
    for (const reading of allReadings()) {
      expect(project(emptyFolder, reading)).toEqual({
        resolution_status: 'INITIAL',
        system_resolution: 'INITIAL',
      });
    }
  });

  test('leaves INITIAL with its first group [FOLDER-INITIAL-ONCE]', () => {
    for (const reading of allReadings()) {
      const fields = project(reduceFolder(emptyFolder, post('g', 'a')), reading);
      expect(fields).toEqual({ resolution_status: 'PROCESSING', system_resolution: 'PROCESSING' });
    }
  });

  test('refuses analyses that it does not have, and those that it has a second time [GROUP-CONSTANT]', () => {
    const folder = folderAfter(settingsOf(), post('g', 'a'));
    for (const [event, legal] of [
      [fails('a'), true],
      [fails('b'), false],
      [post('h', 'b'), true],
      [post('h', 'a'), false],
    ] as const) {
      expect(isLegal(folder, event)).toBe(legal);
    }
  });

  test('is PROCESSING while an analysis runs [FOLDER-PROCESSING-MEANS]', () => {
    expect(shownAfter({}, post('g', 'a', 'b'), ends('a', 'DECLINED'))).toBe('PROCESSING PROCESSING');
  });

  test('is FAILED if one analysis, whichever, failed [FOLDER-FAILED-MEANS]', () => {
    expect(shownAfter({}, post('g', 'a', 'b'), fails('a'), ends('b', 'SUCCESS'))).toBe('FAILED FAILED');
    expect(shownAfter({}, post('g', 'a'), fails('a'), post('h', 'b'), ends('b', 'SUCCESS'))).toBe(
      'FAILED SUCCESS',
    );
  });

  test('is FINISHED once every analysis has a result, a bad one too [FOLDER-FINISHED-MEANS] [FINISHED-WITH-ANY-RESULT]', () => {
    expect(shownAfter({}, post('g', 'a'), ends('a', 'DECLINED'))).toBe('FINISHED DECLINED');
  });

  test('shows the stage of its analyses also when they are finished, and nothing else [FOLDER-STAGE-OF-ANALYSES]', () => {
    for (const reading of allReadings()) {
      for (const result of ['SUCCESS', 'OPERATOR_REQUIRED', 'DECLINED'] as const) {
        const shown = shownAfter(reading, post('g', 'a'), ends('a', result));
        expect(shown).toBe(`FINISHED ${result}`);
      }
    }
  });

  test('is SUCCESS only by analyses that are, not by FINISHED ones [SUCCESS-OF-EVERY-ANALYSIS]', () => {
    for (const reading of allReadings()) {
      for (const other of ['OPERATOR_REQUIRED', 'DECLINED'] as const) {
        const events = [post('g', 'a', 'b'), ends('a', 'SUCCESS'), ends('b', other)];
        expect(shownAfter(reading, ...events)).toBe(`FINISHED ${other}`);
      }
    }
  });

  test.each([
    ['last-finished-group', 'SUCCESS'],
    ['last-applied-group', 'DECLINED'],
    ['all-analyses', 'DECLINED'],
  ] as const)(
    'takes its result from the analyses that decide: %s, %s [DECIDING-ANALYSES]',
    (scope, expected) => {
      const groups = [post('g', 'a'), post('h', 'b'), ends('b', 'DECLINED'), ends('a', 'SUCCESS')];
      expect(shownAfter({ 'result-scope': scope }, ...groups)).toBe(`FINISHED ${expected}`);
    },
  );

  test('takes another group at any time, finished or failed [FOLDER-NEVER-FINAL]', () => {
    expect(shownAfter({}, post('g', 'a'), ends('a', 'SUCCESS'), post('h', 'b'))).toBe(
      'PROCESSING PROCESSING',
    );
    expect(shownAfter({}, post('g', 'a'), fails('a'), post('h', 'b'))).toBe('PROCESSING PROCESSING');
    expect(shownAfter({}, post('g', 'a'), post('h', 'b'))).toBe('PROCESSING PROCESSING');
  });

  test('has the result of the group that finished last, which hides an earlier one [FOLDER-RESULT-LAST-FINISHED]', () => {
    const declinedFirst = [ends('live', 'DECLINED'), ends('face', 'SUCCESS')];
    const groups = [post('g', 'live'), post('h', 'face')];
    expect(shownAfter({}, ...groups, ...declinedFirst)).toBe('FINISHED SUCCESS');
    expect(shownAfter({}, ...groups, ...declinedFirst.toReversed())).toBe('FINISHED DECLINED');
  });

  test('has one of the three results only once all analyses are finished [FOLDER-RESULT-WHEN-FINISHED]', () => {
    expect(shownAfter({}, post('g', 'a'), ends('a', 'SUCCESS'), post('h', 'b'))).toBe(
      'PROCESSING PROCESSING',
    );
  });

  test('consolidates the results of a group [FOLDER-RESULT]', () => {
    expect(shownAfter({}, post('g', 'a', 'b'), ends('a', 'SUCCESS'), ends('b', 'OPERATOR_REQUIRED'))).toBe(
      'FINISHED OPERATOR_REQUIRED',
    );
  });

  const folderOfTwo = (first: Result, second: Result) =>
    shownAfter({}, post('g', 'a', 'b'), ends('a', first), ends('b', second));

  test('is SUCCESS where every analysis is [SYSTEM-SUCCESS-MEANS]', () => {
    expect(folderOfTwo('SUCCESS', 'SUCCESS')).toBe('FINISHED SUCCESS');
  });

  test('is OPERATOR_REQUIRED where one is, beside SUCCESS [SYSTEM-OPERATOR_REQUIRED-MEANS]', () => {
    expect(folderOfTwo('OPERATOR_REQUIRED', 'SUCCESS')).toBe('FINISHED OPERATOR_REQUIRED');
  });

  test('is DECLINED where one is, beside OPERATOR_REQUIRED [SYSTEM-DECLINED-MEANS]', () => {
    expect(folderOfTwo('OPERATOR_REQUIRED', 'DECLINED')).toBe('FINISHED DECLINED');
  });

  test('of liveness only never needs an operator [LIVENESS-FOLDER-NO-OPERATOR]', () => {
    const folder = folderAfter(settingsOf(), post('g', 'live'));
    expect(reduceFolder(folder, ends('live', 'OPERATOR_REQUIRED'))).toBe(folder);
  });

  test('may need an operator for another kind beside liveness [LIVENESS-ONLY-FOLDER]', () => {
    const ended = [ends('live', 'SUCCESS'), ends('face', 'OPERATOR_REQUIRED')];
    expect(shownAfter({}, post('g', 'live', 'face'), ...ended)).toBe('FINISHED OPERATOR_REQUIRED');
  });

  test('keeps every analysis: no event removes one [DELETION]', () => {
    const events = [
      post('g', 'a'),
      ends('a', 'OPERATOR_REQUIRED'),
      post('h', 'b'),
      decides('a', 'SUCCESS'),
      fails('b'),
    ];
    const settings = settingsOf({ 'operator-decision': 'allowed' });
    const sizes = events.map((_event, at) => {
      const folder = folderAfter(settings, ...events.slice(0, at + 1));
      return folder.groups.flatMap((group) => group.analyses).length;
    });
    expect(sizes).toEqual([1, 1, 2, 2, 2]);
  });
});

describe('the answer to a question shows', () => {
  const declinedThenPassed = [post('g', 'a'), post('h', 'b'), ends('b', 'DECLINED'), ends('a', 'SUCCESS')];
  const failedAndPassed = [post('g', 'a'), ends('a', 'SUCCESS'), post('h', 'b'), fails('b')];
  const passedAfterFailed = [post('g', 'a'), fails('a'), post('h', 'b'), ends('b', 'SUCCESS')];
  const failedWhileRunning = [post('g', 'a', 'b'), fails('a')];
  const held = [post('g', 'a'), ends('a', 'SUCCESS'), post('h', 'b')];
  const both = [post('g', 'a', 'b'), fails('a'), ends('b', 'DECLINED')];
  const applied = [post('g', 'a'), post('h', 'b'), ends('b', 'SUCCESS')];

  test.each([
    ['result-scope', 'last-finished-group', declinedThenPassed, 'FINISHED SUCCESS'],
    ['result-scope', 'last-applied-group', declinedThenPassed, 'FINISHED DECLINED'],
    ['result-scope', 'last-applied-group', applied, 'PROCESSING SUCCESS'],
    ['result-scope', 'all-analyses', declinedThenPassed, 'FINISHED DECLINED'],
    ['result-while-running', 'processing', held, 'PROCESSING PROCESSING'],
    ['result-while-running', 'hold', held, 'PROCESSING SUCCESS'],
    ['result-while-earlier-runs', 'group-result', applied, 'PROCESSING SUCCESS'],
    ['result-while-earlier-runs', 'processing', applied, 'PROCESSING PROCESSING'],
    ['result-while-earlier-runs', 'processing', [...applied, ends('a', 'DECLINED')], 'FINISHED SUCCESS'],
    ['status-precedence', 'processing-first', failedWhileRunning, 'PROCESSING PROCESSING'],
    ['status-precedence', 'failed-first', failedWhileRunning, 'FAILED PROCESSING'],
    ['status-scope', 'all-analyses', passedAfterFailed, 'FAILED SUCCESS'],
    ['status-scope', 'last-applied-group', passedAfterFailed, 'FINISHED SUCCESS'],
    ['status-scope', 'last-applied-group', applied, 'FINISHED PROCESSING'],
    ['status-scope', 'last-settled-group', passedAfterFailed, 'FINISHED SUCCESS'],
    ['status-scope', 'last-settled-group', applied, 'PROCESSING PROCESSING'],
    ['failed-beside-declined', 'failed', both, 'FAILED FAILED'],
    ['failed-beside-declined', 'declined', both, 'FAILED DECLINED'],
    ['failed-group-finishes', 'yes', failedAndPassed, 'FAILED FAILED'],
    ['failed-group-finishes', 'no', failedAndPassed, 'FAILED SUCCESS'],
    ['failed-group-finishes', 'folder-fails', failedAndPassed, 'FAILED FAILED'],
    ['failed-group-finishes', 'yes', passedAfterFailed, 'FAILED SUCCESS'],
    ['failed-group-finishes', 'no', passedAfterFailed, 'FAILED SUCCESS'],
    ['failed-group-finishes', 'folder-fails', passedAfterFailed, 'FAILED FAILED'],
  ] as const)('%s = %s [FOLDER-RESULT] [FOLDER-STAGE]', (question, answer, events, expected) => {
    expect(shownAfter(answering(defaultReading, question, answer), ...events)).toBe(expected);
  });

  const failsFirst = { 'status-precedence': 'failed-first', 'result-precedence': 'failed-first' };
  const failedBeside = [post('g', 'a'), fails('a'), post('h', 'b')];
  const awaiting = { 'result-scope': 'last-applied-group', 'result-while-earlier-runs': 'processing' };
  const heldBeside = [...failedBeside, post('i', 'c'), ends('c', 'SUCCESS')];
  test.each([
    ['at once', {}, failedWhileRunning, 'FAILED FAILED'],
    ['in another group', {}, failedBeside, 'FAILED FAILED'],
    ['until the last finished group decides', {}, [...failedBeside, ends('b', 'SUCCESS')], 'FAILED SUCCESS'],
    ['where no result is held', { 'result-while-running': 'hold' }, failedWhileRunning, 'FAILED FAILED'],
    ['and not beside a held result', { 'result-while-running': 'hold' }, heldBeside, 'FAILED SUCCESS'],
    ['in the whole folder', { 'result-scope': 'all-analyses' }, failedBeside, 'FAILED FAILED'],
    [
      'in the group applied last',
      { 'result-scope': 'last-applied-group' },
      failedWhileRunning,
      'FAILED FAILED',
    ],
    ['and in no other group', { 'result-scope': 'last-applied-group' }, failedBeside, 'FAILED PROCESSING'],
    ['in every group where the last one waits for them', awaiting, failedBeside, 'FAILED FAILED'],
    ['until nothing runs there', awaiting, [...failedBeside, ends('b', 'SUCCESS')], 'FAILED SUCCESS'],
    [
      'only where the stage does so',
      { 'status-precedence': 'processing-first' },
      failedBeside,
      'PROCESSING PROCESSING',
    ],
    [
      'only where FAILED is worse',
      { 'failed-beside-declined': 'declined' },
      failedBeside,
      'FAILED PROCESSING',
    ],
  ] as const)(
    'result-precedence = failed-first: a failure shows %s [FOLDER-RESULT]',
    (_, more, events, expected) => {
      expect(shownAfter({ ...failsFirst, ...more }, ...events)).toBe(expected);
    },
  );

  test('operator-decision = allowed: the folder follows the person, and no group settles anew [OPERATOR-DECISION]', () => {
    const events = [post('g', 'a'), ends('a', 'OPERATOR_REQUIRED'), post('h', 'b'), ends('b', 'SUCCESS')];
    const allowed = { 'operator-decision': 'allowed' };
    expect(shownAfter(allowed, ...events.slice(0, 2), decides('a', 'SUCCESS'))).toBe('FINISHED SUCCESS');
    expect(shownAfter(allowed, ...events, decides('a', 'DECLINED'))).toBe('FINISHED SUCCESS');
  });
});
