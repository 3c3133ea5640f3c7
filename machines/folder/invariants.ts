import { isLiveness, isSettled } from '../analysis/model.ts';
import { cellClause } from '../clauses.ts';
import { groupResult, hasFailed, isGroupSettled } from '../group/model.ts';
import type { Invariant, StepInvariant } from '../invariants.ts';
import { resultFailsFirst, resultWaits, type Reading } from '../readings.ts';
import { isStatusOf, statuses, type Field } from '../statuses.ts';
import { worstUnder } from '../severity.ts';
import {
  allAnalyses,
  finishedGroups,
  settledGroups,
  statusOfView,
  systemOfView,
  viewFolder,
  type Folder,
} from './model.ts';

const columnOf = (field: Field) => statuses.map((status) => cellClause(field, status));
const runs = (folder: Folder) => !allAnalyses(folder).every((analysis) => isSettled(analysis.resolution));

// A folder that breaks an invariant is judged here, where others refuse it.
const resolutionStatus = (folder: Folder, reading: Reading) =>
  statusOfView(viewFolder(folder, reading), reading);
const systemResolution = (folder: Folder, reading: Reading) =>
  systemOfView(viewFolder(folder, reading), reading);

/** What holds of every reachable folder. */
export const folderInvariants: readonly Invariant<Folder>[] = [
  {
    name: 'folder.resolution_status stays in its column of the table',
    clauses: columnOf('folder.resolution_status'),
    holds: (folder, { reading }) => isStatusOf('folder.resolution_status', resolutionStatus(folder, reading)),
  },
  {
    name: 'system_resolution stays in its column of the table',
    clauses: columnOf('system_resolution'),
    holds: (folder, { reading }) => isStatusOf('system_resolution', systemResolution(folder, reading)),
  },
  {
    name: 'both fields are INITIAL exactly while the folder has no analyses',
    clauses: ['FOLDER-INITIAL-MEANS', 'FOLDER-INITIAL-ONCE'],
    holds: (folder, { reading }) => {
      const empty = folder.groups.length === 0;
      return (
        (resolutionStatus(folder, reading) === 'INITIAL') === empty &&
        (systemResolution(folder, reading) === 'INITIAL') === empty
      );
    },
  },
  {
    name: 'a PROCESSING folder has a running analysis',
    clauses: ['FOLDER-PROCESSING-MEANS', 'FOLDER-STAGE'],
    holds: (folder, { reading }) => resolutionStatus(folder, reading) !== 'PROCESSING' || runs(folder),
  },
  {
    name: 'a FINISHED folder has neither a running nor a failed analysis, where all analyses are looked at',
    clauses: ['FOLDER-FINISHED-MEANS', 'FOLDER-STAGE-OF-ANALYSES'],
    holds: (folder, { reading }) =>
      reading['status-scope'] !== 'all-analyses' ||
      resolutionStatus(folder, reading) !== 'FINISHED' ||
      (!runs(folder) && !folder.groups.some(hasFailed)),
  },
  {
    name: 'a FAILED folder has a failed analysis',
    clauses: ['FOLDER-FAILED-MEANS'],
    holds: (folder, { reading }) =>
      resolutionStatus(folder, reading) !== 'FAILED' || folder.groups.some(hasFailed),
  },
  {
    name: 'while something runs no group shows its result, unless the reading has one show it',
    clauses: ['FOLDER-RESULT-WHEN-FINISHED'],
    holds: (folder, { reading }) => {
      if (!resultWaits(reading)) return true;
      const failed = resultFailsFirst(reading) && folder.groups.some(hasFailed);
      const result = systemResolution(folder, reading);
      return runs(folder) ? result === (failed ? 'FAILED' : 'PROCESSING') : result !== 'PROCESSING';
    },
  },
  {
    name: 'SUCCESS of a folder means SUCCESS of every analysis in the deciding group',
    clauses: ['SYSTEM-SUCCESS-MEANS', 'DECIDING-ANALYSES', 'SUCCESS-OF-EVERY-ANALYSIS'],
    holds: (folder, { reading }) => {
      if (systemResolution(folder, reading) !== 'SUCCESS') return true;
      const groups = {
        'last-finished-group': finishedGroups(folder, reading).slice(-1),
        'last-applied-group': folder.groups.slice(-1),
        'all-analyses': folder.groups,
      }[reading['result-scope']];
      const analyses = groups.flatMap((group) => group.analyses);
      return analyses.length > 0 && analyses.every((analysis) => analysis.resolution === 'SUCCESS');
    },
  },
  {
    name: 'DECLINED of a folder means that an analysis was declined',
    clauses: ['SYSTEM-DECLINED-MEANS'],
    holds: (folder, { reading }) =>
      systemResolution(folder, reading) !== 'DECLINED' ||
      allAnalyses(folder).some((analysis) => analysis.resolution === 'DECLINED'),
  },
  {
    name: 'OPERATOR_REQUIRED of a folder means that a group without DECLINED needs a person',
    clauses: ['SYSTEM-OPERATOR_REQUIRED-MEANS', 'DECIDING-ANALYSES'],
    holds: (folder, { reading }) =>
      systemResolution(folder, reading) !== 'OPERATOR_REQUIRED' ||
      folder.groups.some((group) => groupResult(group, reading) === 'OPERATOR_REQUIRED'),
  },
  {
    name: 'a folder of one settled group shows the result of that group, the worst in it',
    clauses: ['FOLDER-RESULT', 'GROUP-RESULT-WORST', 'WORST-ORDER'],
    holds: (folder, { reading }) => {
      const [only, ...others] = folder.groups;
      if (!only || others.length > 0 || !isGroupSettled(only)) return true;
      if (reading['failed-group-finishes'] === 'folder-fails' && hasFailed(only)) return true;
      const resolutions = only.analyses.map((analysis) => analysis.resolution);
      return systemResolution(folder, reading) === worstUnder(resolutions, reading);
    },
  },
  {
    name: 'a folder of liveness analyses only never shows OPERATOR_REQUIRED',
    clauses: ['LIVENESS-ONLY-FOLDER', 'LIVENESS-FOLDER-NO-OPERATOR', 'LIVENESS-NO-OPERATOR'],
    holds: (folder, { reading }) =>
      systemResolution(folder, reading) !== 'OPERATOR_REQUIRED' ||
      allAnalyses(folder).some((analysis) => !isLiveness(analysis.kind)),
  },
  {
    name: 'no folder shows OPERATOR_REQUIRED where the biometry settings do not enable it',
    clauses: ['OPERATOR-SETTING'],
    holds: (folder, { reading, operatorRequired }) =>
      operatorRequired === 'allowed' || systemResolution(folder, reading) !== 'OPERATOR_REQUIRED',
  },
];

/** What holds of every step of a folder. */
export const folderStepInvariants: readonly StepInvariant<Folder>[] = [
  {
    name: 'a folder never returns to INITIAL',
    clauses: ['FOLDER-INITIAL-ONCE'],
    holds: (_before, after) => after.groups.length > 0,
  },
  {
    name: 'a group is only ever added at the end, and no group changes its members',
    clauses: ['GROUP-CONSTANT', 'FOLDER-NEVER-FINAL'],
    holds: (before, after) =>
      after.groups.length >= before.groups.length &&
      before.groups.every(({ id, analyses }, at) => {
        const now = after.groups[at];
        return now?.id === id && now.analyses.length === analyses.length;
      }),
  },
  {
    name: 'the order in which groups settled never changes',
    clauses: ['FOLDER-RESULT-LAST-FINISHED'],
    holds: (before, after) => before.settled.every((id, at) => settledGroups(after)[at]?.id === id),
  },
];
