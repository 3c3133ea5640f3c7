import {
  decisions,
  results,
  startOf,
  statuses,
  type AnalysisEvent,
  type FolderEvent,
  type Resolution,
  type Result,
} from '../../../machines/index.ts';
import { kindClasses, kindOf, type KindClass } from '../../explore/index.ts';
import type { Rules } from './rules.ts';
import {
  countsTerm,
  isPossibleStep,
  sameSummary,
  summaryIs,
  summaryParts,
  summaryVariables,
} from './summary.ts';
import {
  countOf,
  noSummary,
  othersHave,
  othersHold,
  othersNotLiveness,
  playedBy,
  roleNames,
  stateVariables,
  type Role,
} from './state.ts';
import { tabulate, termOf } from './tabulate.ts';
import { and, eq, implies, ite, not, or, sum, type Term } from './term.ts';
import { askedSettings, next, oneOfEach, resolutions, wordingOf, type Variable } from './vocabulary.ts';

/** What can happen in a folder, as formulas over the state before and after: everything that the rules allow. */

/** One event: in the watched group or in another one. */
export interface EventFormula {
  readonly type: FolderEvent['type'];
  readonly where: 'watched' | 'another';
  readonly term: Term;
}

/** What is free in an event. A solver may choose it, so that a proof holds for every choice. */
export const eventVariables: readonly Variable[] = [
  { name: 'posted.liveness', sort: 'Int' },
  { name: 'posted.other', sort: 'Int' },
  { name: 'event.kind', sort: 'Kind' },
  { name: 'event.from', sort: 'Status' },
  { name: 'event.to', sort: 'Status' },
  // Another group in which something happens, before and after, and which parts it plays.
  ...summaryVariables('before'),
  ...summaryVariables('after'),
  ...roleNames.map((role) => ({ name: `event.in.${role}`, sort: 'Bool' })),
];

/** What an analysis can become by each type of event. */
export const outcomes = {
  'analysis.failed': ['FAILED'],
  'analysis.finished': results,
  'operator.decided': decisions,
} as const satisfies Record<AnalysisEvent['type'], readonly Resolution[]>;

/** Everything that an analysis could be told, legal or not, by the type of the event. */
const attempts = {
  'analysis.failed': [{ type: 'analysis.failed' }],
  'analysis.finished': statuses.map((status) => ({
    type: 'analysis.finished',
    resolution: status as Result,
  })),
  'operator.decided': statuses.map((status) => ({
    type: 'operator.decided',
    resolution: status as Exclude<Result, 'OPERATOR_REQUIRED'>,
  })),
} as const satisfies Record<AnalysisEvent['type'], readonly AnalysisEvent[]>;

/** The types of the events of an analysis. */
export const analysisEvents = Object.keys(attempts) as AnalysisEvent['type'][];

/** Every event by itself. */
export function eventsOf(rules: Rules): readonly EventFormula[] {
  return [
    { type: 'group.posted', where: 'watched', term: watchedPosted() },
    { type: 'group.posted', where: 'another', term: anotherPosted(rules) },
    ...analysisEvents.flatMap((type): readonly EventFormula[] => [
      { type, where: 'watched', term: watchedMoves(rules, type) },
      { type, where: 'another', term: anotherMoves(rules, type) },
    ]),
  ];
}

const postedAs = startOf('analyse.resolution_status');
const postedOf = (kind: string) => `posted.${kind}`;
const notEmpty = and(...kindClasses.map((kind): Term => ['>=', postedOf(kind), 0]), [
  '>',
  sum(...kindClasses.map(postedOf)),
  0,
]);

/** These names mean after the event what they mean before it. */
const kept = (...names: readonly string[]): Term => and(...names.map((name) => eq(next(name), name)));
const keptRole = (role: Role): Term =>
  kept(`${role}.by`, ...summaryParts.map(({ part }) => `${role}.${part}`));
const namesOf = (prefix: string) =>
  stateVariables.map(({ name }) => name).filter((name) => name.startsWith(prefix));

/** Afterwards the part is played by the watched group. */
const watchedTakes = (role: Role): Term => and(eq(next(`${role}.by`), 'watched'), noSummary(next(role)));

/** Afterwards the part is played by another group with the summary `owner`. */
const anotherTakes = (role: Role, owner: string): Term =>
  and(eq(next(`${role}.by`), 'another'), sameSummary(next(role), owner));

function watchedPosted(): Term {
  return and(
    not('watched.posted'),
    notEmpty,
    next('watched.posted'),
    ...kindClasses.flatMap((kind) =>
      resolutions.map((resolution) =>
        eq(next(countOf(kind, resolution)), resolution === postedAs ? postedOf(kind) : 0),
      ),
    ),
    kept(...namesOf('others.')),
    watchedTakes('applied'),
    keptRole('settled'),
    keptRole('finished'),
  );
}

