import { isLiveness } from '../../../machines/analysis/model.ts';
import type { Settings } from '../../../machines/readings.ts';
import { bit, count, type ResolutionSet } from '../belief/resolution-set.ts';
import type { Changed } from '../blame/culprit.ts';
import { admittedBy, possibleFor } from '../blame/claims.ts';
import { finding, type Finding } from '../../observations/findings.ts';
import { Groups, type GroupConflict } from './groups.ts';
import type { AnalysisView, Observation, Where } from '../../observations/observation.ts';
import { quotedText, shownText } from '../../observations/quoting.ts';
import type { Facts } from '../belief/state.ts';
import { lateKindFinding, neverSeen } from '../blame/static-rules.ts';

interface Member {
  readonly index: number;
  readonly batch: number;
  readonly kind: string | undefined;
  /** The resolutions with one of which it was seen settled, if it was: FINISHED alone leaves several. */
  readonly settled: ResolutionSet;
  /** Whether it has shown OPERATOR_REQUIRED. */
  readonly neededOperator: boolean;
}

/** What was settled of an analysis when it was seen last. */
export interface Settled {
  readonly id: string;
  readonly kind: string | undefined;
  /** One resolution, or none. */
  readonly is: ResolutionSet;
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
export class Identities {
  #members = new Map<string, Member>();
  #groups = new Groups();
  #batches = 0;

  copy(): Identities {
    const copy = new Identities();
    copy.#members = new Map(this.#members);
    copy.#groups = this.#groups;
    copy.#batches = this.#batches;
    return copy;
  }

