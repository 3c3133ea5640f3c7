import type { FolderEvent, Settings } from '../../../machines/index.ts';
import { OracleFolder } from '../oracle/folder.ts';

/** How large the folders of one exploration become: at most `groups` posts of exactly `size` analyses each. */
export interface Bound {
  readonly groups: number;
  readonly size: number;
  /** `each`: a post chooses the kind of every analysis; `mixed`: liveness first, the rest of another kind. */
  readonly kinds: 'each' | 'mixed';
}

/** How the bound is written in the names of tests. */
export const nameOf = ({ groups, size, kinds }: Bound): string =>
  `${groups} x ${size}${kinds === 'each' ? ', kinds chosen' : ''}`;

const kindsOf = ({ size, kinds }: Bound): readonly (readonly string[])[] => {
  if (kinds === 'mixed') {
    return [Array.from({ length: size }, (_, at) => (at === 0 && size > 1 ? 'QUALITY' : 'BIOMETRY'))];
  }
  let choices: string[][] = [[]];
  for (let at = 0; at < size; at += 1) {
    choices = choices.flatMap((choice) => ['QUALITY', 'BIOMETRY'].map((kind) => [...choice, kind]));
  }
  return choices;
};

const idOf = (group: number, member: number): string => `a${group}.${member}`;

/** Everything that may be tried on a folder that holds `posted` groups, whether legal or not. */
export function candidates(bound: Bound, posted: number): readonly FolderEvent[] {
  const events: FolderEvent[] = [];
  if (posted < bound.groups) {
    for (const kinds of kindsOf(bound)) {
      const analyses = kinds.map((kind, member) => ({ id: idOf(posted, member), kind }));
      events.push({ type: 'group.posted', groupId: `g${posted}`, analyses });
    }
  }
  for (let group = 0; group < posted; group += 1) {
    for (let member = 0; member < bound.size; member += 1) events.push(...memberEvents(idOf(group, member)));
  }
  return events;
}

/** Everything that may be tried on one analysis. */
export function memberEvents(id: string) {
  return [
    { type: 'analysis.failed', id },
    { type: 'analysis.finished', id, resolution: 'SUCCESS' },
    { type: 'analysis.finished', id, resolution: 'OPERATOR_REQUIRED' },
    { type: 'analysis.finished', id, resolution: 'DECLINED' },
    { type: 'operator.decided', id, resolution: 'SUCCESS' },
    { type: 'operator.decided', id, resolution: 'DECLINED' },
  ] as const;
}

/** Events that no folder with at least one group `g0` of the explorations ever takes in. */
export const nonsense = [
  { type: 'group.posted', groupId: 'empty', analyses: [] },
  { type: 'group.posted', groupId: 'g0', analyses: [{ id: 'fresh', kind: 'BIOMETRY' }] },
  { type: 'group.posted', groupId: 'fresh', analyses: [{ id: idOf(0, 0), kind: 'BIOMETRY' }] },
  {
    type: 'group.posted',
    groupId: 'twice',
    analyses: [
      { id: 'same', kind: 'BIOMETRY' },
      { id: 'same', kind: 'BIOMETRY' },
    ],
  },
  { type: 'analysis.failed', id: 'unknown' },
  { type: 'analysis.finished', id: 'unknown', resolution: 'SUCCESS' },
  { type: 'analysis.finished', id: idOf(0, 0), resolution: 'FINISHED' },
  { type: 'analysis.finished', id: idOf(0, 0), resolution: 'FAILED' },
  { type: 'analysis.finished', id: idOf(0, 0), resolution: 'PROCESSING' },
  { type: 'analysis.finished', id: idOf(0, 0), resolution: 'success' },
  { type: 'operator.decided', id: idOf(0, 0), resolution: 'OPERATOR_REQUIRED' },
  { type: 'operator.decided', id: idOf(0, 0), resolution: 'FAILED' },
] as unknown as readonly FolderEvent[];

/** What the oracle finds within a bound. */
export interface Census {
  /** Distinct folders, each with the shortest sequence of events that leads to it. */
  readonly states: ReadonlyMap<
    string,
    { readonly folder: OracleFolder; readonly trace: readonly FolderEvent[] }
  >;
  /** Legal (folder, event) pairs. */
  readonly edges: number;
}

/** A census never visits more folders than this: a bound that needs more is an error of the test. */
const censusLimit = 100_000;

/** Visits every folder within the bound, breadth first, by the oracle alone. */
export function takeCensus(bound: Bound, settings: Settings): Census {
  const start = new OracleFolder(settings);
  const states = new Map([[start.describe(), { folder: start, trace: [] as readonly FolderEvent[] }]]);
  let edges = 0;
  for (const { folder, trace } of states.values()) {
    for (const event of candidates(bound, folder.groupCount)) {
      const next = folder.copy();
      if (!next.accept(event)) continue;
      edges += 1;
      const key = next.describe();
      if (!states.has(key)) states.set(key, { folder: next, trace: [...trace, event] });
    }
    if (states.size > censusLimit)
      throw new RangeError(`more than ${censusLimit} folders in ${nameOf(bound)}`);
  }
  return { states, edges };
}

/** How many legal sequences of events there are within the bound, the empty one included; by the oracle alone. */
export function countSequences(bound: Bound, settings: Settings): number {
  const count = (folder: OracleFolder): number =>
    candidates(bound, folder.groupCount).reduce((sum, event) => {
      const next = folder.copy();
      return next.accept(event) ? sum + count(next) : sum;
    }, 1);
  return count(new OracleFolder(settings));
}
