import type { ClauseId } from '../clauses.ts';
import { holdsUnder, type Reading, type Under } from '../readings.ts';
import type { FolderStatus, SystemResolution } from '../statuses.ts';

/**
 * The legal moves of the two fields of a folder: from which status to which other one event can take them, on
 * which clause, and under which readings. This is a second definition beside the projections of the model; tests
 * prove the two equal on every bounded folder.
 */
export interface Move<S> {
  readonly from: S;
  readonly to: S;
  readonly clauses: readonly ClauseId[];
  /** Alternatives of answers under which the move is legal; absent: under every reading. */
  readonly under?: Under;
}

/** A failure no longer shows once another group is looked at, or is outweighed while something runs. */
const failureLetsGo = [
  { 'status-precedence': ['processing-first'] },
  { 'status-scope': ['last-applied-group'] },
] as const satisfies Under;

/** The last settled group speaks alone, but a failure anywhere speaks while something runs. */
const failureFlickers = [
  { 'status-precedence': ['failed-first'], 'status-scope': ['last-settled-group'] },
] as const satisfies Under;

/** The legal moves of `folder.resolution_status`. */
export const statusMoves: readonly Move<FolderStatus>[] = [
  { from: 'INITIAL', to: 'PROCESSING', clauses: ['FOLDER-INITIAL-ONCE', 'FOLDER-PROCESSING-MEANS'] },
  { from: 'PROCESSING', to: 'FAILED', clauses: ['FOLDER-STAGE', 'FOLDER-FAILED-MEANS'] },
  { from: 'PROCESSING', to: 'FINISHED', clauses: ['FOLDER-STAGE-OF-ANALYSES', 'FOLDER-FINISHED-MEANS'] },
  { from: 'FINISHED', to: 'PROCESSING', clauses: ['FOLDER-NEVER-FINAL'] },
  { from: 'FINISHED', to: 'FAILED', clauses: ['FOLDER-FAILED-MEANS'], under: failureFlickers },
  { from: 'FAILED', to: 'PROCESSING', clauses: ['FOLDER-NEVER-FINAL'], under: failureLetsGo },
  { from: 'FAILED', to: 'FINISHED', clauses: ['FOLDER-FINISHED-MEANS'], under: failureFlickers },
];

const notHeld = { 'result-while-running': ['processing'] } as const satisfies Under[number];
const held = { 'result-while-running': ['hold'] } as const satisfies Under[number];
/** A group with a failure can replace the held result. */
const heldAndFailuresCount = [
  { ...held, 'failed-group-finishes': ['yes', 'folder-fails'] },
] as const satisfies Under;
/** A failure anywhere speaks while something runs, and is gone once one group speaks alone. */
const failureFlashes = {
  ofLastFinished: {
    'result-precedence': ['failed-first'],
    'result-scope': ['last-finished-group'],
    'failed-group-finishes': ['yes', 'no'],
  },
  ofLastApplied: { 'result-precedence': ['failed-first'], 'result-while-earlier-runs': ['processing'] },
} as const satisfies Readonly<Record<string, Under[number]>>;
const failureGoes = [
  ...heldAndFailuresCount,
  failureFlashes.ofLastFinished,
  failureFlashes.ofLastApplied,
] as const satisfies Under;
const failureComes = [
  ...heldAndFailuresCount,
  { ...failureFlashes.ofLastFinished, ...notHeld },
  failureFlashes.ofLastApplied,
] as const satisfies Under;
const processingFirst = { 'result-precedence': ['processing-first'] } as const satisfies Under[number];
const decided = { 'operator-decision': ['allowed'] } as const satisfies Under[number];
/** DECLINED, once a person decides so, outweighs FAILED in a group that speaks for the folder. */
const decidedAboveFailed = [
  { ...decided, 'failed-beside-declined': ['declined'], 'failed-group-finishes': ['yes', 'no'] },
] as const satisfies Under;

