import type { Explanations } from '../belief/explanations.ts';
import type { Observation } from '../../observations/observation.ts';

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
