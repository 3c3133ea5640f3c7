import { project } from '../../../machines/index.ts';
import { isStatusOf } from '../../../machines/statuses.ts';
import { afterRead } from '../session/clock.ts';
import type { KeptFolder } from '../session/kept-folder.ts';
import { failure, type Answer } from '../transport/answer.ts';
import { beginning } from '../transport/traffic-log.ts';
import { folderText } from './bodies.ts';
import { asksForAnalyses, type Call } from './folders.ts';

/** So many folders are on a page unless `limit` says otherwise, and at most. */
export const usualPage = 20;
/** The most folders on a page. */
export const maxPage = 500;

type Test = (folder: KeptFolder) => boolean;
type Filter = (value: string, call: Call) => Test | string;

const moment =
  (holds: (created: number, given: number) => boolean): Filter =>
  (value) =>
    /^\d{1,16}$/.test(value)
      ? (folder) => holds(beginning + folder.created, Number(value))
      : 'expected a time in milliseconds';

const field =
  (name: 'resolution_status' | 'system_resolution'): Filter =>
  (value, { session }) =>
    isStatusOf(name === 'resolution_status' ? 'folder.resolution_status' : name, value)
      ? ({ model }) => project(model, session.settings.settings.reading)[name] === value
      : 'expected a status of this field';

const filters: Readonly<Record<string, Filter>> = {
  meta_data: (value) => {
    const [, key = '', wanted = ''] = /^([^=]+)==(.*)$/s.exec(value) ?? [];
    if (key === '') return 'expected KEY==VALUE';
    return ({ meta }) => Object.hasOwn(meta, key) && String(meta[key]) === wanted;
  },
  'time_created.min': moment((created, given) => created >= given),
  'time_created.max': moment((created, given) => created <= given),
  resolution_status: field('resolution_status'),
  system_resolution: field('system_resolution'),
};

/** The filters of a list, and how its pages are asked for, which is an extension. */
export const listQueries: readonly string[] = [...Object.keys(filters), 'limit', 'offset', 'with_analyses'];

/** The folders that pass all filters, a page of them; each that is shown was polled. */
export function listFolders(call: Call): Answer {
  const { session, query } = call;
  const tests: Test[] = [];
  const page = { limit: usualPage, offset: 0 };
  for (const [name, value] of query ?? []) {
    if (name === 'limit' || name === 'offset') {
      if (!/^\d{1,9}$/.test(value))
        return failure('value', `${name}: expected a number, received ${value.slice(0, 60)}`);
      page[name] = Number(value);
      continue;
    }
    if (!Object.hasOwn(filters, name)) continue;
    const test = filters[name]!(value, call);
    if (typeof test === 'string') return failure('value', `${name}: ${test}, received ${value.slice(0, 60)}`);
    tests.push(test);
  }
  const withAnalyses = asksForAnalyses(query);
  const found = [...session.folders.values()].filter((folder) => tests.every((test) => test(folder)));
  const shown = found.slice(page.offset, page.offset + Math.min(page.limit, maxPage));
  const texts = shown.map((folder) => folderText(session, folder, { withAnalyses, stale: call.stale }));
  for (const folder of shown) afterRead(session, folder);
  return { status: 200, body: `{"items":[${texts.join(',')}],"total":${found.length}}` };
}
