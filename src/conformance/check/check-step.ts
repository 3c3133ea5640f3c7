import { explanationsOf, type Explanations } from '../folder/explanations.ts';
import type { Observation } from '../../observations/observation.ts';
import type { Orders } from './orders.ts';

/** What one step of a check did to a folder. */
export interface CheckStep {
  /** The key of the folder, as observations name it. */
  readonly folder: string;
  /** Mostly one; several where their requests overlap, which are followed in every order that breaks least. */
  readonly observations: readonly Observation[];
  /** The part of the findings of the folder's result that was found in this step: from the first, to before the last. */
  readonly findings: readonly [from: number, to: number];
  /** The same for its hazards; those beyond the last step are about the end of the recording. */
  readonly hazards: readonly [from: number, to: number];
  /** False once analyses have disappeared: what could be going on inside is then no longer followed. */
  readonly followed: boolean;
  /** What could be going on inside after the step, in one order of several; computed when asked for. */
  readonly explanations: () => Explanations;
}

/** Is told of every step of a check. */
export type Watch = (step: CheckStep) => void;

/** How much of a folder was found. */
export interface Extent {
  readonly findings: number;
  readonly hazards: number;
}

/** The step of a folder by these observations, before which so much was found. */
export function stepOf(
  folder: string,
  observations: readonly Observation[],
  before: Extent,
  { belief, found }: Pick<Orders, 'belief' | 'found'>,
): CheckStep {
  // Less than before, where an answer that has arrived late takes some back.
  const since = (all: readonly unknown[], known: number) =>
    [Math.min(known, all.length), all.length] as const;
  return {
    folder,
    observations,
    findings: since(found.findings, before.findings),
    hazards: since(found.hazards, before.hazards),
    followed: belief.followed,
    explanations: () => explanationsOf(belief.track, belief.members.ids()),
  };
}
