import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Vector } from '../../src/assurance/vectors/index.ts';
import { naiveWorst, type OracleFolder, type OracleReading } from '../machines/oracle/folder.ts';
import { printedQuestions, printedReadings } from '../machines/oracle/page.ts';
import { oracleFolders, oracleGroups, type OracleGraph } from './oracle-graph.ts';
import {
  inSequence,
  movePairs,
  movesIn,
  refusedBy,
  refusedIn,
  stepsIn,
  stepsOf,
  type Shown,
} from './steps.ts';
import { byDefault, index, setOf, settingsOf, settingsUnder } from './vectors.ts';
import { prop } from '../property.ts';

/** What the sets of events claim to take all of, counted anew by the oracle. */

const executions = setOf('executions');
const emptyFolder: Shown = { resolution_status: 'INITIAL', system_resolution: 'INITIAL' };
const ofCriterion = (list: readonly Vector[], criterion: string): readonly Vector[] =>
  list.filter(({ id }) => id.includes(`/${criterion}/`));
const fieldsOf = (folder: OracleFolder): Shown => ({ ...folder.fields() });

const stageQuestions = ['status-precedence', 'status-scope'];
/** Whether the field depends on the question: the result on `status-precedence` only where it may show failures first. */
const dependsOn = (reading: OracleReading, isOfStage: boolean, question: string): boolean =>
  stageQuestions.includes(question) === isOfStage ||
  (question === 'status-precedence' && reading['result-precedence'] === 'failed-first');
const changedIn = (reading: OracleReading): readonly string[] =>
  Object.keys(printedQuestions).filter((question) => reading[question] !== printedQuestions[question]![0]);
const textOfReading = (reading: OracleReading): string =>
  changedIn(reading)
    .map((question) => `${question}=${reading[question]}`)
    .join(' ');

/** The folders of the bounds of moves where operators may decide, or may not. */
const graphs = new Map<boolean, readonly OracleGraph[]>();
function foldersUnder(reading: OracleReading): readonly OracleGraph[] {
  const decides = reading['operator-decision'] === 'allowed';
  const settings = settingsUnder(decides ? { 'operator-decision': 'allowed' } : {});
  const known = graphs.get(decides) ?? [oracleFolders(settings, 2, 2), oracleFolders(settings, 3, 1)];
  graphs.set(decides, known);
  return known;
}

describe('by default the executions take', () => {
  const graph = oracleFolders(settingsUnder(), 2, 2);

  test('every two moves that the oracle can make one after the other [FOLDER-STAGE]', () => {
    const taken = ofCriterion(byDefault(executions), 'transition-pairs');
    const possible = movePairs(stepsIn(graph, fieldsOf));
    expect(possible.length).toBeGreaterThan(50);
    expect(movePairs(taken.flatMap((vector) => inSequence(stepsOf(vector, emptyFolder))))).toEqual(possible);
  });

  test('every event that the oracle refuses, in every pair of statuses [ANALYSIS-FINAL] [GROUP-CONSTANT]', () => {
    const tried = ofCriterion(byDefault(executions), 'refused-pairs');
    const possible = refusedIn(graph, fieldsOf);
    expect(possible.length).toBeGreaterThan(50);
    expect(refusedBy(tried.flatMap((vector) => stepsOf(vector, emptyFolder, false)))).toEqual(possible);
  });
});

describe('under other answers the executions take', () => {
  const moving = ofCriterion(executions, 'moves');
  const byReading = new Map<string, readonly Vector[]>();
  for (const vector of moving) {
    const name = textOfReading(settingsOf(vector).reading);
    byReading.set(name, [...(byReading.get(name) ?? []), vector]);
  }

  test('every combination of those that one field depends on [FOLDER-STAGE] [FOLDER-RESULT]', () => {
    const combined = printedReadings.filter((reading) => {
      const changed = changedIn(reading);
      const isOfOneField = [true, false].some((isOfStage) =>
        changed.every((question) => dependsOn(reading, isOfStage, question)),
      );
      const isAsked =
        (reading['result-scope'] === 'last-finished-group' ||
          !changed.some((question) =>
            ['result-while-running', 'failed-group-finishes'].includes(question),
          )) &&
        (reading['result-scope'] === 'last-applied-group' ||
          reading['result-while-earlier-runs'] === 'group-result') &&
        (reading['result-precedence'] === 'processing-first' ||
          (reading['status-precedence'] === 'failed-first' &&
            reading['failed-beside-declined'] === 'failed'));
      return changed.length > 0 && isOfOneField && isAsked && reading['operator-decision'] !== 'forbidden';
    });
    // Of the result (2 + 1) x (2 x 3 + 2 + 1) readings in which operators may decide or not, of the stage 2 x 3.
    expect(combined).toHaveLength(2 * 3 * (2 * 3 + 2 + 1) - 1 + (2 * 3 - 1));
    expect([...byReading.keys()].toSorted()).toEqual(combined.map(textOfReading).toSorted());
  });

  test.each([...byReading])(
    'every move that the oracle can make: %s [FOLDER-STAGE] [FOLDER-RESULT]',
    (_, list) => {
      const { reading } = settingsOf(list[0]!);
      const show = (folder: OracleFolder): Shown => ({
        resolution_status: folder.resolutionStatus(reading),
        system_resolution: folder.systemResolution(reading),
      });
      const possible = foldersUnder(reading).flatMap((graph) => stepsIn(graph, show).map(([step]) => step));
      expect(movesIn(list.flatMap((vector) => stepsOf(vector, emptyFolder)))).toEqual(movesIn(possible));
    },
  );

  prop([fc.nat(), fc.constantFrom(...printedReadings)])(
    'none of the answers that only the other field depends on [FOLDER-STAGE] [FOLDER-RESULT]',
    (number, reading) => {
      const folders = foldersUnder(reading).flatMap((graph) => graph.folders);
      const folder = folders[number % folders.length]!;
      const only = (isOfStage: boolean): OracleReading =>
        Object.fromEntries(
          Object.entries(reading).map(([question, answer]) => [
            question,
            dependsOn(reading, isOfStage, question) ? answer : printedQuestions[question]![0]!,
          ]),
        );
      expect(folder.resolutionStatus(reading)).toBe(folder.resolutionStatus(only(true)));
      expect(folder.systemResolution(reading)).toBe(folder.systemResolution(only(false)));
    },
  );
});

