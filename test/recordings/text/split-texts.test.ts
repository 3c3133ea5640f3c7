import { describe, expect, it } from 'vitest';
import { readLines, readText } from '../reading.ts';

const folder = (status: string) => ({ folder_id: 'f-1', resolution_status: status });
const line = (status: string) => JSON.stringify(folder(status));
const url = '/api/folders/f-1?with_analyses=true';
const envelope = (status: string) => JSON.stringify({ method: 'GET', url, body: folder(status) });

/** A text in records of so many characters, the last of which ends with a line feed. */
const records = (text: string, size: number, members: object = {}): object[] =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, at) => {
    const part = text.slice(at * size, (at + 1) * size);
    return { log: (at + 1) * size >= text.length ? `${part}\n` : part, ...members };
  });

const read = (values: readonly object[]) => {
  const { observations, findings, summary } = readLines(values, { at: ['/log'] });
  return {
    statuses: observations.map(({ resolutionStatus, where }) => [resolutionStatus, where.line]),
    codes: findings.map(({ code, where }) => [code, where.line, where.pointer]),
    notAt: summary.ignored.notAt,
  };
};

describe('a text of a log that was written in several records', () => {
  it.each([
    ['a body', line, 7],
    ['a body, cut in two', line, 40],
    ['an envelope', envelope, 16],
  ])('is joined, and stands where it begins: %s', (_what, form, size) => {
    const all = [...records(form('PROCESSING'), size), ...records(form('FINISHED'), size)];
    const second = records(form('PROCESSING'), size).length + 1;
    expect(read(all)).toEqual({
      statuses: [
        ['PROCESSING', 1],
        ['FINISHED', second],
      ],
      codes: [],
      notAt: 0,
    });
  });

  it('is joined with what the same program wrote into the same stream', () => {
    const [one, other] = [
      records(line('INITIAL'), 30, { stream: 'stdout', container_id: 'c1' }),
      records(line('FINISHED'), 30, { stream: 'stdout', container_id: 'c2' }),
    ];
    const error = { log: 'oops\n', stream: 'stderr', container_id: 'c1' };
    const mixed = [one[0]!, error, other[0]!, ...one.slice(1), ...other.slice(1)];
    expect(read(mixed)).toEqual({
      statuses: [
        ['INITIAL', 1],
        ['FINISHED', 3],
      ],
      codes: [],
      notAt: 1,
    });
  });

  it('is joined where each record is an element of a list', () => {
    const events = records(line('FINISHED'), 20).map(({ log }: { log?: string }) => ({ message: log }));
    const { observations } = readText(JSON.stringify({ events }), { at: ['/events/*/message'] });
    expect(observations.map(({ where }) => where.pointer)).toEqual(['/events/0/message']);
  });

  it.each([
    ['nothing follows', [], [['INITIAL', 1]]],
    [
      'another answer follows',
      [{ log: line('FINISHED') }],
      [
        ['INITIAL', 1],
        ['FINISHED', 3],
      ],
    ],
    [
      'other words follow',
      [{ log: 'started\n' }, { log: line('FINISHED') }],
      [
        ['INITIAL', 1],
        ['FINISHED', 4],
      ],
    ],
  ])('is reported where it has no end, and takes nothing with it: %s', (_what, more, statuses) => {
    const cut = { log: line('PROCESSING').slice(0, 40) };
    const found = read([{ log: line('INITIAL') }, cut, ...more]);
    expect(found.statuses).toEqual(statuses);
    expect(found.codes).toEqual([['JSON_INVALID', 2, '/log']]);
  });

  it('is left aside where it is no answer, as much else in a log', () => {
    const found = read([
      { log: '{"a":"' },
      { log: '[info] started' },
      { log: '[1, 2' },
      { log: line('INITIAL') },
    ]);
    expect(found).toMatchObject({ statuses: [['INITIAL', 4]], codes: [], notAt: 4 - 1 });
  });

  it('is held no longer than a text may be', () => {
    const part = `"${'x'.repeat(2.7 * 1024 * 1024)}",`;
    const { codes, notAt } = read([
      { log: '[{"folder_id":"f-1"},' },
      ...Array.from({ length: 6 }, () => ({ log: part })),
    ]);
    expect(codes).toEqual([['JSON_INVALID', 1, '/log']]);
    expect(notAt).toBeGreaterThan(0);
  });

  it('names the pointer where it is refused', () => {
    const { findings } = readLines(records(line('PROCESSING'), 50));
    expect(findings[0]?.hint).toContain("--at '/log', which joins");
  });

  it('is read from its bytes as well', () => {
    const found = read([{ log: [...new TextEncoder().encode(line('FINISHED'))] }]);
    expect(found.statuses).toEqual([['FINISHED', 1]]);
  });
});