  /** Equal for members that differ in their names alone. */
  get signature(): string {
    const members = [...this.#members].map(([id, { batch, kind, settled, neededOperator }]) => [
      batch,
      kind,
      this.#groups.of(id),
      settled,
      neededOperator,
    ]);
    const groups = this.#groups.all.map(({ id, whole }) => [
      id,
      whole && [...whole].map((member) => this.indexOf(member)),
    ]);
    return JSON.stringify([members, groups, this.#batches]);
  }

  /** The same under other names. */
  renamed(nameOf: (id: string) => string, groupOf: (groupId: string) => string): Identities {
    const copy = new Identities();
    copy.#members = new Map([...this.#members].map(([id, member]) => [nameOf(id), member]));
    copy.#groups = this.#groups.renamed(nameOf, groupOf);
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

  /** What was seen settled of each, and its kind. */
  settled(): readonly Settled[] {
    return [...this.#members].map(([id, { kind, settled }]) => ({
      id,
      kind,
      is: count(settled) === 1 ? settled : 0,
    }));
  }

  indexOf(id: string): number {
    return this.#members.get(id)?.index ?? -1;
  }

  kindOf(id: string): string | undefined {
    return this.#members.get(id)?.kind;
  }

  /** What the first `known` analyses are known to be. */
  facts(known = this.size): Facts {
    const batches = this.#batchesOfOneGroup();
    const analyses = [...this.#members].slice(0, known).map(([id, { kind }], at) => ({
      liveness: kind !== undefined && isLiveness(kind),
      label: this.#groups.of(id),
      batch: batches[at]!,
    }));
    const whole = this.#groups.all.map(
      (group) => group.whole !== undefined && [...group.whole].every((id) => this.indexOf(id) < known),
    );
    return { analyses, whole };
  }

  /**
   * Of each analysis the number of those with which it was first seen and may be in one group, else -1. The group of
   * some of them may be known: if it is one that others may be in. Of several such groups nobody knows which.
   */
  #batchesOfOneGroup(): readonly number[] {
    const members = [...this.#members].map(([id, { batch }]) => ({ batch, label: this.#groups.of(id) }));
    const isWhole = (label: number): boolean => this.#groups.all[label]?.whole !== undefined;
    const open = new Map<number, Set<number>>();
    for (const { batch, label } of members) {
      if (label >= 0 && !isWhole(label)) open.set(batch, (open.get(batch) ?? new Set()).add(label));
    }
    return members.map(({ batch, label }) => {
      const isOnly = label < 0 || (!isWhole(label) && open.get(batch)!.size === 1);
      return isOnly ? batch : -1;
    });
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
      if (known?.neededOperator === true && this.showsLateLiveness(view)) {
        return lateKindFinding(view, 'it has shown it before', observation.where);
      }
    }
    const groups = this.#groups.after(views, observation.wholeGroup);
    return 'conflict' in groups ? changedGroup(groups.conflict, observation.where) : undefined;
  }

  /** Whether a view shows for the first time, of an analysis seen before, that it is a liveness analysis. */
  showsLateLiveness({ id, kind }: AnalysisView): boolean {
    const known = this.#members.get(id);
    return known !== undefined && known.kind === undefined && kind !== undefined && isLiveness(kind);
  }

  /**
   * Takes in the analyses of an observation that contradicts nothing. Returns whether it says of an analysis seen
   * before what it should have said then: its group, all members of that, or that it is a liveness analysis.
   */
  learn({ wholeGroup }: Observation, views: readonly AnalysisView[]): boolean {
    const before = this.#groups;
    const after = before.after(views, wholeGroup);
    if (!('conflict' in after)) this.#groups = after;
    const fresh = views.some((view) => !this.#members.has(view.id));
    const batch = fresh ? this.#batches++ : -1;
    let late = false;
    for (const view of views) {
      const known = this.#members.get(view.id);
      const kind = known?.kind ?? view.kind;
      late ||=
        this.showsLateLiveness(view) || (known !== undefined && !isSameGroup(view.id, before, this.#groups));
      const added = { index: this.#members.size, batch, settled: 0, neededOperator: false };
      this.#members.set(view.id, { ...(known ?? added), kind });
    }
    return late;
  }

  /** Notes what was seen settled. */
  settle(views: readonly AnalysisView[]): void {
    for (const view of views) {
      const admits = admittedBy(view);
      const known = this.#members.get(view.id);
      if (!known || (admits & bit.PROCESSING) !== 0) continue;
      const settled = known.settled & admits || admits;
      if (known.settled === settled) continue;
      const neededOperator = known.neededOperator || admits === bit.OPERATOR_REQUIRED;
      this.#members.set(view.id, { ...known, settled, neededOperator });
    }
  }

  /** The first claim that shows an analysis otherwise than it had settled, where no decision can have changed it. */
  settledOtherwise(views: readonly AnalysisView[], settings: Settings): Changed | undefined {
    for (const [at, view] of views.entries()) {
      const known = this.#members.get(view.id);
      if (!known || known.settled === 0) continue;
      const admits = admittedBy(view) & possibleFor(known.kind, settings);
      const mayDecide =
        (known.settled & bit.OPERATOR_REQUIRED) !== 0 &&
        settings.reading['operator-decision'] !== 'forbidden';
      const from = mayDecide ? known.settled | bit.SUCCESS | bit.DECLINED : known.settled;
      if ((admits & from) !== 0) continue;
      const field = view.resolutionStatus === undefined ? 'analyse.state' : 'analyse.resolution_status';
      return { claim: { field, at }, from: known.settled };
    }
    return undefined;
  }
}

const sameKind = (one: string, other: string): boolean => one.toUpperCase() === other.toUpperCase();

/** Whether as much is known of the group of an analysis, apart from its id. */
function isSameGroup(analysis: string, before: Groups, after: Groups): boolean {
  const label = after.of(analysis);
  return before.of(analysis) === label && before.all[label]?.whole === after.all[label]?.whole;
}

function changedGroup({ message, view, expected }: GroupConflict, where: Where): Finding {
  if (!view) return finding('GROUP_CHANGED', { message, where });
  return finding('GROUP_CHANGED', {
    message,
    analysis: view.id,
    where: { ...where, pointer: `${view.pointer}/group_id` },
    observed: view.groupId!,
    allowed: expected === undefined ? [] : [expected],
  });
}
