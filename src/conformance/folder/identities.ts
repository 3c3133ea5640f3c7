import { isLiveness } from '../../../machines/analysis/model.ts';
import type { Settings } from '../../../machines/readings.ts';
import { bit, count, type ResolutionSet } from '../belief/resolution-set.ts';
import type { Changed } from '../blame/culprit.ts';
import { admittedBy, possibleFor } from '../blame/claims.ts';
import { finding, type Finding } from '../../observations/findings.ts';
import { changedGroup, noGroups, type Groups } from './groups.ts';
import type { AnalysisView, Observation, Where } from '../../observations/observation.ts';
import { quotedText, shownText } from '../../observations/quoting.ts';
import type { Constraint } from '../belief/constraint.ts';
import { factsOfFirst, type Facts } from '../belief/state.ts';
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

/** What was learnt of identities. */
export interface Learnt {
  readonly members: Identities;
  /**
   * Whether something was said of an analysis seen before that should have been said then: its group, all members of
   * that, or that it is a liveness analysis.
   */
  readonly isLate: boolean;
}

/**
 * What a recording says of the identity of the analyses of one folder: ids, kinds and groups never change. It is a value:
 * what is learnt is another one.
 */
export class Identities {
  readonly #members: ReadonlyMap<string, Member>;
  readonly #groups: Groups;
  readonly #batches: number;

  constructor(members: ReadonlyMap<string, Member> = new Map(), groups = noGroups, batches = 0) {
    this.#members = members;
    this.#groups = groups;
    this.#batches = batches;
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
    const members = new Map([...this.#members].map(([id, member]) => [nameOf(id), member]));
    return new Identities(members, this.#groups.renamed(nameOf, groupOf), this.#batches);
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
    const analyses = [...this.#members].map(([id, { kind }], at) => ({
      liveness: kind !== undefined && isLiveness(kind),
      label: this.#groups.of(id),
      batch: batches[at]!,
    }));
    const whole = this.#groups.all.map((group) => group.whole !== undefined);
    return factsOfFirst({ analyses, whole }, known);
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

  /** What is known once the analyses of an observation are taken in that contradicts nothing. */
  learn({ wholeGroup }: Observation, views: readonly AnalysisView[]): Learnt {
    const after = this.#groups.after(views, wholeGroup);
    const groups = 'conflict' in after ? this.#groups : after;
    const isLate = views.some(
      (view) =>
        this.showsLateLiveness(view) ||
        (this.#members.has(view.id) && !isSameGroup(view.id, this.#groups, groups)),
    );
    const telling = views.filter(({ id, kind }) => {
      const known = this.#members.get(id);
      return !known || (known.kind === undefined && kind !== undefined);
    });
    if (telling.length === 0 && groups === this.#groups) return { members: this, isLate };
    const members = new Map(this.#members);
    for (const { id, kind } of telling) {
      const known = members.get(id);
      members.set(id, {
        index: known?.index ?? members.size,
        batch: known?.batch ?? this.#batches,
        kind,
        settled: known?.settled ?? 0,
        neededOperator: known?.neededOperator ?? false,
      });
    }
    const isFresh = members.size > this.#members.size;
    return { members: new Identities(members, groups, this.#batches + (isFresh ? 1 : 0)), isLate };
  }

  /** The same with what was seen settled noted. */
  settledBy(views: readonly AnalysisView[]): Identities {
    const settled = views.flatMap((view): [string, Member][] => {
      const admits = admittedBy(view);
      const known = this.#members.get(view.id);
      if (!known || (admits & bit.PROCESSING) !== 0) return [];
      const neededOperator = known.neededOperator || admits === bit.OPERATOR_REQUIRED;
      const left = known.settled & admits || admits;
      return known.settled === left ? [] : [[view.id, { ...known, settled: left, neededOperator }]];
    });
    return settled.length === 0 ? this : this.#with(settled);
  }

  /** The same without what was noted of those that are shown running now. */
  reopenedBy(views: readonly AnalysisView[]): Identities {
    const open = views.flatMap((view): [string, Member][] => {
      const known = this.#members.get(view.id);
      const admits = admittedBy(view);
      const isOpen = (admits & bit.PROCESSING) !== 0 && known && (known.settled & admits) === 0;
      return isOpen ? [[view.id, { ...known, settled: 0 }]] : [];
    });
    return open.length === 0 ? this : this.#with(open);
  }

  #with(changed: readonly (readonly [string, Member])[]): Identities {
    return new Identities(new Map([...this.#members, ...changed]), this.#groups, this.#batches);
  }

  /** The constraint, which says as well how the analyses have settled that it does not show. */
  besideSettled(constraint: Constraint, settings: Settings): Constraint {
    const shown = new Set(constraint.seen.map(({ id }) => id));
    const others = [...this.#members.values()].flatMap(({ index, settled }) =>
      settled === 0 || shown.has(index) ? [] : [{ id: index, admits: afterDecisions(settled, settings) }],
    );
    const seen = [...constraint.seen, ...others].toSorted((one, other) => one.id - other.id);
    return others.length === 0 ? constraint : { ...constraint, seen };
  }

  /** Whether an analysis is shown as it can only be since an operator has decided. */
  showDecision(views: readonly AnalysisView[], settings: Settings): boolean {
    return views.some((view) => {
      const [settled, admits] = this.#beforeAndNow(view, settings);
      return (admits & settled) === 0 && (admits & afterDecisions(settled, settings)) !== 0;
    });
  }

  /** The first claim that shows an analysis otherwise than it had settled, where no decision can have changed it. */
  settledOtherwise(views: readonly AnalysisView[], settings: Settings): Changed | undefined {
    for (const [at, view] of views.entries()) {
      const [from, admits] = this.#beforeAndNow(view, settings);
      if (from === 0 || (admits & afterDecisions(from, settings)) !== 0) continue;
      const field = view.resolutionStatus === undefined ? 'analyse.state' : 'analyse.resolution_status';
      return { claim: { field, at }, from };
    }
    return undefined;
  }

  /** As what an analysis had settled, if it was seen settled, and what it may be as it is shown now. */
  #beforeAndNow(view: AnalysisView, settings: Settings): readonly [ResolutionSet, ResolutionSet] {
    const { kind, settled = 0 } = this.#members.get(view.id) ?? {};
    return [settled, admittedBy(view) & possibleFor(kind, settings)];
  }
}

/** What an analysis that had settled as one of these may be later. */
function afterDecisions(settled: ResolutionSet, { reading }: Settings): ResolutionSet {
  const isDecided = (settled & bit.OPERATOR_REQUIRED) !== 0 && reading['operator-decision'] !== 'forbidden';
  return isDecided ? settled | bit.SUCCESS | bit.DECLINED : settled;
}

const sameKind = (one: string, other: string): boolean => one.toUpperCase() === other.toUpperCase();

/** Whether as much is known of the group of an analysis, apart from its id. */
function isSameGroup(analysis: string, before: Groups, after: Groups): boolean {
  const label = after.of(analysis);
  return before.of(analysis) === label && before.all[label]?.whole === after.all[label]?.whole;
}
