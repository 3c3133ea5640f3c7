/**
 * The life of a folder: the media of one applicant and the groups of analyses applied to them.
 *
 * The API shows a folder in two fields, and they move on their own: `resolution_status` is the stage of the work,
 * `system_resolution` its result. So the machine has one region per field, and the names of its states are the
 * statuses of the API. Events only record what happened to the analyses; each region then follows by itself,
 * along the legal moves of its field and only to the status that the analyses give it. A folder is never final:
 * another group may always be posted, and a good result of that group can hide a bad one of an earlier group.
 */
import { setup } from 'xstate';
import { operatorMayDecide } from '../analysis/model.ts';
import { cellClause, type ClauseId } from '../clauses.ts';
import { settingsFrom, type GivenSettings } from '../given-settings.ts';
import { defaultSettings } from '../readings.ts';
import { alphabetOf, cellOf, maxMicrosteps, type FolderStatus, type SystemResolution } from '../statuses.ts';
import {
  emptyFolder,
  isLegal,
  reduceFolder,
  resolutionStatus,
  systemResolution,
  type Folder,
  type FolderEvent,
} from './model.ts';
import { movesFrom, statusMoves, systemMoves } from './moves.ts';

/** What a state of the machine carries: what the API shows in it, and by which clauses. */
export interface FolderMeta {
  readonly api: { 'folder.resolution_status': FolderStatus } | { system_resolution: SystemResolution };
  readonly clauses: readonly ClauseId[];
}

const statusMeans = {
  INITIAL: ['FOLDER-INITIAL-MEANS', 'FOLDER-INITIAL-ONCE'],
  PROCESSING: ['FOLDER-PROCESSING-MEANS'],
  FAILED: ['FOLDER-FAILED-MEANS', 'FOLDER-NEVER-FINAL'],
  FINISHED: ['FOLDER-FINISHED-MEANS', 'FINISHED-WITH-ANY-RESULT', 'FOLDER-NEVER-FINAL'],
} as const satisfies Record<FolderStatus, readonly ClauseId[]>;

const systemMeans = {
  INITIAL: ['FOLDER-INITIAL-ONCE'],
  PROCESSING: ['FOLDER-RESULT-WHEN-FINISHED'],
  FAILED: ['WORST-ORDER'],
  DECLINED: ['SYSTEM-DECLINED-MEANS', 'DECIDING-ANALYSES'],
  OPERATOR_REQUIRED: [
    'SYSTEM-OPERATOR_REQUIRED-MEANS',
    'DECIDING-ANALYSES',
    'LIVENESS-FOLDER-NO-OPERATOR',
    'LIVENESS-ONLY-FOLDER',
  ],
  SUCCESS: ['SYSTEM-SUCCESS-MEANS', 'DECIDING-ANALYSES', 'SUCCESS-OF-EVERY-ANALYSIS'],
} as const satisfies Record<SystemResolution, readonly ClauseId[]>;

/** The statechart of a folder under the given settings, or answers to questions; throws a TypeError for a wrong one. */
export function createFolderMachine(given: GivenSettings = defaultSettings) {
  const settings = settingsFrom(given);
  const { reading } = settings;
  const folder = setup({
    types: {
      context: {} as Folder,
      // None: it begins without analyses, and one that is known is given as a snapshot.
      input: undefined,
      events: {} as FolderEvent,
      meta: {} as FolderMeta,
      transitionMeta: {} as { clauses: readonly ClauseId[] },
    },
    guards: {
      'the event is legal': ({ context, event }) => isLegal(context, event, settings),
      'resolution_status is': ({ context }, { is }: { is: FolderStatus }) =>
        resolutionStatus(context, reading) === is,
      'system_resolution is': ({ context }, { is }: { is: SystemResolution }) =>
        systemResolution(context, reading) === is,
    },
  });
  const record = folder.assign(({ context, event }) => reduceFolder(context, event, settings));

  const recorded = (description: string, ...clauses: ClauseId[]) => ({
    guard: 'the event is legal' as const,
    actions: { type: 'record' as const },
    description,
    meta: { clauses },
  });
  const status = (from: FolderStatus) => ({
    description: cellOf('folder.resolution_status', from)!.meaning,
    meta: {
      api: { 'folder.resolution_status': from },
      clauses: [cellClause('folder.resolution_status', from), ...statusMeans[from]],
    },
    always: movesFrom(statusMoves, from, reading).map(({ to, clauses }) => ({
      guard: { type: 'resolution_status is' as const, params: { is: to } },
      target: to,
      meta: { clauses },
    })),
  });
  const system = (from: SystemResolution) => ({
    description: cellOf('system_resolution', from)!.meaning,
    meta: {
      api: { system_resolution: from },
      clauses: [cellClause('system_resolution', from), ...systemMeans[from]],
    },
    always: movesFrom(systemMoves, from, reading).map(({ to, clauses }) => ({
      guard: { type: 'system_resolution is' as const, params: { is: to } },
      target: to,
      meta: { clauses },
    })),
  });

  return folder.extend({ actions: { record } }).createMachine({
    id: 'folder',
    description: 'A folder. One region for each of its two fields; state names are the API’s statuses.',
    options: { maxIterations: maxMicrosteps },
    type: 'parallel',
    context: emptyFolder,
    on: {
      'group.posted': recorded(
        'a POST applies a group of analyses',
        'FOLDER-HOLDS-MEDIA',
        'GROUP-IS-ONE-POST',
        'FOLDER-NEVER-FINAL',
        'GROUP-CONSTANT',
      ),
      'analysis.failed': recorded('an analysis fails', 'STATE-FAILED-MEANS', 'ANALYSIS-FINAL'),
      'analysis.finished': recorded('an analysis finishes', 'RESULT-AFTER-FINISH', 'ANALYSIS-FINAL'),
      ...(operatorMayDecide(settings)
        ? { 'operator.decided': recorded('a person decides', 'OPERATOR-DECISION') }
        : {}),
    },
    states: {
      resolution_status: {
        description: 'The stage of the work.',
        initial: 'INITIAL',
        states: Object.fromEntries(
          alphabetOf('folder.resolution_status').map((from) => [from, status(from)]),
        ) as { [S in FolderStatus]: ReturnType<typeof status> },
      },
      system_resolution: {
        description: 'The result of the work.',
        initial: 'INITIAL',
        states: Object.fromEntries(alphabetOf('system_resolution').map((from) => [from, system(from)])) as {
          [S in SystemResolution]: ReturnType<typeof system>;
        },
      },
    },
  });
}

/** The statechart of a folder under the default settings. */
export const folderMachine = createFolderMachine();
