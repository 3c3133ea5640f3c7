import {
  alphabetOf,
  folderInvariants,
  folderStepInvariants,
  groupInvariants,
  groupStepInvariants,
  type ClauseId,
  type Field,
} from '../../../machines/index.ts';
import type { Rules } from './rules.ts';
import { countOf, othersHave, othersNotLiveness, playedBy } from './state.ts';
import { tabulate, termOf } from './tabulate.ts';
import { and, eq, implies, ite, not, or, sum, type Term } from './term.ts';
import { kindClasses } from '../../explore/index.ts';
import { askedReading, next, resolutions, wordingOf } from './vocabulary.ts';

/**
 * The invariants of the specification on groups and folders, each as a formula. Names and clauses are those of the
 * registry; the formulas speak of counts and not of the projections that they are about. What an invariant says of
 * the group that decides, the formula says of the watched group where that one decides: it may be any.
 */

/** One thing to hold of every folder, or of every step of one. */
export interface Law {
  readonly name: string;
  readonly clauses: readonly ClauseId[];
  readonly term: Term;
}

const is = (question: string, ...answers: readonly string[]): Term =>
  or(...answers.map((answer) => eq(question, `${question}=${answer}`)));
const statusIs = (status: string): Term => eq('resolution_status', status);
const systemIs = (status: string): Term => eq('system_resolution', status);
const watchedSettled = and('watched.posted', not('watched.PROCESSING'));
const unless = (...others: readonly string[]) =>
  and(...resolutions.filter((one) => others.includes(one)).map((one) => not(`watched.${one}`)));

/** The watched group decides on the result of the folder. */
const watchedDecides = or(
  and(is('result-scope', 'last-applied-group'), playedBy('applied', 'watched')),
  and(
    is('result-scope', 'last-finished-group'),
    or(playedBy('finished', 'watched'), and(playedBy('finished', 'nobody'), playedBy('settled', 'watched'))),
  ),
);

const stays = (field: Field, name: string): Term =>
  or(...alphabetOf(field).map((status) => eq(name, status)));

/** How bad a status is: its place in the order of severity, worst first. */
export function placeOf({ orderUnder }: Rules, name: string): Term {
  const order = tabulate((ask) => orderUnder(askedReading(ask)));
  return termOf(
    order,
    (list) =>
      list.reduceRight<Term>((other, status, at) => ['ite', eq(name, status), at, other], list.length),
    wordingOf(),
  );
}

/** The formulas of the invariants of single states, by the name of the invariant. */
function stateLawTerms(rules: Rules): Terms {
  return { ...groupLawTerms(rules), ...statusLawTerms(), ...systemLawTerms() };
}

type Terms = Readonly<Record<string, Term>>;

/** The analyses of the watched group have no other resolution. */
const everyWatched = (resolution: string): Term =>
  and(...resolutions.filter((one) => one !== resolution).map((one) => not(`watched.${one}`)));

function groupLawTerms(rules: Rules): Terms {
  return {
    'a group is never empty': implies('watched.posted', ['>', sum(...allCounts), 0]),
    'the result of a group is the result of a member, and no member is worse': implies(
      'watched.posted',
      and(
        or(...resolutions.map((one) => and(eq('watched.worst', one), `watched.${one}`))),
        ...resolutions.map((one) =>
          implies(`watched.${one}`, ['>=', placeOf(rules, one), placeOf(rules, 'watched.worst')]),
        ),
      ),
    ),
    'a group is SUCCESS exactly if every analysis in it is': implies(
      'watched.posted',
      eq(eq('watched.worst', 'SUCCESS'), everyWatched('SUCCESS')),
    ),
    'a group is PROCESSING exactly while an analysis in it runs': implies(
      'watched.posted',
      eq(eq('watched.worst', 'PROCESSING'), 'watched.PROCESSING'),
    ),
  };
}

function statusLawTerms(): Terms {
  return {
    'folder.resolution_status stays in its column of the table': stays(
      'folder.resolution_status',
      'resolution_status',
    ),
    'both fields are INITIAL exactly while the folder has no analyses': and(
      eq(statusIs('INITIAL'), not('allAnalyses.exists')),
      eq(systemIs('INITIAL'), not('allAnalyses.exists')),
    ),
    'a PROCESSING folder has a running analysis': implies(statusIs('PROCESSING'), 'folder.PROCESSING'),
    'a FINISHED folder has neither a running nor a failed analysis, where all analyses are looked at':
      implies(
        and(is('status-scope', 'all-analyses'), statusIs('FINISHED')),
        and(not('folder.PROCESSING'), not('folder.FAILED')),
      ),
    'a FAILED folder has a failed analysis': implies(statusIs('FAILED'), 'folder.FAILED'),
  };
}

