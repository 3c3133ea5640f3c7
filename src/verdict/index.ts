/** For clients: what an answer of the API means for whoever waits for it. Needs machines/ and nothing else. */
export * from './parse.ts';
export * from './verdict.ts';
export * from './callback.ts';
export * from './wait.ts';
export * from './wait-options.ts';
