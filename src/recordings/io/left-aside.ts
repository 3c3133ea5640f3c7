import type { IgnoredReason, Summary } from './piece.ts';

/** What was left aside of several inputs: how often for which reason, and which requests. */
export interface LeftAside {
  readonly ignored: Partial<Record<IgnoredReason, number>>;
  readonly requests: Map<string, number>;
}

/** Adds what was left aside of one more input. */
export function addLeftAside(all: LeftAside, { ignored, requests }: Summary): void {
  for (const [reason, count] of Object.entries(ignored) as [IgnoredReason, number][])
    all.ignored[reason] = (all.ignored[reason] ?? 0) + count;
  for (const [request, count] of requests)
    all.requests.set(request, (all.requests.get(request) ?? 0) + count);
}
