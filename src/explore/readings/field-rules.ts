import {
  defaultReading,
  resultFailsFirst,
  resultWaits,
  severityOrder,
  type FolderStatus,
  type Reading,
  type Resolution,
  type SystemResolution,
} from '../../../machines/index.ts';

/**
 * The two projections of a folder as decision lists: the first rule that applies says what the field shows. The
 * specification defines them by functions; other languages need them as a table. Tests prove both equal on every
 * bounded folder, under every reading.
 */

/** A part of the folder that a rule looks at; without such a group there is nothing in it. */
export type Scope = 'folder' | 'last-applied' | 'last-settled' | 'last-finished';

/** Some analysis in the scope has this resolution. */
export interface Condition {
  readonly scope: Scope;
  readonly holds: Resolution;
}

/** Under all the conditions, what the field shows; without conditions always. */
export interface Rule<S> {
  readonly when: readonly Condition[];
  readonly shows: S;
}

const holds = (scope: Scope, resolution: Resolution): Condition => ({ scope, holds: resolution });

/** How `folder.resolution_status` follows from the analyses of a folder that has some. */
export function statusRules(reading: Reading = defaultReading): readonly Rule<FolderStatus>[] {
  const failedFirst = reading['status-precedence'] === 'failed-first';
  const stagesOf = (scope: Scope): readonly Rule<FolderStatus>[] => {
    const running = { when: [holds(scope, 'PROCESSING')], shows: 'PROCESSING' } as const;
    const failed = { when: [holds(scope, 'FAILED')], shows: 'FAILED' } as const;
    return failedFirst ? [failed, running] : [running, failed];
  };
  const finished = { when: [], shows: 'FINISHED' } as const;
  const scope = reading['status-scope'];
  if (scope === 'all-analyses') return [...stagesOf('folder'), finished];
  if (scope === 'last-applied-group') return [...stagesOf('last-applied'), finished];
  const whileRunning = stagesOf('folder').map(({ when, shows }) => ({
    when: shows === 'PROCESSING' ? when : [holds('folder', 'PROCESSING'), ...when],
    shows,
  }));
  return [...whileRunning, ...stagesOf('last-settled').filter(({ shows }) => shows === 'FAILED'), finished];
}

/** The order of severity as far as an analysis can show it, worst first. */
export function resolutionOrder(reading: Reading = defaultReading): readonly Resolution[] {
  return severityOrder(reading).filter((status) => status !== 'INITIAL');
}

/** How `system_resolution` follows from the analyses of a folder that has some; `order` is worst first. */
export function systemRules(
  reading: Reading = defaultReading,
  order: readonly Resolution[] = resolutionOrder(reading),
): readonly Rule<SystemResolution>[] {
  const first = resultFailsFirst(reading) ? (['FAILED'] as const) : [];
  const worstOf = (scope: Scope): readonly Rule<SystemResolution>[] =>
    [...new Set([...first, ...order])].map((status) => ({ when: [holds(scope, status)], shows: status }));
  const running = holds('folder', 'PROCESSING');
  const whileRunning = [
    ...first.map((shows) => ({ when: [running, holds('folder', shows)], shows })),
    { when: [running], shows: 'PROCESSING' } as const,
  ];
  switch (reading['result-scope']) {
    case 'all-analyses':
      return otherwiseLast(worstOf('folder'));
    case 'last-applied-group': {
      const applied = worstOf('last-applied');
      if (!resultWaits(reading)) return otherwiseLast(applied);
      return otherwiseLast([...whileRunning, ...applied.filter(({ shows }) => shows !== 'PROCESSING')]);
    }
    case 'last-finished-group': {
      const every = reading['failed-group-finishes'] === 'yes';
      const finished = worstOf(every ? 'last-settled' : 'last-finished').filter(
        ({ shows }) => shows !== 'PROCESSING' && (every || shows !== 'FAILED'),
      );
      const held = finished.map(({ when, shows }) => ({ when: [running, ...when], shows }));
      return otherwiseLast([
        ...(resultWaits(reading) ? [] : held),
        ...whileRunning,
        ...withoutFinishedGroup(reading, finished, worstOf),
      ]);
    }
  }
}

/** The result once nothing runs: that of the last finished group, or what stands in for it. */
function withoutFinishedGroup(
  reading: Reading,
  finished: readonly Rule<SystemResolution>[],
  worstOf: (scope: Scope) => readonly Rule<SystemResolution>[],
): readonly Rule<SystemResolution>[] {
  switch (reading['failed-group-finishes']) {
    case 'yes':
      return finished;
    case 'folder-fails':
      return [{ when: [holds('folder', 'FAILED')], shows: 'FAILED' }, ...finished];
    case 'no': {
      // Without a finished group the last settled one holds a failure: nothing better than that can be its worst.
      const settled = worstOf('last-settled').filter(({ shows }) => shows !== 'PROCESSING');
      return [...finished, ...settled.slice(0, settled.findIndex(({ shows }) => shows === 'FAILED') + 1)];
    }
  }
}

/** The last rule needs no condition: there are analyses, and they have one of the resolutions. */
function otherwiseLast<S>(rules: readonly Rule<S>[]): readonly Rule<S>[] {
  return rules.map((rule, at) => (at === rules.length - 1 ? { ...rule, when: [] } : rule));
}
