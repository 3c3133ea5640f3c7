import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { metrics, metricsText, otlpLogs, toldLine, type ToldFinding } from '../../src/monitor/index.ts';
import { findingCodes } from '../../src/observations/findings.ts';
import { verdicts } from '../../src/observations/results.ts';
import { repository } from '../cli/built.ts';
import { coreOptions, coreWith, folderOf, linesOf, spoofed } from './monitoring.ts';

const hostile = 'evil"}\n# TYPE x gauge\nx{a="1';
const at = (seconds: number) => ({ clock: seconds * 1000, time: 1.7e12 + seconds * 1000 });
const around = {
  version: '1.2.3',
  check: coreOptions.check,
  started: 1.7e12,
  clock: 1_000_000,
  behind: new Map([['a"b\\c.ndjson', 7]]),
  receivers: new Map([['webhook', { sent: 3, failed: 2, givenUp: 1, waiting: 4 }]]),
  journal: { bytes: 42, isWritable: false },
};

/** A monitor that has seen folders with hostile ids, settled, stuck and unreadable ones. */
function busy() {
  const core = coreWith();
  const lines = [...spoofed(hostile), ...spoofed('f').slice(0, 1), '{', { url: '/elsewhere', body: {} }];
  core.take({ source: 'log', lines: linesOf(lines), position: 0 }, at(1));
  core.look(at(20));
  return core;
}

/** The samples of a text by name and labels; throws for a line that the format does not allow. */
function samplesIn(text: string): ReadonlyMap<string, number> {
  const samples = new Map<string, number>();
  const label = String.raw`[a-z_]+="(?:[^"\\\n]|\\["\\n])*"`;
  const sample = new RegExp(String.raw`^([a-z_]+(?:\{${label}(?:,${label})*\})?) (-?[\d.e+]+)$`);
  for (const line of text.trimEnd().split('\n')) {
    if (/^# (?:HELP [a-z_]+ .+|TYPE [a-z_]+ (?:counter|gauge))$/.test(line)) continue;
    const [, name, value] = sample.exec(line) ?? [];
    if (name === undefined) throw new Error(`no line of metrics: ${line}`);
    expect(samples.has(name)).toBe(false);
    samples.set(name, Number(value));
  }
  return samples;
}

describe('the metrics of a monitor', () => {
  const text = metricsText(busy(), around);
  const samples = samplesIn(text);

  it('count what was judged, found, held and delivered', () => {
    const expected = {
      'oz_status_answers_total{outcome="judged"}': 4,
      'oz_status_answers_total{outcome="ignored"}': 1,
      'oz_status_answers_total{outcome="unreadable"}': 1,
      'oz_status_findings_total{code="SETTLED_ANALYSIS_CHANGED",severity="violation"}': 1,
      'oz_status_findings_total{code="JSON_INVALID",severity="unreadable"}': 1,
      oz_status_folders: 2,
      'oz_status_unsettled_folders{longer_than="0"}': 1,
      'oz_status_unsettled_folders{longer_than="900"}': 1,
      'oz_status_unsettled_folders{longer_than="3600"}': 0,
      oz_status_oldest_unsettled_seconds: 999,
      oz_status_last_seen_timestamp_seconds: 1_700_000_001,
      'oz_status_behind_bytes{file="a\\"b\\\\c.ndjson"}': 7,
      'oz_status_deliveries_total{receiver="webhook",outcome="given_up"}': 1,
      'oz_status_undelivered_findings{receiver="webhook"}': 4,
      oz_status_journal_bytes: 42,
      oz_status_journal_writable: 0,
      'oz_status_monitor_info{version="1.2.3"}': 1,
    };
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, samples.get(name)]))).toEqual(
      expected,
    );
    expect(samples.has('oz_status_lag_seconds')).toBe(false);
  });

  it('have labels of a fixed number: none comes from the input', () => {
    expect(text).not.toContain('evil');
    const quiet = samplesIn(metricsText(coreWith(), around));
    const more = [...samples.keys()].filter((name) => !quiet.has(name));
    expect(more).toEqual(['oz_status_last_seen_timestamp_seconds']);
    const named = (metric: string) =>
      [...samples.keys()].filter((name) => name.startsWith(`${metric}{`)).length;
    expect(named('oz_status_findings_total')).toBe(Object.keys(findingCodes).length);
    expect(named('oz_status_folders_ended_total')).toBe(verdicts.length);
  });

  it('tell the reading, and how late an answer was judged', () => {
    expect(samples.get('oz_status_reading_info{question="status-scope",reading="all-analyses"}')).toBe(1);
    const any = metricsText(coreWith(), { ...around, check: { ...coreOptions.check, anyReading: true } });
    expect(any).toContain('oz_status_reading_info{question="status-scope",reading="any"} 1');
    expect(any).toContain('oz_status_reading_info{question="operator-decision",reading="unspecified"} 1');
    const core = coreWith();
    const answer = (time: string) => ({
      started: time,
      time,
      url: '/api/folders/f',
      body: folderOf('f', 'INITIAL', 'INITIAL'),
    });
    const take = (time: string) =>
      core.take(
        { source: 'log', lines: linesOf([answer(time)]), position: 0 },
        { clock: 0, time: Date.parse('2026-01-01T00:01:00Z') },
      );
    take('2026-01-01T00:00:00Z');
    expect(core.counts.lag).toBe(60_000);
    // A clock that is ahead of ours.
    take('2026-01-01T00:02:00Z');
    expect(core.counts.lag).toBe(0);
  });

  it('are those, and only those, that the dashboard shows; the alerts ask for no others', () => {
    const example = (name: string) => readFileSync(join(repository, 'docs/examples/monitor', name), 'utf8');
    const { panels } = JSON.parse(example('dashboard.json')) as {
      readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[];
    };
    const namesIn = (expressions: readonly string[]) =>
      new Set(expressions.flatMap((one) => one.match(/\boz_status_[a-z_]+/g) ?? []));
    const shown = namesIn(panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)));
    const unshown = new Set(['oz_status_start_timestamp_seconds']);
    expect(shown).toEqual(new Set(Object.keys(metrics).filter((name) => !unshown.has(name))));
    const { groups } = parse(example('alerts.yml')) as {
      readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[];
    };
    const asked = namesIn(groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)));
    expect([...asked].filter((name) => !Object.hasOwn(metrics, name))).toEqual([]);
    expect(asked.size).toBeGreaterThan(5);
  });
});

