import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/cli/build-package.ts'],
    // Vitest would leave one core idle; on two cores that is half of the machine.
    maxWorkers: '100%',
    // Some tests explore thousands of states; the limit is for a machine with two busy cores.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    allowOnly: false,
    dangerouslyIgnoreUnhandledErrors: false,
    coverage: { provider: 'v8', include: ['machines/**', 'src/**'], reporter: ['text', 'json-summary'] },
  },
});
