import type { Finding } from '../observations/findings.ts';
import { ndjsonFinding } from '../reports/index.ts';

/** The request in whose answer something was found, as its header `traceparent` names it (W3C Trace Context). */
export interface Trace {
  readonly traceId: string;
  readonly spanId: string;
  readonly flags: number;
}

/** A finding as a monitor tells it. */
export interface ToldFinding {
  /** The same whenever it is delivered: who has seen it before may drop it. */
  readonly id: string;
  /** How many the monitor has told with this one. */
  readonly number: number;
  /** The id of the folder as received; null: the folder has none, or the finding is about the input. */
  readonly folderId: string | null;
  readonly finding: Finding;
  /** When it was found, in milliseconds since 1970. */
  readonly time: number;
  readonly trace?: Trace;
}

/** A text of fixed length for a text, other ones for others: a hash. */
export type Digest = (text: string) => string;

/** What tells a finding from all others, wherever and however often its input is read; `nth`: of those that agree in all else. */
export function identityOf(finding: Finding, folder: string | null, nth: number): string {
  const { code, clause, analysis, observed, where } = finding;
  const { file, line, offset, pointer } = where;
  return JSON.stringify([nth, folder, code, clause, analysis, observed, file, line, offset, pointer]);
}

/** A finding as a line of JSON: as `check --format ndjson` writes it, with its id and its time. */
export function toldLine({ id, time, trace, finding, folderId }: ToldFinding): string {
  const line = ndjsonFinding({ finding, folderId });
  const own = JSON.stringify({ id, time: new Date(time).toISOString(), traceId: trace?.traceId ?? null });
  return `${line.trimEnd().slice(0, -1)},${own.slice(1)}\n`;
}

/** The header `traceparent`; undefined where it is none. */
export function traceOf(header: unknown): Trace | undefined {
  if (typeof header !== 'string') return undefined;
  const [, version = '', traceId = '', spanId = '', flags = '', more] =
    /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/.exec(header.trim()) ?? [];
  const isNone = version === '' || version === 'ff' || /^0+$/.test(traceId) || /^0+$/.test(spanId);
  if (isNone || (version === '00' && more !== undefined)) return undefined;
  return { traceId, spanId, flags: Number.parseInt(flags, 16) };
}
