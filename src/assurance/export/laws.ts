import {
  defaultReading,
  type ClauseId,
  type FolderStatus,
  type Reading,
  type Resolution,
  type SystemResolution,
} from '../../../machines/index.ts';
import type { Condition, Scope } from '../../explore/readings/field-rules.ts';

/**
 * What the model checkers are asked to check: laws that speak of the analyses directly and do not use the rules by
 * which a field follows from them, so that a fault in the rules breaks one.
 */
export interface Law {
  readonly name: string;
  readonly clauses: readonly ClauseId[];
  readonly field: 'resolution_status' | 'system_resolution';
  /** The law speaks of folders whose field shows this. */
  readonly shows: FolderStatus | SystemResolution;
  /** All of these hold then. */
  readonly requires: readonly Condition[];
  /** None of these holds then. */
  readonly forbids: readonly Condition[];
}

const inScope = (scope: Scope, ...resolutions: readonly Resolution[]): readonly Condition[] =>
  resolutions.map((resolution) => ({ scope, holds: resolution }));

/** The laws that hold under `reading`. */
export function lawsOf(reading: Reading = defaultReading): readonly Law[] {
  return [...statusLaws(reading), ...resultLaws(reading)];
}

function statusLaws(reading: Reading): readonly Law[] {
  const field = 'resolution_status';
  const wholeFolder = reading['status-scope'] === 'all-analyses';
  return [
    {
      name: 'a PROCESSING folder has a running analysis',
      clauses: ['FOLDER-PROCESSING-MEANS'],
      field,
      shows: 'PROCESSING',
      requires: inScope('folder', 'PROCESSING'),
      forbids: [],
    },
    {
      name: 'a FAILED folder has a failed analysis',
      clauses: ['FOLDER-FAILED-MEANS'],
      field,
      shows: 'FAILED',
      requires: inScope('folder', 'FAILED'),
      forbids: [],
    },
    ...(wholeFolder
      ? [
          {
            name: 'a FINISHED folder has neither a running nor a failed analysis',
            clauses: ['FOLDER-FINISHED-MEANS'],
            field,
            shows: 'FINISHED',
            requires: [],
            forbids: inScope('folder', 'PROCESSING', 'FAILED'),
          } as const,
        ]
      : []),
  ];
}

function resultLaws(reading: Reading): readonly Law[] {
  const field = 'system_resolution';
  const deciding = decidingScope(reading);
  return [
    {
      name: 'a PROCESSING result has a running analysis',
      clauses: ['FOLDER-RESULT-WHEN-FINISHED'],
      field,
      shows: 'PROCESSING',
      requires: inScope('folder', 'PROCESSING'),
      forbids: [],
    },
    {
      name: 'SUCCESS means SUCCESS of every analysis that decides',
      clauses: ['SYSTEM-SUCCESS-MEANS', 'DECIDING-ANALYSES', 'SUCCESS-OF-EVERY-ANALYSIS'],
      field,
      shows: 'SUCCESS',
      requires: inScope(deciding, 'SUCCESS'),
      forbids: inScope(deciding, 'PROCESSING', 'FAILED', 'DECLINED', 'OPERATOR_REQUIRED'),
    },
    {
      name: 'OPERATOR_REQUIRED means that nothing that decides was declined',
      clauses: ['SYSTEM-OPERATOR_REQUIRED-MEANS', 'DECIDING-ANALYSES'],
      field,
      shows: 'OPERATOR_REQUIRED',
      requires: inScope(deciding, 'OPERATOR_REQUIRED'),
      forbids: inScope(deciding, 'PROCESSING', 'FAILED', 'DECLINED'),
    },
    {
      name: 'DECLINED means that an analysis was declined',
      clauses: ['SYSTEM-DECLINED-MEANS'],
      field,
      shows: 'DECLINED',
      requires: inScope('folder', 'DECLINED'),
      forbids: [],
    },
  ];
}

/** The analyses that decide a result: those without FAILED, where a group that failed does not finish. */
function decidingScope(reading: Reading): Scope {
  switch (reading['result-scope']) {
    case 'all-analyses':
      return 'folder';
    case 'last-applied-group':
      return 'last-applied';
    case 'last-finished-group':
      return reading['failed-group-finishes'] === 'yes' ? 'last-settled' : 'last-finished';
  }
}
