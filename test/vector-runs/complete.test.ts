import { describe, expect, test } from 'vitest';
import type { Vector } from '../../src/vectors/index.ts';
import { OracleFolder, type OracleEvent } from '../oracle/folder.ts';
import { printedCells, printedQuestions, printedRank } from '../oracle/page.ts';
import { index, settingsOf, vectorsByFile } from './vectors.ts';

/** What the sets claim to be complete for, counted anew by the printed page and the oracle. */

const setOf = (name: string): readonly Vector[] => vectorsByFile.get(`${name}.jsonl`)!;
const byDefault = (list: readonly Vector[]) => list.filter(({ reading }) => !reading);
const distinct = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

const printedStatuses = distinct(printedCells.map(({ status }) => status));
const printedFields = distinct(printedCells.map(({ field }) => field));
const pairs = (items: readonly string[]) => items.flatMap((one) => items.map((two) => `${one} ${two}`));

/** Every list of up to five ranked statuses, sorted: as many as there are multisets. */
function sortedLists(): readonly string[] {
  const ranked = Object.keys(printedRank);
  let lists: readonly (readonly string[])[] = [[]];
  const all = new Set(['']);
  for (let size = 1; size <= 5; size += 1) {
    lists = lists.flatMap((list) => ranked.map((status) => [...list, status]));
    for (const list of lists) all.add(list.toSorted().join());
  }
  return [...all];
}

describe('the vectors are complete', () => {
  test('for the worst of every multiset of up to five statuses, under both orders [WORST-ORDER]', () => {
    const lists = sortedLists();
    // Six kinds of status and one that stands for none, chosen five times: 11 over 5.
    expect(lists).toHaveLength((11 * 10 * 9 * 8 * 7) / (5 * 4 * 3 * 2));
    const found = setOf('reducer');
    for (const half of [byDefault(found), found.filter(({ reading }) => reading)]) {
      expect(half.map(({ given }) => given!.statuses!.toSorted().join()).toSorted()).toEqual(
        lists.toSorted(),
      );
    }
  });

  test('for every pair of state and resolution, of both kinds and settings [RESULT-INHERITS-STATE]', () => {
    const shown = setOf('analysis-fields').map(({ observations, given }) => {
      const body = observations![0] as Readonly<Record<string, string>>;
      return `${given?.operatorRequired ?? 'allowed'} ${body['type']} ${body['state']} ${body['resolution_status']}`;
    });
    const expected = ['allowed', 'never'].flatMap((setting) =>
      ['QUALITY', 'BIOMETRY'].flatMap((kind) =>
        pairs(printedStatuses).map((pair) => `${setting} ${kind} ${pair}`),
      ),
    );
    expect(expected).toHaveLength(2 * 2 * 7 * 7);
    expect(shown.toSorted()).toEqual(expected.toSorted());
  });

  test('for every ordered pair of statuses of every field [FOLDER-NEVER-FINAL]', () => {
    const shown = byDefault(setOf('field-pairs')).map(({ observations }) => {
      const [first, second] = (observations as readonly Readonly<Record<string, string>>[]).map((body) =>
        Object.entries(body).filter(([name]) => printedFields.some((field) => field.endsWith(name))),
      ) as [[string, string][], [string, string][]];
      const of = 'analyse_id' in observations![0]! ? 'analyse.' : '';
      return `${of}${first[0]![0]} ${first[0]![1]} ${second[0]![1]}`;
    });
    const expected = printedFields.flatMap((field) =>
      pairs(printedStatuses).map((pair) => `${field.replace('folder.', '')} ${pair}`),
    );
    expect(expected).toHaveLength(4 * 7 * 7);
    expect(shown.toSorted()).toEqual(expected.toSorted());
  });

  test('for every event in every state of an analysis [ANALYSIS-FINAL] [OPERATOR-SETTING]', () => {
    const shown = setOf('analysis-events').map((vector) => {
      const { kind, resolution } = vector.given!.analysis!;
      const event = vector.events![0] as OracleEvent;
      const { reading, operatorRequired } = settingsOf(vector);
      const about = [operatorRequired, reading['operator-decision'], kind, resolution];
      return [...about, event.type, event.resolution].join(' ');
    });
    expect(new Set(shown).size).toBe(shown.length);
    const [events, decisions] = [4 + 2, 3];
    const states = { QUALITY: 4, BIOMETRY: 5 };
    const enabled = (states.QUALITY + states.BIOMETRY) * events * decisions;
    expect(shown).toHaveLength(enabled + 2 * states.QUALITY * events);
  });

  test('for every pair of folder fields, and after each that the oracle can show for every pair [FOLDER-RESULT]', () => {
    const columns = ['folder.resolution_status', 'system_resolution'].map((field) =>
      printedCells.filter((cell) => cell.field === field && cell.legal).map(({ status }) => status),
    );
    const all = columns[0]!.flatMap((status) => columns[1]!.map((result) => `${status} ${result}`));
    const shown = setOf('folder-pairs').map(({ observations }) =>
      (observations as readonly Readonly<Record<string, string>>[])
        .map((body) => `${body['resolution_status']} ${body['system_resolution']}`)
        .join(', '),
    );
    const possible = distinct(oracleSteps().flatMap(([{ before, after }]) => [before, after].map(shownBy)));
    const expected = [...all, ...possible.flatMap((first) => all.map((second) => `${first}, ${second}`))];
    expect(shown.toSorted()).toEqual(expected.toSorted());
  });

  test('for every two moves that the oracle can make one after the other [FOLDER-STAGE]', () => {
    const walked = byDefault(setOf('executions'))
      .filter(({ expected }) => expected.verdict === 'valid')
      .flatMap((vector) => {
        const steps = stepsOf(vector);
        return steps.slice(1).map((step, at): Followed => [steps[at]!, [step]]);
      });
    const possible = movePairs(oracleSteps());
    expect(possible.length).toBeGreaterThan(50);
    expect(movePairs(walked)).toEqual(possible);
  });
});

