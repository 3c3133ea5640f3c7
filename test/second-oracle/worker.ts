import { compareBatch, type Asked } from './batch.ts';

/** A process that compares the batches that it is sent. */
process.on('message', (asked: Asked) => {
  process.send?.(compareBatch(asked));
});
