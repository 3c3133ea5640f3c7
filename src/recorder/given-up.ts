type Act = (...args: never[]) => unknown;

/** What is looked at of an answer whose body may be given up. */
interface Copied {
  readonly body?: unknown;
  clone(): Copied;
}

/**
 * Calls `tellThat` as soon as whoever has the answer gives up its body, and those of all copies that are made of it:
 * copying splits the body without a call that would be seen on it.
 */
export function whenBodyGivenUp(answer: Copied, tellThat: (reason: unknown) => void): void {
  const { body } = answer;
  // It may be no such stream; then nothing is seen of it.
  if (body) whenGivenUp(body as ReadableStream, tellThat);
  const own = Reflect.getOwnPropertyDescriptor(answer, 'clone');
  replace(answer, 'clone', (act) => () => {
    if (own) Reflect.defineProperty(answer, 'clone', own);
    else Reflect.deleteProperty(answer, 'clone');
    const copy = act() as Copied;
    const left = new Set([answer, copy]);
    for (const one of [answer, copy]) {
      whenBodyGivenUp(one, (reason) => {
        left.delete(one);
        if (left.size === 0) tellThat(reason);
      });
    }
    return copy;
  });
}

/**
 * Calls `tellThat` with the reason as soon as whoever has the stream gives up reading it: cancels it or its reader, breaks
 * off a loop over it, or pipes it to where nothing more is taken. A stream has no event for that, so that its own
 * methods are called through others of the same behaviour, on this one stream only. It is told before they are called,
 * because a stream that was split ends for nobody until all have given it up. What has ended is not given up any more.
 */
function whenGivenUp(stream: ReadableStream, tellThat: (reason: unknown) => void): void {
  let hasEnded = false;
  const tell = (reason: unknown): void => {
    if (!hasEnded) tellThat(reason);
  };
  const telling = (owner: object, name: PropertyKey) =>
    replace(owner, name, (act) => (reason: unknown) => {
      tell(reason);
      return act(reason as never);
    });
  telling(stream, 'cancel');
  replace(stream, 'getReader', (act) => (...args: never[]) => {
    const reader = act(...args) as Partial<Pick<ReadableStreamDefaultReader, 'closed'>>;
    // It is fulfilled before the last read is, and refused where the reader is released.
    reader.closed?.then(
      () => (hasEnded = true),
      () => undefined,
    );
    telling(reader, 'cancel');
    return reader;
  });
  for (const name of ['values', Symbol.asyncIterator]) {
    replace(stream, name, (act) => (options?: { readonly preventCancel?: boolean }) => {
      const iterator = act(options as never) as object;
      if (options?.preventCancel !== true) telling(iterator, 'return');
      return iterator;
    });
  }
  // A pipe fails only after it has cancelled the stream: it gets one of which that is seen.
  replace(stream, 'pipeTo', () => async (...args: Parameters<ReadableStream['pipeTo']>) => {
    const reader = stream.getReader();
    const passedOn = new ReadableStream<unknown>(
      {
        async pull(controller) {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
    await passedOn.pipeTo(...args).finally(() => reader.releaseLock());
  });
  replace(stream, 'pipeThrough', (act) => (...args: Parameters<ReadableStream['pipeThrough']>) => {
    const [{ readable, writable }, options] = args;
    // That is refused at once.
    if (stream.locked || writable.locked) return act(...(args as unknown as never[]));
    // Where the pipe fails, what comes out of it fails too.
    stream.pipeTo(writable, options).catch(() => undefined);
    return readable;
  });
  replace(stream, 'tee', (act) => () => {
    const parts = act() as readonly ReadableStream[];
    const left = new Set(parts);
    for (const part of parts) {
      whenGivenUp(part, (reason) => {
        left.delete(part);
        if (left.size === 0) tell(reason);
      });
    }
    return parts;
  });
}

/** Gives the object a method of its own in the place of one that it has. */
function replace(owner: object, name: PropertyKey, make: (act: Act) => Act): void {
  const act: unknown = Reflect.get(owner, name);
  if (typeof act !== 'function') return;
  const value = make(act.bind(owner) as Act);
  Reflect.defineProperty(owner, name, { value, configurable: true, writable: true });
}
