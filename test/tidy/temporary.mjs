import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const directories = new Set();
const interruption = new AbortController();

export const interrupted = interruption.signal;

export function temporaryDirectory(prefix) {
  const directory = mkdtempSync(join(tmpdir(), prefix));
  removeAtTheEnd(directory);
  return directory;
}

export function removeAtTheEnd(directory) {
  if (directories.size === 0) waitForTheEnd();
  directories.add(directory);
}

function waitForTheEnd() {
  process.once('exit', () => {
    // A child process that ends as well may still be writing.
    for (const directory of directories) {
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    }
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      interruption.abort();
      process.exit(128 + constants.signals[signal]);
    });
  }
}

export function cacheDirectory() {
  const directory = fileURLToPath(new URL('../../node_modules/.cache/oz-status-spec', import.meta.url));
  mkdirSync(directory, { recursive: true });
  return directory;
}
