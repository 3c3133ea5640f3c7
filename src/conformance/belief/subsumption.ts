import type { ResolutionSet } from './resolution-set.ts';
import { isHidden, unnamed, type GroupState, type Rest, type State } from './state.ts';

/** Whether every folder that fits `narrow`, which has the same shape, also fits `wide`. */
export function covers(wide: State, narrow: State): boolean {
  const others = named(narrow);
  return named(wide).every((group, at) => holds(group, others[at]!)) && coversAround(wide, narrow);
}

/** The same where both have the same outline. */
export function coversAround(wide: State, narrow: State): boolean {
  if ((wide.decided && !narrow.decided) || (wide.apart && !narrow.apart)) return false;
  return holdsRest(wide.rest, narrow.rest) && coversHidden(wide, narrow);
}

/** The hidden groups of states, which are compared with many others. */
const hiddenOf = new WeakMap<State, readonly GroupState[]>();

function hiddenIn(state: State): readonly GroupState[] {
  const known = hiddenOf.get(state);
  if (known) return known;
  const hidden = state.groups.filter(isHidden);
  hiddenOf.set(state, hidden);
  return hidden;
}

const named = ({ groups }: State): readonly GroupState[] => groups.filter((group) => !isHidden(group));

const lacks = (wide: ResolutionSet, narrow: ResolutionSet): boolean => (narrow & ~wide) !== 0;

type MayHold = Pick<Rest, 'may' | 'mayLiveness'>;

const mayHoldAll = (wide: MayHold, narrow: MayHold): boolean =>
  !lacks(wide.may, narrow.may) && !lacks(wide.mayLiveness, narrow.mayLiveness);

const holdsRest = (wide: Rest, narrow: Rest): boolean =>
  (wide.open || !narrow.open) && mayHoldAll(wide, narrow);

const holds = (wide: GroupState, narrow: GroupState): boolean =>
  (wide.unnamed === narrow.unnamed || wide.unnamed === unnamed.maybe) &&
  !lacks(narrow.must, wide.must) &&
  (!wide.spare || narrow.spare) &&
  (!wide.decidedOn || narrow.decidedOn) &&
  mayHoldAll(wide, narrow);

/**
 * Whether the hidden groups of `wide` are among those of `narrow`, and those that `narrow` has beyond them may be
 * there: where a group is, others like it may be.
 */
function coversHidden(wide: State, narrow: State): boolean {
  const hidden = hiddenIn(wide);
  const beyond = [...hiddenIn(narrow)];
  if (hidden.length > beyond.length) return false;
  for (const group of hidden) {
    const at = beyond.findIndex(
      (other) =>
        other.running === group.running &&
        (!group.running || other.must === group.must) &&
        holds(group, other),
    );
    if (at < 0) return false;
    beyond.splice(at, 1);
  }
  return beyond.every((group) =>
    group.running
      ? hidden.some(({ running, must }) => running && must === group.must)
      : [wide.rest, ...hidden.filter(({ running }) => !running)].some((part) => mayBeLike(part, group)),
  );
}

/** Whether there may be a settled group of which is known what is known of `group`, where what `part` says is known. */
const mayBeLike = (part: Rest | GroupState, group: GroupState): boolean =>
  (!('open' in part) || part.open) && !lacks(part.may, group.must) && mayHoldAll(part, group);
