import { describe, expect, test } from 'vitest';
import {
  createChecker,
  inferReadings,
  type GivenCheckOptions,
  type Observation,
} from '../../src/conformance/index.ts';
import { createInferrer, type InferOptions } from '../../src/conformance/inference/infer.ts';
import { createMonitor, createSteps } from '../../src/engines/index.ts';

const view = { id: 'a', pointer: '/analyses/0', kind: 'QUALITY', state: 'PROCESSING' };
const seen = {
  folder: 'f',
  resolutionStatus: 'PROCESSING',
  analyses: [view],
  complete: true,
  wholeGroup: false,
  where: { file: 'x' },
};

const wrongObservations: readonly (readonly [unknown, string])[] = [
  [undefined, ': expected an object, received undefined'],
  [null, ': expected an object, received null'],
  ['{}', ': expected an object, received "{}"'],
  [[seen], ': expected an object, received a list'],
  [{ ...seen, folder: 7 }, '.folder: expected a text, received number'],
  [
    { folder_id: 'f', resolution_status: 'INITIAL' },
    '.folder: expected a text, received undefined; an answer of the API can be given to checkRecording',
  ],
  [{ ...seen, complete: undefined }, '.complete: expected true or false, received undefined'],
  [{ ...seen, wholeGroup: 'no' }, '.wholeGroup: expected true or false, received "no"'],
  [{ ...seen, folderId: 7 }, '.folderId: expected a text or none, received number'],
  [{ ...seen, resolutionStatus: null }, '.resolutionStatus: expected a text or none, received null'],
  [{ ...seen, systemResolution: {} }, '.systemResolution: expected a text or none, received object'],
  [{ ...seen, analyses: undefined }, '.analyses: expected a list, received undefined'],
  [{ ...seen, analyses: { 0: view, length: 1 } }, '.analyses: expected a list, received object'],
  [
    { ...seen, analyses: Object.assign([view], { length: 2 }) },
    '.analyses[1]: expected an object with id and pointer, received undefined',
  ],
  [{ ...seen, analyses: [view, {}] }, '.analyses[1].id: expected a text, received undefined'],
  [{ ...seen, analyses: [{ id: 'a' }] }, '.analyses[0].pointer: expected a JSON pointer, received undefined'],
  ...['kind', 'groupId', 'state', 'resolutionStatus'].map(
    (name) =>
      [
        { ...seen, analyses: [{ ...view, [name]: 7 }] },
        `.analyses[0].${name}: expected a text or none, received number`,
      ] as const,
  ),
  [{ ...seen, where: 'x' }, '.where: expected an object with file, received "x"'],
  [{ ...seen, where: {} }, '.where.file: expected a text, received undefined'],
  [{ ...seen, interval: 7 }, '.interval: expected an object with start and end, received number'],
  [{ ...seen, interval: { end: 7 } }, '.interval.start: expected a number, received undefined'],
  [{ ...seen, interval: { start: 7, end: '8' } }, '.interval.end: expected a number, received "8"'],
];

/** What a call throws. */
function thrownBy(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

describe('an observation that is none', () => {
  test.each(wrongObservations)(
    'is refused with its place by whatever takes observations: %j',
    (given, problem) => {
      const wrong = given as Observation;
      const one = new TypeError(`observation${problem}`);
      const second = new TypeError(`observations[1]${problem}`);
      expect(thrownBy(() => createChecker().observe(wrong))).toEqual(one);
      expect(thrownBy(() => createInferrer().observe(wrong))).toEqual(one);
      expect(thrownBy(() => createMonitor({ onFinding: () => {} }).observe(wrong))).toEqual(one);
      expect(thrownBy(() => inferReadings([seen, wrong]))).toEqual(second);
      expect(thrownBy(() => createSteps().step(null, [seen, wrong]))).toEqual(second);
    },
  );

  test('leaves a check as it was', () => {
    const checker = createChecker();
    checker.observe(seen);
    expect(
      thrownBy(() => checker.observe({ ...seen, folder: 'g', where: {} } as unknown as Observation)),
    ).toBeInstanceOf(TypeError);
    checker.observe({ ...seen, resolutionStatus: 'INITIAL' });
    expect(checker.finish().map(({ verdict, observations }) => [verdict, observations])).toEqual([
      ['violates', 2],
    ]);
  });

  test.each([[null], ['x'], [{}]])('is refused where a list is expected: %j', (given) => {
    const wrong = given as unknown as Observation[];
    const received = given === null ? 'null' : typeof given === 'string' ? '"x"' : 'object';
    const problem = new TypeError(`observations: expected a list, received ${received}`);
    expect(thrownBy(() => inferReadings(wrong))).toEqual(problem);
    expect(thrownBy(() => createSteps().step(null, wrong))).toEqual(problem);
  });
});

describe('options', () => {
  const names =
    'settings or anyReading or otherReadings or groups or fields or decidedGroup or proposesReadings';

  test.each<readonly [unknown, string]>([
    [null, 'options: expected an object, received null'],
    [[], 'options: expected an object, received a list'],
    [{ setings: {} }, `options: expected ${names}, received "setings"; did you mean settings?`],
    [{ toString: 1 }, `options: expected ${names}, received "toString"`],
    [
      { groups: 'firstseen' },
      'options.groups: expected known or first-seen, received "firstseen"; did you mean first-seen?',
    ],
    [{ anyReading: 'yes' }, 'options.anyReading: expected true or false, received "yes"'],
    [{ proposesReadings: 0 }, 'options.proposesReadings: expected true or false, received number'],
    [{ otherReadings: {} }, 'options.otherReadings: expected a list, received object'],
  ])('of a check are refused where they are wrong: %j', (given, problem) => {
    for (const make of [createChecker, createSteps]) {
      expect(thrownBy(() => make(given as GivenCheckOptions))).toEqual(new TypeError(problem));
    }
  });

  test('of a check may be left open', () => {
    const given = {
      groups: undefined,
      fields: undefined,
      anyReading: undefined,
    } as unknown as GivenCheckOptions;
    const checker = createChecker(given);
    checker.observe(seen);
    expect(checker.finish()).toMatchObject([{ verdict: 'conforms' }]);
  });

  test('of a check are functions where they are told something', () => {
    const none = 7 as unknown as () => void;
    expect(thrownBy(() => createChecker({}, none))).toEqual(
      new TypeError('tell: expected a function or none, received number'),
    );
    expect(thrownBy(() => createChecker({}, undefined, none))).toEqual(
      new TypeError('watch: expected a function or none, received number'),
    );
  });

  test.each<readonly [unknown, string]>([
    [null, 'options: expected an object, received null'],
    [
      { gruops: 'known' },
      'options: expected operatorRequired or groups, received "gruops"; did you mean groups?',
    ],
    [{ groups: 'first' }, 'options.groups: expected known or first-seen, received "first"'],
    [
      { operatorRequired: 'nver' },
      'options.operatorRequired: expected allowed or never, received "nver"; did you mean never?',
    ],
  ])('of an inference are refused where they are wrong: %j', (given, problem) => {
    expect(thrownBy(() => inferReadings([], given as InferOptions))).toEqual(new TypeError(problem));
  });
});