function anotherPosted({ summarize }: Rules): Term {
  return and(
    notEmpty,
    kept(...namesOf('watched.')),
    ...resolutions.map((resolution) =>
      resolution === postedAs ? next(othersHave(resolution)) : kept(othersHave(resolution)),
    ),
    eq(next(othersNotLiveness), or(othersNotLiveness, ['>', postedOf('other'), 0])),
    eq(next('applied.by'), 'another'),
    summaryIs(next('applied'), summarize(oneOfEach([postedAs]))),
    keptRole('settled'),
    keptRole('finished'),
  );
}

/** One way for an analysis: of this kind, between these resolutions, under the answers for which `term` holds. */
interface Way {
  readonly kind: KindClass;
  readonly from: Resolution;
  readonly to: Resolution;
  readonly term: Term;
}

/** Every way that an event of this type opens to an analysis, under any settings. */
function waysBy({ resolve }: Rules, type: AnalysisEvent['type']): readonly Way[] {
  return kindClasses.flatMap((kind) =>
    resolutions.flatMap((from) =>
      attempts[type].flatMap((event) => {
        const analysis = { id: 'analysis', kind: kindOf[kind], resolution: from };
        const ways = tabulate((ask) => resolve(analysis, event, askedSettings(ask)));
        return resolutions.flatMap((to) => {
          const term = termOf(ways, (reached) => reached === to, wordingOf());
          return term === false ? [] : [{ kind, from, to, term }];
        });
      }),
    ),
  );
}

/** An analysis of `event.kind` goes one of the ways, from `event.from` to `event.to`. */
const goes = (ways: readonly Way[]): Term =>
  or(
    ...ways.map(({ kind, from, to, term }) =>
      and(eq('event.kind', kind), eq('event.from', from), eq('event.to', to), term),
    ),
  );

function watchedMoves(rules: Rules, type: AnalysisEvent['type']): Term {
  const closes = and('watched.running', not(next('watched.running')));
  const here = (kind: string, resolution: string, side: 'from' | 'to') =>
    and(eq('event.kind', kind), eq(`event.${side}`, resolution));
  return and(
    goes(waysBy(rules, type)),
    kept('watched.posted'),
    ...kindClasses.flatMap((kind) =>
      resolutions.map((resolution) => {
        const count = countOf(kind, resolution);
        const gain = ite(here(kind, resolution, 'to'), 1, 0);
        const loss = ite(here(kind, resolution, 'from'), 1, 0);
        return and(['>=', count, loss], eq(next(count), ['-', sum(count, gain), loss]));
      }),
    ),
    kept(...namesOf('others.')),
    keptRole('applied'),
    ite(closes, watchedTakes('settled'), keptRole('settled')),
    ite(and(closes, countsTerm(rules, next('watched'))), watchedTakes('finished'), keptRole('finished')),
  );
}

function anotherMoves(rules: Rules, type: AnalysisEvent['type']): Term {
  const closes = and('before.running', not('after.running'));
  const isIn = (role: Role) => `event.in.${role}`;
  const follows = (role: Role) => ite(isIn(role), anotherTakes(role, 'after'), keptRole(role));
  const ways = waysBy(rules, type);
  return and(
    goes(ways),
    stepOfSummaries(rules, ways),
    kept(...namesOf('watched.')),
    // One of the analyses that are known to be there, and all of the group.
    ...resolutions.map((resolution) => implies(eq('event.from', resolution), othersHave(resolution))),
    implies(eq('event.kind', 'other'), othersNotLiveness),
    kept(othersNotLiveness),
    othersHold('before'),
    ...resolutions.map((resolution) =>
      ite(
        eq('event.to', resolution),
        next(othersHave(resolution)),
        // It may have been the only one, but for the groups of which more is known.
        ite(
          eq('event.from', resolution),
          implies(next(othersHave(resolution)), othersHave(resolution)),
          kept(othersHave(resolution)),
        ),
      ),
    ),
    othersHold('after', (resolution) => next(othersHave(resolution))),
    ...roleNames.map((role) =>
      and(
        implies(isIn(role), and(playedBy(role, 'another'), sameSummary(role, 'before'))),
        implies(
          eq(next(`${role}.by`), 'another'),
          othersHold(next(role), (resolution) => next(othersHave(resolution))),
        ),
      ),
    ),
    // The group that settled last is also the one that finished last, if it counts as finished.
    implies(
      and(playedBy('settled', 'another'), countsTerm(rules, 'settled')),
      eq(isIn('settled'), isIn('finished')),
    ),
    follows('applied'),
    ite(closes, anotherTakes('settled', 'after'), follows('settled')),
    ite(and(closes, countsTerm(rules, 'after')), anotherTakes('finished', 'after'), follows('finished')),
  );
}

/** Some other group goes from the summary `before` to `after` when an analysis in it goes one of the ways. */
function stepOfSummaries(rules: Rules, ways: readonly Way[]): Term {
  const pairs = new Map(ways.map(({ from, to }) => [`${from} ${to}`, [from, to] as const]));
  return or(
    ...[...pairs.values()].map(([from, to]) =>
      and(eq('event.from', from), eq('event.to', to), isPossibleStep(rules, [from, to], ['before', 'after'])),
    ),
  );
}
