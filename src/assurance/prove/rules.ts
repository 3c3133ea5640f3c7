import {
  countsAsFinished,
  groupMoves,
  resolve,
  orderUnder,
  statusMoves,
  statusOfView,
  summarize,
  systemMoves,
  systemOfView,
  worstUnder,
  type ClauseId,
  type Status,
  type Under,
} from '../../../machines/index.ts';

/** One legal move, and under which answers it is. */
export interface LegalMove {
  readonly from: Status;
  readonly to: Status;
  readonly clauses: readonly ClauseId[];
  readonly under?: Under;
}

/**
 * What of the specification the proof speaks about. Everything in the formulas is taken from these, so that a proof
 * of other rules, wrong ones for instance, is a proof of exactly those.
 */
export interface Rules {
  readonly orderUnder: typeof orderUnder;
  readonly worstUnder: typeof worstUnder;
  readonly summarize: typeof summarize;
  readonly resolve: typeof resolve;
  readonly countsAsFinished: typeof countsAsFinished;
  readonly statusOfView: typeof statusOfView;
  readonly systemOfView: typeof systemOfView;
  readonly statusMoves: readonly LegalMove[];
  readonly systemMoves: readonly LegalMove[];
  readonly groupMoves: readonly LegalMove[];
}

/** The rules of the specification. */
export const specifiedRules: Rules = {
  orderUnder,
  worstUnder,
  summarize,
  resolve,
  countsAsFinished,
  statusOfView,
  systemOfView,
  statusMoves,
  systemMoves,
  groupMoves,
};
