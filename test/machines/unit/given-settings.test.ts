import { describe, expect, test } from 'vitest';
import { createActor } from 'xstate';
import {
  answersTo,
  createAnalysisMachine,
  createFolderMachine,
  createGroupMachine,
  defaultReading,
  defaultSettings,
  emptyFolder,
  groupResult,
  project,
  questionNames,
  questions,
  readingFrom,
  reduceFolder,
  reduceGroup,
  resolutionStatus,
  sampleGroup,
  settingsFrom,
  severityOrder,
  operatorMayDecide,
  systemResolution,
  worst,
  type GivenReading,
  type GivenSettings,
  type Reading,
} from '../../../machines/index.ts';
import { ends, fails, folderAfter, post, settingsOf } from './scenario.ts';

const misspelt: readonly (readonly [unknown, string])[] = [
  [{ 'result-scop': 'all-analyses' }, 'did you mean result-scope?'],
  [{ 'result-scope': 'all-analysis' }, 'did you mean all-analyses?'],
  [{ 'result-scope': 7 }, 'received number'],
  [{ 'result-scope': undefined }, 'received undefined'],
  [{ 'result-scope': null }, 'received null'],
  [{ 'status-precedence': 'yes' }, 'expected processing-first or failed-first, received "yes"'],
  [
    { ...defaultReading, 'status-precedence': 'yes' },
    'expected processing-first or failed-first, received "yes"',
  ],
  [{ ...defaultReading, 'status-precedenc': 'yes' }, 'did you mean status-precedence?'],
  [{ 'result-scope': 'x'.repeat(61) }, `received "${'x'.repeat(60)}"`],
  [null, 'expected a reading as an object, received null'],
  [['all-analyses'], 'expected a reading as an object, received a list'],
  ['all-analyses', 'expected a reading as an object, received "all-analyses"'],
];

describe('a reading that is given in part', () => {
  test('stands at the default where it does not answer, and is not copied where it answers all', () => {
    expect(readingFrom({ 'result-scope': 'all-analyses' })).toEqual({
      ...defaultReading,
      'result-scope': 'all-analyses',
    });
    expect(readingFrom({})).toEqual(defaultReading);
    expect(readingFrom(defaultReading)).toBe(defaultReading);
  });

  test.each(misspelt)('is refused where it is wrong: %o', (given, message) => {
    for (const use of [
      () => readingFrom(given as GivenReading),
      () => project(emptyFolder, given as GivenReading),
      () => resolutionStatus(emptyFolder, given as GivenReading),
      () => systemResolution(emptyFolder, given as GivenReading),
      () => reduceFolder(emptyFolder, post('g'), { ...defaultSettings, reading: given as Reading }),
      () => operatorMayDecide({ ...defaultSettings, reading: given as Reading }),
      () => worst(['SUCCESS'], given as GivenReading),
      () => severityOrder(given as GivenReading),
      () => groupResult(sampleGroup, given as GivenReading),
      () =>
        reduceGroup(
          sampleGroup,
          { type: 'analysis.failed', id: 'face' },
          { ...defaultSettings, reading: given as Reading },
        ),
    ]) {
      expect(use).toThrow(TypeError);
      expect(use).toThrow(message);
    }
  });

  test('is looked at anew where it can be changed', () => {
    const changing: Record<string, unknown> = { ...defaultReading };
    expect(readingFrom(changing)).toBe(changing);
    changing['result-scope'] = 'all-analysis';
    expect(() => readingFrom(changing)).toThrow('did you mean all-analyses?');
    expect(() => readingFrom(Object.freeze(changing))).toThrow('did you mean all-analyses?');
    const lasting = Object.freeze({ ...defaultReading });
    expect([readingFrom(lasting), readingFrom(lasting)]).toEqual([lasting, lasting]);
  });

  test('shows no pair that a full reading does not', () => {
    const folder = folderAfter(settingsOf(), post('g', 'a'), ends('a', 'DECLINED'), post('h', 'b'));
    const given = { 'result-scope': 'all-analyses' } as const;
    expect(project(folder, given)).toEqual({
      resolution_status: 'PROCESSING',
      system_resolution: 'PROCESSING',
    });
    expect(resolutionStatus(folder, given)).toBe('PROCESSING');
    expect(systemResolution(folder, given)).toBe('PROCESSING');
  });
});

