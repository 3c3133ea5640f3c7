import { defaultReading, statusOfView, systemOfView, type Reading } from '../../machines/index.ts';
import type { Rules } from '../../src/assurance/prove/index.ts';
import type { Fault } from './refute.ts';

/** A reading that gives one answer where another is meant; of the given one nothing is asked that a rule does not ask. */
export const mistaken = (reading: Reading | undefined, question: keyof Reading, answer: string): Reading =>
  new Proxy(
    { ...defaultReading },
    { get: (_, asked) => (asked === question ? answer : Reflect.get(reading!, asked)) },
  );

const systemTaking = (question: keyof Reading, answer: string): Partial<Rules> => ({
  systemOfView: (view, reading) => systemOfView(view, mistaken(reading, question, answer)),
});
const statusTaking = (question: keyof Reading, answer: string): Partial<Rules> => ({
  statusOfView: (view, reading) => statusOfView(view, mistaken(reading, question, answer)),
});

/** Projections that take one answer for another, each with the law of the answer that they do not give. */
export const mistakenAnswers: readonly Fault[] = (
  [
    [
      'result-scope=last-finished-group: once nothing runs, the group that finished last shows',
      systemTaking('result-scope', 'all-analyses'),
    ],
    [
      'result-scope=last-applied-group: once nothing runs, the group that was posted last shows',
      systemTaking('result-scope', 'all-analyses'),
    ],
    [
      'result-scope=all-analyses: the worst of all analyses shows',
      systemTaking('result-scope', 'last-applied-group'),
    ],
    [
      'result-while-running=processing: while something runs PROCESSING shows, or at once a failure',
      systemTaking('result-while-running', 'hold'),
    ],
    [
      'result-while-running=hold: while something runs the group that finished last goes on showing, without one PROCESSING or a failure',
      systemTaking('result-while-running', 'processing'),
    ],
    [
      'result-while-earlier-runs=group-result: while something runs the group that was posted last shows, or at once a failure in it',
      systemTaking('result-while-earlier-runs', 'processing'),
    ],
    [
      'result-while-earlier-runs=processing: while something runs PROCESSING shows, or at once a failure, whatever the group posted last is',
      systemTaking('result-while-earlier-runs', 'group-result'),
    ],
    [
      'status-precedence=processing-first: while something runs that counts the stage is PROCESSING',
      statusTaking('status-precedence', 'failed-first'),
    ],
    [
      'status-precedence=failed-first: as soon as something failed that counts the stage is FAILED',
      statusTaking('status-precedence', 'processing-first'),
    ],
    [
      'status-scope=all-analyses: the stage is that of all analyses',
      statusTaking('status-scope', 'last-settled-group'),
    ],
    [
      'status-scope=last-applied-group: the stage is that of the group that was posted last',
      statusTaking('status-scope', 'all-analyses'),
    ],
    [
      'status-scope=last-settled-group: the stage is that of all analyses while something runs, else that of the group that settled last',
      statusTaking('status-scope', 'all-analyses'),
    ],
    [
      'result-precedence=processing-first: while something runs that counts the result is PROCESSING',
      systemTaking('result-precedence', 'failed-first'),
    ],
    [
      'result-precedence=failed-first: as soon as something failed that counts the result is FAILED',
      systemTaking('result-precedence', 'processing-first'),
    ],
    [
      'failed-group-finishes=folder-fails: once nothing runs, any failure makes the result FAILED',
      systemTaking('failed-group-finishes', 'no'),
    ],
  ] as const
).map(([breaks, rules]) => ({
  name: `another answer is taken for ${breaks.split(':')[0]}`,
  rules,
  breaks: [breaks],
}));
