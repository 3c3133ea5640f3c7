import {
  alphabetOf,
  defaultSettings,
  movesFrom,
  startOf,
  statusMoves,
  systemMoves,
  type FolderStatus,
  type Resolution,
  type Settings,
  type Status,
  type SystemResolution,
} from '../../../machines/index.ts';
import { analysisSteps, type AnalysisStep } from '../../explore/walk/analysis-steps.ts';
import { resolutionOrder, statusRules, systemRules, type Rule } from '../../explore/readings/field-rules.ts';
import { lawsOf, type Law } from './laws.ts';

/** One field of a folder, as a model in another language needs it. */
export interface FieldBlueprint<S extends Status = Status> {
  readonly alphabet: readonly S[];
  readonly start: S;
  /** What the field shows once there are analyses: the first rule that applies. */
  readonly rules: readonly Rule<S>[];
  /** The legal moves: the field follows its rules along these only. */
  readonly moves: readonly { readonly from: S; readonly to: S }[];
}

/** The specification under some settings as tables: all that a model in another language is made from. */
export interface Blueprint {
  readonly settings: Settings;
  readonly steps: readonly AnalysisStep[];
  /** The resolutions of an analysis, worst first. */
  readonly order: readonly Resolution[];
  readonly fields: {
    readonly resolution_status: FieldBlueprint<FolderStatus>;
    readonly system_resolution: FieldBlueprint<SystemResolution>;
  };
  readonly laws: readonly Law[];
}

/** The name of a field of a folder in the exports: that of its region in the machine. */
export type FieldName = keyof Blueprint['fields'];

/** How many groups, each of how many analyses, a bounded model has. */
export interface ModelSize {
  readonly groups: number;
  readonly analyses: number;
}

/** The tables of the specification under `settings`. */
export function blueprintOf(settings: Settings = defaultSettings): Blueprint {
  const { reading } = settings;
  const statuses = alphabetOf('folder.resolution_status');
  const resolutions = alphabetOf('system_resolution');
  return {
    settings,
    steps: analysisSteps(settings),
    order: resolutionOrder(reading),
    fields: {
      resolution_status: {
        alphabet: statuses,
        start: startOf('folder.resolution_status'),
        rules: statusRules(reading),
        moves: statuses.flatMap((from) =>
          movesFrom(statusMoves, from, reading).map(({ to }) => ({ from, to })),
        ),
      },
      system_resolution: {
        alphabet: resolutions,
        start: startOf('system_resolution'),
        rules: systemRules(reading),
        moves: resolutions.flatMap((from) =>
          movesFrom(systemMoves, from, reading).map(({ to }) => ({ from, to })),
        ),
      },
    },
    laws: lawsOf(reading),
  };
}
