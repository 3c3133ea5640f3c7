import { expect, test } from 'vitest';
import {
  clauses,
  defaultSettings,
  emptyFolder,
  isLegal,
  project,
  reduceFolder,
} from '../../machines/index.ts';
import { readingOf, remarks, type Remark } from '../../src/review/remarks.ts';

const all: readonly (readonly [string, Remark])[] = Object.entries(remarks);

test.each(all)('the remark %s tells what the specification does in its scenario', (_name, remark) => {
  const settings = { ...defaultSettings, reading: readingOf(remark) };
  const { events, held } = remark.scenario;
  let folder = emptyFolder;
  events.forEach((event, at) => {
    const refused = held === 'refused' && at === events.length - 1;
    expect(isLegal(folder, event, settings), `event ${at + 1}`).toBe(!refused);
    folder = reduceFolder(folder, event, settings);
  });
  if (held !== 'refused') expect(project(folder, settings.reading)).toEqual(held);
  expect(remark.clauses.filter((id) => !Object.hasOwn(clauses, id))).toEqual([]);
});

test('the order of two groups that finish at one moment gives the worst of both in one case', () => {
  const { events, held } = remarks['two-at-once'].scenario;
  const [first, second, one, other] = events;
  const end = (...order: (typeof events)[number][]) =>
    project(order.reduce((folder, event) => reduceFolder(folder, event), emptyFolder));
  expect(end(first, second, one, other)).toEqual(held);
  expect(end(first, second, other, one).system_resolution).toBe('DECLINED');
});
