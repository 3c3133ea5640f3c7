/** The contract with engines that hold the states of folders: states as bytes, and what is made of them. */
export * from './history.ts';
export * from './state-bytes.ts';
export * from './steps.ts';
export * from './monitor.ts';
export * from './parts.ts';
