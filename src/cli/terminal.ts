/** A stream to a person or a file. */
export interface Sink {
  write(content: string | Uint8Array): void;
  readonly isTerminal: boolean;
}

/** The outside world as a command sees it; tests pass their own. */
export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  stdin(): AsyncIterable<Uint8Array>;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Milliseconds on a clock that only moves forward. */
  now(): number;
}
