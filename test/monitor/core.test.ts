import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultReading, defaultSettings } from '../../machines/index.ts';
import { createChecker } from '../../src/conformance/index.ts';
import { linesOf as written } from '../../src/conformance/minimize/write-lines.ts';
import type { JournalRecord, MonitorCore } from '../../src/monitor/index.ts';
import type { Found } from '../../src/observations/results.ts';
import { readRecordingText } from '../../src/recordings/index.ts';
import { graphOf } from '../conformance/brute-force.ts';
import { dice, record, tamper, type Dice } from '../conformance/random-recordings.ts';
import { runs } from '../deep.ts';
import { coreOptions, coreWith, folderOf, linesOf, said, spoofed } from './monitoring.ts';

const named = ['BIOMETRY', 'QUALITY'];
const graph = graphOf({ named, unnamed: 1, settings: defaultSettings });

/** Lines of some folders side by side, some with the times of their requests, which may overlap. */
function drawn(draw: Dice): readonly string[] {
  const lives = Array.from({ length: 1 + draw.below(4) }, (_, at) => {
    const own = record(graph, defaultReading, draw, 5);
    if (draw.below(2) === 0) tamper(own, named, draw);
    const isTimed = draw.below(2) === 0;
    const lines = own.map((one) =>
      written([
        {
          ...one,
          folderId: `f${at}`,
          analyses: one.analyses.map((view) => ({ ...view, id: `${at}-${view.id}` })),
        },
      ]).trim(),
    );
    const repeated = lines.flatMap((line) => Array.from({ length: 1 + draw.below(3) }, () => line));
    let now = Date.parse('2026-01-01');
    return repeated.map((line) => {
      if (!isTimed) return line;
      now += draw.below(20);
      const times = {
        started: new Date(now - draw.below(30)).toISOString(),
        time: new Date(now).toISOString(),
      };
      return JSON.stringify({ ...times, ...(JSON.parse(line) as object) });
    });
  });
  const all: string[] = [];
  while (lives.some((life) => life.length > 0))
    all.push(draw.from(lives.filter((one) => one.length > 0)).shift()!);
  return all;
}

/** What one check of all lines tells. */
function checked(lines: readonly string[]): readonly string[] {
  const told: Found[] = [];
  const checker = createChecker(coreOptions.check, (found) => told.push(found));
  for (const piece of readRecordingText(['{"url":"/"}', ...lines].join('\n'), { file: 'log' })) {
    if (piece.type !== 'observation') continue;
    const { where } = piece.observation;
    checker.observe({ ...piece.observation, where: { ...where, line: where.line! - 1 } });
  }
  checker.finish();
  return told.map(said).toSorted();
}

/** What a monitor tells that takes so many lines at a time, and is another one each time by the records of the last. */
function monitored(lines: readonly string[], sizes: readonly number[], restart: 'records' | 'snapshot') {
  const told = new Map<string, Found>();
  let records: JournalRecord[] = [...coreWith().records()];
  let core: MonitorCore = coreWith();
  const keep = (one: JournalRecord | undefined): void => {
    if (!one) return;
    // As it is read from a file.
    records.push(JSON.parse(JSON.stringify(one)) as JournalRecord);
    if (one.is !== 'answers' && one.is !== 'looked') return;
    for (const found of one.found) {
      expect(told.has(found.id)).toBe(false);
      told.set(found.id, found);
    }
  };
  for (let [from, nth] = [0, 0]; from < lines.length; nth += 1) {
    core = coreWith();
    for (const one of records) core.restore(one);
    if (restart === 'snapshot') records = JSON.parse(JSON.stringify([...core.records()])) as JournalRecord[];
    const some = lines.slice(from, from + (sizes[nth] ?? lines.length));
    const at = { clock: 1000 * nth, time: 1e12 };
    from += some.length;
    keep(core.take({ source: 'log', lines: linesOf(some, from - some.length + 1), position: from }, at));
  }
  const end = { clock: 1e6, time: 1e12 };
  for (let one = core.look(end, true); one; one = core.look(end, true)) keep(one);
  // What is said of the input depends on how much of it is seen at once.
  return [...told.values()]
    .filter(({ folderId }) => folderId !== null)
    .map(said)
    .toSorted();
}

