import { statuses } from '../../machines/statuses.ts';
import type { Chunk } from './chunk.ts';
import { codeBits, createGlance, firstView, glanceAt, maxViews, viewAt, viewSize } from './glance.ts';
import type { AnalysisView, Observation } from './observation.ts';
import { Scratch } from './texts.ts';

const codes: ReadonlyMap<string | undefined, number> = new Map<string | undefined, number>([
  [undefined, 0],
  ...statuses.map((status, at) => [status, at + 1] as const),
]);

/** Puts observations into numbers, one at a time. */
export class Glancer {
  /** The last observation in numbers, and the bytes that it is about. */
  readonly glance = createGlance();
  readonly #scratch = new Scratch();

  get chunk(): Chunk {
    return this.#scratch;
  }

  /** Puts the observation into numbers, but for the name of its folder; false where they cannot say what it says. */
  take({ resolutionStatus, systemResolution, analyses, complete, wholeGroup }: Observation): boolean {
    const status = codes.get(resolutionStatus);
    const system = codes.get(systemResolution);
    if (status === undefined || system === undefined || analyses.length > maxViews) return false;
    this.#scratch.end = 0;
    this.glance[glanceAt.status] = status;
    this.glance[glanceAt.system] = system;
    this.glance[glanceAt.complete] = complete ? 1 : 0;
    this.glance[glanceAt.wholeGroup] = wholeGroup ? 1 : 0;
    this.glance[glanceAt.views] = analyses.length;
    for (const [at, view] of analyses.entries()) {
      if (!this.#takeView(view, firstView + at * viewSize)) return false;
    }
    return true;
  }

  #takeView({ id, groupId, kind, state, resolutionStatus }: AnalysisView, at: number): boolean {
    const stateCode = codes.get(state);
    const statusCode = codes.get(resolutionStatus);
    if (stateCode === undefined || statusCode === undefined) return false;
    this.glance[at + viewAt.codes] = stateCode | (statusCode << codeBits);
    this.#write(id, at + viewAt.id);
    this.#write(groupId, at + viewAt.group);
    this.#write(kind, at + viewAt.kind);
    return true;
  }

  #write(text: string | undefined, slot: number): void {
    this.glance[slot] = text === undefined ? -1 : this.#scratch.write(text);
    this.glance[slot + 1] = this.#scratch.end;
  }
}