/** The legal moves of `system_resolution`. */
export const systemMoves: readonly Move<SystemResolution>[] = [
  { from: 'INITIAL', to: 'PROCESSING', clauses: ['FOLDER-INITIAL-ONCE'] },

  { from: 'PROCESSING', to: 'FAILED', clauses: ['FOLDER-RESULT', 'WORST-ORDER'] },
  { from: 'PROCESSING', to: 'DECLINED', clauses: ['FOLDER-RESULT-WHEN-FINISHED', 'SYSTEM-DECLINED-MEANS'] },
  {
    from: 'PROCESSING',
    to: 'OPERATOR_REQUIRED',
    clauses: ['FOLDER-RESULT-WHEN-FINISHED', 'SYSTEM-OPERATOR_REQUIRED-MEANS'],
  },
  { from: 'PROCESSING', to: 'SUCCESS', clauses: ['FOLDER-RESULT-WHEN-FINISHED', 'SYSTEM-SUCCESS-MEANS'] },

  {
    from: 'FAILED',
    to: 'PROCESSING',
    clauses: ['FOLDER-NEVER-FINAL'],
    under: [
      { ...notHeld, ...processingFirst },
      { ...held, ...processingFirst, 'failed-group-finishes': ['no', 'folder-fails'] },
      { 'result-scope': ['last-applied-group'], 'result-while-earlier-runs': ['group-result'] },
    ],
  },
  {
    from: 'DECLINED',
    to: 'PROCESSING',
    clauses: ['FOLDER-NEVER-FINAL'],
    under: [notHeld, { ...held, 'failed-group-finishes': ['no'], 'failed-beside-declined': ['declined'] }],
  },
  { from: 'OPERATOR_REQUIRED', to: 'PROCESSING', clauses: ['FOLDER-NEVER-FINAL'], under: [notHeld] },
  { from: 'SUCCESS', to: 'PROCESSING', clauses: ['FOLDER-NEVER-FINAL'], under: [notHeld] },

  { from: 'FAILED', to: 'DECLINED', clauses: ['FOLDER-RESULT-LAST-FINISHED'], under: failureGoes },
  { from: 'FAILED', to: 'OPERATOR_REQUIRED', clauses: ['FOLDER-RESULT-LAST-FINISHED'], under: failureGoes },
  { from: 'FAILED', to: 'SUCCESS', clauses: ['FOLDER-RESULT-LAST-FINISHED'], under: failureGoes },
  { from: 'DECLINED', to: 'FAILED', clauses: ['FOLDER-RESULT-LAST-FINISHED'], under: failureComes },
  { from: 'DECLINED', to: 'OPERATOR_REQUIRED', clauses: ['FOLDER-RESULT-LAST-FINISHED'], under: [held] },
  { from: 'DECLINED', to: 'SUCCESS', clauses: ['FOLDER-RESULT-LAST-FINISHED'], under: [held] },
  { from: 'OPERATOR_REQUIRED', to: 'FAILED', clauses: ['FOLDER-RESULT-LAST-FINISHED'], under: failureComes },
  { from: 'OPERATOR_REQUIRED', to: 'DECLINED', clauses: ['FOLDER-RESULT-LAST-FINISHED'], under: [held] },
  { from: 'OPERATOR_REQUIRED', to: 'SUCCESS', clauses: ['FOLDER-RESULT-LAST-FINISHED'], under: [held] },
  { from: 'SUCCESS', to: 'FAILED', clauses: ['FOLDER-RESULT-LAST-FINISHED'], under: failureComes },
  { from: 'SUCCESS', to: 'DECLINED', clauses: ['FOLDER-RESULT-LAST-FINISHED'], under: [held] },
  { from: 'SUCCESS', to: 'OPERATOR_REQUIRED', clauses: ['FOLDER-RESULT-LAST-FINISHED'], under: [held] },

  { from: 'OPERATOR_REQUIRED', to: 'DECLINED', clauses: ['OPERATOR-DECISION'], under: [decided] },
  { from: 'OPERATOR_REQUIRED', to: 'SUCCESS', clauses: ['OPERATOR-DECISION'], under: [decided] },
  {
    from: 'FAILED',
    to: 'DECLINED',
    clauses: ['OPERATOR-DECISION', 'WORST-ORDER'],
    under: decidedAboveFailed,
  },
];

/** The statuses that can follow `from` under `reading`, each once, with the clauses on which they then follow. */
export function movesFrom<S>(
  moves: readonly Move<S>[],
  from: S,
  reading: Reading,
): readonly { readonly to: S; readonly clauses: readonly ClauseId[] }[] {
  const clauses = new Map<S, ReadonlySet<ClauseId>>();
  for (const move of moves) {
    if (move.from !== from || !holdsUnder(move.under, reading)) continue;
    clauses.set(move.to, new Set([...(clauses.get(move.to) ?? []), ...move.clauses]));
  }
  return [...clauses].map(([to, reasons]) => ({ to, clauses: [...reasons] }));
}
