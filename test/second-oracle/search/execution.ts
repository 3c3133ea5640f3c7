import { codes, worstOf, bit, exists, literals, type Rules } from './rules.ts';

/** The model itself, one concrete folder: for making recordings, and for judging tiny ones by trying everything. */

/** One analysis of a folder. */
export interface Member {
  readonly id: string;
  readonly isLiveness: boolean;
  readonly code: number;
}

/** A folder: its groups in the order in which they were posted, and the numbers of those settled in theirs. */
export interface Folder {
  readonly groups: readonly (readonly Member[])[];
  readonly settled: readonly number[];
}

/** What can happen to a folder; who is named is an analysis. */
export type Step =
  | {
      readonly type: 'posted';
      readonly members: readonly { readonly id: string; readonly isLiveness: boolean }[];
    }
  | { readonly type: 'settled' | 'decided'; readonly id: string; readonly code: number };

/** The folder after a step. */
export function take(folder: Folder, step: Step): Folder {
  if (step.type === 'posted') {
    const group = step.members.map((member) => ({ ...member, code: codes.PROCESSING }));
    return { ...folder, groups: [...folder.groups, group] };
  }
  const at = folder.groups.findIndex((group) => group.some(({ id }) => id === step.id));
  const groups = folder.groups.map((group, index) =>
    index === at ? group.map((one) => (one.id === step.id ? { ...one, code: step.code } : one)) : group,
  );
  const isDone = step.type === 'settled' && groups[at]!.every(({ code }) => code !== codes.PROCESSING);
  return { groups, settled: isDone ? [...folder.settled, at] : folder.settled };
}

/** Every step but posting that is possible, with its result. */
export function steps(folder: Folder, rules: Rules): readonly Step[] {
  return folder.groups.flat().flatMap(({ id, code, isLiveness }): Step[] => {
    if (code === codes.PROCESSING) {
      return [codes.FAILED, codes.DECLINED, codes.OPERATOR_REQUIRED, codes.SUCCESS]
        .filter((next) => next !== codes.OPERATOR_REQUIRED || (rules.operatorRequired && !isLiveness))
        .map((next) => ({ type: 'settled', id, code: next }));
    }
    if (code !== codes.OPERATOR_REQUIRED || rules.decision === 'forbidden') return [];
    return [codes.DECLINED, codes.SUCCESS].map((next) => ({ type: 'decided', id, code: next }));
  });
}

const runs = (members: readonly Member[]): boolean => members.some(({ code }) => code === codes.PROCESSING);
const fails = (members: readonly Member[]): boolean => members.some(({ code }) => code === codes.FAILED);

function worst(members: readonly Member[], rules: Rules): number {
  if (runs(members)) return rules.resultFailsFirst && fails(members) ? codes.FAILED : codes.PROCESSING;
  let content: number = exists;
  for (const { code } of members) {
    if (code === codes.FAILED) content |= bit.failed;
    if (code === codes.DECLINED) content |= bit.declined;
    if (code === codes.OPERATOR_REQUIRED) content |= bit.operator;
  }
  return worstOf(content, rules);
}

/** `system_resolution` of a folder, as the definitions of the readings have it. */
export function systemOfFolder({ groups, settled }: Folder, rules: Rules): string {
  if (groups.length === 0) return 'INITIAL';
  const everything = groups.flat();
  if (rules.result === 'all-analyses') return literals[worst(everything, rules)]!;
  const isAwaited = rules.awaitsEarlier && runs(everything);
  if (rules.result === 'last-applied-group')
    return literals[worst(isAwaited ? everything : groups.at(-1)!, rules)]!;
  const order = settled.map((at) => groups[at]!);
  const finished = rules.failedFinishes === 'yes' ? order : order.filter((group) => !fails(group));
  const last = finished.at(-1);
  if (runs(everything)) return literals[worst(rules.holds && last ? last : everything, rules)]!;
  if (rules.failedFinishes === 'folder-fails' && fails(everything)) return 'FAILED';
  return literals[worst(last ?? order.at(-1)!, rules)]!;
}

/** `folder.resolution_status` of a folder. */
export function statusOfFolder({ groups, settled }: Folder, rules: Rules): string {
  if (groups.length === 0) return 'INITIAL';
  const everything = groups.flat();
  const isSettled = rules.stage === 'last-settled-group' && !runs(everything);
  const scope =
    rules.stage === 'last-applied-group' ? groups.at(-1)! : isSettled ? groups[settled.at(-1)!]! : everything;
  const [first, second] = rules.failedFirst ? [fails, runs] : [runs, fails];
  const named = (test: typeof runs) => (test === runs ? 'PROCESSING' : 'FAILED');
  return first(scope) ? named(first) : second(scope) ? named(second) : 'FINISHED';
}