describe('the vectors of a group by itself take', () => {
  const found = setOf('group-events');
  const nameOf = (vector: Vector): string =>
    `${textOfReading(settingsOf(vector).reading)} ${settingsOf(vector).operatorRequired}`;
  const bySettings = new Map(
    found.map((vector) => [nameOf(vector), found.filter((other) => nameOf(other) === nameOf(vector))]),
  );

  test('every combination of the answers that reach a group, and the default without operators [OPERATOR-SETTING]', () => {
    const asked = ['failed-beside-declined', 'operator-decision'];
    const combined = printedReadings
      .filter((reading) => changedIn(reading).every((question) => asked.includes(question)))
      .map((reading) => `${textOfReading(reading)} allowed`);
    expect(combined).toHaveLength(2 * 3);
    expect([...bySettings.keys()].toSorted()).toEqual([...combined, ' never'].toSorted());
  });

  test.each([...bySettings])(
    'every two moves of the oracle one after the other, and what it refuses: %s [GROUP-RESULT-WORST] [GROUP-CONSTANT]',
    (_, list) => {
      const settings = settingsOf(list[0]!);
      const show = (folder: OracleFolder): Shown => ({
        group_result: naiveWorst(folder.resolutions(), settings.reading)!,
      });
      const start = { group_result: 'PROCESSING' };
      const graphsOfGroups = oracleGroups(settings);
      const moved = ofCriterion(list, 'transition-pairs').flatMap((vector) =>
        inSequence(stepsOf(vector, start)),
      );
      expect(movePairs(moved)).toEqual(movePairs(graphsOfGroups.flatMap((graph) => stepsIn(graph, show))));
      const tried = ofCriterion(list, 'refused-pairs').flatMap((vector) => stepsOf(vector, start, false));
      expect(refusedBy(tried)).toEqual(
        [...new Set(graphsOfGroups.flatMap((graph) => refusedIn(graph, show)))].toSorted(),
      );
    },
  );
});

test('a failure stands beside every resolution, in either order, under every answer that counts groups [FOLDER-RESULT-LAST-FINISHED]', () => {
  const settled = ['SUCCESS', 'OPERATOR_REQUIRED', 'DECLINED', 'FAILED'];
  const pairs = settled
    .flatMap((one) => settled.map((two) => [one, two]))
    .filter((pair) => pair.includes('FAILED'));
  const expected = printedQuestions['result-while-running']!.flatMap((running) =>
    printedQuestions['failed-group-finishes']!.flatMap((finishes) =>
      ['SUCCESS', 'FAILED'].flatMap((first) =>
        pairs.map((pair) => [running, finishes, 'post', first, 'post', ...pair, 'post'].join(' ')),
      ),
    ),
  );
  expect(expected).toHaveLength(2 * 3 * 2 * 7);
  const found = setOf('failed-groups').map(({ reading, events }) => {
    const answers = { ...index.defaultReading, ...reading };
    const happened = events!.map((event) =>
      event.type === 'group.posted' ? 'post' : 'resolution' in event ? event.resolution : 'FAILED',
    );
    return [answers['result-while-running'], answers['failed-group-finishes'], ...happened].join(' ');
  });
  expect(found.toSorted()).toEqual(expected.toSorted());
});

describe('the vectors that tell answers apart', () => {
  const found = setOf('distinguishing');
  const nameOf = ({ id }: Vector): string => id.split('/').slice(0, 3).join('/');
  const sets = new Map(
    found.map((vector) => [nameOf(vector), found.filter((other) => nameOf(other) === nameOf(vector))]),
  );

  test('are there for every two answers to every question [FOLDER-RESULT]', () => {
    const expected = Object.entries(printedQuestions).flatMap(([question, answers]) =>
      answers.flatMap((one, at) =>
        answers.slice(at + 1).map((two) => `distinguishing/${question}/${one}-or-${two}`),
      ),
    );
    expect([...sets.keys()].toSorted()).toEqual(expected.toSorted());
  });

  test('show the same events and differ in the last of them or in the verdict on it only [FOLDER-STAGE]', () => {
    for (const [name, [one, two, ...others]] of sets) {
      expect(others, name).toEqual([]);
      expect(one!.events, name).toEqual(two!.events);
      const shown = [one!, two!].map(({ expected }) => expected.projections!);
      expect(shown[0]!.slice(0, -1), name).toEqual(shown[1]!.slice(0, -1));
      const told = [one!, two!].map(({ expected }, at) => [shown[at]!.at(-1), expected.verdict]);
      expect(told[0], name).not.toEqual(told[1]);
    }
  });
});
