import { questionNames, questions, answersTo, type Answer, type Question } from '../../../machines/index.ts';
import { placeOf, type Law } from './laws.ts';
import type { Rules } from './rules.ts';
import { countOf, playedBy } from './state.ts';
import { and, eq, implies, ite, not, or, type Term } from './term.ts';
import { isAnswered, next, resolutions } from './vocabulary.ts';

/**
 * What each answer to an open question means, said once more and of the counts: a projection that takes one answer
 * for another breaks the law of that answer. With the other laws they leave no choice to either field, which is proved as well.
 */

const given = <Q extends Question>(question: Q, answer: Answer<Q>): Term => isAnswered(question, answer);

const running = 'folder.PROCESSING';
const settled = and('watched.posted', not('watched.PROCESSING'));
const showsWatched = eq('system_resolution', 'watched.worst');
const lastFinished = given('result-scope', 'last-finished-group');
const lastApplied = given('result-scope', 'last-applied-group');
const failedFirst = given('result-precedence', 'failed-first');
const failing = given('failed-group-finishes', 'folder-fails');

/** The stage is that of the analyses of `owner`. */
const hasStageOf = (owner: 'folder' | 'watched'): Term => {
  const [runs, failed] = [`${owner}.PROCESSING`, `${owner}.FAILED`];
  return eq(
    'resolution_status',
    ite(
      given('status-precedence', 'failed-first'),
      ite(failed, 'FAILED', ite(runs, 'PROCESSING', 'FINISHED')),
      ite(runs, 'PROCESSING', ite(failed, 'FAILED', 'FINISHED')),
    ),
  );
};

/** One of the analyses that the stage is about while something runs has this resolution. */
const countsForStage = (resolution: string): Term =>
  or(
    and(given('status-scope', 'all-analyses'), `folder.${resolution}`),
    and(given('status-scope', 'last-settled-group'), running, `folder.${resolution}`),
    and(given('status-scope', 'last-applied-group'), playedBy('applied', 'watched'), `watched.${resolution}`),
  );

/** The result is the worst of all analyses. */
const showsWorst = (rules: Rules): Term => {
  const place = placeOf(rules, 'system_resolution');
  return and(
    or(...resolutions.map((one) => and(eq('system_resolution', one), `folder.${one}`))),
    ...resolutions.map((one) => implies(`folder.${one}`, ['>=', placeOf(rules, one), place])),
  );
};

/** A failure that the result is about shows although one of the analyses that it is about runs. */
const failureFlashes = (owner: 'folder' | 'watched'): Term =>
  and(failedFirst, `${owner}.PROCESSING`, `${owner}.FAILED`);

/** What shows while one of all analyses runs, and no result is held. */
const showsInProgress = eq('system_resolution', ite(failureFlashes('folder'), 'FAILED', 'PROCESSING'));

/** One of the analyses that the result is about has this resolution while one of them runs, and no result is held. */
const countsForResult = (resolution: string): Term =>
  or(
    and(
      or(
        given('result-scope', 'all-analyses'),
        given('result-while-earlier-runs', 'processing'),
        and(lastFinished, or(given('result-while-running', 'processing'), playedBy('finished', 'nobody'))),
      ),
      running,
      `folder.${resolution}`,
    ),
    and(lastApplied, playedBy('applied', 'watched'), 'watched.PROCESSING', `watched.${resolution}`),
  );

const noDecision: Term = and(
  ...(['liveness', 'other'] as const).map((kind): Term => {
    const needed = countOf(kind, 'OPERATOR_REQUIRED');
    return ['>=', next(needed), needed];
  }),
);

interface Meaning {
  readonly says: string;
  readonly term: Term | ((rules: Rules) => Term);
  /** The term speaks of a step. */
  readonly ofStep?: boolean;
}

