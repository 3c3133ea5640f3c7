import {
  finishedGroups,
  settledGroups,
  type Folder,
  type Group,
  type Reading,
} from '../../machines/index.ts';
import type { Condition, Rule } from '../../src/explore/readings/field-rules.ts';

/** The groups that a scope of the exports names, by the model of the specification. */
function groupsIn(folder: Folder, scope: Condition['scope'], reading: Reading): readonly Group[] {
  switch (scope) {
    case 'folder':
      return folder.groups;
    case 'last-applied':
      return folder.groups.slice(-1);
    case 'last-settled':
      return settledGroups(folder).slice(-1);
    case 'last-finished':
      return finishedGroups(folder, reading).slice(-1);
  }
}

/** Whether a condition of the exports holds in a folder. */
export function holdsIn(folder: Folder, { scope, holds }: Condition, reading: Reading): boolean {
  return groupsIn(folder, scope, reading).some(({ analyses }) =>
    analyses.some(({ resolution }) => resolution === holds),
  );
}

/** What the rules of the exports give for a folder that has analyses. */
export function shownBy<S>(rules: readonly Rule<S>[], folder: Folder, reading: Reading): S | undefined {
  return rules.find(({ when }) => when.every((condition) => holdsIn(folder, condition, reading)))?.shows;
}
