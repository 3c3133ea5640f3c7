import { isLiveness } from '../../machines/analysis/model.ts';
import type { Settings } from '../../machines/readings.ts';
import { bit, count, type Bits } from './bits.ts';
import { admittedBy, possibleFor } from './draft.ts';
import { finding, type Finding } from './findings.ts';
import type { AnalysisView, Observation, Where } from './observation.ts';
import { quotedText, shownText } from './quoting.ts';
import type { Facts } from './state.ts';
import { neverSeen } from './statics.ts';

interface Member {
  readonly index: number;
  readonly batch: number;
  readonly kind: string | undefined;
  readonly group: string | undefined;
  /** The resolution with which it was seen settled, if it was. */
  readonly settled: Bits;
}

interface Group {
  readonly label: number;
  /** The ids of all members, where an answer to a POST has listed them. */
  readonly whole: ReadonlySet<string> | undefined;
}

/** What tells a folder from others that have lived alike. */
export interface Identity {
  readonly nameOf: (id: string) => string;
  readonly groupOf: (groupId: string) => string;
  readonly folderId: string | undefined;
  readonly observations: number;
  /** The place of the last observation. */
  readonly where: Where;
  /** What was found. */
  readonly hazards: readonly Finding[];
}

/** What a recording says of the identity of the analyses of one folder: ids, kinds and groups never change. */
export class Members {
  readonly #jointly: boolean;
  #members = new Map<string, Member>();
  #groups = new Map<string, Group>();
  #batches = 0;

  /** `jointly`: analyses first seen together are taken to be one group. */
  constructor(jointly: boolean) {
    this.#jointly = jointly;
  }

