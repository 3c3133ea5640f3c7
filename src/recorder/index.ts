/** Recorder: writes recordings where a client already asks the API. Needs nothing of Node. */
export * from './record-fetch.ts';
export type { RecordOptions } from './record-options.ts';
