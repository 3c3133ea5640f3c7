import type { ByteView } from './byte-view.ts';
import { codeBits, codeOf, createPacked, firstView, slot, maxViews, viewSlot, viewSize } from './packed.ts';
import type { AnalysisView, Observation } from '../observation.ts';
import { GrowingBytes } from './byte-text.ts';

/** The code of what was seen, 0 if nothing was; undefined if it is no status. */
const codeIn = (status: string | undefined): number | undefined =>
  status === undefined ? 0 : codeOf.get(status);

/** Puts observations into numbers, one at a time. */
export class Packer {
  /** The last observation in numbers, and the bytes that it is about. */
  readonly packed = createPacked();
  readonly #scratch = new GrowingBytes();
  /** The texts of the observation. */
  #all = '';

  get chunk(): ByteView {
    return this.#scratch;
  }

  /** Puts the observation into numbers, but for the name of its folder; false where they cannot say what it says. */
  take({ resolutionStatus, systemResolution, analyses, complete, wholeGroup }: Observation): boolean {
    const status = codeIn(resolutionStatus);
    const system = codeIn(systemResolution);
    if (status === undefined || system === undefined || analyses.length > maxViews) return false;
    this.#all = '';
    this.packed[slot.status] = status;
    this.packed[slot.system] = system;
    this.packed[slot.complete] = complete ? 1 : 0;
    this.packed[slot.wholeGroup] = wholeGroup ? 1 : 0;
    this.packed[slot.views] = analyses.length;
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
    this.packed[at + viewSlot.codes] = stateCode | (statusCode << codeBits);
    this.#add(id, at + viewSlot.id);
    this.#add(groupId, at + viewSlot.group);
    this.#add(kind, at + viewSlot.kind);
    return true;
  }

  /** Notes the bounds that the text has among all, where each character is a byte. */
  #add(text: string | undefined, at: number): void {
    this.packed[at] = text === undefined ? -1 : this.#all.length;
    if (text !== undefined) this.#all += text;
    this.packed[at + 1] = this.#all.length;
  }

  /** Writes texts by themselves, whose bounds among all are others in bytes. */
  #writeEach(analyses: readonly AnalysisView[]): void {
    this.#scratch.end = 0;
    for (const [nth, { id, groupId, kind }] of analyses.entries()) {
      const at = firstView + nth * viewSize;
      this.#write(id, at + viewSlot.id);
      this.#write(groupId, at + viewSlot.group);
      this.#write(kind, at + viewSlot.kind);
    }
  }

  #write(text: string | undefined, at: number): void {
    this.packed[at] = text === undefined ? -1 : this.#scratch.write(text);
    this.packed[at + 1] = this.#scratch.end;
  }
}
