/** A service that answers as the machines say, for tests: in the process, or behind a server. */
export * from './simulator.ts';
export { usualLimits, type SimulatorLimits, type SimulatorOptions } from './options.ts';
export type { Answer, Ask, Content, ErrorName, Mishap } from './transport/answer.ts';
export { partOf, responseOf } from './transport/respond.ts';
export { askOf } from './transport/ask.ts';
export { faults, type FaultName } from './transport/faults.ts';
export type { Entry, Medium, MetaData, PostedAnalysis } from './session/entries.ts';
export type { SessionLimits } from './session/session.ts';
export { clocks, type ClockName } from './session/settings.ts';
export type { PluginCallback } from './routes/callbacks.ts';
export { catalogue, generatedPaths, type ListedScenario } from './scenarios/catalogue.ts';
export { codesOfNoHistory, illegalHistories, type IllegalCode } from './scenarios/illegal-histories.ts';
export { namedPath, pathName } from './scenarios/named-paths.ts';
export * from './traps/traps.ts';
export { openApi } from './contract/openapi.ts';