describe('the vectors that tell answers apart', () => {
  const found = setOf('distinguishing');
  const nameOf = ({ id }: Vector): string => id.split('/').slice(0, 3).join('/');
  const sets = new Map(
    found.map((vector) => [nameOf(vector), found.filter((other) => nameOf(other) === nameOf(vector))]),
  );

  test('are there for every two answers to every question but that of operators [FOLDER-RESULT]', () => {
    const expected = Object.entries(printedQuestions)
      .filter(([question]) => question !== 'operator-decision')
      .flatMap(([question, answers]) =>
        answers.flatMap((one, at) =>
          answers.slice(at + 1).map((two) => `distinguishing/${question}/${one}-or-${two}`),
        ),
      );
    expect([...sets.keys()].toSorted()).toEqual(expected.toSorted());
  });

  test('show the same events and differ in the last of them only [FOLDER-STAGE]', () => {
    for (const [name, [one, two, ...others]] of sets) {
      expect(others, name).toEqual([]);
      expect(one!.events, name).toEqual(two!.events);
      const shown = [one!, two!].map(({ expected }) => expected.projections!);
      expect(shown[0]!.slice(0, -1), name).toEqual(shown[1]!.slice(0, -1));
      expect(shown[0]!.at(-1), name).not.toEqual(shown[1]!.at(-1));
    }
  });
});

/** One step of a folder, with what it shows before and after. */
interface Step {
  readonly event: string;
  readonly before: Fields;
  readonly after: Fields;
}

type Fields = ReturnType<OracleFolder['fields']>;

const shownBy = (fields: Fields): string => Object.values(fields).join(' ');

/** The step and those that can follow it. */
type Followed = readonly [Step, readonly Step[]];

/** Every step of a folder of up to two groups of up to two analyses, by the oracle, under the default reading. */
function oracleSteps(): readonly Followed[] {
  const start = new OracleFolder({ reading: index.defaultReading, operatorRequired: 'allowed' });
  const known = new Map([[start.describe(), start]]);
  const from = new Map<string, (Step & { readonly to: string })[]>();
  for (const [key, folder] of known) {
    from.set(key, []);
    for (const event of eventsIn(folder)) {
      const next = folder.copy();
      if (!next.accept(event)) continue;
      const to = next.describe();
      if (!known.has(to)) known.set(to, next);
      from.get(key)!.push({ event: event.type, before: folder.fields(), after: next.fields(), to });
    }
  }
  return [...from.values()].flat().map((step) => [step, from.get(step.to)!]);
}

function eventsIn(folder: OracleFolder): readonly OracleEvent[] {
  const at = folder.groupCount;
  const posts = [1, 2].map((size) => ({
    type: 'group.posted',
    groupId: `g${at}`,
    analyses: ['a', 'b'].slice(0, size).map((name) => ({ id: `${name}${at}`, kind: 'BIOMETRY' })),
  }));
  const settling = ['a0', 'b0', 'a1', 'b1'].flatMap((id) => [
    { type: 'analysis.failed', id },
    ...['SUCCESS', 'DECLINED', 'OPERATOR_REQUIRED'].map((resolution) => ({
      type: 'analysis.finished',
      id,
      resolution,
    })),
  ]);
  return at < 2 ? [...posts, ...settling] : settling;
}

/** What moves in a step: the event, and each field that changes. */
function movesOf({ event, before, after }: Step): readonly string[] {
  const fields = ['resolution_status', 'system_resolution'] as const;
  const changed = fields.filter((field) => before[field] !== after[field]);
  return [event, ...changed.map((field) => `${field} ${before[field]} -> ${after[field]}`)];
}

/** Every two moves of which one can be in a step and the other in the step after it. */
function movePairs(followed: readonly Followed[]): readonly string[] {
  const found = followed.flatMap(([step, following]) =>
    following.flatMap((next) =>
      movesOf(step).flatMap((one) => movesOf(next).map((two) => `${one}, then ${two}`)),
    ),
  );
  return distinct(found).toSorted();
}

/** The steps of an execution. */
function stepsOf({ events, expected }: Vector): readonly Step[] {
  const start: Fields = { resolution_status: 'INITIAL', system_resolution: 'INITIAL' };
  const shown = [start, ...(expected.projections as readonly Fields[])];
  return events!.map(({ type }, at) => ({ event: type, before: shown[at]!, after: shown[at + 1]! }));
}
