/** The matchers with their types for jest: its globals, and `expect` of `@jest/globals`; nothing of jest is loaded. */
/// <reference types="expect" preserve="true" />
import type { OzStatusMatchers } from './conform.ts';

export * from './index.ts';

declare global {
  // oxlint-disable-next-line typescript/no-namespace -- the place where jest keeps the types of its globals
  namespace jest {
    interface Matchers<R, T> extends OzStatusMatchers<R> {}
    // Of `expect` and `expect.not`, where it stands inside of a larger expectation.
    interface Expect extends OzStatusMatchers<unknown> {}
    interface InverseAsymmetricMatchers extends OzStatusMatchers<unknown> {}
  }
}

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T> extends OzStatusMatchers<R> {}
  interface AsymmetricMatchers extends OzStatusMatchers<unknown> {}
}
