import type { Chunk } from './chunk.ts';
import { codeBits, codeOf, createGlance, firstView, glanceAt, maxViews, viewAt, viewSize } from './glance.ts';
import type { AnalysisView, Observation } from '../observation.ts';
import { Scratch } from './texts.ts';

/** The code of what was seen, 0 if nothing was; undefined if it is no status. */
const codeIn = (status: string | undefined): number | undefined =>
  status === undefined ? 0 : codeOf.get(status);

/** Puts observations into numbers, one at a time. */
export class Glancer {
  /** The last observation in numbers, and the bytes that it is about. */
  readonly glance = createGlance();
  readonly #scratch = new Scratch();
  /** The texts of the observation. */
  #all = '';

  get chunk(): Chunk {
    return this.#scratch;
  }

  /** Puts the observation into numbers, but for the name of its folder; false where they cannot say what it says. */
  take({ resolutionStatus, systemResolution, analyses, complete, wholeGroup }: Observation): boolean {
    const status = codeIn(resolutionStatus);
    const system = codeIn(systemResolution);
    if (status === undefined || system === undefined || analyses.length > maxViews) return false;
    this.#all = '';
    this.glance[glanceAt.status] = status;
    this.glance[glanceAt.system] = system;
    this.glance[glanceAt.complete] = complete ? 1 : 0;
    this.glance[glanceAt.wholeGroup] = wholeGroup ? 1 : 0;
    this.glance[glanceAt.views] = analyses.length;
    for (const [at, view] of analyses.entries()) {
      if (!this.#takeView(view, firstView + at * viewSize)) return false;
    }
    this.#scratch.end = 0;
    this.#scratch.write(this.#all);
    if (this.#scratch.end !== this.#all.length) this.#writeEach(analyses);
    return true;
  }

  #takeView({ id, groupId, kind, state, resolutionStatus }: AnalysisView, at: number): boolean {
    const stateCode = codeIn(state);
    const statusCode = codeIn(resolutionStatus);
    if (stateCode === undefined || statusCode === undefined) return false;
    this.glance[at + viewAt.codes] = stateCode | (statusCode << codeBits);
    this.#add(id, at + viewAt.id);
    this.#add(groupId, at + viewAt.group);
    this.#add(kind, at + viewAt.kind);
    return true;
  }

  /** Notes the bounds that the text has among all, where each character is a byte. */
  #add(text: string | undefined, slot: number): void {
    this.glance[slot] = text === undefined ? -1 : this.#all.length;
    if (text !== undefined) this.#all += text;
    this.glance[slot + 1] = this.#all.length;
  }

  /** Writes texts by themselves, whose bounds among all are others in bytes. */
  #writeEach(analyses: readonly AnalysisView[]): void {
    this.#scratch.end = 0;
    for (const [nth, { id, groupId, kind }] of analyses.entries()) {
      const at = firstView + nth * viewSize;
      this.#write(id, at + viewAt.id);
      this.#write(groupId, at + viewAt.group);
      this.#write(kind, at + viewAt.kind);
    }
  }

  #write(text: string | undefined, slot: number): void {
    this.glance[slot] = text === undefined ? -1 : this.#scratch.write(text);
    this.glance[slot + 1] = this.#scratch.end;
  }
}
