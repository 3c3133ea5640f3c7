import {
  defaultSettings,
  type AnalysisEvent,
  type ClauseId,
  type FolderEvent,
  type FolderFields,
  type Group,
  type Reading,
  type Settings,
} from '../../../machines/index.ts';
import type { FindingCode } from '../../observations/findings.ts';

/** What an implementation has to say: that the statuses are legal, that they are not, or that nothing says so. */
export const vectorVerdicts = ['valid', 'invalid', 'unspecified'] as const;
/** One of them. */
export type VectorVerdict = (typeof vectorVerdicts)[number];

/** What holds before the first event or observation. */
export interface Given {
  /** Whether the biometry settings enable OPERATOR_REQUIRED; absent: they do. */
  readonly operatorRequired?: Settings['operatorRequired'];
  /** The list whose worst status is asked for. */
  readonly statuses?: readonly string[];
  /** The one analysis that there is. */
  readonly analysis?: { readonly id: string; readonly kind: string; readonly resolution: string };
  /** The one group that there is, by itself. */
  readonly group?: Group;
}

/** What the API shows after an event; of a group by itself, which has no field, its result. */
export type Shown =
  | FolderFields
  | { readonly state: string; readonly resolution_status: string }
  | { readonly group_result: string };

/** The state after one event. */
export type Projection = { readonly accepted: boolean } & Shown;

/** What a correct implementation answers. */
export interface Expected {
  readonly verdict: VectorVerdict;
  /** The codes of the findings that decide the verdict, sorted; absent: none. */
  readonly findings?: readonly FindingCode[];
  /** Why the verdict is not `valid`. */
  readonly reason?: string;
  /** The worst of the given statuses; null: there is none. */
  readonly worst?: string | null;
  /** After each event. */
  readonly projections?: readonly Projection[];
}

/** One case for any implementation of the specification, in any language. */
export interface Vector {
  /** Unique and stable: the name of the set, then what makes the vector one of its own. */
  readonly id: string;
  readonly description: string;
  readonly clauses: readonly ClauseId[];
  /** The answers that differ from the default reading; absent: none. */
  readonly reading?: Partial<Reading>;
  readonly given?: Given;
  readonly events?: readonly (FolderEvent | AnalysisEvent)[];
  /** Bodies as the API answers them, in order of arrival. */
  readonly observations?: readonly object[];
  readonly expected: Expected;
}

/** Vectors of one kind, and what they hold all of. */
export interface VectorSet {
  readonly name: string;
  /** What the set is complete for. */
  readonly about: string;
  readonly vectors: readonly Vector[];
}

/** What is given where the biometry settings of an installation are these. */
export const enabling = (operatorRequired: Settings['operatorRequired']): Given =>
  operatorRequired === defaultSettings.operatorRequired ? {} : { operatorRequired };
