import { defineConfig } from 'vitest/config';
import { deepFiles, sharedFiles } from './test/deep-files.ts';

/**
 * Files that change what other files of the same process would see: a module that is mocked, the globals of a browser,
 * a clock that is faked.
 */
const apart = [
  'test/cli/commands/source-page.test.ts',
  'test/diagrams/mermaid.test.ts',
  'test/recordings/without-scan.test.ts',
  'test/verdict/wait.test.ts',
];
const onlyDeep = Object.keys(deepFiles);

export default defineConfig({
  test: {
    setupFiles: ['test/environment.ts', 'test/fast-check.ts'],
    globalSetup: ['test/tidy/run-directory.ts', 'test/cli/build-package.ts'],
    // Vitest would leave one core idle; on two cores that is half of the machine.
    maxWorkers: '100%',
    // What tests make and drop at once is collected at once, and by the thread that made it: a tenth of the time each.
    execArgv: ['--min-semi-space-size=32', '--max-semi-space-size=64', '--single-threaded-gc'],
    // Some tests explore thousands of states; the limit is for a machine with two busy cores.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    allowOnly: false,
    dangerouslyIgnoreUnhandledErrors: false,
    coverage: { provider: 'v8', include: ['machines/**', 'src/**'], reporter: ['text', 'json-summary'] },
    projects: [
      {
        extends: true,
        // Loading the modules anew for every file takes longer than most files.
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...apart, ...onlyDeep],
          isolate: false,
        },
      },
      {
        extends: true,
        // After the others: a process that is shared ends where a file of another kind is next.
        test: { name: 'apart', include: apart, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          name: 'deep',
          include: [...Object.keys(sharedFiles), ...onlyDeep],
          isolate: false,
          provide: { deep: true },
          testTimeout: 300_000,
        },
      },
    ],
  },
});
