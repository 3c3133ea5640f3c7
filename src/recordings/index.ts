export * from './lines/marks.ts';
export * from './io/naming.ts';
export * from './options.ts';
export * from './io/piece.ts';
export * from './positions/positions.ts';
export * from './reader/read-text.ts';
export * from './reader/read.ts';
export * from './io/receiver.ts';
