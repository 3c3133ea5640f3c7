import {
  countsAsFinished,
  groupMoves,
  resolve,
  severityOrder,
  statusMoves,
  statusOfView,
  summarize,
  systemMoves,
  systemOfView,
  type Reading,
  type SystemResolution,
} from '../../machines/index.ts';
import { specifiedRules, type LegalMove, type Rules } from '../../src/prove/index.ts';

/** One wrong specification, and the obligation that it has to break. */
export interface Fault {
  readonly name: string;
  readonly rules: Partial<Rules>;
  readonly breaks: string;
}

/** The rules with two neighbours of the order exchanged, wherever the order is used. */
function swapped(left: SystemResolution, right: SystemResolution): Partial<Rules> {
  const order = (reading?: Reading) =>
    severityOrder(reading).map((status) => (status === left ? right : status === right ? left : status));
  const worst = <S extends SystemResolution>(members: Iterable<S>, reading?: Reading): S | undefined => {
    const list = [...members];
    return order(reading).find((status) => list.includes(status as S)) as S | undefined;
  };
  return {
    severityOrder: order,
    worst,
    summarize: (analyses, reading) => {
      const summary = summarize(analyses, reading);
      return (
        summary && {
          ...summary,
          worst: worst(
            analyses.map((one) => one.resolution),
            reading,
          )!,
        }
      );
    },
  };
}

/** A reading that gives one answer where another is meant. */
const mistaken = (reading: Reading | undefined, question: keyof Reading, answer: string): Reading =>
  new Proxy(reading!, { get: (target, asked) => (asked === question ? answer : Reflect.get(target, asked)) });

const without = (moves: readonly LegalMove[], from: string, to: string): readonly LegalMove[] =>
  moves.filter((move) => move.from !== from || move.to !== to);

const systemTaking = (question: keyof Reading, answer: string): Partial<Rules> => ({
  systemOfView: (view, reading) => systemOfView(view, mistaken(reading, question, answer)),
});
const statusTaking = (question: keyof Reading, answer: string): Partial<Rules> => ({
  statusOfView: (view, reading) => statusOfView(view, mistaken(reading, question, answer)),
});

