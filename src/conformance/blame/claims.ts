import { isLiveness, stateOf } from '../../../machines/analysis/model.ts';
import type { Settings } from '../../../machines/readings.ts';
import { isStatusOf, type Resolution } from '../../../machines/statuses.ts';
import { anyResolution, bit, type ResolutionSet } from '../belief/resolution-set.ts';
import type { AnalysisView, Observation } from '../../observations/observation.ts';
import type { Constraint } from '../belief/constraint.ts';

/**
 * An observation as a list of claims that can be taken back one by one: what is left without the claims to blame
 * has an explanation.
 */
export interface Claimed {
  readonly status: string | undefined;
  readonly system: string | undefined;
  readonly views: readonly AnalysisView[];
  readonly complete: boolean;
}

/** Names one claim of an observation: a field of the folder, or of the analysis at a position. */
export interface Claim {
  readonly field: 'system_resolution' | 'folder.resolution_status' | AnalysisField;
  readonly at?: number;
}

/** A field of an analysis. */
export type AnalysisField = 'analyse.resolution_status' | 'analyse.state';

/** The observation of an observation whose analyses are each listed once. */
export function asClaimed(observation: Observation, views: readonly AnalysisView[]): Claimed {
  const { resolutionStatus: status, systemResolution: system, complete } = observation;
  return { status, system, views, complete };
}

/** Every claim that the observation makes: those of the folder first, as they follow from those of its analyses. */
export function claimsOf({ status, system, views }: Claimed): readonly Claim[] {
  return [
    ...(system === undefined ? [] : [{ field: 'system_resolution' } as const]),
    ...(status === undefined ? [] : [{ field: 'folder.resolution_status' } as const]),
    ...views.flatMap((view, at) => [
      ...(view.resolutionStatus === undefined ? [] : [{ field: 'analyse.resolution_status', at } as const]),
      ...(view.state === undefined ? [] : [{ field: 'analyse.state', at } as const]),
    ]),
  ];
}

/** What the observation says in `claim`, if it makes it. */
export function valueOf(claimed: Claimed, { field, at }: Claim): string | undefined {
  switch (field) {
    case 'system_resolution':
      return claimed.system;
    case 'folder.resolution_status':
      return claimed.status;
    case 'analyse.resolution_status':
      return claimed.views[at!]!.resolutionStatus;
    case 'analyse.state':
      return claimed.views[at!]!.state;
  }
}

/** The observation that says `value` in `claim`, or nothing where `value` is undefined. */
export function withValue(claimed: Claimed, { field, at }: Claim, value: string | undefined): Claimed {
  if (field === 'system_resolution') return { ...claimed, system: value };
  if (field === 'folder.resolution_status') return { ...claimed, status: value };
  const { state, resolutionStatus, ...view } = claimed.views[at!]!;
  const kept = field === 'analyse.state' ? { resolutionStatus } : { state };
  const changed = field === 'analyse.state' ? { state: value } : { resolutionStatus: value };
  const defined = Object.entries({ ...kept, ...changed }).filter(([, each]) => each !== undefined);
  return { ...claimed, views: claimed.views.with(at!, { ...view, ...Object.fromEntries(defined) }) };
}

/** The observation that says nothing in `claims`. */
export function without(claimed: Claimed, claims: readonly Claim[]): Claimed {
  const silent = new Set(claims.map(({ field, at }) => `${field} ${at ?? ''}`));
  const said = (field: Claim['field'], at: number | string = ''): boolean => !silent.has(`${field} ${at}`);
  return {
    ...claimed,
    system: said('system_resolution') ? claimed.system : undefined,
    status: said('folder.resolution_status') ? claimed.status : undefined,
    views: claimed.views.map(({ state, resolutionStatus, ...view }, at) => ({
      ...view,
      ...(state !== undefined && said('analyse.state', at) && { state }),
      ...(resolutionStatus !== undefined && said('analyse.resolution_status', at) && { resolutionStatus }),
    })),
  };
}

/** The observation that says what the observation says, and else what `observation` says. */
export function observationOf({ status, system, views }: Claimed, observation: Observation): Observation {
  const { resolutionStatus: _status, systemResolution: _system, ...others } = observation;
  return {
    ...others,
    ...(status !== undefined && { resolutionStatus: status }),
    ...(system !== undefined && { systemResolution: system }),
    analyses: views,
  };
}

/** The resolutions that both fields of an analysis admit, whatever its kind; none if they contradict each other. */
export function admittedBy({
  state,
  resolutionStatus,
}: Pick<AnalysisView, 'state' | 'resolutionStatus'>): ResolutionSet {
  let admits = anyResolution;
  if (state !== undefined) {
    const fits = (Object.keys(bit) as Resolution[]).filter((resolution) => stateOf(resolution) === state);
    admits &= fits.reduce((set, resolution) => set | bit[resolution], 0);
  }
  if (resolutionStatus !== undefined) {
    admits &= isStatusOf('analyse.resolution_status', resolutionStatus) ? bit[resolutionStatus] : 0;
  }
  return admits;
}

/** The resolutions that an analysis of this kind can have. */
export function possibleFor(kind: string | undefined, { operatorRequired }: Settings): ResolutionSet {
  const never = operatorRequired === 'never' || (kind !== undefined && isLiveness(kind));
  return never ? anyResolution & ~bit.OPERATOR_REQUIRED : anyResolution;
}

/** What the observation says in the terms of the belief, of analyses that `members` know. */
export function constraintOf(
  { status, system, views, complete }: Claimed,
  members: { indexOf(id: string): number; kindOf(id: string): string | undefined },
  { settings }: { readonly settings: Settings },
): Constraint {
  const seen = views.map((view) => ({
    id: members.indexOf(view.id),
    admits: admittedBy(view) & possibleFor(view.kind ?? members.kindOf(view.id), settings),
  }));
  return { status, system, seen: seen.toSorted((a, b) => a.id - b.id), complete } as Constraint;
}

/**
 * The views of an observation, each analysis once, or the analysis that the observation lists twice with different
 * contents.
 */
export function onceEach(
  views: readonly AnalysisView[],
): readonly AnalysisView[] | { readonly torn: AnalysisView } {
  const known = new Map<string, AnalysisView>();
  for (const view of views) {
    const before = known.get(view.id);
    if (before && contentOf(before) !== contentOf(view)) return { torn: view };
    if (!before) known.set(view.id, view);
  }
  return known.size === views.length ? views : [...known.values()];
}

/** What a view says of its analysis, but for its id: equal for views that say the same. */
export const contentOf = ({ kind, groupId, state, resolutionStatus }: AnalysisView): string =>
  JSON.stringify([kind?.toUpperCase(), groupId, state, resolutionStatus]);
