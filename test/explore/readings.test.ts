import { isDeepStrictEqual } from 'node:util';
import { assert as assertProperty, constantFrom, property } from 'fast-check';
import { initialTransition, transition } from 'xstate';
import { describe, expect, it } from 'vitest';
import {
  allReadings,
  answersTo,
  createFolderMachine,
  defaultReading,
  emptyFolder,
  project,
  questionNames,
  reduceFolder,
  type Folder,
  type FolderEvent,
  type Reading,
} from '../../machines/index.ts';
import {
  compareAnswers,
  distinguish,
  explore,
  folderSystem,
  observableReading,
  readingBounds,
  readingClasses,
  whyAlike,
  type ReadingBounds,
} from '../../src/explore/index.ts';
import { isDeep } from '../deep.ts';

/** What the machine shows after each event of a scenario, the start included. */
function replay(events: readonly FolderEvent[], reading: Reading) {
  const machine = createFolderMachine({ reading, operatorRequired: 'allowed' });
  let snapshot = initialTransition(machine)[0];
  const shown = [snapshot.value];
  const refused: number[] = [];
  events.forEach((event, at) => {
    if (!snapshot.can(event)) refused.push(at);
    snapshot = transition(machine, snapshot, event)[0];
    shown.push(snapshot.value);
  });
  return { shown, refused };
}

function expectToTellApart(events: readonly FolderEvent[], first: Reading, second: Reading) {
  const [left, right] = [replay(events, first), replay(events, second)];
  expect(left.shown.slice(0, -1)).toEqual(right.shown.slice(0, -1));
  expect(left.shown.at(-1)).not.toEqual(right.shown.at(-1));
  return { last: [left.shown.at(-1), right.shown.at(-1)], refused: [left.refused, right.refused] };
}

/** How many of these readings nothing but another answer tells apart, by the proofs that others make no difference. */
const observable = (readings: readonly Reading[]): number =>
  new Set(readings.map((reading) => JSON.stringify(observableReading(reading)))).size;

const isOperators = ({ type }: FolderEvent): boolean => type === 'operator.decided';
const someReading = constantFrom(...allReadings());

describe('two answers to a question', () => {
  const compared = compareAnswers();

  it('are compared, every two of every question, in the order of the register', () => {
    const pairs = questionNames.flatMap((question) => {
      const answers: readonly string[] = answersTo(question);
      return answers.flatMap((first, at) => answers.slice(at + 1).map((second) => [question, first, second]));
    });
    expect(compared.map(({ question, answers }) => [question, ...answers])).toEqual(pairs);
  });

  it.each(
    compared
      .filter(({ comparison }) => comparison.difference)
      .map((one) => ({ name: `${one.question}: ${one.answers.join(' and ')}`, ...one })),
  )('differ on the machine after the last event of the scenario and not before, $name', (one) => {
    const first = { ...defaultReading, ...one.under, [one.question]: one.answers[0] };
    const second = { ...defaultReading, ...one.under, [one.question]: one.answers[1] };
    const { events, shows, refusedUnder } = one.comparison.difference!;
    const { last, refused } = expectToTellApart(events, first, second);
    expect(last).toEqual(shows);
    const at = events.length - 1;
    expect(refused).toEqual([refusedUnder === 'first' ? [at] : [], refusedUnder === 'second' ? [at] : []]);
    expect(events.some(isOperators)).toBe(one.question === 'operator-decision');
    // Of the questions that are asked under some answers only, these are not asked under the defaults.
    const asked: Readonly<Record<string, object>> = {
      'result-while-earlier-runs': { 'result-scope': 'last-applied-group' },
      'result-precedence': { 'status-precedence': 'failed-first' },
    };
    expect(one.under).toEqual(asked[one.question] ?? {});
  });

  it('differ under the nearest other answers where the defaults hide them', () => {
    const one = compareAnswers({ groups: 2, analyses: 1 }).find(
      ({ question }) => question === 'failed-beside-declined',
    )!;
    expect(one.under).toEqual({ 'result-scope': 'all-analyses' });
    expect(one.comparison.difference!.events.map(({ type }) => type)).toEqual([
      'group.posted',
      'group.posted',
      'analysis.finished',
      'analysis.failed',
    ]);
  });

  it('all differ but for silence and prohibition, which no observation tells apart [OPERATOR-DECISION]', () => {
    const alike = compared.filter(({ comparison }) => !comparison.difference);
    expect(alike.map(({ answers }) => answers)).toEqual([['unspecified', 'forbidden']]);
    expect(alike[0]!.comparison).toMatchObject({
      bounds: readingBounds,
      complete: true,
      alikeBecause: [expect.stringMatching(/^operator-decision: /)],
    });
  });
});

/** Groups first, then analyses: no folder here has as many as a hundred. */
const sizeOf = ({ groups }: Folder): number =>
  groups.length * 100 + groups.flatMap(({ analyses }) => analyses).length;

