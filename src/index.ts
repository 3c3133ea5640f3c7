/**
 * The package at a glance: the machines, the functions behind them, and the check of recordings. docs/guide/package.md
 * says of each name why it is here; what is not here stands in the entry of its room.
 */
export {
  analysisMachine,
  createAnalysisMachine,
  createFolderMachine,
  createGroupMachine,
  folderMachine,
  groupMachine,
} from '../machines/index.ts';
export { emptyFolder, project, reduceFolder, worst } from '../machines/index.ts';
export { clauses, defaultReading, defaultSettings, questions } from '../machines/index.ts';
export type {
  Answer,
  ClauseId,
  Folder,
  FolderEvent,
  FolderFields,
  FolderStatus,
  GivenReading,
  GivenSettings,
  Question,
  Reading,
  Settings,
  Status,
  SystemResolution,
} from '../machines/index.ts';
export { createChecker, inferReadings } from './conformance/index.ts';
export type {
  Checker,
  Finding,
  FindingCode,
  FolderResult,
  Inference,
  Observation,
  Verdict,
  Where,
} from './conformance/index.ts';
export { checkRecording } from './matchers/check-recording.ts';
export type { CheckedRecording, RecordingInput } from './matchers/check-recording.ts';
export type { ConformOptions } from './matchers/conform-options.ts';
export type { PlainFinding, PlainFolder, ReportModel } from './reports/check/json.ts';
export type { CheckSummary } from './reports/check/outcome.ts';