  copy(): Members {
    const copy = new Members(this.#jointly);
    copy.#members = new Map(this.#members);
    copy.#groups = new Map(this.#groups);
    copy.#batches = this.#batches;
    return copy;
  }

  /** Equal for members that differ in their names alone. */
  get signature(): string {
    const members = [...this.#members.values()].map(({ batch, kind, group, settled }) => {
      const named = group === undefined ? -1 : this.#groups.get(group)!.label;
      return [batch, kind, named, group === undefined || this.#presumed(group), settled];
    });
    const groups = [...this.#groups.values()].map(({ label, whole }) => [
      label,
      whole && [...whole].map((id) => this.indexOf(id)),
    ]);
    return JSON.stringify([members, groups, this.#batches]);
  }

  /** The same under other names. */
  renamed(nameOf: (id: string) => string, groupOf: (groupId: string) => string): Members {
    const copy = new Members(this.#jointly);
    const renamedGroup = (name: string) =>
      this.#presumed(name) ? name : claimed(groupOf(name.slice(claimed('').length)));
    for (const [id, member] of this.#members) {
      const group = member.group === undefined ? undefined : renamedGroup(member.group);
      copy.#members.set(nameOf(id), { ...member, group });
    }
    for (const [name, { label, whole }] of this.#groups) {
      copy.#groups.set(renamedGroup(name), { label, whole: whole && new Set([...whole].map(nameOf)) });
    }
    copy.#batches = this.#batches;
    return copy;
  }

  get size(): number {
    return this.#members.size;
  }

  /** The ids, in the order in which they were first seen. */
  ids(): readonly string[] {
    return [...this.#members.keys()];
  }

  /** The ids of those that are not among the views. */
  missingIn(views: readonly AnalysisView[]): readonly string[] {
    const listed = new Set(views.map(({ id }) => id));
    return this.ids().filter((id) => !listed.has(id));
  }

  indexOf(id: string): number {
    return this.#members.get(id)?.index ?? -1;
  }

  kindOf(id: string): string | undefined {
    return this.#members.get(id)?.kind;
  }

  /** What the first `known` analyses are known to be. */
  facts(known = this.size): Facts {
    const members = [...this.#members.values()].slice(0, known);
    const analyses = members.map(({ kind, group, batch }) => ({
      liveness: kind !== undefined && isLiveness(kind),
      label: group === undefined ? -1 : this.#groups.get(group)!.label,
      batch,
    }));
    const whole = [...this.#groups.values()].map(
      (group) => group.whole !== undefined && [...group.whole].every((id) => this.indexOf(id) < known),
    );
    return { analyses, whole };
  }

  /** What the observation says that no folder with these analyses ever shows, if anything. */
  impossible(
    observation: Observation,
    views: readonly AnalysisView[],
    settings: Settings,
  ): Finding | undefined {
    const kindOf = (view: AnalysisView) => view.kind ?? this.kindOf(view.id);
    return neverSeen(observation, views, kindOf, settings) ?? this.#contradiction(observation, views);
  }

  /** What the observation says of identities that cannot be beside what was said before, if anything. */
  #contradiction(observation: Observation, views: readonly AnalysisView[]): Finding | undefined {
    for (const view of views) {
      const known = this.#members.get(view.id);
      if (known?.kind !== undefined && view.kind !== undefined && !sameKind(known.kind, view.kind)) {
        return finding('ANALYSIS_IDENTITY_CHANGED', {
          message: `analysis ${view.id} was of kind ${quotedText(known.kind)} and is now of kind ${quotedText(view.kind)}`,
          analysis: view.id,
          where: { ...observation.where, pointer: `${view.pointer}/type` },
          observed: shownText(view.kind),
          allowed: [shownText(known.kind)],
        });
      }
      const group = this.#claimed(view);
      if (group === undefined) continue;
      if (known?.group !== undefined && !this.#presumed(known.group) && known.group !== group) {
        return changedGroup(`analysis ${view.id} shows another group than before`, view, observation.where);
      }
      if (this.#groups.get(group)?.whole?.has(view.id) === false) {
        return changedGroup(
          `analysis ${view.id} joins a group that was known to be whole without it`,
          view,
          observation.where,
        );
      }
    }
    return observation.wholeGroup ? this.#tornWhole(observation, views) : undefined;
  }

  #tornWhole(observation: Observation, views: readonly AnalysisView[]): Finding | undefined {
    const named = new Set(views.map((view) => this.#nameOf(view)).filter((name) => name !== undefined));
    const ids = new Set(views.map((view) => view.id));
    const [name] = named;
    const outside = [...this.#members].find(
      ([id, { group }]) => name !== undefined && group === name && !ids.has(id),
    );
    const whole = name === undefined ? undefined : this.#groups.get(name)?.whole;
    const torn = named.size > 1 || outside !== undefined || (whole !== undefined && whole.size !== ids.size);
    if (!torn) return undefined;
    const message = 'the answer to a POST lists analyses as one group that were not one group before';
    return finding('GROUP_CHANGED', { message, where: observation.where });
  }

  #claimed(view: AnalysisView): string | undefined {
    return view.groupId === undefined ? undefined : claimed(view.groupId);
  }

  #presumed(group: string): boolean {
    return group.startsWith('post:') || group.startsWith('seen:');
  }

  /** The name under which the group of a view is known, if it is. */
  #nameOf(view: AnalysisView): string | undefined {
    return this.#members.get(view.id)?.group ?? this.#claimed(view);
  }

  /**
   * Takes in the analyses of an observation that contradicts nothing. Returns whether it says of an analysis seen
   * before what it should have said then: its group, or that it is a liveness analysis.
   */
  learn(observation: Observation, views: readonly AnalysisView[]): boolean {
    const fresh = views.some((view) => !this.#members.has(view.id));
    const batch = fresh ? this.#batches++ : -1;
    const joint = this.#jointName(observation, views, batch);
    let late = false;
    for (const view of views) {
      const known = this.#members.get(view.id);
      const group = known?.group ?? joint(view) ?? this.#claimed(view);
      if (group !== undefined && !this.#groups.has(group)) {
        this.#groups.set(group, { label: this.#groups.size, whole: undefined });
      }
      const kind = known?.kind ?? view.kind;
      if (known) {
        const learntLiveness = known.kind === undefined && kind !== undefined && isLiveness(kind);
        late ||= known.group !== group || learntLiveness;
      }
      const { index, settled } = known ?? { index: this.#members.size, settled: 0 };
      this.#members.set(view.id, { index, batch: known?.batch ?? batch, kind, group, settled });
    }
    if (observation.wholeGroup && views.length > 0) this.#close(views);
    return late;
  }

  /** How the observation itself names the group of a view: an answer to a POST is one group, and so is a premise. */
  #jointName(observation: Observation, views: readonly AnalysisView[], batch: number) {
    if (observation.wholeGroup) {
      const name = views.map((view) => this.#nameOf(view)).find((known) => known !== undefined);
      return () => name ?? `post:${batch}`;
    }
    return (view: AnalysisView) =>
      this.#jointly && !this.#members.has(view.id) && view.groupId === undefined
        ? `seen:${batch}`
        : undefined;
  }

  #close(views: readonly AnalysisView[]): void {
    const name = this.#members.get(views[0]!.id)!.group!;
    const group = this.#groups.get(name)!;
    this.#groups.set(name, { ...group, whole: new Set(views.map((view) => view.id)) });
  }

  /** Notes what was seen settled. */
  settle(views: readonly AnalysisView[]): void {
    for (const view of views) {
      const admits = admittedBy(view);
      const known = this.#members.get(view.id);
      const final = count(admits) === 1 && admits !== bit.PROCESSING;
      if (known && final && known.settled !== admits)
        this.#members.set(view.id, { ...known, settled: admits });
    }
  }

  /** The first view that shows an analysis otherwise than it had settled, where no decision can have changed it. */
  settledOtherwise(
    views: readonly AnalysisView[],
    settings: Settings,
  ): { readonly view: AnalysisView; readonly from: Bits } | undefined {
    for (const view of views) {
      const known = this.#members.get(view.id);
      if (!known || known.settled === 0) continue;
      const admits = admittedBy(view) & possibleFor(known.kind, settings);
      const mayDecide =
        known.settled === bit.OPERATOR_REQUIRED && settings.reading['operator-decision'] !== 'forbidden';
      const from = mayDecide ? known.settled | bit.SUCCESS | bit.DECLINED : known.settled;
      if ((admits & from) === 0) return { view, from: known.settled };
    }
    return undefined;
  }
}

/** The name of a group whose id is known; other names begin otherwise. */
const claimed = (groupId: string): string => `id:${groupId}`;

const sameKind = (one: string, other: string): boolean => one.toUpperCase() === other.toUpperCase();

function changedGroup(message: string, view: AnalysisView, where: Observation['where']): Finding {
  return finding('GROUP_CHANGED', {
    message,
    analysis: view.id,
    where: { ...where, pointer: `${view.pointer}/group_id` },
    observed: view.groupId ?? null,
  });
}