describe('findings', () => {
  const trace = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', flags: 1 };
  const found = (): readonly ToldFinding[] => {
    const lines = linesOf([...spoofed(hostile), '{']);
    return coreWith()
      .take({ source: 'log', lines, position: 0 }, at(0))
      .found.map((one, nth) => (nth === 0 ? { ...one, trace } : one));
  };

  it('are lines of JSON, as check writes them, with an id, a time and a trace', () => {
    const [input, violation] = found().map((one) => JSON.parse(toldLine(one)) as object);
    expect(violation).toMatchObject({
      type: 'finding',
      folderId: hostile,
      code: 'SETTLED_ANALYSIS_CHANGED',
      id: expect.stringMatching(/^[\da-f]{32}$/) as string,
      time: '2023-11-14T22:13:20.000Z',
      traceId: null,
    });
    expect(input).toMatchObject({ code: 'JSON_INVALID', folderId: null, traceId: trace.traceId });
    expect(toldLine(found()[1]!).match(/\n/g)).toHaveLength(1);
  });

  it('are OpenTelemetry logs: numbers of 64 bits as text, ids in hexadecimal, no control characters', () => {
    const { resourceLogs } = JSON.parse(otlpLogs(found(), '1.2.3')) as {
      readonly resourceLogs: readonly {
        readonly scopeLogs: readonly { readonly logRecords: readonly Record<string, unknown>[] }[];
      }[];
    };
    const [first, second] = resourceLogs[0]!.scopeLogs[0]!.logRecords;
    expect(first).toMatchObject({
      ...trace,
      timeUnixNano: '1700000000000000000',
      severityNumber: 17,
      severityText: 'ERROR',
      eventName: 'oz_status.finding',
    });
    expect(second).not.toHaveProperty('traceId');
    expect(second!['attributes']).toContainEqual({
      key: 'oz_status.code',
      value: { stringValue: 'SETTLED_ANALYSIS_CHANGED' },
    });
    expect(JSON.stringify(second)).not.toMatch(/\\n/);
  });
});