/** Wrong specifications, each with the name of an obligation that cannot be proved of it. */
export const faults: readonly Fault[] = [
  {
    name: 'DECLINED and OPERATOR_REQUIRED exchanged in the order',
    rules: swapped('DECLINED', 'OPERATOR_REQUIRED'),
    breaks: 'OPERATOR_REQUIRED of a folder means that a group without DECLINED needs a person',
  },
  {
    name: 'OPERATOR_REQUIRED and SUCCESS exchanged in the order',
    rules: swapped('OPERATOR_REQUIRED', 'SUCCESS'),
    breaks: 'SUCCESS of a folder means SUCCESS of every analysis in the deciding group',
  },
  {
    name: 'PROCESSING and FAILED exchanged in the order',
    rules: swapped('PROCESSING', 'FAILED'),
    breaks: 'a group is PROCESSING exactly while an analysis in it runs',
  },
  {
    name: 'FAILED and DECLINED exchanged in the order',
    rules: swapped('FAILED', 'DECLINED'),
    breaks: 'failed-beside-declined=failed: a settled group with both is FAILED',
  },
  {
    name: 'in progress is judged by the newest group only, for the result',
    rules: {
      systemOfView: (view, reading) => systemOfView({ ...view, allAnalyses: view.lastApplied }, reading),
    },
    breaks: 'while something runs the result of the last finished group is not shown, unless it is held',
  },
  {
    name: 'in progress is judged by the newest group only, for the stage',
    rules: {
      statusOfView: (view, reading) => statusOfView({ ...view, allAnalyses: view.lastApplied }, reading),
    },
    breaks: 'a FINISHED folder has neither a running nor a failed analysis, where all analyses are looked at',
  },
  {
    name: 'a legal move of the stage is missing',
    rules: { statusMoves: without(statusMoves, 'FINISHED', 'PROCESSING') },
    breaks: 'every change of folder.resolution_status is a legal move',
  },
  {
    name: 'a legal move of the result is missing',
    rules: { systemMoves: without(systemMoves, 'FAILED', 'DECLINED') },
    breaks: 'every change of system_resolution is a legal move',
  },
  {
    name: 'a legal move of a group is missing',
    rules: { groupMoves: without(groupMoves, 'OPERATOR_REQUIRED', 'SUCCESS') },
    breaks: 'every change of the result of a group is a legal move',
  },
  {
    name: 'a move is listed that nothing causes',
    rules: {
      statusMoves: [...statusMoves, { from: 'INITIAL', to: 'FINISHED', clauses: ['FOLDER-FINISHED-MEANS'] }],
    },
    breaks: 'folder.resolution_status can go from INITIAL to FINISHED by FOLDER-FINISHED-MEANS',
  },
  {
    name: 'a settled analysis may change',
    rules: {
      resolve: (analysis, event, settings) =>
        resolve({ ...analysis, resolution: 'PROCESSING' }, event, settings),
    },
    breaks: 'a settled analysis never changes, but for an operator’s decision where the reading allows it',
  },
  {
    name: 'liveness may need an operator',
    rules: {
      resolve: (analysis, event, settings) => resolve({ ...analysis, kind: 'BIOMETRY' }, event, settings),
    },
    breaks: 'analysis.finished in the watched group keeps the invariant',
  },
  {
    name: 'an operator may decide without being allowed to',
    rules: {
      resolve: (analysis, event, settings) =>
        resolve(analysis, event, {
          ...settings!,
          reading: mistaken(settings!.reading, 'operator-decision', 'allowed'),
        }),
    },
    breaks: 'operator-decision=forbidden: OPERATOR_REQUIRED is never replaced',
  },
  {
    name: 'nobody may decide although it is allowed',
    rules: {
      resolve: (analysis, event, settings) =>
        event.type === 'operator.decided' ? undefined : resolve(analysis, event, settings),
    },
    breaks: 'operator.decided in the watched group can happen',
  },
  {
    name: 'a group without a failure does not count as finished',
    rules: { countsAsFinished: ({ failed }, reading) => !countsAsFinished({ failed }, reading) },
    breaks:
      'failed-group-finishes=no: once nothing runs, a failed group shows only if no group settled without a failure',
  },
  {
    name: 'a failed group finishes although it never does',
    rules: {
      countsAsFinished: (summary, reading) =>
        countsAsFinished(summary, mistaken(reading, 'failed-group-finishes', 'yes')),
    },
    breaks:
      'failed-group-finishes=no: once nothing runs, a failed group shows only if no group settled without a failure',
  },
  {
    name: 'an empty folder is a success',
    rules: {
      systemOfView: (view, reading) => (view.allAnalyses ? systemOfView(view, reading) : 'SUCCESS'),
    },
    breaks: 'both fields are INITIAL exactly while the folder has no analyses',
  },
  ...(
    [
      [
        'result-scope=last-finished-group: once nothing runs, the group that finished last shows',
        systemTaking('result-scope', 'all-analyses'),
      ],
      [
        'result-scope=last-applied-group: the group that was posted last shows',
        systemTaking('result-scope', 'all-analyses'),
      ],
      [
        'result-scope=all-analyses: no group can be worse than what shows, and some analysis is so',
        systemTaking('result-scope', 'last-applied-group'),
      ],
      [
        'result-while-running=processing: while something runs PROCESSING shows',
        systemTaking('result-while-running', 'hold'),
      ],
      [
        'result-while-running=hold: while something runs the group that finished last goes on showing',
        systemTaking('result-while-running', 'processing'),
      ],
      [
        'status-precedence=processing-first: while something runs the stage is PROCESSING',
        statusTaking('status-precedence', 'failed-first'),
      ],
      [
        'status-precedence=failed-first: as soon as something failed the stage is FAILED',
        statusTaking('status-precedence', 'processing-first'),
      ],
      [
        'status-scope=all-analyses: once nothing runs, any failure makes the stage FAILED',
        statusTaking('status-scope', 'last-settled-group'),
      ],
      [
        'status-scope=last-applied-group: once the group that was posted last has settled, it alone makes the stage',
        statusTaking('status-scope', 'all-analyses'),
      ],
      [
        'status-scope=last-settled-group: once nothing runs, the group that settled last alone makes the stage',
        statusTaking('status-scope', 'all-analyses'),
      ],
      [
        'failed-group-finishes=folder-fails: once nothing runs, any failure makes the result FAILED',
        systemTaking('failed-group-finishes', 'no'),
      ],
    ] as const
  ).map(([breaks, rules]) => ({
    name: `another answer is taken for ${breaks.split(':')[0]}`,
    rules,
    breaks,
  })),
];

/** The rules of the specification with the fault. */
export const faultyRules = ({ rules }: Fault): Rules => ({ ...specifiedRules, ...rules });