describe('settings that are given in part', () => {
  test('may be answers alone, a reading in part, the setting of the installation, or nothing', () => {
    const reading = { ...defaultReading, 'status-precedence': 'failed-first' };
    const answer = { 'status-precedence': 'failed-first' } as const;
    expect(settingsFrom(answer)).toEqual({ ...defaultSettings, reading });
    expect(settingsFrom({ reading: answer })).toEqual({ ...defaultSettings, reading });
    expect(settingsFrom({ operatorRequired: 'never' })).toEqual({
      ...defaultSettings,
      operatorRequired: 'never',
    });
    expect(settingsFrom({})).toEqual(defaultSettings);
  });

  test('are looked at anew where they can be changed, and are in full whatever was looked at before', () => {
    const partly = Object.freeze({ reading: defaultReading });
    const open = Object.freeze({ reading: defaultReading, operatorRequired: undefined });
    const lasting = Object.freeze({ ...defaultSettings, operatorRequired: 'never' });
    for (let looks = 0; looks < 2; looks += 1) {
      expect(settingsFrom(partly)).toEqual(defaultSettings);
      expect(settingsFrom(open as unknown as GivenSettings)).toEqual(defaultSettings);
      expect(settingsFrom(lasting)).toEqual(lasting);
    }
    // Neither is taken for the other.
    expect(settingsFrom(defaultReading)).toEqual(defaultSettings);
    expect(() => readingFrom(defaultSettings as GivenReading)).toThrow('expected a question');
    const changing: Record<string, unknown> = { ...defaultSettings };
    expect(settingsFrom(changing)).toEqual(defaultSettings);
    changing['operatorRequired'] = 'nevr';
    expect(() => settingsFrom(changing)).toThrow('did you mean never?');
  });

  test.each<readonly [unknown, string]>([
    ...misspelt.filter(([given]) => typeof given === 'object' && given !== null && !Array.isArray(given)),
    [{ reading: { 'result-scop': 'all-analyses' } }, 'did you mean result-scope?'],
    [{ operatorRequired: 'nevr' }, 'expected allowed or never, received "nevr"; did you mean never?'],
    [
      { reading: {}, 'status-precedence': 'failed-first' },
      'expected reading or operatorRequired, received "status-precedence"',
    ],
    [null, 'expected settings as an object, received null'],
  ])('are refused where they are wrong: %o', (given, message) => {
    for (const create of [createAnalysisMachine, createGroupMachine, createFolderMachine]) {
      expect(() => create(given as GivenSettings)).toThrow(message);
    }
  });

  test('make the machine that a reader expects [FOLDER-FAILED-MEANS]', () => {
    const events = [post('g', 'a', 'b'), fails('a')];
    const shown = (given: GivenSettings) => {
      const actor = createActor(createFolderMachine(given)).start();
      for (const event of events) actor.send(event);
      return actor.getSnapshot().value.resolution_status;
    };
    expect(shown({ 'status-precedence': 'failed-first' })).toBe('FAILED');
    expect(shown({ 'status-precedence': 'processing-first' })).toBe('PROCESSING');
    expect(reduceFolder(emptyFolder, post('g', 'a')).groups).toHaveLength(1);
  });
});

describe('the texts of the register', () => {
  test('are of the same questions and answers, in the same order', () => {
    expect(Object.keys(questions)).toEqual(questionNames);
    for (const name of questionNames) {
      expect(Object.keys(questions[name].answers)).toEqual(answersTo(name));
      expect(Object.keys(questions[name].consequences)).toEqual(answersTo(name));
    }
  });
});
