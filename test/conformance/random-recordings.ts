import * as fc from 'fast-check';
import { alphabetOf, isLiveness, project, stateOf, type Reading } from '../../machines/index.ts';
import type { AnalysisView, Observation } from '../../src/conformance/index.ts';
import type { Graph } from './brute-force.ts';

/** Draws from a finite stream of numbers; an exhausted stream gives zeros, so shorter streams are simpler cases. */
export class Dice {
  readonly #numbers: readonly number[];
  #at = 0;
  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }
  below(limit: number): number {
    return (this.#numbers[this.#at++] ?? 0) % limit;
  }
  from<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

/** Any dice. */
export const dice = fc
  .array(fc.nat({ max: 1_000_000 }), { maxLength: 120, size: 'max' })
  .map((numbers) => new Dice(numbers));

const isNamed = ({ id }: { readonly id: string }): boolean => id.startsWith('n');

/** Where some events lead: often to OPERATOR_REQUIRED, and now and then operators decide on all of it at once. */
function moved({ folders, next }: Graph, from: number, onlyNamed: boolean, draw: Dice): number {
  const leadsFrom = (at: number): readonly number[] =>
    onlyNamed
      ? next[at]!.filter((to) => folders[to]!.groups.every(({ analyses }) => analyses.every(isNamed)))
      : next[at]!;
  const undecided = (at: number): number =>
    folders[at]!.groups.flatMap(({ analyses }) => analyses).filter(
      ({ resolution }) => resolution === 'OPERATOR_REQUIRED',
    ).length;
  let at = from;
  for (let steps = draw.below(7); steps > 0; steps--) {
    const all = leadsFrom(at);
    const more = all.filter((to) => undecided(to) > undecided(at));
    const leads = more.length > 0 && draw.below(3) === 0 ? more : all;
    if (leads.length > 0) at = draw.from(leads);
  }
  if (draw.below(3) > 0) return at;
  for (;;) {
    const fewer = next[at]!.filter((to) => undecided(to) < undecided(at));
    if (fewer.length === 0) return at;
    at = draw.from(fewer);
  }
}

/** A partial view of what a random execution shows at random moments, mostly at no more than `most`. */
export function record(graph: Graph, reading: Reading, draw: Dice, most = 4): Observation[] {
  const observations: Observation[] = [];
  const moments = 1 + draw.below(most);
  const onlyNamed = draw.below(2) === 0;
  let at = 0;
  for (let moment = 0; moment < moments; moment++) {
    at = moved(graph, at, onlyNamed, draw);
    const folder = graph.folders[at]!;
    const { resolution_status: status, system_resolution: system } = project(folder, reading);
    const all = folder.groups.flatMap((group) => group.analyses.map((one) => ({ ...one, group: group.id })));
    const named = all.filter(isNamed);
    // A complete list at the end leaves nothing unnamed, so that the search knows every explanation.
    const last = moment === moments - 1;
    const complete = named.length === all.length && (last || draw.below(3) === 0);
    const groups = folder.groups.filter(({ analyses }) => analyses.every(isNamed));
    const posted = !complete && groups.length > 0 && draw.below(4) === 0 ? draw.from(groups).id : undefined;
    const listed = named.filter(({ group }) =>
      posted === undefined ? complete || draw.below(2) === 0 : group === posted,
    );
    const analyses = listed.map(({ id, kind, group, resolution }): AnalysisView => {
      const shown = draw.below(8);
      return {
        id,
        pointer: `/${id}`,
        ...(draw.below(3) > 0 ? { kind } : {}),
        ...(draw.below(4) === 0 ? { groupId: group } : {}),
        ...(shown !== 1 ? { state: stateOf(resolution) } : {}),
        ...(shown !== 2 ? { resolutionStatus: resolution } : {}),
      };
    });
    observations.push({
      folder: 'f',
      ...(draw.below(3) > 0 ? { resolutionStatus: status } : {}),
      ...(draw.below(3) > 0 ? { systemResolution: system } : {}),
      analyses,
      complete,
      wholeGroup: posted !== undefined,
      where: { file: 'random', line: moment + 1 },
    });
  }
  return observations;
}

/** The same recording with one value exchanged for another of its alphabet, or with another group. */
export function tamper(observations: Observation[], named: readonly string[], draw: Dice): void {
  const livenessIds = named.flatMap((kind, id) => (isLiveness(kind) ? [`n${id}`] : []));
  const at = draw.below(observations.length);
  const target = observations[at]!;
  const choice = draw.below(5);
  const other = <T extends string>(alphabet: readonly T[], value: string | undefined): T =>
    draw.from(alphabet.filter((each) => each !== value));
  const { resolutionStatus: status, systemResolution: system, analyses } = target;
  if (choice === 0 && status !== undefined) {
    observations[at] = { ...target, resolutionStatus: other(alphabetOf('folder.resolution_status'), status) };
  } else if (choice === 1 && system !== undefined) {
    observations[at] = { ...target, systemResolution: other(alphabetOf('system_resolution'), system) };
  } else if (analyses.length > 0) {
    const which = draw.below(analyses.length);
    const view = analyses[which]!;
    const possible = alphabetOf('analyse.resolution_status').filter(
      // A liveness analysis whose kind is never shown may be of another kind for all that the checker knows.
      (each) => each !== 'OPERATOR_REQUIRED' || !livenessIds.includes(view.id),
    );
    const regrouped = choice === 2 && { groupId: other(['g0', 'g1', 'g2'], view.groupId) };
    const resolution = other(possible, view.resolutionStatus);
    const changed = regrouped || { state: stateOf(resolution), resolutionStatus: resolution };
    observations[at] = { ...target, analyses: analyses.with(which, { ...view, ...changed }) };
  }
}

/** The same recording with one thing that it says of groups exchanged for another. */
export function tamperGroups(observations: Observation[], draw: Dice): void {
  const at = draw.below(observations.length);
  const target = observations[at]!;
  if (target.analyses.length === 0) return;
  const which = draw.below(target.analyses.length);
  const { groupId, ...view } = target.analyses[which]!;
  const shown = draw.from(['g0', 'g1', 'another', undefined].filter((other) => other !== groupId));
  const changed = { ...view, ...(shown !== undefined && { groupId: shown }) };
  observations[at] =
    draw.below(3) === 0
      ? { ...target, wholeGroup: !target.wholeGroup }
      : { ...target, analyses: target.analyses.with(which, changed) };
}

/** An analysis missing from a complete list is a deletion: no execution, but no violation either. */
export const deletes = (observations: readonly Observation[]): boolean =>
  observations.some(({ complete, analyses }, at) => {
    const listed = new Set(analyses.map(({ id }) => id));
    const before = observations.slice(0, at).flatMap((other) => other.analyses.map(({ id }) => id));
    return complete && before.some((id) => !listed.has(id));
  });

/** Whether an observation shows no status. */
export const noStatus = ({ resolutionStatus, systemResolution, analyses }: Observation): boolean =>
  resolutionStatus === undefined &&
  systemResolution === undefined &&
  analyses.every((view) => view.state === undefined && view.resolutionStatus === undefined);