describe('distinguish', () => {
  it('finds a scenario exactly where no proof says that there is none', () => {
    assertProperty(
      property(someReading, someReading, (first, second) => {
        const { difference, alikeBecause, complete } = distinguish(first, second);
        expect(difference === undefined).toBe(alikeBecause !== undefined);
        if (difference) expectToTellApart(difference.events, first, second);
        else expect(complete).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('finds nothing shorter or smaller by walking plain folders, and nothing shorter in larger ones', () => {
    const plain = explore(folderSystem(readingBounds), { maxStates: 100_000 });
    assertProperty(
      property(someReading, someReading, (some, other) => {
        // Decisions are left out: every scenario with one needs three events, and the first such always tells.
        const [first, second] = [some, other].map((reading) => ({
          ...reading,
          'operator-decision': 'unspecified' as const,
        })) as [Reading, Reading];
        const { difference } = distinguish(first, second);
        if (!difference) return;
        const length = difference.events.length;
        const larger = distinguish(first, second, { groups: 5, analyses: 4, sizes: 'up-to' });
        expect(larger.difference!.events).toHaveLength(length);
        const differing = plain.states.flatMap((folder, index) =>
          isDeepStrictEqual(project(folder, first), project(folder, second)) ? [] : [index],
        );
        const nearest = differing.filter((index) => plain.depthOf(index) === plain.depthOf(differing[0]!));
        expect(plain.depthOf(differing[0]!)).toBe(length);
        const sizes = nearest.map((index) => sizeOf(plain.states[index]!)).toSorted((one, two) => one - two);
        const reached = difference.events.reduce((folder, event) => reduceFolder(folder, event), emptyFolder);
        expect(sizeOf(reached)).toBe(sizes[0]);
      }),
      { numRuns: 25 },
    );
  });

  it('says the same the other way round', () => {
    assertProperty(
      property(someReading, someReading, (first, second) => {
        const there = distinguish(first, second).difference;
        const back = distinguish(second, first).difference;
        expect(back?.events).toEqual(there?.events);
        expect(back?.shows).toEqual(there?.shows.toReversed());
      }),
      { numRuns: 25 },
    );
  });

  it('names the bounds in which it found nothing, and claims no more', () => {
    const declined: Reading = { ...defaultReading, 'failed-beside-declined': 'declined' };
    const bounds = { groups: 3, analyses: 1 };
    const {
      difference,
      alikeBecause,
      complete,
      bounds: searched,
    } = distinguish(defaultReading, declined, bounds);
    expect(difference).toBeUndefined();
    expect(alikeBecause).toBeUndefined();
    expect(complete).toBe(true);
    expect(searched).toEqual(bounds);
  });

  it('says when its limit ended the search', () => {
    const allowed: Reading = { ...defaultReading, 'operator-decision': 'allowed' };
    expect(distinguish(defaultReading, allowed, { ...readingBounds, maxStates: 3 })).toMatchObject({
      complete: false,
      states: 3,
    });
  });

  it('needs OPERATOR_REQUIRED to tell who may decide [OPERATOR-SETTING]', () => {
    const allowed: Reading = { ...defaultReading, 'operator-decision': 'allowed' };
    const disabled = { ...readingBounds, operatorRequired: 'never' } as const;
    expect(distinguish(defaultReading, allowed, disabled)).toMatchObject({ complete: true });
    expect(distinguish(defaultReading, allowed, disabled).difference).toBeUndefined();
    expect(distinguish(defaultReading, allowed).difference!.events.at(-1)!.type).toBe('operator.decided');
  });

  it('keeps parted folders apart where a group is larger than one analysis', () => {
    const allowed: Reading = { ...defaultReading, 'operator-decision': 'allowed' };
    const { difference } = distinguish(defaultReading, allowed, { groups: 1, analyses: 2 });
    expectToTellApart(difference!.events, defaultReading, allowed);
    expect(difference!.events).toHaveLength(4);
  });
});

describe('classes of readings', () => {
  const upTo = (groups: number, analyses: number): ReadingBounds => ({ groups, analyses, sizes: 'up-to' });

  it('grow with the bounds and stop at two groups of two', () => {
    const counts = (
      [[1, 1], [1, 2], [2, 1], [3, 1], [2, 2], ...(isDeep ? ([[2, 3]] as const) : [])] as const
    ).map(([groups, analyses]) => {
      const { classes, complete } = readingClasses(upTo(groups, analyses));
      return [groups, analyses, complete, classes.length];
    });
    expect(counts).toEqual([
      [1, 1, true, 2],
      [1, 2, true, 10],
      [2, 1, true, 142],
      [3, 1, true, 142],
      [2, 2, true, observable(allReadings())],
      ...(isDeep ? [[2, 3, true, observable(allReadings())]] : []),
    ]);
  });

  it('cannot grow further: readings of one class are alike by proof', () => {
    const { classes, states } = readingClasses();
    expect(states).toBe(617);
    expect(classes.flat()).toHaveLength(allReadings().length);
    for (const readings of classes) {
      for (const reading of readings) {
        expect(observableReading(reading)).toEqual(observableReading(readings[0]!));
        expect(whyAlike(reading, readings[0]!)).toBeDefined();
      }
    }
    expect(observable(classes.map(([reading]) => reading!))).toBe(classes.length);
  });

  it('are halved where OPERATOR_REQUIRED does not occur [OPERATOR-SETTING]', () => {
    const { classes } = readingClasses({ ...readingBounds, operatorRequired: 'never' });
    expect(classes).toHaveLength(observable(allReadings()) / 2);
  });

  it('say when the limit ended the walk', () => {
    expect(readingClasses({ ...readingBounds, maxStates: 10 }).complete).toBe(false);
  });
});

describe('whyAlike', () => {
  it('gives one reason for each answer that differs, and none for readings that differ', () => {
    const lastApplied: Reading = { ...defaultReading, 'result-scope': 'last-applied-group' };
    const idle: Reading = {
      ...lastApplied,
      'result-while-running': 'hold',
      'failed-group-finishes': 'no',
      'operator-decision': 'forbidden',
    };
    expect(whyAlike(lastApplied, idle)).toEqual([
      expect.stringMatching(/^result-while-running: It is not asked/),
      expect.stringMatching(/^failed-group-finishes: It is not asked/),
      expect.stringMatching(/^operator-decision: Nobody can be seen/),
    ]);
    expect(whyAlike(defaultReading, defaultReading)).toEqual([]);
    expect(whyAlike(defaultReading, lastApplied)).toBeUndefined();
  });
});
