import {
  countsAsFinished,
  groupMoves,
  resolve,
  orderUnder,
  statusMoves,
  statusOfView,
  summarize,
  systemMoves,
  systemOfView,
  type FolderView,
  type Reading,
  type Resolution,
  type Status,
  type SystemResolution,
} from '../../machines/index.ts';
import type { LegalMove, Rules } from '../../src/assurance/prove/index.ts';
import { mistaken, mistakenAnswers } from './mistaken-answers.ts';
import type { Fault } from './refute.ts';

/** The rules with two neighbours of the order exchanged, wherever the order is used. */
function swapped(left: SystemResolution, right: SystemResolution): Partial<Rules> {
  const order = (reading?: Reading) =>
    orderUnder(reading).map((status) => (status === left ? right : status === right ? left : status));
  const worst = <S extends SystemResolution>(members: Iterable<S>, reading?: Reading): S | undefined => {
    const list = [...members];
    return order(reading).find((status) => list.includes(status as S)) as S | undefined;
  };
  return {
    orderUnder: order,
    worstUnder: worst,
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

const without = (moves: readonly LegalMove[], from: string, to: string): readonly LegalMove[] =>
  moves.filter((move) => move.from !== from || move.to !== to);

/** A person who decides makes of an analysis something else than they may. */
const decidingInstead =
  (made: Resolution): Rules['resolve'] =>
  (analysis, event, settings) => {
    const resolution = resolve(analysis, event, settings);
    return resolution !== undefined && event.type === 'operator.decided' ? made : resolution;
  };

/** A field that shows one status where it has to show another one. */
const showingInstead =
  <S extends Status>(project: (view: FolderView, reading?: Reading) => S, meant: S, shown: Status) =>
  (view: FolderView, reading?: Reading): S => {
    const status = project(view, reading);
    return status === meant ? (shown as S) : status;
  };

const places = ['the watched group', 'another group'] as const;

/** Wrong specifications, each with the name of an obligation that cannot be proved of it. */
export const faults: readonly Fault[] = [
  {
    name: 'DECLINED and OPERATOR_REQUIRED exchanged in the order',
    rules: swapped('DECLINED', 'OPERATOR_REQUIRED'),
    breaks: ['OPERATOR_REQUIRED of a folder means that a group without DECLINED needs a person'],
  },
  {
    name: 'OPERATOR_REQUIRED and SUCCESS exchanged in the order',
    rules: swapped('OPERATOR_REQUIRED', 'SUCCESS'),
    breaks: [
      'SUCCESS of a folder means SUCCESS of every analysis in the deciding group',
      'a group is SUCCESS exactly if every analysis in it is',
    ],
  },
  {
    name: 'PROCESSING and FAILED exchanged in the order',
    rules: swapped('PROCESSING', 'FAILED'),
    breaks: ['a group is PROCESSING exactly while an analysis in it runs'],
  },
  {
    name: 'FAILED and DECLINED exchanged in the order',
    rules: swapped('FAILED', 'DECLINED'),
    breaks: [
      'failed-beside-declined=failed: a settled group with both is FAILED',
      'failed-beside-declined=declined: a settled group with both is DECLINED',
    ],
  },
  {
    name: 'in progress is judged by the newest group only, for the result',
    rules: {
      systemOfView: (view, reading) => systemOfView({ ...view, allAnalyses: view.lastApplied }, reading),
    },
    breaks: [
      'while something runs no group shows its result, unless the reading has one show it',
      'the laws leave no other status to system_resolution',
    ],
  },
  {
    name: 'in progress is judged by the newest group only, for the stage',
    rules: {
      statusOfView: (view, reading) => statusOfView({ ...view, allAnalyses: view.lastApplied }, reading),
    },
    breaks: [
      'the laws leave no other status to resolution_status',
      'a FINISHED folder has neither a running nor a failed analysis, where all analyses are looked at',
    ],
  },
  {
    name: 'a legal move of the stage is missing',
    rules: { statusMoves: without(statusMoves, 'FINISHED', 'PROCESSING') },
    breaks: ['every change of folder.resolution_status is a legal move'],
  },
  {
    name: 'a legal move of the result is missing',
    rules: { systemMoves: without(systemMoves, 'FAILED', 'DECLINED') },
    breaks: ['every change of system_resolution is a legal move'],
  },
  {
    name: 'a legal move of a group is missing',
    rules: { groupMoves: without(groupMoves, 'OPERATOR_REQUIRED', 'SUCCESS') },
    breaks: ['every change of the result of a group is a legal move'],
  },
  {
    name: 'a move is listed that nothing causes',
    rules: {
      statusMoves: [...statusMoves, { from: 'INITIAL', to: 'FINISHED', clauses: ['FOLDER-FINISHED-MEANS'] }],
    },
    breaks: ['folder.resolution_status can go from INITIAL to FINISHED by FOLDER-FINISHED-MEANS'],
  },
  {
    name: 'a settled analysis may change',
    rules: {
      resolve: (analysis, event, settings) =>
        resolve({ ...analysis, resolution: 'PROCESSING' }, event, settings),
    },
    breaks: [
      'a settled analysis never changes, but for an operator’s decision where the reading allows it',
      ...places.flatMap((place) => [
        `analysis.failed in ${place} keeps the invariant`,
        `analysis.finished in ${place} keeps the invariant`,
      ]),
    ],
  },
  {
    name: 'liveness may need an operator',
    rules: {
      resolve: (analysis, event, settings) => resolve({ ...analysis, kind: 'BIOMETRY' }, event, settings),
    },
    breaks: ['analysis.finished in the watched group keeps the invariant'],
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
    breaks: [
      'operator-decision=forbidden: OPERATOR_REQUIRED is never replaced',
      'operator-decision=unspecified: OPERATOR_REQUIRED is never replaced by itself',
    ],
  },
  {
    name: 'nobody may decide although it is allowed',
    rules: {
      resolve: (analysis, event, settings) =>
        event.type === 'operator.decided' ? undefined : resolve(analysis, event, settings),
    },
    breaks: ['SUCCESS', 'DECLINED'].flatMap((to) => [
      ...places.map((place) => `operator.decided in ${place} can end in ${to}`),
      `system_resolution can go from OPERATOR_REQUIRED to ${to} by OPERATOR-DECISION under operator-decision=allowed`,
    ]),
  },
  {
    name: 'a group without a failure does not count as finished',
    rules: { countsAsFinished: ({ failed }, reading) => !countsAsFinished({ failed }, reading) },
    breaks: [
      'failed-group-finishes=no: once nothing runs, a failed group shows only if no group settled without a failure',
    ],
  },
  {
    name: 'a failed group finishes although it never does',
    rules: {
      countsAsFinished: (summary, reading) =>
        countsAsFinished(summary, mistaken(reading, 'failed-group-finishes', 'yes')),
    },
    breaks: [
      'failed-group-finishes=no: once nothing runs, a failed group shows only if no group settled without a failure',
    ],
  },
  {
    name: 'an empty folder is a success',
    rules: {
      systemOfView: (view, reading) => (view.allAnalyses ? systemOfView(view, reading) : 'SUCCESS'),
    },
    breaks: ['both fields are INITIAL exactly while the folder has no analyses'],
  },
  {
    name: 'the best of a group is taken for its worst',
    rules: {
      summarize: (analyses, reading) => {
        const summary = summarize(analyses, reading);
        const best = orderUnder(reading).findLast((status) =>
          analyses.some(({ resolution }) => resolution === status),
        );
        return summary && { ...summary, worst: best as Resolution };
      },
    },
    breaks: ['the result of a group is the result of a member, and no member is worse'],
  },
  {
    name: 'a posted group counts as settled',
    rules: {
      summarize: (analyses, reading) => {
        const summary = summarize(analyses, reading);
        return summary && { ...summary, running: false };
      },
    },
    breaks: places.map((place) => `group.posted in ${place} keeps the invariant`),
  },
  {
    name: 'a person may decide that an analysis failed',
    rules: { resolve: decidingInstead('FAILED') },
    breaks: [
      ...places.map((place) => `operator.decided in ${place} keeps the invariant`),
      'operator-decision=allowed: OPERATOR_REQUIRED is replaced by SUCCESS or DECLINED only',
    ],
  },
  {
    name: 'a decision sets the analysis running again',
    rules: { resolve: decidingInstead('PROCESSING') },
    breaks: ['a settled group stays settled'],
  },
  {
    name: 'the stage shows a result',
    rules: { statusOfView: showingInstead(statusOfView, 'FINISHED', 'SUCCESS') },
    breaks: ['folder.resolution_status stays in its column of the table'],
  },
  {
    name: 'the result shows a stage',
    rules: { systemOfView: showingInstead(systemOfView, 'SUCCESS', 'FINISHED') },
    breaks: [
      'system_resolution stays in its column of the table',
      'a folder of one settled group shows the result of that group, the worst in it',
    ],
  },
  {
    name: 'a failure counts as in progress',
    rules: { statusOfView: showingInstead(statusOfView, 'FAILED', 'PROCESSING') },
    breaks: ['a PROCESSING folder has a running analysis'],
  },
  {
    name: 'what has finished counts as a failure',
    rules: { statusOfView: showingInstead(statusOfView, 'FINISHED', 'FAILED') },
    breaks: ['a FAILED folder has a failed analysis'],
  },
  {
    name: 'a declined check needs a person',
    rules: { systemOfView: showingInstead(systemOfView, 'DECLINED', 'OPERATOR_REQUIRED') },
    breaks: [
      'a folder of liveness analyses only never shows OPERATOR_REQUIRED',
      'no folder shows OPERATOR_REQUIRED where the biometry settings do not enable it',
    ],
  },
  {
    name: 'a check that needs a person counts as declined',
    rules: { systemOfView: showingInstead(systemOfView, 'OPERATOR_REQUIRED', 'DECLINED') },
    breaks: ['DECLINED of a folder means that an analysis was declined'],
  },
  {
    name: 'a folder in which something failed is as if new',
    rules: { systemOfView: showingInstead(systemOfView, 'FAILED', 'INITIAL') },
    breaks: ['a folder never returns to INITIAL'],
  },
  {
    name: 'a failed group never finishes although it does',
    rules: {
      countsAsFinished: (summary, reading) =>
        countsAsFinished(summary, mistaken(reading, 'failed-group-finishes', 'no')),
    },
    breaks: [
      'failed-group-finishes=yes: once nothing runs, the group that settled last shows, failed or not',
    ],
  },
  ...mistakenAnswers,
];
