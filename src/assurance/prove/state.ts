import type { FolderView } from '../../../machines/index.ts';
import { kindClasses, type KindClass } from '../../explore/index.ts';
import type { Rules } from './rules.ts';
import {
  countsTerm,
  isPossibleSummary,
  partOfSummary,
  sameSummary,
  summaryParts,
  summaryVariables,
} from './summary.ts';
import { tabulate, termOf, type Ask } from './tabulate.ts';
import { and, eq, implies, ite, not, or, sum, type Term } from './term.ts';
import { askedReading, resolutions, wordingOf, type Variable } from './vocabulary.ts';

/**
 * A folder of any size, seen from one of its groups. That group, the watched one, is any: it is chosen once, and
 * counted by how many of its analyses of each kind have each resolution. Of all other groups together it is known
 * which resolutions occur and whether all their analyses are liveness. Three groups play a part in what a folder
 * shows: the one applied last, the one settled last, the one finished last. Each is the watched group or another
 * one, of which only its summary is known.
 *
 * What holds of the watched group holds of every group, as it may be any.
 */

/** The parts that groups play, by how the projections of the specification call them. */
export const roles = {
  applied: 'lastApplied',
  settled: 'lastSettled',
  finished: 'lastFinished',
} as const satisfies Record<string, keyof FolderView>;

/** One of the parts that groups play. */
export type Role = keyof typeof roles;

/** The parts, in a fixed order. */
export const roleNames = Object.keys(roles) as Role[];

/** The name of the count of analyses of the watched group with this kind and resolution. */
export const countOf = (kind: KindClass, resolution: string): string => `watched.${kind}.${resolution}`;

/** Every count of the watched group. */
export const counts: readonly string[] = kindClasses.flatMap((kind) =>
  resolutions.map((resolution) => countOf(kind, resolution)),
);

/** The name of what says whether an analysis of another group has this resolution. */
export const othersHave = (resolution: string): string => `others.${resolution}`;

/** Whether an analysis of another group is something else than liveness. */
export const othersNotLiveness = 'others.not-liveness';

/** All that is kept of a folder. */
export const stateVariables: readonly Variable[] = [
  { name: 'watched.posted', sort: 'Bool' },
  ...counts.map((name) => ({ name, sort: 'Int' })),
  ...resolutions.map((resolution) => ({ name: othersHave(resolution), sort: 'Bool' })),
  { name: othersNotLiveness, sort: 'Bool' },
  ...roleNames.flatMap((role) => [{ name: `${role}.by`, sort: 'Holder' }, ...summaryVariables(role)]),
];

/** Something defined by the state: by its name, with its sort. */
export interface Definition extends Variable {
  readonly term: Term;
}

/** The part is played by this group. */
export const playedBy = (role: Role, holder: 'nobody' | 'watched' | 'another'): Term =>
  eq(`${role}.by`, holder);

/** What the state amounts to: summaries, what the projections look at, and what the two fields show. */
export function definitionsOf(rules: Rules): readonly Definition[] {
  const bool = (name: string, term: Term): Definition => ({ name, sort: 'Bool', term });
  const summaryOf = (owner: string, anyOf: (resolution: string) => string) =>
    summaryParts.map((part) => ({
      name: `${owner}.${part.part}`,
      sort: part.sort,
      term: partOfSummary(rules, part, anyOf),
    }));
  const watchedHave = (resolution: string) => `watched.${resolution}`;
  const folderHas = (resolution: string) => `folder.${resolution}`;
  return [
    ...resolutions.map((resolution) =>
      bool(watchedHave(resolution), ['>', sum(...kindClasses.map((kind) => countOf(kind, resolution))), 0]),
    ),
    ...resolutions.map((resolution) =>
      bool(folderHas(resolution), or(watchedHave(resolution), othersHave(resolution))),
    ),
    bool('others.exist', or(...resolutions.map(othersHave))),
    ...summaryOf('watched', watchedHave),
    ...summaryOf('allAnalyses', folderHas),
    bool('allAnalyses.exists', or('watched.posted', 'others.exist')),
    ...roleNames.flatMap((role) => [
      ...summaryParts.map(({ part, sort }) => ({
        name: `${roles[role]}.${part}`,
        sort,
        term: ite(playedBy(role, 'watched'), `watched.${part}`, `${role}.${part}`),
      })),
      bool(`${roles[role]}.exists`, not(playedBy(role, 'nobody'))),
    ]),
    { name: 'resolution_status', sort: 'Status', term: fieldTerm(rules.statusOfView) },
    { name: 'system_resolution', sort: 'Status', term: fieldTerm(rules.systemOfView) },
  ];
}

/** A projection of the specification as a term over what it looks at. */
function fieldTerm(project: Rules['statusOfView'] | Rules['systemOfView']): Term {
  const decisions = tabulate((ask) => project(askedView(ask), askedReading(ask)));
  return termOf<string>(decisions, (status) => status, wordingOf());
}

