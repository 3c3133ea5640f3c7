import { alphabetOf } from '../../../machines/statuses.ts';
import { statusOfFolder, steps, systemOfFolder, take, type Folder } from '../search/execution.ts';
import type { Random } from './random.ts';
import type { Shown, Sight } from './recording.ts';
import { literals, type Rules } from '../search/rules.ts';

/** What tiny recordings may hold. */
export interface TinyOptions {
  readonly groups: number;
  readonly analyses: number;
  readonly observations: number;
  /** Whether the analysis `a` may be a liveness check. */
  readonly liveness: boolean;
}

/** A few observations of a folder that is small enough to try every execution, most of them true. */
export function tinySights(random: Random, rules: Rules, options: TinyOptions): readonly Sight[] {
  const ids = ['a', 'b', 'c', 'd'].slice(0, options.analyses);
  const [lists, labels, kinds] = [
    random.pick([0, 0.5, 1]),
    random.pick([0, 0.5, 1]),
    random.pick([0, 0.5, 1]),
  ];
  let folder: Folder = { groups: [], settled: [] };
  return Array.from({ length: 1 + random.below(options.observations) }, (_, line) => {
    for (let events = random.below(5); events > 0; events -= 1)
      folder = happen(folder, ids, options, rules, random);
    const isComplete = random.chance(lists);
    const all = folder.groups.flatMap((group, at) =>
      group.map(({ id, code, isLiveness }): Shown => {
        const literal = literals[random.chance(0.07) ? 1 + random.below(5) : code]!;
        const state = literal === 'PROCESSING' || literal === 'FAILED' ? literal : 'FINISHED';
        return {
          id,
          ...(random.chance(kinds) && { kind: isLiveness ? 'QUALITY' : 'BIOMETRY' }),
          ...(random.chance(labels) && { group: `g${random.chance(0.95) ? at : 0}` }),
          ...(random.chance(0.8) && { state }),
          ...(random.chance(0.8) && { resolution: literal }),
        };
      }),
    );
    const group = random.pick(folder.groups);
    const isWhole = !isComplete && group !== undefined && random.chance(0.2);
    const shown = isComplete
      ? all
      : all.filter(({ id }) => (isWhole ? group.some((one) => one.id === id) : random.chance(0.3)));
    const pick = <T>(truth: T, some: readonly T[]) => (random.chance(0.06) ? random.pick(some) : truth);
    return {
      line,
      folder: 'f',
      isCallback: false,
      ...(random.chance(0.8) && {
        status: pick(statusOfFolder(folder, rules), alphabetOf('folder.resolution_status')),
      }),
      ...(random.chance(0.8) && {
        system: pick(systemOfFolder(folder, rules), alphabetOf('system_resolution')),
      }),
      shown,
      isComplete,
      isWhole: isWhole && shown.length > 0,
    };
  });
}

function happen(
  folder: Folder,
  ids: readonly string[],
  { groups, liveness }: TinyOptions,
  rules: Rules,
  random: Random,
): Folder {
  const left = ids.slice(folder.groups.flat().length);
  if (left.length > 0 && folder.groups.length < groups && random.chance(0.5)) {
    const members = left
      .slice(0, 1 + random.below(left.length))
      .map((id) => ({ id, isLiveness: liveness && id === 'a' && random.chance(0.4) }));
    return take(folder, { type: 'posted', members });
  }
  const possible = steps(folder, rules);
  return possible.length > 0 ? take(folder, random.pick(possible)) : folder;
}
