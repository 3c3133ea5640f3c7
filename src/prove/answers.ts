import { questionNames, questions, answersTo, type Answer, type Question } from '../../machines/index.ts';
import type { Law } from './laws.ts';
import { countOf, playedBy } from './state.ts';
import { and, eq, implies, ite, not, or, type Term } from './term.ts';
import { answerLiteral, next } from './vocabulary.ts';

/**
 * What each answer to an open question means, said once more and of the counts: a projection that takes one answer
 * for another breaks the law of that answer.
 */

const running = 'folder.PROCESSING';
const settled = and('watched.posted', not('watched.PROCESSING'));
const showsWatched = eq('system_resolution', 'watched.worst');
const stageOfWatched = eq('resolution_status', ite('watched.FAILED', 'FAILED', 'FINISHED'));
const lastFinished = eq('result-scope', answerLiteral('result-scope', 'last-finished-group'));
const failing = eq('failed-group-finishes', answerLiteral('failed-group-finishes', 'folder-fails'));
const ofAll = eq('status-scope', answerLiteral('status-scope', 'all-analyses'));
const noDecision: Term = and(
  ...(['liveness', 'other'] as const).map((kind): Term => {
    const needed = countOf(kind, 'OPERATOR_REQUIRED');
    return ['>=', next(needed), needed];
  }),
);

interface Meaning {
  readonly says: string;
  readonly term: Term;
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
      says: 'the group that was posted last shows',
      term: implies(playedBy('applied', 'watched'), showsWatched),
    },
    'all-analyses': {
      says: 'no group can be worse than what shows, and some analysis is so',
      term: and(
        eq('system_resolution', 'allAnalyses.worst'),
        implies(eq('system_resolution', 'SUCCESS'), and(not('folder.DECLINED'), not('folder.FAILED'))),
        implies(running, eq('system_resolution', 'PROCESSING')),
      ),
    },
  },
  'result-while-running': {
    processing: {
      says: 'while something runs PROCESSING shows',
      term: implies(and(lastFinished, running), eq('system_resolution', 'PROCESSING')),
    },
    hold: {
      says: 'while something runs the group that finished last goes on showing',
      term: implies(and(running, playedBy('finished', 'watched')), showsWatched),
    },
  },
  'status-precedence': {
    'processing-first': {
      says: 'while something runs the stage is PROCESSING',
      term: implies(and(ofAll, running), eq('resolution_status', 'PROCESSING')),
    },
    'failed-first': {
      says: 'as soon as something failed the stage is FAILED',
      term: implies(and(ofAll, 'folder.FAILED'), eq('resolution_status', 'FAILED')),
    },
  },
  'status-scope': {
    'all-analyses': {
      says: 'once nothing runs, any failure makes the stage FAILED',
      term: implies(
        and('allAnalyses.exists', not(running)),
        eq('resolution_status', ite('folder.FAILED', 'FAILED', 'FINISHED')),
      ),
    },
    'last-applied-group': {
      says: 'once the group that was posted last has settled, it alone makes the stage',
      term: implies(and(settled, playedBy('applied', 'watched')), stageOfWatched),
    },
    'last-settled-group': {
      says: 'once nothing runs, the group that settled last alone makes the stage',
      term: implies(and(not(running), playedBy('settled', 'watched')), stageOfWatched),
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
export function answerLaws(ofSteps: boolean): readonly Law[] {
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
        term: implies(eq(question, answerLiteral(question, answer)), term),
      };
      return ofStep === ofSteps ? [law] : [];
    }),
  );
}
