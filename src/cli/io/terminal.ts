import type { BigIntStats } from 'node:fs';

/** A stream to a person or a file. */
export interface OutputSink {
  write(content: string | Uint8Array): void;
  /** Waits until what was written has gone on so far that more can be, or never will. */
  ready(): Promise<void>;
  /** False: the reader has gone away, or writing has failed; what is written goes nowhere. */
  readonly isOpen: boolean;
  readonly isTerminal: boolean;
  /** How wide the terminal is, as far as that is known. */
  readonly columns?: number | undefined;
}

/** The outside world as a command sees it; tests pass their own. */
export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  stdin(): AsyncIterable<Uint8Array>;
  readonly stdout: OutputSink;
  readonly stderr: OutputSink;
  /** What standard input or output is connected to, where that is known. */
  standardStats?(side: 'input' | 'output'): BigIntStats | undefined;
  /**
   * From now on the command itself ends on SIGINT and SIGTERM: the signal is aborted with the name as its reason. Until
   * a command asks, and at the second time, they end the process at once.
   */
  interrupts(): AbortSignal;
  /** The day, YYYY-MM-DD in UTC. */
  today(): string;
  /** Milliseconds on a clock that only moves forward. */
  now(): number;
  /** Milliseconds since 1970, on a clock that may be set. */
  time(): number;
}