function systemLawTerms(): Terms {
  return {
    'system_resolution stays in its column of the table': stays('system_resolution', 'system_resolution'),
    'while something runs no group shows its result, unless the reading has one show it': implies(
      or(
        is('result-scope', 'all-analyses'),
        is('result-while-earlier-runs', 'processing'),
        and(is('result-scope', 'last-finished-group'), is('result-while-running', 'processing')),
      ),
      ite(
        'folder.PROCESSING',
        ite(
          and(is('result-precedence', 'failed-first'), 'folder.FAILED'),
          systemIs('FAILED'),
          systemIs('PROCESSING'),
        ),
        not(systemIs('PROCESSING')),
      ),
    ),
    'SUCCESS of a folder means SUCCESS of every analysis in the deciding group': implies(
      systemIs('SUCCESS'),
      and(
        'allAnalyses.exists',
        implies(is('result-scope', 'last-finished-group'), not(playedBy('finished', 'nobody'))),
        implies(watchedDecides, everyWatched('SUCCESS')),
        implies(
          is('result-scope', 'all-analyses'),
          and(...resolutions.filter((one) => one !== 'SUCCESS').map((one) => not(`folder.${one}`))),
        ),
      ),
    ),
    'DECLINED of a folder means that an analysis was declined': implies(
      systemIs('DECLINED'),
      and('folder.DECLINED', implies(watchedDecides, 'watched.DECLINED')),
    ),
    'OPERATOR_REQUIRED of a folder means that a group without DECLINED needs a person': implies(
      systemIs('OPERATOR_REQUIRED'),
      and(
        'folder.OPERATOR_REQUIRED',
        implies(watchedDecides, and('watched.OPERATOR_REQUIRED', unless('DECLINED'))),
        implies(is('result-scope', 'all-analyses'), not('folder.DECLINED')),
      ),
    ),
    'a folder of one settled group shows the result of that group, the worst in it': implies(
      and(
        watchedSettled,
        not('others.exist'),
        not(and(is('failed-group-finishes', 'folder-fails'), 'watched.FAILED')),
      ),
      eq('system_resolution', 'watched.worst'),
    ),
    'a folder of liveness analyses only never shows OPERATOR_REQUIRED': implies(
      systemIs('OPERATOR_REQUIRED'),
      or(['>', sum(...resolutions.map((one) => countOf('other', one))), 0], othersNotLiveness),
    ),
    'no folder shows OPERATOR_REQUIRED where the biometry settings do not enable it': implies(
      is('operator-required', 'never'),
      not(systemIs('OPERATOR_REQUIRED')),
    ),
  };
}

const allCounts = kindClasses.flatMap((kind) => resolutions.map((resolution) => countOf(kind, resolution)));

/** Each kind has as many analyses after the event as before. */
const sameMembers: Term = and(
  ...kindClasses.map((kind) => {
    const names = resolutions.map((resolution) => countOf(kind, resolution));
    return eq(sum(...names), sum(...names.map(next)));
  }),
);

const closes = and('watched.PROCESSING', not(next('watched.PROCESSING')));

/** The formulas of the invariants of steps, by the name of the invariant. */
function stepLawTerms(): Terms {
  return {
    'a group never gains, loses or exchanges an analysis': implies('watched.posted', sameMembers),
    'a settled group stays settled': implies(watchedSettled, not(next('watched.PROCESSING'))),
    'a folder never returns to INITIAL': and(
      not(eq(next('resolution_status'), 'INITIAL')),
      not(eq(next('system_resolution'), 'INITIAL')),
    ),
    'a group is only ever added at the end, and no group changes its members': and(
      implies('watched.posted', and(next('watched.posted'), sameMembers)),
      implies(and(not('watched.posted'), next('watched.posted')), eq(next('applied.by'), 'watched')),
      implies('others.exist', next('others.exist')),
    ),
    'the order in which groups settled never changes': and(
      implies(eq(next('settled.by'), 'watched'), or(playedBy('settled', 'watched'), closes)),
      implies(closes, eq(next('settled.by'), 'watched')),
      implies(not(playedBy('settled', 'nobody')), not(eq(next('settled.by'), 'nobody'))),
      implies(
        and(playedBy('settled', 'watched'), not(eq(next('settled.by'), 'watched'))),
        and(eq(next('settled.by'), 'another'), othersHave('PROCESSING')),
      ),
    ),
  };
}

/** What the invariants of the specification say of every folder, as formulas. */
export function stateLaws(rules: Rules): readonly Law[] {
  const terms = stateLawTerms(rules);
  return [...groupInvariants, ...folderInvariants].map(({ name, clauses }) => lawOf(name, clauses, terms));
}

/** What the invariants of the specification say of every step of a folder, as formulas. */
export function stepLaws(): readonly Law[] {
  const terms = stepLawTerms();
  return [...groupStepInvariants, ...folderStepInvariants].map(({ name, clauses }) =>
    lawOf(name, clauses, terms),
  );
}

function lawOf(name: string, clauses: readonly ClauseId[], terms: Terms): Law {
  const term = terms[name];
  if (term === undefined) throw new RangeError(`the invariant “${name}” has no formula to be proved`);
  return { name, clauses, term };
}

/** What the specification says of single analyses, for those of the watched group. */
export const analysisLaws: readonly Law[] = [
  {
    name: 'liveness is never OPERATOR_REQUIRED, nor is anything where the installation does not enable it',
    clauses: ['LIVENESS-NO-OPERATOR', 'OPERATOR-SETTING'],
    term: and(
      eq(countOf('liveness', 'OPERATOR_REQUIRED'), 0),
      implies(is('operator-required', 'never'), not('watched.OPERATOR_REQUIRED')),
    ),
  },
];

/** What the specification says of the steps of single analyses, for those of the watched group. */
export const analysisStepLaws: readonly Law[] = [
  {
    name: 'a settled analysis never changes, but for an operator’s decision where the reading allows it',
    clauses: ['ANALYSIS-FINAL', 'OPERATOR-DECISION'],
    term: implies(
      'watched.posted',
      and(
        ...kindClasses.flatMap((kind) =>
          resolutions
            .filter((one) => one !== 'PROCESSING')
            .map((one) => {
              const kept: Term = ['>=', next(countOf(kind, one)), countOf(kind, one)];
              return one === 'OPERATOR_REQUIRED' ? or(kept, is('operator-decision', 'allowed')) : kept;
            }),
        ),
      ),
    ),
  },
];
