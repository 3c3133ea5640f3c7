import { runBatch } from './run.ts';

/** A process that runs the batches that it is sent, so that one that never ends or takes all memory is noticed. */
process.on('message', (asked: { readonly kind: string; readonly seed: number; readonly number: number }) => {
  void runBatch(asked.kind, asked.seed, asked.number).then((batch) => {
    process.send?.({ ...batch, rss: process.resourceUsage().maxRSS * 1024 });
  });
});
