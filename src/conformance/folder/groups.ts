import { finding, type Finding } from '../../observations/findings.ts';
import type { AnalysisView, Where } from '../../observations/observation.ts';

/** A group as far as a recording tells it from others: by its id, by the list of its members, or by both. */
interface SeenGroup {
  /** Its `group_id`, once one was shown of a member. */
  readonly id: string | undefined;
  /** The ids of all members, once an answer to a POST has listed them. It stays the same object. */
  readonly whole: ReadonlySet<string> | undefined;
}

/** What contradicts the groups known before. */
export interface GroupConflict {
  readonly message: string;
  /** The view that shows it; undefined: the list as a whole does. */
  readonly view?: AnalysisView;
  /** The id that would have contradicted nothing, where there is one. */
  readonly expected?: string;
}

/**
 * What a recording says of the groups of one folder. Each has a number, and different numbers are different groups:
 * those with different ids, those of different answers to POSTs, and a group with an id beside an answer to a POST of
 * which no member has shown that id. It never changes, so that copies of a check share it.
 */
export class Groups {
  /** By number. */
  readonly #groups: SeenGroup[];
  readonly #byId: Map<string, number>;
  /** The numbers of the groups of analyses, by the ids of these. */
  readonly #homes: Map<string, number>;

  constructor(
    groups: readonly SeenGroup[] = [],
    byId: Iterable<[string, number]> = [],
    homes: Iterable<[string, number]> = [],
  ) {
    this.#groups = [...groups];
    this.#byId = new Map(byId);
    this.#homes = new Map(homes);
  }

  /** The number of the group of an analysis, -1 while it is not known. */
  of(analysis: string): number {
    return this.#homes.get(analysis) ?? -1;
  }

  /** All groups, by number. */
  get all(): readonly SeenGroup[] {
    return this.#groups;
  }

  /** The same under other names. */
  renamed(nameOf: (id: string) => string, groupOf: (groupId: string) => string): Groups {
    if (this.#groups.length === 0) return this;
    const groups = this.#groups.map(({ id, whole }) => ({
      id: id === undefined ? undefined : groupOf(id),
      whole: whole && new Set([...whole].map(nameOf)),
    }));
    const byId = [...this.#byId].map(([id, at]): [string, number] => [groupOf(id), at]);
    return new Groups(groups, byId, new Map([...this.#homes].map(([id, at]) => [nameOf(id), at])));
  }

  /**
   * The groups once the views are taken in, each analysis once; `isWhole`: they are one whole group. The same object
   * where they say nothing new.
   */
  after(views: readonly AnalysisView[], isWhole: boolean): Groups | { readonly conflict: GroupConflict } {
    const saysNothing =
      !isWhole && views.every(({ id, groupId }) => groupId === undefined || this.#idOf(id) === groupId);
    if (saysNothing) return this;
    const next = new Groups(this.#groups, this.#byId, this.#homes);
    const conflict = next.#take(views, isWhole);
    return conflict ? { conflict } : next;
  }

  #idOf(analysis: string): string | undefined {
    return this.#groups[this.of(analysis)]?.id;
  }

  #take(views: readonly AnalysisView[], isWhole: boolean): GroupConflict | undefined {
    for (const view of views) {
      const conflict = view.groupId === undefined ? undefined : this.#join(view, view.groupId);
      if (conflict) return conflict;
    }
    return isWhole && views.length > 0 ? this.#close(new Set(views.map(({ id }) => id))) : undefined;
  }

  /** Takes in that an analysis is in the group with an id. */
  #join(view: AnalysisView, groupId: string): GroupConflict | undefined {
    const home = this.#homes.get(view.id);
    const named = this.#byId.get(groupId);
    if (home === undefined) {
      if (named !== undefined && this.#groups[named]!.whole)
        return { view, message: `analysis ${view.id} joins a group that was known to be whole without it` };
      this.#homes.set(view.id, named ?? this.#add(groupId));
      return undefined;
    }
    if (home === named) return undefined;
    const { id: expected, whole } = this.#groups[home]!;
    if (expected !== undefined) {
      const message = `analysis ${view.id} shows group ${groupId}, but it is in group ${expected}`;
      return { view, message, expected };
    }
    if (named !== undefined) {
      const message = `analysis ${view.id} shows the group of an analysis that was not posted with it`;
      return { view, message };
    }
    this.#groups[home] = { id: groupId, whole };
    this.#byId.set(groupId, home);
    return undefined;
  }

  /** Takes in that these are all members of one group. */
  #close(ids: ReadonlySet<string>): GroupConflict | undefined {
    const homes = new Set([...ids].flatMap((id) => this.#homes.get(id) ?? []));
    const [home = this.#add()] = homes;
    const { id, whole } = this.#groups[home]!;
    const leavesOut = [...this.#homes].some(([member, at]) => at === home && !ids.has(member));
    if (homes.size > 1 || leavesOut || (whole && whole.size !== ids.size)) {
      return { message: 'the answer to a POST lists analyses as one group that are not one whole group' };
    }
    if (whole) return undefined;
    this.#groups[home] = { id, whole: ids };
    for (const member of ids) this.#homes.set(member, home);
    return undefined;
  }

  /** The number of a new group. */
  #add(id?: string): number {
    const added = this.#groups.push({ id, whole: undefined }) - 1;
    if (id !== undefined) this.#byId.set(id, added);
    return added;
  }
}

/** What is known of groups before any is seen: one for all folders. */
export const noGroups = new Groups();

/** The finding on what an observation says of groups that cannot be beside what was said before. */
export function changedGroup({ message, view, expected }: GroupConflict, where: Where): Finding {
  if (!view) return finding('GROUP_CHANGED', { message, where });
  return finding('GROUP_CHANGED', {
    message,
    analysis: view.id,
    where: { ...where, pointer: `${view.pointer}/group_id` },
    observed: view.groupId!,
    allowed: expected === undefined ? [] : [expected],
  });
}