/** Both without what is said of folders of which one was not searched to its end: the effort is not the same. */
function withoutLimits(...both: readonly (readonly string[])[]) {
  const folderIn = (one: string) => (JSON.parse(one) as readonly unknown[])[0];
  const limited = both
    .flat()
    .filter((one) => one.includes('"SEARCH_LIMIT"'))
    .map(folderIn);
  return both.map((all) => all.filter((one) => !limited.includes(folderIn(one))));
}

describe('a monitor', () => {
  it('tells what one check of all finds, each once, however often it is started anew', () => {
    const seenSo = { found: 0, nothing: 0, timed: 0 };
    fc.assert(
      fc.property(
        dice,
        fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 30 }),
        fc.constantFrom('records' as const, 'snapshot' as const),
        (draw, sizes, restart) => {
          const lines = drawn(draw);
          const [expected = [], told] = withoutLimits(checked(lines), monitored(lines, sizes, restart));
          expect(told).toEqual(expected);
          seenSo.found += Number(expected.some((one) => !one.includes('ENDS_UNSETTLED')));
          seenSo.nothing += Number(expected.length === 0);
          seenSo.timed += Number(lines.some((line) => line.includes('started')));
        },
      ),
      { ...runs(25, 500), endOnFailure: true },
    );
    expect(Object.entries(seenSo).filter(([, count]) => count < 2)).toEqual([]);
  });

  const at = (seconds: number) => ({ clock: seconds * 1000, time: 1.7e12 + seconds * 1000 });
  const timed = (values: readonly object[]) =>
    values.map((body, nth) => ({
      started: `2026-01-01T00:00:0${nth}Z`,
      time: `2026-01-01T00:00:0${nth}.5Z`,
      url: '/api/folders/f?with_analyses=true',
      body,
    }));

  it('looks at a folder that rests, as the last answer may wait for one that overlaps with it', () => {
    const core = coreWith();
    const { found } = core.take({ source: 'log', lines: linesOf(timed(spoofed('f'))), position: 0 }, at(0));
    expect(found).toEqual([]);
    expect(core.look(at(9))).toBeUndefined();
    expect(core.look(at(10))?.found.map(({ finding }) => finding.code)).toEqual(['SETTLED_ANALYSIS_CHANGED']);
    expect(core.look(at(11))).toBeUndefined();
    // The check that waited tells it as well when the folder goes on; nobody else is told again.
    const more = linesOf(timed([...spoofed('f'), spoofed('f')[2]!]).slice(3), 4);
    expect(core.take({ source: 'log', lines: more, position: 0 }, at(12)).found).toEqual([]);
  });

  it('ends a folder that is seen no more, with what only its end shows, and begins it anew', () => {
    const core = coreWith({ forget: 60_000 });
    const [running, declined, success] = spoofed('f');
    core.take({ source: 'log', lines: linesOf([running, declined]), position: 0 }, at(0));
    core.look(at(10));
    expect(core.look(at(60))).toMatchObject({ ended: [['folder:f', 'conforms']] });
    expect(core.folders.size).toBe(0);
    // What contradicts the past is not found then: that is the price.
    const later = coreWith();
    for (const one of core.records()) later.restore(one);
    expect(later.take({ source: 'log', lines: linesOf([success], 3), position: 0 }, at(61)).found).toEqual(
      [],
    );
    const unsettled = coreWith({ forget: 60_000 });
    unsettled.take({ source: 'log', lines: linesOf([running]), position: 0 }, at(0));
    unsettled.look(at(10));
    const ended = unsettled.look(at(60));
    expect(ended?.found.map(({ finding }) => finding.code)).toEqual(['ENDS_UNSETTLED']);
    expect(unsettled.counts.ended.conforms).toBe(1);
  });

  it('holds no more folders than it may: the ones longest unseen are ended first', () => {
    const core = coreWith({ maxFolders: 2 });
    const lines = linesOf(['a', 'b', 'a', 'c', 'd'].map((id) => spoofed(id)[0]));
    core.take({ source: 'log', lines, position: 0 }, at(0));
    expect(core.look(at(1))?.ended.map(([key]) => key)).toEqual(['folder:b', 'folder:a']);
    expect([...core.folders.values()].map(({ key }) => key)).toEqual(['folder:c', 'folder:d']);
  });

  it('knows since when a folder has not been settled, by its fields, its analyses, or what explains it', () => {
    const core = coreWith();
    const since = () => core.folders.get('folder:f')?.unsettledSince;
    const take = (value: object, seconds: number) =>
      core.take({ source: 'log', lines: linesOf([value]), position: 0 }, at(seconds));
    take({ folder_id: 'f', analyses: [] }, 1);
    take(folderOf('f', 'PROCESSING', 'PROCESSING', { a: 'PROCESSING' }), 2);
    expect(since()).toBe(1000);
    take({ analyse_id: 'f-a', folder_id: 'f', state: 'FINISHED', resolution_status: 'SUCCESS' }, 3);
    expect(since()).toBe(1000);
    core.look(at(20));
    expect(since()).toBeNull();
    take(folderOf('f', 'PROCESSING', 'PROCESSING', { a: 'SUCCESS', b: 'PROCESSING' }), 30);
    expect(since()).toBe(30_000);
    take(folderOf('f', 'FINISHED', 'SUCCESS', { a: 'SUCCESS', b: 'SUCCESS' }), 31);
    expect(since()).toBeNull();
  });

  it('tells once of each source what is said of all of it, and every line that cannot be read', () => {
    const core = coreWith();
    const stray = (id: string, time: string) => ({ time, url: '/api/folders/f', body: spoofed(id)[0] });
    const lines = [stray('a', '2026-01-01T00:00:00'), '{', stray('b', '2026-01-01T00:00:01'), '[', 'x'];
    const codes = (source: string, from: number) =>
      core
        .take({ source, lines: linesOf(lines, from), position: 0 }, at(0))
        .found.map(({ finding }) => [finding.code, finding.where.line]);
    const broken = [2, 4, 5].map((line) => ['JSON_INVALID', line]);
    expect(codes('one', 1)).toEqual([['TIME_WITHOUT_ZONE', 1], ...broken]);
    expect(codes('one', 1)).toEqual(broken);
    expect(codes('two', 1)).toEqual([['TIME_WITHOUT_ZONE', 1], ...broken]);
  });

  it('tells in which trace something was found, wherever the header stands', () => {
    const header = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const places = [
      { traceparent: header },
      { headers: { TraceParent: header } },
      { request: { headers: [{ name: 'traceparent', value: header }] } },
      { headers: [['traceparent', header]] },
      { headers: { traceparent: '00-00000000000000000000000000000000-b7ad6b7169203331-01' } },
      { headers: 'traceparent' },
    ];
    const lines = places.map((place, nth) => ({
      ...place,
      url: `/api/folders/f${nth}`,
      body: { folder_id: `f${nth}`, resolution_status: 'NONE' },
    }));
    const { found } = coreWith().take({ source: 'log', lines: linesOf(lines), position: 0 }, at(0));
    const trace = { traceId: header.slice(3, 35), spanId: header.slice(36, 52), flags: 1 };
    expect(found.map((one) => one.trace)).toEqual([trace, trace, trace, trace, undefined, undefined]);
  });

  it('does not let an analysis whose folder is not known hold back what comes after it', () => {
    const core = coreWith();
    const lone = { analyse_id: 'z', state: 'PROCESSING', resolution_status: 'PROCESSING' };
    const { found } = core.take(
      { source: 'log', lines: linesOf([lone, ...spoofed('f')]), position: 0 },
      at(0),
    );
    expect(found.map(({ finding }) => finding.where.line)).toEqual([4]);
  });
});
