import { describe, expect, it, test } from 'vitest';
import { isDeep } from '../deep.ts';
import type { Piece } from '../../src/recordings/index.ts';
import { configOracle, judgeArguments, judgeCheck, type Ran } from './command.ts';
import { bundled } from './material.ts';
import { judge, judgeHar, judgeLines, judgeReading, read, type Read } from './oracle.ts';
import { runBatch, seedOf } from './run.ts';
import { judgeLives, targets } from './targets.ts';

describe('hostile input', () => {
  it.each(Object.keys(targets))('is read, judged and reported as promised: %s', async (kind) => {
    const { fault, inputs } = await runBatch(
      kind,
      1,
      0,
      Math.ceil(targets[kind]!.inputs / (isDeep ? 1 : 20)),
    );
    expect(fault).toBeUndefined();
    expect(inputs).toBeGreaterThan(0);
  });

  it('is another one in every batch and of every kind, and the same for the same seed', () => {
    const seeds = Object.keys(targets).flatMap((kind) =>
      Array.from({ length: 1000 }, (_, number) => seedOf(1, kind, number)),
    );
    expect(new Set(seeds).size).toBe(seeds.length);
    expect(seedOf(1, 'bytes', 5)).toBe(seedOf(1, 'bytes', 5));
  });
});

const encode = (text: string) => new TextEncoder().encode(text);
const broken = encode(`{"folder_id":"a","resolution_status":"INITIAL"}\n{"oops\n{"folder_id":7}\n`);
const isFinding = (piece: Piece) => piece.type === 'finding';
const moved = (piece: Piece): Piece =>
  piece.type === 'finding'
    ? { ...piece, finding: { ...piece.finding, where: { file: 'input', line: 99 } } }
    : piece;

const faultyReaders: readonly (readonly [string, Read])[] = [
  ['throws', () => JSON.parse('{') as never],
  ['loses the summary', (portions) => read(portions).slice(0, -1)],
  ['loses an observation', (portions) => read(portions).filter(({ type }) => type !== 'observation')],
  ['says nothing', (portions) => read(portions.slice(0, 0)).filter((piece) => !isFinding(piece))],
  ['names a line that is not there', (portions) => read(portions).map(moved)],
  ['begins anew with every portion', (portions) => portions.flatMap((portion) => read([portion]))],
  ['reads only the first portion', (portions) => read(portions.slice(0, 1))],
];

const ran = (of: Partial<Ran>) => () => Promise.resolve({ code: 0, stdout: '', stderr: '', ...of });
const counts = { conforms: 0, unspecified: 0, inconclusive: 0, hazards: 0, unreadable: 0 };
const report = JSON.stringify({
  summary: { ...counts, violates: 1, observations: 1 },
  folders: [{ verdict: 'violates', findings: [] }],
});

describe('a fault is noticed: a reader that', () => {
  test.each(faultyReaders)('%s', (_name, reading) => {
    expect(() => judgeReading(broken, [3, 60, 61], read)).not.toThrow();
    expect(() => judgeReading(broken, [3, 60, 61], reading)).toThrow(/expected/i);
  });

  test('lets one line spoil the next', () => {
    const spoilt: Read = ([bytes]) => {
      const text = new TextDecoder().decode(bytes);
      return read([encode(text.includes('oops') ? text.replace('"b"', '7') : text)]);
    };
    const lines = ['{"oops', '{"folder_id":"b","resolution_status":"INITIAL"}'];
    expect(() => judgeLines(lines, read)).not.toThrow();
    expect(() => judgeLines(lines, spoilt)).toThrow('to say what it says alone');
  });

  test('loses an entry of a HAR', () => {
    const lossy: Read = (portions) => read(portions).filter((piece) => !isFinding(piece));
    expect(() => judgeHar([7, null])).not.toThrow();
    expect(() => judgeHar([7, null], lossy)).toThrow('2 entries accounted for');
  });
});

describe('a fault is noticed: a checker that', () => {
  const tales = [0, 1].map(() => (idOf: (local: string) => string) => ({
    polls: [{ folder_id: idOf('folder'), resolution_status: 'INITIAL', system_resolution: 'INITIAL' }],
  }));
  test.each([
    ['looks at what came before', (text: string) => (text.startsWith('{"folder_id":"f1') ? 'x' : 'y')],
    ['looks at names', (text: string) => (text.includes('other') ? 'x' : 'y')],
    ['looks at what means nothing', (text: string) => (text.includes('x_note') ? 'x' : 'y')],
    ['looks at what others do', (text: string) => String(text.split('\n').length)],
  ])('%s', (_name, verdictOf) => {
    expect(() => judgeLives(tales, [0, 1])).not.toThrow();
    const faulty = (text: string) => new Map([...judge(text).keys()].map((id) => [id, verdictOf(text)]));
    expect(() => judgeLives(tales, [0, 1], faulty)).toThrow('to be judged as before');
  });
});

describe('a fault is noticed: a command that', () => {
  const how = { options: [], format: 'text' };
  const check = (of: Partial<Ran>) => judgeCheck(encode(bundled[0]!), how, ran(of));
  test('ends with 0 although its report says that a folder violates', async () => {
    await expect(check({ stdout: report, code: 0 })).rejects.toThrow('expected exit code 1, received 0');
    await expect(check({ stdout: report, code: 1 })).resolves.toBeDefined();
  });

  test('sends a terminal what it obeys, or another report every time', async () => {
    await expect(check({ stdout: `${report}\u001b[31m`, code: 1 })).rejects.toThrow('that a terminal obeys');
    let calls = 0;
    const restless = () => Promise.resolve({ code: 1, stderr: '', stdout: report + ' '.repeat(calls++) });
    await expect(judgeCheck(broken, how, restless)).rejects.toThrow('the same text again');
  });

  test('writes no XML where it is asked for', async () => {
    const asked = judgeCheck(broken, { ...how, format: 'junit' }, ran({ stdout: report, code: 1 }));
    await expect(asked).rejects.toThrow('expected XML');
  });

  test('ends with a code of a defect, or does not say what is wrong', async () => {
    const codes = new Set([0, 2]);
    await expect(judgeArguments([], codes, ran({ code: 70 }))).rejects.toThrow('one of the exit codes');
    await expect(judgeArguments([], codes, ran({ code: 2 }))).rejects.toThrow('help');
  });

  test('accepts a config file that its schema refuses', () => {
    const holds = configOracle({ type: 'object' });
    expect(() => holds({}, () => [])).not.toThrow();
    expect(() => holds(7, () => [])).toThrow('what the schema says');
  });
});
