import { after, type Facts } from './facts.ts';
import { Interval } from './interval.ts';
import { codes, type Rules } from './rules.ts';
import { codeAt, start, type State } from './state.ts';

/** Whether anything explains the observations: surely, only with a step on which the page is silent, or nothing. */
export type Explained = 'conforms' | 'unspecified' | 'violates';

/** Keeps everything that the folder can be from one observation to the next; `work` is what that may take. */
export function explain(facts: Facts, rules: Rules, work: { left: number }): Explained {
  let states: readonly State[] = [start(facts.units.length)];
  for (let at = 0; at <= facts.lastFields; at += 1) {
    const interval = new Interval(facts, rules, at, work);
    for (const state of states) interval.advance(state);
    states = [...interval.found.values()];
    if (states.length === 0) return 'violates';
  }
  return best(states.map((state) => onward(state, facts, rules)));
}

const best = (all: readonly Explained[]): Explained =>
  all.includes('conforms') ? 'conforms' : all.includes('unspecified') ? 'unspecified' : 'violates';

/**
 * What the observations after the last that shows a field ask: of those each analysis takes its own course, and only
 * what was posted together has to begin together.
 */
function onward(state: State, facts: Facts, rules: Rules): Explained {
  const left = facts.allowed.slice(facts.lastFields + 1);
  for (const { mask } of facts.units) {
    const members = [...Array(facts.size).keys()].filter((at) => mask & (1 << at));
    if (codeAt(state.res, members[0]!) !== codes.unborn) continue;
    const canBegin = left.some((here, at) =>
      members.every((one) => here[one]! & ~1 && (at === 0 || left[at - 1]![one]! & 1)),
    );
    const canWait = members.every((one) => (left.at(-1)?.[one] ?? 1) & 1);
    if (!canBegin && !canWait) return 'violates';
  }
  if (state.silent === 1) return 'unspecified';
  if (rules.decision !== 'silent') return 'conforms';
  const sure = {
    ...rules,
    next: rules.next.map((mask, code) => (code === codes.OPERATOR_REQUIRED ? 1 << code : mask)),
  };
  for (let one = 0; one < facts.size; one += 1) {
    let mask = 1 << codeAt(state.res, one);
    for (const here of left) mask = after(mask, sure) & here[one]!;
    if (mask === 0) return 'unspecified';
  }
  return 'conforms';
}
