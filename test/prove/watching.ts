import {
  finishedGroups,
  questionNames,
  settledGroups,
  summarize,
  type Folder,
  type FolderEvent,
  type Group,
  type Reading,
  type Resolution,
  type Settings,
  type Summary,
} from '../../machines/index.ts';
import { kindClass } from '../../src/explore/index.ts';
import { names } from '../../src/assurance/prove/index.ts';
import {
  countOf,
  counts,
  othersHave,
  othersNotLiveness,
  roleNames,
  type Role,
} from '../../src/assurance/prove/state.ts';
import type { Assignment, Value } from '../../src/assurance/prove/term.ts';
import {
  answerLiteral,
  next,
  oneOfEach,
  operatorSetting,
  resolutions,
} from '../../src/assurance/prove/vocabulary.ts';

/** Concrete folders as the states of the proof see them. */

/** All of some assignments together: spreading one after another takes twenty times as long. */
export const joined = (...parts: readonly Assignment[]): Assignment =>
  Object.assign({}, ...parts) as Assignment;

/** The constants of a proof under these settings. */
export function settingValues({ reading, operatorRequired }: Settings): Assignment {
  return {
    ...Object.fromEntries(questionNames.map((name) => [name, answerLiteral(name, reading[name])])),
    [operatorSetting]: answerLiteral(operatorSetting, operatorRequired),
  };
}

const summaryValues = (owner: string, summary: Summary | undefined): Assignment => ({
  [`${owner}.running`]: summary?.running ?? false,
  [`${owner}.failed`]: summary?.failed ?? false,
  [`${owner}.worst`]: summary?.worst ?? 'INITIAL',
});

/** What a group comes to that has one analysis of each of these resolutions. */
export const summaryOfSet = (set: readonly Resolution[], reading: Reading): Summary =>
  summarize(oneOfEach(set), reading)!;

/** Which group plays each part. */
function players(folder: Folder, reading: Reading): Readonly<Record<Role, Group | undefined>> {
  return {
    applied: folder.groups.at(-1),
    settled: settledGroups(folder).at(-1),
    finished: finishedGroups(folder, reading).at(-1),
  };
}

/** The state of a folder, seen from the group with this id; from a group that is still to come without one. */
export function watch(folder: Folder, reading: Reading, watched: string | undefined): Assignment {
  const own = folder.groups.find(({ id }) => id === watched);
  const others = folder.groups.filter(({ id }) => id !== watched).flatMap(({ analyses }) => analyses);
  const state: Record<string, Value> = { 'watched.posted': own !== undefined };
  for (const name of counts) state[name] = 0;
  for (const { kind, resolution } of own?.analyses ?? []) {
    const name = countOf(kindClass(kind), resolution);
    state[name] = Number(state[name]) + 1;
  }
  for (const resolution of resolutions) {
    state[othersHave(resolution)] = others.some((analysis) => analysis.resolution === resolution);
  }
  state[othersNotLiveness] = others.some(({ kind }) => kindClass(kind) !== 'liveness');
  const playing = players(folder, reading);
  for (const role of roleNames) {
    const player = playing[role];
    state[`${role}.by`] = player === undefined ? 'nobody' : player.id === watched ? 'watched' : 'another';
    const summary = player && player.id !== watched ? summarize(player.analyses, reading) : undefined;
    Object.assign(state, summaryValues(role, summary));
  }
  return state;
}

/** The same names for the state after an event. */
export const afterwards = (state: Assignment): Assignment =>
  Object.fromEntries(Object.entries(state).map(([name, value]) => [next(name), value]));

/** What a step of a folder is to a proof: the name of the event, and what a solver would choose for it. */
export function watchStep(
  [before, event, after]: readonly [Folder, FolderEvent, Folder],
  reading: Reading,
  watched: string | undefined,
): { readonly name: string; readonly values: Assignment } {
  const chosen: Record<string, Value> = {
    'posted.liveness': 0,
    'posted.other': 0,
    'event.kind': 'other',
    'event.from': 'INITIAL',
    'event.to': 'INITIAL',
    ...summaryValues('before', undefined),
    ...summaryValues('after', undefined),
    ...Object.fromEntries(roleNames.map((role) => [`event.in.${role}`, false])),
  };
  const place = (id: string) => (id === watched ? 'watched' : 'another');
  if (event.type === 'group.posted') {
    for (const { kind } of event.analyses) {
      const name = `posted.${kindClass(kind)}`;
      chosen[name] = Number(chosen[name]) + 1;
    }
    return { name: names.event({ type: event.type, where: place(event.groupId) }), values: chosen };
  }
  const at = before.groups.findIndex(({ analyses }) => analyses.some(({ id }) => id === event.id));
  const [old, now] = [before.groups[at]!, after.groups[at]!];
  const memberOf = ({ analyses }: Group) => analyses.find(({ id }) => id === event.id)!;
  chosen['event.kind'] = kindClass(memberOf(old).kind);
  chosen['event.from'] = memberOf(old).resolution;
  chosen['event.to'] = memberOf(now).resolution;
  if (old.id !== watched) {
    Object.assign(chosen, summaryValues('before', summarize(old.analyses, reading)));
    Object.assign(chosen, summaryValues('after', summarize(now.analyses, reading)));
    const playing = players(before, reading);
    for (const role of roleNames) chosen[`event.in.${role}`] = playing[role]?.id === old.id;
  }
  return { name: names.event({ type: event.type, where: place(old.id) }), values: chosen };
}
