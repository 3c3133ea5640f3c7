import { describe, expect, test } from 'vitest';
import {
  analysisInvariants,
  analysisStepInvariants,
  cellClause,
  columnClause,
  fields,
  clauseIds,
  clauses,
  createAnalysisMachine,
  createFolderMachine,
  createGroupMachine,
  defaultReading,
  folderInvariants,
  folderStepInvariants,
  groupInvariants,
  groupStepInvariants,
  statusMoves,
  systemMoves,
  groupMoves,
  source,
  type ClauseId,
} from '../../../machines/index.ts';
import { nodesOf, transitionsOf } from '../paths/transitions.ts';
import { printedCells, printedWords } from '../oracle/page.ts';

const decisionAllowed = {
  reading: { ...defaultReading, 'operator-decision': 'allowed' },
  operatorRequired: 'allowed',
} as const;
const machines = [
  createAnalysisMachine(decisionAllowed),
  createGroupMachine(decisionAllowed),
  createFolderMachine(decisionAllowed),
];
const invariants = [
  ...analysisInvariants,
  ...analysisStepInvariants,
  ...groupInvariants,
  ...groupStepInvariants,
  ...folderInvariants,
  ...folderStepInvariants,
];

const clausesOf = (meta: unknown): readonly string[] =>
  (meta as { clauses?: readonly string[] } | undefined)?.clauses ?? [];

describe('the clause registry', () => {
  test('has a clause for each cell of the table and for each statement', () => {
    expect(clauseIds.slice(0, 28)).toEqual(printedCells.map((cell) => cell.clause));
    expect(clauseIds.slice(28, 32)).toEqual(fields.map(columnClause));
    expect(clauseIds).toHaveLength(28 + 4 + 39);
    expect(new Set(clauseIds).size).toBe(clauseIds.length);
    expect(cellClause('system_resolution', 'SUCCESS')).toBe('SYSTEM-SUCCESS');
  });

  test('says of every clause what, where and on what evidence', () => {
    for (const id of clauseIds) {
      const { text, where, evidence } = clauses[id];
      expect(id).toMatch(/^[A-Z][A-Z_-]*[A-Z]$/);
      expect(text, id).toMatch(/\.$/);
      expect(['documented', 'inferred', 'silent'], id).toContain(evidence);
      expect(where === 'not on the page', id).toBe(evidence !== 'documented');
    }
  });

  test('claims documents for all but what the page leaves unsaid [DELETION] [OPERATOR-DECISION]', () => {
    const of = (evidence: string) => clauseIds.filter((id) => clauses[id].evidence === evidence);
    expect(of('inferred')).toEqual([
      'FINISHED-WITH-ANY-RESULT',
      'SUCCESS-OF-EVERY-ANALYSIS',
      'DECIDING-ANALYSES',
      'FOLDER-STAGE-OF-ANALYSES',
      'LIVENESS-ONLY-FOLDER',
      'ANALYSIS-FINAL',
      'ANALYSIS-IDENTITY',
      'GROUP-CONSTANT',
      'FOLDER-NEVER-FINAL',
      'FOLDER-INITIAL-ONCE',
    ]);
    expect(of('silent')).toEqual(['OPERATOR-DECISION', 'DELETION']);
  });

  test.each(Object.entries(printedWords))('says in %s what the page says there, and no more', (id, words) => {
    const { text, evidence } = clauses[id as ClauseId];
    expect(evidence).toBe('documented');
    expect(text).toMatch(words.has);
    if (words.lacks) expect(text).not.toMatch(words.lacks);
  });

  test('calls nothing documented that takes a notion of this project to say', () => {
    const notions = /\b(?:settle[sd]?|decid\w+|counts?|readings?|ever|scope)\b/;
    const documented = clauseIds.filter((id) => clauses[id].evidence === 'documented');
    expect(documented.filter((id) => notions.test(clauses[id].text))).toEqual([]);
    expect(clauses['DECIDING-ANALYSES'].text).toMatch(notions);
  });

  test('names the page that it was read from', () => {
    expect(source).toEqual({
      title: 'Statuses in API',
      captured: '2026-11-22',
      sha256: '600e65b678f49d9c4687d76cb95e8c769580baa754d2afbee933f01aa7a12345',
    });
  });

  test('holds every clause that a state, a transition, a move or an invariant names', () => {
    const named = [
      ...machines.flatMap((machine) => nodesOf(machine).flatMap((node) => clausesOf(node.meta))),
      ...machines.flatMap((machine) =>
        transitionsOf(machine).flatMap((transition) => clausesOf(transition.meta)),
      ),
      ...[...statusMoves, ...systemMoves, ...groupMoves].flatMap((move) => move.clauses),
      ...invariants.flatMap((invariant) => invariant.clauses),
    ];
    expect(named.filter((id) => !(clauseIds as readonly string[]).includes(id))).toEqual([]);
    // A deletion is nothing that a machine can do, and it shows no status outside a column.
    expect(clauseIds.filter((id) => !named.includes(id))).toEqual([...fields.map(columnClause), 'DELETION']);
  });

  test('gives every invariant a name of its own and at least one clause', () => {
    const names = invariants.map((invariant) => invariant.name);
    expect(new Set(names).size).toBe(names.length);
    expect(invariants.filter((invariant) => invariant.clauses.length === 0)).toEqual([]);
  });
});
