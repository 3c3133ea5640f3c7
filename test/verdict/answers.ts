import { project, stateOf, type Folder, type Reading } from '../../machines/index.ts';
import { parseFolder, type ParsedFolder } from '../../src/verdict/index.ts';

/** An analysis of an answer: kind, resolution, and the group where it is known. */
export function analysis(kind: string, resolution: string, group?: string): Record<string, unknown> {
  const state = ['PROCESSING', 'FAILED'].includes(resolution) ? resolution : 'FINISHED';
  return {
    type: kind,
    state,
    resolution_status: resolution,
    ...(group !== undefined && { group_id: group }),
  };
}

/** The answer to a request for a folder: its two fields, and its analyses if they were asked for. */
export function answer(
  status: string | undefined,
  result: string | undefined,
  ...analyses: readonly Record<string, unknown>[]
): Record<string, unknown> {
  return {
    folder_id: 'f',
    ...(status !== undefined && { resolution_status: status }),
    ...(result !== undefined && { system_resolution: result }),
    ...(analyses.length > 0 && {
      analyses: analyses.map((one, at) => ({ analyse_id: `a${at}`, ...one })),
    }),
  };
}

/** What a folder of the model answers under a reading: with the groups and the list, or without. */
export function answerOf(folder: Folder, reading: Reading, shows: { groups: boolean; list: boolean }) {
  const analyses = folder.groups.flatMap((group) =>
    group.analyses.map(({ id, kind, resolution }) => ({
      analyse_id: id,
      type: kind,
      state: stateOf(resolution),
      resolution_status: resolution,
      ...(shows.groups && { group_id: group.id }),
    })),
  );
  return { folder_id: 'f', ...project(folder, reading), ...(shows.list && { analyses }) };
}

/** The folder of an answer that can be read. */
export function parsedOf(value: unknown): ParsedFolder {
  const parsed = parseFolder(value);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.folder;
}
