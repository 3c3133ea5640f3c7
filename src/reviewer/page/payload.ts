import { allAnalyses, project, stateOf, type Folder, type Reading } from '../../../machines/index.ts';

/** One line of an answer of the API, and whether the last event has changed it. */
export interface PayloadLine {
  readonly text: string;
  readonly changed: boolean;
}

/** The id that folders have on this page. */
const folderId = '00000000-0000-4000-8000-000000000000';

/** What `GET /api/folders/{id}?with_analyses=true` would answer, as far as statuses go. */
export function payloadOf(folder: Folder, reading: Reading): object {
  return {
    folder_id: folderId,
    ...project(folder, reading),
    analyses: allAnalyses(folder).map(({ id, kind, resolution }) => ({
      analyse_id: id,
      type: kind,
      state: stateOf(resolution),
      resolution_status: resolution,
    })),
  };
}

/** The answer as lines of JSON; a line is changed if it, at its place or as one more, was not there before. */
export function payloadLines(now: object, before: object | undefined): readonly PayloadLine[] {
  const lines = JSON.stringify(now, null, 2).split('\n');
  const old = before === undefined ? lines : JSON.stringify(before, null, 2).split('\n');
  const bare = (line: string | undefined): string => (line ?? '').replace(/,$/, '');
  return lines.map((text, at) => ({ text, changed: bare(text) !== bare(old[at]) }));
}
