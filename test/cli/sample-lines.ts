/** A folder as the API answers it, on one line. */
export function folderLine(
  folderId: string,
  status: string,
  system: string,
  analyses: readonly (readonly [id: string, kind: string, resolution: string])[] = [],
): string {
  return JSON.stringify({
    folder_id: folderId,
    resolution_status: status,
    system_resolution: system,
    analyses: analyses.map(([analyse_id, type, resolution]) => ({
      analyse_id,
      type,
      state: ['PROCESSING', 'FAILED'].includes(resolution) ? resolution : 'FINISHED',
      resolution_status: resolution,
    })),
  });
}

/** The polls of a folder of one liveness analysis that ends as `resolution`. */
export function life(folderId: string, resolution: string): string[] {
  const analyses = (now: string) => [[`${folderId}-liveness`, 'QUALITY', now]] as const;
  return [
    folderLine(folderId, 'INITIAL', 'INITIAL'),
    folderLine(folderId, 'PROCESSING', 'PROCESSING', analyses('PROCESSING')),
    folderLine(folderId, resolution === 'FAILED' ? 'FAILED' : 'FINISHED', resolution, analyses(resolution)),
  ];
}

/** A file of lines. */
export const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;

/** A recording that conforms and has nothing to remark. */
export const good = lines(...life('good', 'SUCCESS'));

/** A recording of a folder whose settled analysis changes. */
export const bad = lines(
  ...life('bad', 'DECLINED'),
  folderLine('bad', 'FINISHED', 'SUCCESS', [['bad-liveness', 'QUALITY', 'SUCCESS']]),
);

/** A recording that ends while the folder is processed: a hazard. */
export const unfinished = lines(...life('unfinished', 'SUCCESS').slice(0, 2));
