import { compareBatch, type Asked } from './batch.ts';

/** A process that compares the batches that it is sent. */
process.on('message', (asked: Asked) => {
  process.send?.(compareBatch(asked));
});

// Whoever interrupts a campaign ends it from its first process, which waits for what has begun.
process.on('SIGINT', () => undefined);
