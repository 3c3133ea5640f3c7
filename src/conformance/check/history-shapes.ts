/** The shapes of observations: what is seen of a folder as a few numbers, whatever it is called. */
import { codeBits, statusOf } from '../../observations/packed/packed.ts';
import type { AnalysisView, Observation } from '../../observations/observation.ts';

const flagBits = 1;
const viewsBits = 8;
const orderBits = 8;
const kindBits = 6;
const groupBits = 8;

/** How many analyses, kinds and groups can be told apart in a history. */
export const historyLimits = {
  analyses: 1 << orderBits,
  kinds: (1 << kindBits) - 1,
  groups: (1 << groupBits) - 1,
};

/** What is seen of the folder itself as one number: the codes of its statuses, the flags, how many views follow. */
export function packHead(
  status: number,
  system: number,
  complete: number,
  wholeGroup: number,
  views: number,
): number {
  const statusesAndFlags =
    (((((status << codeBits) | system) << flagBits) | complete) << flagBits) | wholeGroup;
  return (statusesAndFlags << viewsBits) | views;
}

/** What is seen of one analysis as one number: which of the folder it is, kind and group (-1: not seen), its codes. */
export function packView(order: number, kind: number, group: number, codes: number): number {
  return (((((codes << groupBits) | (group + 1)) << kindBits) | (kind + 1)) << orderBits) | order;
}

/** The observation of this shape. Analyses and groups have their numbers in the folder as names; `kindOf` spells kinds. */
export function unpackObservation(
  [head = 0, ...views]: readonly number[],
  kindOf: (kind: number) => string,
): Observation {
  const status = statusOf(head >> (viewsBits + 2 * flagBits + codeBits));
  const system = statusOf(head >> (viewsBits + 2 * flagBits));
  return {
    folder: '',
    ...(status && { resolutionStatus: status }),
    ...(system && { systemResolution: system }),
    analyses: views.map((view) => unpackView(view, kindOf)),
    complete: ((head >> (viewsBits + flagBits)) & 1) === 1,
    wholeGroup: ((head >> viewsBits) & 1) === 1,
    where: { file: '' },
  };
}

function unpackView(view: number, kindOf: (kind: number) => string): AnalysisView {
  const kind = ((view >> orderBits) & ((1 << kindBits) - 1)) - 1;
  const group = ((view >> (orderBits + kindBits)) & ((1 << groupBits) - 1)) - 1;
  const codes = view >> (orderBits + kindBits + groupBits);
  const state = statusOf(codes);
  const resolutionStatus = statusOf(codes >> codeBits);
  return {
    id: String(view & (historyLimits.analyses - 1)),
    ...(kind >= 0 && { kind: kindOf(kind) }),
    ...(group >= 0 && { groupId: String(group) }),
    ...(state && { state }),
    ...(resolutionStatus && { resolutionStatus }),
    pointer: '',
  };
}
