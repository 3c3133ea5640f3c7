import { describe, expect, test } from 'vitest';
import {
  createFolderMachine,
  holdsUnder,
  movesFrom,
  statusMoves,
  systemMoves,
  type Settings,
  type Under,
} from '../../../machines/index.ts';
import { settingsOf } from '../unit/scenario.ts';
import { takeCensus, type Bound } from './bounded.ts';
import { observedStatusMoves, observedSystemMoves, type Moves } from './moves.ts';
import { allSettings, nameSettings } from './settings.ts';
import { stepsOf } from './steps.ts';
import { some } from '../../deep.ts';

interface ListedMove {
  readonly from: string;
  readonly to: string;
  readonly under?: Under;
}

const listed = (moves: readonly ListedMove[], { reading }: Settings): readonly string[] =>
  moves.filter((move) => holdsUnder(move.under, reading)).map(({ from, to }) => `${from} -> ${to}`);

const fields = [
  ['folder.resolution_status', statusMoves, observedStatusMoves],
  ['system_resolution', systemMoves, observedSystemMoves],
] as const satisfies readonly (readonly [string, readonly ListedMove[], (settings: Settings) => Moves])[];

describe.each(fields)('the legal moves of %s', (_field, moves, observe) => {
  test('hold every change that an event can cause, under every reading that is tried [FOLDER-NEVER-FINAL]', () => {
    const missing = some(240, allSettings).flatMap((settings) => {
      const legal = listed(moves, settings);
      return [...observe(settings)]
        .filter(([move]) => !legal.includes(move))
        .map(([move, trace]) => `${move} under ${nameSettings(settings)} after ${JSON.stringify(trace)}`);
    });
    expect(missing.toSorted(shortestFirst).slice(0, 3)).toEqual([]);
  });

  test('hold nothing that never occurs, under every reading that is tried and lists it [FOLDER-INITIAL-ONCE]', () => {
    const idle = some(240, allSettings)
      .filter((settings) => settings.operatorRequired === 'allowed')
      .flatMap((settings) => {
        const occurring = observe(settings);
        return listed(moves, settings)
          .filter((move) => !occurring.has(move))
          .map((move) => `${move} under ${nameSettings(settings)}`);
      });
    expect(idle.slice(0, 3)).toEqual([]);
  });

  test('name each pair of statuses once for a reason and never a status with itself [FOLDER-STAGE]', () => {
    const reasons = moves.map(({ from, to, clauses }) => `${from} -> ${to}: ${clauses.join()}`);
    expect(new Set(reasons).size).toBe(reasons.length);
    expect(moves.filter(({ from, to }: ListedMove) => from === to)).toEqual([]);
    expect(moves.filter(({ clauses }) => clauses.length === 0)).toEqual([]);
  });
});

test('a move carries an operator’s decision only where one may decide, and a held result only where it is held [OPERATOR-DECISION]', () => {
  const clausesUnder = (answers: Readonly<Record<string, string>>) =>
    movesFrom(systemMoves, 'OPERATOR_REQUIRED', settingsOf(answers).reading)
      .filter(({ to }) => to === 'SUCCESS')
      .map(({ clauses }) => clauses);
  const held = { 'result-while-running': 'hold' };
  const decided = { 'operator-decision': 'allowed' };
  expect(clausesUnder({})).toEqual([]);
  expect(clausesUnder(held)).toEqual([['FOLDER-RESULT-LAST-FINISHED']]);
  expect(clausesUnder(decided)).toEqual([['OPERATOR-DECISION']]);
  expect(clausesUnder({ ...held, ...decided })).toEqual([
    ['FOLDER-RESULT-LAST-FINISHED', 'OPERATOR-DECISION'],
  ]);
});

const shortestFirst = (left: string, right: string): number => left.length - right.length;

describe('the folder machine', () => {
  const bounds: readonly Bound[] = [
    { groups: 2, size: 1, kinds: 'mixed' },
    { groups: 1, size: 2, kinds: 'mixed' },
  ];

  test('shows after every event what the oracle shows, under every reading and setting that is tried [FOLDER-RESULT-LAST-FINISHED]', () => {
    const wrong: string[] = [];
    for (const settings of some(10, allSettings)) {
      const { initial, next } = stepsOf(createFolderMachine(settings));
      for (const bound of bounds) {
        // Breadth first: the snapshot before the last event of a trace is known when the trace comes up.
        const snapshots = new Map<string, typeof initial>();
        for (const { folder, trace } of takeCensus(bound, settings).states.values()) {
          const before = snapshots.get(JSON.stringify(trace.slice(0, -1)));
          const snapshot = before ? next(before, trace.at(-1)!) : initial;
          snapshots.set(JSON.stringify(trace), snapshot);
          const shown = JSON.stringify(snapshot.value);
          const expected = JSON.stringify(folder.fields());
          if (shown === expected) continue;
          wrong.push(
            `expected ${expected}, received ${shown} under ${nameSettings(settings)} after ${JSON.stringify(trace)}`,
          );
        }
      }
    }
    expect(wrong.toSorted(shortestFirst).slice(0, 3)).toEqual([]);
  });
});
