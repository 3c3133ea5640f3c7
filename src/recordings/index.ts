export * from './line-marks.ts';
export * from './naming.ts';
export * from './options.ts';
export * from './piece.ts';
export * from './positions.ts';
export * from './read-text.ts';
export * from './read.ts';
export * from './receiver.ts';
