import {
  allReadings,
  analysisInvariants,
  analysisStepInvariants,
  clauseIds,
  columnClause,
  createAnalysisMachine,
  createFolderMachine,
  createGroupMachine,
  fields,
  folderInvariants,
  folderStepInvariants,
  groupInvariants,
  groupStepInvariants,
  type ClauseId,
} from '../../machines/index.ts';
import { findingCodes, type FindingCode } from '../observations/findings.ts';

/** What rests on one clause, by name, each list sorted. */
export interface ClauseUses {
  readonly states: readonly string[];
  readonly transitions: readonly string[];
  readonly invariants: readonly string[];
  readonly codes: readonly string[];
}

/** The part of a state of a statechart that is walked; XState’s `StateNode` has it. */
interface WalkedNode {
  readonly path: readonly string[];
  readonly meta?: { readonly clauses: readonly ClauseId[] } | undefined;
  readonly transitions: ReadonlyMap<string, readonly WalkedTransition[]>;
  readonly always?: readonly WalkedTransition[] | undefined;
  readonly states: Readonly<Record<string, WalkedNode>>;
}

interface WalkedTransition {
  readonly target?: readonly WalkedNode[] | undefined;
  readonly guard?: unknown;
  readonly meta?: { readonly clauses: readonly ClauseId[] } | undefined;
}

type Kind = keyof ClauseUses;
type Note = (clauses: readonly ClauseId[] | undefined, kind: Kind, name: string) => void;

/** For every clause the states, transitions (under any reading), invariants and finding codes that rest on it. */
export function clauseUses(): ReadonlyMap<ClauseId, ClauseUses> {
  const sets = new Map(
    clauseIds.map((id) => [
      id,
      {
        states: new Set<string>(),
        transitions: new Set<string>(),
        invariants: new Set<string>(),
        codes: new Set<string>(),
      },
    ]),
  );
  const note: Note = (clauses = [], kind, name) => {
    for (const clause of clauses) sets.get(clause)?.[kind].add(name);
  };
  noteMachines(note);
  noteInvariants(note);
  for (const [code, { clause }] of Object.entries(findingCodes))
    note(clause === null ? [] : [clause], 'codes', code);
  note(fields.map(columnClause), 'codes', 'STATUS_NOT_IN_FIELD' satisfies FindingCode);
  const sorted = (set: Set<string>) => [...set].toSorted();
  return new Map(
    [...sets].map(([id, { states, transitions, invariants, codes }]) => [
      id,
      {
        states: sorted(states),
        transitions: sorted(transitions),
        invariants: sorted(invariants),
        codes: sorted(codes),
      },
    ]),
  );
}

function noteMachines(note: Note): void {
  for (const reading of allReadings()) {
    const settings = { reading, operatorRequired: 'allowed' } as const;
    walk('analysis', createAnalysisMachine(settings).root, note);
    walk('group', createGroupMachine(settings).root, note);
    walk('folder', createFolderMachine(settings).root, note);
  }
}

/** Machines are a few levels deep: their nesting is written by hand. */
function walk(machine: string, node: WalkedNode, note: Note): void {
  const from = node.path.length === 0 ? machine : `${machine} ${node.path.join('.')}`;
  note(node.meta?.clauses, 'states', from);
  for (const [event, transitions] of node.transitions) {
    for (const transition of transitions)
      note(transition.meta?.clauses, 'transitions', arrow(from, event, transition));
  }
  for (const transition of node.always ?? []) {
    note(transition.meta?.clauses, 'transitions', arrow(from, '', transition));
  }
  for (const child of Object.values(node.states)) walk(machine, child, note);
}

function arrow(from: string, event: string, { target, guard }: WalkedTransition): string {
  const to = target === undefined ? '' : ` → ${target.map(({ path }) => path.join('.')).join(', ')}`;
  return [`${from}${to}`, event === '' ? '' : `on ${event}`, guardText(guard)]
    .filter((part) => part !== '')
    .join(', ');
}

/** A guard is a name, or a name with parameters; the name of one with `is` reads on to its value. */
function guardText(guard: unknown): string {
  if (guard === undefined) return '';
  if (typeof guard === 'string') return `if ${guard}`;
  const { type, params } = guard as { readonly type: string; readonly params?: { readonly is?: string } };
  return params?.is === undefined ? `if ${type}` : `if ${type} ${params.is}`;
}

function noteInvariants(note: Note): void {
  const all = {
    analysis: [...analysisInvariants, ...analysisStepInvariants],
    group: [...groupInvariants, ...groupStepInvariants],
    folder: [...folderInvariants, ...folderStepInvariants],
  };
  for (const [subject, invariants] of Object.entries(all)) {
    for (const { name, clauses } of invariants) note(clauses, 'invariants', `${subject}: ${name}`);
  }
}
