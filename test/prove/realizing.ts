import {
  emptyFolder,
  reduceFolder,
  type Folder,
  type FolderEvent,
  type Reading,
  type Resolution,
  type Settings,
  type Summary,
} from '../../machines/index.ts';
import { kindClasses, kindOf, type KindClass } from '../../src/explore/index.ts';
import { countOf, othersHave, othersNotLiveness, type Role } from '../../src/assurance/prove/state.ts';
import { resolutionSets } from '../../src/assurance/prove/summary.ts';
import type { Assignment } from '../../src/assurance/prove/term.ts';
import { resolutions } from '../../src/assurance/prove/vocabulary.ts';
import { summaryOfSet } from './watching.ts';

/** A group as it is to become. */
interface Plan {
  readonly id: string;
  readonly members: readonly { readonly kind: string; readonly resolution: Resolution }[];
}

/** The id of the watched group of a realized state. */
export const watchedId = 'watched';

/**
 * A folder whose state is the given one, made by events that the model takes: all groups are posted, then analyses end
 * group by group, the groups that finished and settled last at the end.
 */
export function realize(state: Assignment, settings: Settings): Folder {
  const { reading } = settings;
  const kind = state[othersNotLiveness] === true ? kindOf.other : kindOf.liveness;
  const planned = (id: string, set: readonly Resolution[]): Plan => ({
    id,
    members: set.map((resolution) => ({ kind, resolution })),
  });
  const held = resolutions.filter((resolution) => state[othersHave(resolution)] === true);
  const player = (role: Role): Plan[] =>
    state[`${role}.by`] === 'another' ? [planned(role, someSet(state, role, held, reading))] : [];
  const finished = player('finished');
  const sameGroup = finished.length > 0 && samePlayer(state, settings);
  const settled = sameGroup ? [] : player('settled');
  const applied = player('applied');
  const own = watchedPlan(state);
  const rest = restOf(state, held, [...finished, ...settled, ...applied]).map((set) => planned('rest', set));
  const isLast = (role: Role) => state[`${role}.by`] === 'watched';
  const posted = isLast('applied')
    ? [...rest, ...finished, ...settled, ...own]
    : [...own, ...rest, ...finished, ...settled, ...applied];
  // Whoever plays no part first; then the watched group as late as it has to be.
  const early = [...rest, ...applied];
  const order = isLast('settled')
    ? [...early, ...finished, ...own]
    : isLast('finished')
      ? [...early, ...own, ...settled]
      : [...early, ...own, ...finished, ...settled];
  return run(posted, order, settings);
}

/** The group that settled last also finished last: then it is one group. */
function samePlayer(state: Assignment, { reading }: Settings): boolean {
  const counts = reading['failed-group-finishes'] === 'yes' || state['settled.failed'] !== true;
  return state['settled.by'] === 'another' && counts;
}

function someSet(
  state: Assignment,
  role: Role,
  held: readonly Resolution[],
  reading: Reading,
): readonly Resolution[] {
  const wanted = (['running', 'failed', 'worst'] as const satisfies readonly (keyof Summary)[]).map(
    (part) => state[`${role}.${part}`],
  );
  const found = resolutionSets.find((set) => {
    const { running, failed, worst } = summaryOfSet(set, reading);
    return (
      set.every((resolution) => held.includes(resolution)) &&
      [running, failed, worst].every((value, at) => value === wanted[at])
    );
  });
  if (!found) throw new Error(`no group comes to what plays ${role} in ${JSON.stringify(state)}`);
  return found;
}

function watchedPlan(state: Assignment): readonly Plan[] {
  const members = kindClasses.flatMap((kind: KindClass) =>
    resolutions.flatMap((resolution) =>
      Array.from({ length: Number(state[countOf(kind, resolution)]) }, () => ({
        kind: kindOf[kind],
        resolution,
      })),
    ),
  );
  return members.length === 0 ? [] : [{ id: watchedId, members }];
}

/** What the other groups hold beyond those that play a part, as one more group. */
function restOf(
  state: Assignment,
  held: readonly Resolution[],
  players: readonly Plan[],
): readonly (readonly Resolution[])[] {
  const there = new Set(players.flatMap(({ members }) => members.map(({ resolution }) => resolution)));
  const missing = held.filter((resolution) => !there.has(resolution));
  if (missing.length === 0) return [];
  // It runs if any may, so that it plays no part; else it has failed if nothing finished.
  const wanted = [
    ...missing,
    ...(held.includes('PROCESSING') ? (['PROCESSING'] as const) : []),
    ...(state['finished.by'] === 'nobody' && held.includes('FAILED') ? (['FAILED'] as const) : []),
  ];
  return [resolutions.filter((resolution) => wanted.includes(resolution))];
}

function run(posted: readonly Plan[], order: readonly Plan[], settings: Settings): Folder {
  const idOf = (plan: Plan, at: number) => `${plan.id}.${at}`;
  const events: FolderEvent[] = [
    ...posted.map((plan) => ({
      type: 'group.posted' as const,
      groupId: plan.id,
      analyses: plan.members.map(({ kind }, at) => ({ id: idOf(plan, at), kind })),
    })),
    ...order.flatMap((plan) =>
      plan.members.flatMap(({ resolution }, at): readonly FolderEvent[] => {
        const id = idOf(plan, at);
        if (resolution === 'PROCESSING') return [];
        return [
          resolution === 'FAILED'
            ? { type: 'analysis.failed', id }
            : { type: 'analysis.finished', id, resolution },
        ];
      }),
    ),
  ];
  return events.reduce((folder, event) => {
    const after = reduceFolder(folder, event, settings);
    if (after === folder) throw new Error(`the model refuses ${JSON.stringify(event)}`);
    return after;
  }, emptyFolder);
}
