import type { Resolution } from '../../../machines/statuses.ts';
import { anySettled, bit, namesOf } from '../belief/resolution-set.ts';
import type { Track } from '../belief/engine.ts';
import { keyOf } from '../belief/equivalence.ts';
import {
  certain,
  isHidden,
  posted,
  unnamed,
  type GroupState,
  type State,
  type Unnamed,
} from '../belief/state.ts';

/** The belief as plain data, for those who show it: what could be going on inside a folder. */

/** What one explanation says of one analysis that the recording names. */
export interface ExplainedAnalysis {
  readonly id: string;
  /** `ended`: it has, but how was not seen; `open`: it may run or have ended unseen. */
  readonly is: Resolution | 'ended' | 'open';
}

/** Whether something takes part that the recording never names. */
export type Unseen = 'none' | 'perhaps' | 'surely';

/** One group as an explanation has it. */
export interface ExplainedGroup {
  readonly analyses: readonly ExplainedAnalysis[];
  readonly unseen: Unseen;
  readonly running: boolean;
  /** Whether it stands for any number of groups: who of its analyses is with whom makes no difference yet. */
  readonly undivided: boolean;
  /** Results that its members without a seen end have among them for certain. */
  readonly hides: readonly Resolution[];
  /** Further results that they may have; SUCCESS always may be one. */
  readonly mayHide: readonly Resolution[];
}

/** One way in which what was seen can have come about. */
export interface Explanation {
  /** The groups that still matter, to a field or to a list of everything, in no particular order. */
  readonly groups: readonly ExplainedGroup[];
  /** What settled in groups that no field looks at any more. */
  readonly earlier: ExplainedGroup | null;
  /** Analyses that the recording names and that were not posted yet at this moment. */
  readonly toCome: readonly string[];
  /** Running groups of which nothing was seen: none, some, or some in which an analysis has failed. */
  readonly others: 'none' | 'some' | 'failed';
  /** It needs a person's decision on OPERATOR_REQUIRED. */
  readonly decided: boolean;
  /** It needs analyses that were first seen together to have been posted apart. */
  readonly apart: boolean;
}

/**
 * The explanations that are left, the first of them given. What can follow from one of them without being seen is
 * not told apart from it.
 */
export interface Explanations {
  readonly count: number;
  readonly given: readonly Explanation[];
  /** A limit has kept explanations out. */
  readonly truncated: boolean;
}

/** More explanations than this are only counted. */
export const maxExplanations = 8;

/** The explanations that a track holds; `ids` are the analyses in the order of their numbers. */
export function explanationsOf({ beliefs, truncated }: Track, ids: readonly string[]): Explanations {
  // The classes of readings believe on their own, and mostly the same.
  const states = new Map(
    beliefs.flatMap(({ entries }) => entries.map(({ state }) => [keyOf(state), state] as const)),
  );
  const given = [...states.values()].slice(0, maxExplanations).map((state) => explain(state, ids));
  return { count: states.size, given, truncated };
}

function explain(state: State, ids: readonly string[]): Explanation {
  const { known, groups, rest, decided, apart } = state;
  const grouped = new Set(groups.flatMap((group) => group.ids));
  const settled = known.flatMap((mark, id) => (mark === 0 || grouped.has(id) ? [] : [id]));
  const others = groups.filter((group) => isHidden(group) && group.running);
  const told = groups.filter((group) => !others.includes(group));
  return {
    groups: told.map((group) => explainGroup(state, group, ids)),
    earlier:
      settled.length > 0 || rest.open
        ? {
            analyses: settled.map((id) => explainAnalysis(state, id, false, ids)),
            running: false,
            undivided: true,
            ...hidden({ unnamed: rest.open ? unnamed.maybe : unnamed.no, must: 0, may: rest.may }),
          }
        : null,
    toCome: known.flatMap((mark, id) => (mark === 0 ? [ids[id] ?? ''] : [])),
    others: others.some(({ must }) => must !== 0) ? 'failed' : others.length > 0 ? 'some' : 'none',
    decided,
    apart,
  };
}

function explainGroup(state: State, group: GroupState, ids: readonly string[]): ExplainedGroup {
  const { running, undivided } = group;
  return {
    analyses: group.ids.map((id) => explainAnalysis(state, id, running, ids)),
    running,
    undivided,
    ...hidden(group),
  };
}

function explainAnalysis(
  { known }: State,
  id: number,
  running: boolean,
  ids: readonly string[],
): ExplainedAnalysis {
  const mark = known[id]!;
  const [seen] = namesOf(certain(mark));
  return { id: ids[id] ?? '', is: seen ?? (running && mark === posted ? 'open' : 'ended') };
}

const unseenOf: Readonly<Record<Unnamed, Unseen>> = {
  [unnamed.no]: 'none',
  [unnamed.maybe]: 'perhaps',
  [unnamed.sure]: 'surely',
};

type Hidden = Pick<GroupState, 'unnamed' | 'must' | 'may'>;

function hidden(part: Hidden): Pick<ExplainedGroup, 'unseen' | 'hides' | 'mayHide'> {
  const { must, may } = part;
  return {
    unseen: unseenOf[part.unnamed],
    hides: namesOf(must & anySettled),
    mayHide: namesOf(may & ~must & anySettled & ~bit.SUCCESS),
  };
}
