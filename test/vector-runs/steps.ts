import type { Vector } from '../../src/assurance/vectors/index.ts';
import type { OracleEvent, OracleFolder } from '../machines/oracle/folder.ts';
import type { OracleGraph } from './oracle-graph.ts';

/** The statuses that are shown, by name. */
export type Shown = Readonly<Record<string, string>>;

/** One event, taken in or refused, with what is shown before and after. */
export interface Step {
  readonly event: OracleEvent;
  readonly before: Shown;
  readonly after: Shown;
}

/** A step and those that can follow it. */
export type Followed = readonly [Step, readonly Step[]];

/** What is shown, as text. */
export const textOf = (shown: Shown): string => Object.values(shown).join(' ');

const distinct = (items: readonly string[]): readonly string[] => [...new Set(items)].toSorted();

/** The steps of a graph, each with those that can follow it. */
export function stepsIn(
  { folders, steps }: OracleGraph,
  show: (folder: OracleFolder) => Shown,
): readonly Followed[] {
  const shown = folders.map(show);
  const out = folders.map((): Step[] => []);
  const all = steps.map(({ from, event, to }): readonly [Step, number] => {
    const step = { event, before: shown[from]!, after: shown[to]! };
    out[from]!.push(step);
    return [step, to];
  });
  return all.map(([step, to]) => [step, out[to]!]);
}

/** The events of a vector that are taken in, or those that are refused; before the first one `start` is shown. */
export function stepsOf({ events, expected }: Vector, start: Shown, accepted = true): readonly Step[] {
  let before = start;
  return (events as readonly OracleEvent[]).flatMap((event, at) => {
    const { accepted: taken, ...after } = expected.projections![at]!;
    const step = { event, before, after };
    before = after;
    return taken === accepted ? [step] : [];
  });
}

/** Steps one after another. */
export const inSequence = (steps: readonly Step[]): readonly Followed[] =>
  steps.slice(1).map((step, at) => [steps[at]!, [step]]);

/** Each status that changes in a step. */
const changesIn = ({ before, after }: Step): readonly string[] =>
  Object.keys(after).flatMap((name) =>
    before[name] === after[name] ? [] : [`${name} ${before[name]} -> ${after[name]}`],
  );

/** Every kind of event, and every change by every kind of event. */
export const movesIn = (steps: readonly Step[]): readonly string[] =>
  distinct(
    steps.flatMap((step) => [
      step.event.type,
      ...changesIn(step).map((change) => `${step.event.type}: ${change}`),
    ]),
  );

/** Every two moves, an event or a change, of which one can be in a step and the other in the step after it. */
export function movePairs(followed: readonly Followed[]): readonly string[] {
  const movesOf = (step: Step): readonly string[] => [step.event.type, ...changesIn(step)];
  return distinct(
    followed.flatMap(([step, following]) =>
      following.flatMap((next) =>
        movesOf(step).flatMap((one) => movesOf(next).map((two) => `${one}, then ${two}`)),
      ),
    ),
  );
}

/** A refused event, without ids, with what is shown where it is refused. */
function nameRefused(event: OracleEvent, shown: Shown): string {
  const { type, id, resolution = '', analyses } = event;
  const posted = analyses ? (analyses.length === 0 ? 'of nothing' : 'of a known group') : '';
  return `${textOf(shown)}: ${type} ${resolution}${posted}${id === 'unknown' ? 'of an unknown analysis' : ''}`;
}

/** What a vector refuses. */
export const refusedBy = (steps: readonly Step[]): readonly string[] =>
  distinct(steps.map(({ event, before }) => nameRefused(event, before)));

/** What the folders of a graph refuse. */
export const refusedIn = (
  { folders, refused }: OracleGraph,
  show: (folder: OracleFolder) => Shown,
): readonly string[] => distinct(refused.map(({ at, event }) => nameRefused(event, show(folders[at]!))));
