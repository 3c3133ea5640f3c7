/** A monitor that survives: judges lines as they come, tells each finding once, and keeps what it knows as records. */
export * from './core.ts';
export * from './counts.ts';
export * from './held-folders.ts';
export * from './lines.ts';
export * from './metrics.ts';
export * from './otlp.ts';
export * from './records.ts';
export * from './told.ts';
