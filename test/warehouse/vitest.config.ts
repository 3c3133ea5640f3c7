import { defineConfig } from 'vitest/config';

/** The filter of a warehouse in the engines that .ci/warehouse installs: they are too large to be installed with all else. */
export default defineConfig({
  test: { include: ['test/warehouse/*.engine.ts'], maxWorkers: 1, isolate: false, testTimeout: 0 },
});
