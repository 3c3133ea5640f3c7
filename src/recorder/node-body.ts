/** A stream of Node, of which no type is needed here. */
export interface NodeStream {
  readonly destroyed?: boolean;
  readonly readableEnded?: boolean;
  readonly readableFlowing?: boolean | null;
  listenerCount(event: string): number;
  pipe: unknown;
  emit(event: string | symbol, ...given: unknown[]): boolean;
}

/** Whether a body is a stream of Node, as node-fetch gives. */
export function isNodeStream(body: unknown): body is NodeStream {
  const { pipe, emit, listenerCount } = (body ?? {}) as Partial<NodeStream>;
  return [pipe, emit, listenerCount].every((each) => typeof each === 'function');
}

/** What is read of a stream while its owner reads it. */
export interface Watched {
  /** When the owner has read all: true. When the stream broke off, or was given up: false. Rejects with what failed. */
  readonly isWhole: Promise<boolean>;
  /** Ends it with false where the owner has not begun to read; whether that is so. */
  readonly leave: () => boolean;
}

/**
 * Sees the portions of a stream when its owner gets them. Copies of such streams hold each other up, hide errors from
 * each other and keep a request open that was given up. So none is made, and no listener added, which would set the
 * stream going: its method for events is called through another of the same behaviour.
 */
export function watchNodeStream(stream: NodeStream, add: (portion: unknown) => void): Watched {
  const emit = stream.emit.bind(stream);
  let end: (isWhole: boolean) => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const isWhole = new Promise<boolean>((resolve, reject) => ([end, fail] = [resolve, reject]));
  const stop = (): void => void Reflect.deleteProperty(stream, 'emit');
  let hasBegun = false;
  const see = (event: string | symbol, portion: unknown): void => {
    if (event === 'data') {
      hasBegun = true;
      add(portion);
    } else if (event === 'end' || event === 'error' || event === 'close') {
      stop();
      end(event === 'end');
    }
  };
  const value: NodeStream['emit'] = (event, ...given) => {
    try {
      see(event, given[0]);
    } catch (error) {
      stop();
      fail(error);
    }
    return emit(event, ...given);
  };
  Reflect.defineProperty(stream, 'emit', { value, configurable: true, writable: true });
  const isTaken = () => hasBegun || stream.listenerCount('data') + stream.listenerCount('readable') > 0;
  return {
    isWhole,
    leave: () => {
      if (isTaken()) return false;
      stop();
      end(false);
      return true;
    },
  };
}