const meanings: { readonly [Q in Question]: Readonly<Record<Answer<Q>, Meaning>> } = {
  'result-scope': {
    'last-finished-group': {
      says: 'once nothing runs, the group that finished last shows',
      term: implies(
        and(not(running), playedBy('finished', 'watched'), not(and(failing, 'folder.FAILED'))),
        showsWatched,
      ),
    },
    'last-applied-group': {
      says: 'once nothing runs, the group that was posted last shows',
      term: implies(and(not(running), playedBy('applied', 'watched')), showsWatched),
    },
    'all-analyses': {
      says: 'the worst of all analyses shows',
      term: (rules) =>
        implies(
          'allAnalyses.exists',
          ite(failureFlashes('folder'), eq('system_resolution', 'FAILED'), showsWorst(rules)),
        ),
    },
  },
  'result-while-running': {
    processing: {
      says: 'while something runs PROCESSING shows, or at once a failure',
      term: implies(and(lastFinished, running), showsInProgress),
    },
    hold: {
      says: 'while something runs the group that finished last goes on showing, without one PROCESSING or a failure',
      term: and(
        implies(and(running, playedBy('finished', 'watched')), showsWatched),
        implies(and(lastFinished, running, playedBy('finished', 'nobody')), showsInProgress),
      ),
    },
  },
  'result-while-earlier-runs': {
    'group-result': {
      says: 'while something runs the group that was posted last shows, or at once a failure in it',
      term: implies(
        and(lastApplied, running, playedBy('applied', 'watched')),
        ite(failureFlashes('watched'), eq('system_resolution', 'FAILED'), showsWatched),
      ),
    },
    processing: {
      says: 'while something runs PROCESSING shows, or at once a failure, whatever the group posted last is',
      term: implies(running, showsInProgress),
    },
  },
  'status-precedence': {
    'processing-first': {
      says: 'while something runs that counts the stage is PROCESSING',
      term: implies(countsForStage('PROCESSING'), eq('resolution_status', 'PROCESSING')),
    },
    'failed-first': {
      says: 'as soon as something failed that counts the stage is FAILED',
      term: implies(countsForStage('FAILED'), eq('resolution_status', 'FAILED')),
    },
  },
  'status-scope': {
    'all-analyses': {
      says: 'the stage is that of all analyses',
      term: implies('allAnalyses.exists', hasStageOf('folder')),
    },
    'last-applied-group': {
      says: 'the stage is that of the group that was posted last',
      term: implies(playedBy('applied', 'watched'), hasStageOf('watched')),
    },
    'last-settled-group': {
      says: 'the stage is that of all analyses while something runs, else that of the group that settled last',
      term: and(
        implies(running, hasStageOf('folder')),
        implies(and(not(running), playedBy('settled', 'watched')), hasStageOf('watched')),
      ),
    },
  },
  'failed-beside-declined': {
    failed: {
      says: 'a settled group with both is FAILED',
      term: implies(and(settled, 'watched.FAILED', 'watched.DECLINED'), eq('watched.worst', 'FAILED')),
    },
    declined: {
      says: 'a settled group with both is DECLINED',
      term: implies(and(settled, 'watched.FAILED', 'watched.DECLINED'), eq('watched.worst', 'DECLINED')),
    },
  },
  'result-precedence': {
    'processing-first': {
      says: 'while something runs that counts the result is PROCESSING',
      term: implies(countsForResult('PROCESSING'), eq('system_resolution', 'PROCESSING')),
    },
    'failed-first': {
      says: 'as soon as something failed that counts the result is FAILED',
      term: implies(countsForResult('FAILED'), eq('system_resolution', 'FAILED')),
    },
  },
  'failed-group-finishes': {
    yes: {
      says: 'once nothing runs, the group that settled last shows, failed or not',
      term: implies(and(lastFinished, not(running), playedBy('settled', 'watched')), showsWatched),
    },
    no: {
      says: 'once nothing runs, a failed group shows only if no group settled without a failure',
      term: implies(
        and(not(running), settled),
        and(
          implies(not('watched.FAILED'), not(playedBy('finished', 'nobody'))),
          implies('watched.FAILED', not(playedBy('finished', 'watched'))),
          implies(and(playedBy('settled', 'watched'), not('watched.FAILED')), showsWatched),
          implies(and(playedBy('settled', 'watched'), playedBy('finished', 'nobody')), showsWatched),
        ),
      ),
    },
    'folder-fails': {
      says: 'once nothing runs, any failure makes the result FAILED',
      term: implies(and(not(running), 'folder.FAILED'), eq('system_resolution', 'FAILED')),
    },
  },
  'operator-decision': {
    unspecified: { says: 'OPERATOR_REQUIRED is never replaced by itself', term: noDecision, ofStep: true },
    allowed: {
      says: 'OPERATOR_REQUIRED is replaced by SUCCESS or DECLINED only',
      term: or(
        noDecision,
        ...(['SUCCESS', 'DECLINED'] as const).map((to): Term => [
          '>',
          next(countOf('other', to)),
          countOf('other', to),
        ]),
      ),
      ofStep: true,
    },
    forbidden: { says: 'OPERATOR_REQUIRED is never replaced', term: noDecision, ofStep: true },
  },
};

/** The laws of the answers: those of single states, or those of steps. */
export function answerLaws(rules: Rules, ofSteps: boolean): readonly Law[] {
  return questionNames.flatMap((question) =>
    answersTo(question).flatMap((answer) => {
      const {
        says,
        term,
        ofStep = false,
      }: Meaning = (meanings[question] as Readonly<Record<string, Meaning>>)[answer]!;
      const law: Law = {
        name: `${question}=${answer}: ${says}`,
        clauses: questions[question].clauses,
        term: implies(isAnswered(question, answer), typeof term === 'function' ? term(rules) : term),
      };
      return ofStep === ofSteps ? [law] : [];
    }),
  );
}