/** A view that asks for everything that is looked at. */
function askedView(ask: Ask): FolderView {
  const summary = (owner: keyof FolderView) =>
    ask(`${owner}.exists`, [true, false])
      ? {
          get running() {
            return ask(`${owner}.running`, [true, false]);
          },
          get failed() {
            return ask(`${owner}.failed`, [true, false]);
          },
          get worst() {
            return ask(`${owner}.worst`, resolutions);
          },
        }
      : undefined;
  return {
    get allAnalyses() {
      return summary('allAnalyses');
    },
    get lastApplied() {
      return summary('lastApplied');
    },
    get lastSettled() {
      return summary('lastSettled');
    },
    get lastFinished() {
      return summary('lastFinished');
    },
  };
}

/** The folder as it is created. */
export const initially: Term = and(
  not('watched.posted'),
  ...counts.map((name) => eq(name, 0)),
  ...resolutions.map((resolution) => not(othersHave(resolution))),
  not(othersNotLiveness),
  ...roleNames.flatMap((role) => [playedBy(role, 'nobody'), noSummary(role)]),
);

/** No other group plays the part: its summary is then fixed, so that equal folders have equal states. */
export function noSummary(role: string): Term {
  return and(
    ...summaryParts.map(({ part, none }) =>
      none === false ? not(`${role}.${part}`) : eq(`${role}.${part}`, none),
    ),
  );
}

/** What the other groups have to hold so that one of them can have the summary `owner`. */
export function othersHold(owner: string, have: (resolution: string) => string = othersHave): Term {
  return and(
    ...resolutions.map((resolution) => implies(eq(`${owner}.worst`, resolution), have(resolution))),
    implies(`${owner}.failed`, have('FAILED')),
    implies(`${owner}.running`, have('PROCESSING')),
  );
}

const watchedSettled = and('watched.posted', not('watched.running'));

/** One conjunct of the invariant, in words. */
export interface Fact {
  readonly name: string;
  readonly term: Term;
}

/** What holds of every reachable folder: exactly the states that some folder has. */
export function invariantOf(rules: Rules): readonly Fact[] {
  const finishes = (owner: string) => countsTerm(rules, owner);
  const total = sum(...counts);
  return [
    { name: 'counts are never negative', term: and(...counts.map((name): Term => ['>=', name, 0])) },
    { name: 'a group has analyses exactly once it is posted', term: eq('watched.posted', ['>', total, 0]) },
    {
      name: 'liveness never needs an operator, and nothing does where that is not enabled',
      term: and(
        eq(countOf('liveness', 'OPERATOR_REQUIRED'), 0),
        implies('folder.OPERATOR_REQUIRED', eq('operator-required', 'operator-required=allowed')),
        implies(othersHave('OPERATOR_REQUIRED'), othersNotLiveness),
        implies(othersNotLiveness, 'others.exist'),
      ),
    },
    ...roleNames.map((role) => isThere(rules, role)),
    {
      name: 'a group was applied last exactly if there is one',
      term: eq(not(playedBy('applied', 'nobody')), 'allAnalyses.exists'),
    },
    {
      name: 'once a group has settled, one settled last',
      term: implies(
        or(
          watchedSettled,
          and('others.exist', not(othersHave('PROCESSING'))),
          and(playedBy('applied', 'another'), not('applied.running')),
          not(playedBy('finished', 'nobody')),
        ),
        not(playedBy('settled', 'nobody')),
      ),
    },
    {
      name: 'once a group has finished, one finished last',
      term: implies(
        or(
          and(watchedSettled, finishes('watched')),
          and(playedBy('applied', 'another'), not('applied.running'), finishes('applied')),
          and('others.exist', not(othersHave('PROCESSING')), not(othersHave('FAILED'))),
        ),
        not(playedBy('finished', 'nobody')),
      ),
    },
    {
      name: 'a group that finished counts as finished, and is the last one if it settled last',
      term: and(
        implies(playedBy('finished', 'watched'), finishes('watched')),
        implies(playedBy('finished', 'another'), finishes('finished')),
        implies(and(playedBy('settled', 'watched'), finishes('watched')), playedBy('finished', 'watched')),
        implies(
          and(playedBy('settled', 'another'), finishes('settled')),
          and(playedBy('finished', 'another'), sameSummary('settled', 'finished')),
        ),
      ),
    },
  ];
}

/** Who plays a part is a group that there is, and could have the summary that is known of it. */
function isThere(rules: Rules, role: Role): Fact {
  const settled = role === 'applied' ? true : not(`${role}.running`);
  return {
    name: `the group ${role} last is one that there is`,
    term: and(
      implies(playedBy(role, 'watched'), role === 'applied' ? 'watched.posted' : watchedSettled),
      ite(
        playedBy(role, 'another'),
        and(isPossibleSummary(rules, role), othersHold(role), settled),
        noSummary(role),
      ),
    ),
  };
}
