/** The matchers with their types for vitest (3.2 or newer); nothing of vitest is loaded. */
/// <reference types="vitest" preserve="true" />
import type { OzStatusMatchers } from './conform.ts';

export * from './index.ts';

declare module 'vitest' {
  interface Matchers<T> extends OzStatusMatchers {}
  // Of `expect.not`, where it stands inside of a larger expectation.
  interface AsymmetricMatchersContaining extends OzStatusMatchers {}
}
