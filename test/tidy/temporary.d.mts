/** Where tests and campaigns may write: what is gone when they end, and what the next run finds. */

/**
 * A new directory among the temporary files. It is gone when the process has ended, also by a failure or a signal; only
 * SIGKILL leaves it.
 */
export function temporaryDirectory(prefix: string): string;

/** Has a directory that something else makes removed in the same way. */
export function removeAtTheEnd(directory: string): void;

/** Aborted when a signal ends the process: child processes that are not told would go on writing. */
export const interrupted: AbortSignal;

/** The directory for what the next run needs again. It stands in `node_modules`, so that `npm ci` empties it. */
export function cacheDirectory(): string;
