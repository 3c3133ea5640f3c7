import type { FaultName } from './faults.ts';

/** A request as the simulator reads it. */
export interface Ask {
  readonly method: string;
  /** The address as it was asked for, which goes into recordings. */
  readonly url: string;
  /** Path and query of the address, as received. */
  readonly path: string;
  /** The value of `X-Forensic-Access-Token`. */
  readonly token: string | null;
  readonly content: Content;
}

/** What a request brought along. */
export type Content =
  | { readonly is: 'nothing' }
  | { readonly is: 'json'; readonly value: unknown; readonly files: readonly string[] }
  | { readonly is: 'unreadable'; readonly problem: string; readonly status: number };

/** What the way does to an answer; whoever sends answers over a network acts on it. */
export interface Mishap {
  readonly fault: FaultName;
  /** In milliseconds of real time. */
  readonly delay: number;
}

/** An answer before it becomes a response. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly mishap?: Mishap;
}

/** The documented codes of errors of requests, each with the HTTP status that this simulator gives it. */
export const errorCodes = {
  unknown: { code: 0, status: 500, about: 'unknown' },
  structure: { code: 3, status: 400, about: 'invalid structure' },
  value: { code: 4, status: 400, about: 'invalid value' },
  type: { code: 5, status: 400, about: 'invalid type' },
  'no-token': { code: 6, status: 401, about: 'authorization not provided' },
  'wrong-token': { code: 7, status: 401, about: 'authorization invalid' },
  'old-token': { code: 8, status: 401, about: 'authorization expired' },
  forbidden: { code: 9, status: 403, about: 'forbidden' },
  missing: { code: 10, status: 404, about: 'does not exist' },
} as const satisfies Record<
  string,
  { readonly code: number; readonly status: number; readonly about: string }
>;

/** The name of an error of a request. */
export type ErrorName = keyof typeof errorCodes;

/** An answer with a text that is JSON. */
export const jsonText = (status: number, body: string): Answer => ({ status, body });

/** An answer with a value as JSON. */
export const json = (status: number, value: unknown): Answer => ({ status, body: JSON.stringify(value) });

/** An error of a request, as the API answers it. */
export function failure(
  name: ErrorName,
  message: string,
  more: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): Answer {
  const { code, status } = errorCodes[name];
  const body = JSON.stringify({ error_code: code, error_message: message, details: null });
  return { status: more.status ?? status, body, ...(more.headers ? { headers: more.headers } : {}) };
}
