import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isDeep, some } from '../../deep.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';
import { folderLine, life, lines } from '../sample-lines.ts';

const changed = (id: string) =>
  folderLine(id, 'FINISHED', 'SUCCESS', [[`${id}-liveness`, 'QUALITY', 'SUCCESS']]);
const ids = Array.from({ length: 30 }, (_, at) => `f${at}`);
const wrong = (id: string) => Number(id.slice(1)) % 7 === 3;
const livesOf = (id: string) => [...life(id, 'DECLINED'), ...(wrong(id) ? [changed(id)] : [])];
/** The folders one after the other. */
const grouped = ids.flatMap(livesOf);
const analysis = (id: string, resolution_status: string) =>
  JSON.stringify({ analyse_id: id, resolution_status });
/** What a callback of a session says of the folder `f1`. */
const callback = (event_session_id: string, resolution: string) =>
  JSON.stringify({
    event_session_id,
    folder_id: 'f1',
    analyses: { quality: { state: 'finished', resolution } },
  });
/** Analyses by themselves, of which one changes, and callbacks, of which one contradicts itself and one the API. */
const besides = [
  analysis('alone-1', 'SUCCESS'),
  callback('s1', 'success'),
  callback('s2', 'declined'),
  analysis('alone-2', 'PROCESSING'),
  callback('s1', 'declined'),
  analysis('alone-1', 'DECLINED'),
  analysis('f2-liveness', 'FAILED'),
];
/** The folders in turn; one shows an analysis of another, and one analysis comes by itself before its folder. */
const mixed = [
  JSON.stringify({ analyse_id: 'f29-liveness', state: 'FINISHED', resolution_status: 'DECLINED' }),
  ...[0, 1, 2, 3, 4, 5].flatMap((at) => ids.flatMap((id) => livesOf(id)[at] ?? [])),
  ...besides,
  folderLine('f0', 'FINISHED', 'SUCCESS', [['f1-liveness', 'QUALITY', 'SUCCESS']]),
  'no JSON',
  '{"event_session_id":"s","state":"finished"}',
];

async function sharded(of: number, cwd: string, files: readonly string[]) {
  const parts: string[] = [];
  for (let shard = 1; shard <= of; shard += 1) {
    const part = `${shard}-of-${of}.part`;
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { stdout } = await runHere(['check', '--shard', `${shard}/${of}`, ...files], { cwd });
    writeFileSync(join(cwd, part), stdout);
    parts.push(part);
  }
  return parts;
}

describe('check --shard and merge', () => {
  test.each(some(1, [3, 1, 2]))(
    'report what check reports, to the byte, with %i shards in any order',
    async (of) => {
      const cwd = directoryWith({ one: lines(...mixed.slice(0, 40)), two: lines(...mixed.slice(40)) });
      const parts = await sharded(of, cwd, ['one', 'two']);
      for (const format of ['json', 'text', 'sarif']) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        const plain = await runHere(['check', '--all', '--format', format, 'one', 'two'], { cwd });
        const merged = await runHere(['merge', '--all', '--format', format, ...parts.toReversed()], { cwd });
        expect(merged).toEqual({ ...plain, stderr: merged.stderr });
        expect(plain.code).toBe(1);
      }
    },
  );

  test('merge in steps, as trees of machines do', async () => {
    const cwd = directoryWith({ one: lines(...mixed) });
    const parts = await sharded(3, cwd, ['one']);
    const two = await runHere(['merge', '--format', 'part', '--output', 'some', parts[2]!, parts[0]!], {
      cwd,
    });
    expect(two.code).toBe(0);
    const all = await runHere(['merge', '--format', 'json', 'some', parts[1]!], { cwd });
    const plain = await runHere(['check', '--format', 'json', 'one'], { cwd });
    expect(all.stdout).toBe(plain.stdout);
  });

  test('fail where a part was cut off, is missing, is twice there or is of another check', async () => {
    const cwd = directoryWith({ one: lines(...grouped), two: lines(...mixed) });
    const [first, second] = (await sharded(2, cwd, ['one'])) as [string, string];
    const text = readFileSync(join(cwd, second), 'utf8');
    writeFileSync(join(cwd, 'cut'), text.slice(0, text.lastIndexOf('{"type":"end"')));
    writeFileSync(join(cwd, 'torn'), text.slice(0, -9));
    await runHere(['check', '--shard', '2/2', '--output', 'other', 'two'], { cwd });
    for (const [given, message] of [
      [[first, 'cut'], 'cut: expected an end line, received none'],
      [[first, 'torn'], 'torn: line'],
      [[first], 'received no shard 2'],
      [[first, first], 'shard 1 twice'],
      [[first, 'other'], 'the same recordings and options'],
      [[first, 'absent'], 'absent: expected a readable file'],
      [[first, 'one'], 'one: line 1: expected the lines of one part'],
    ] as const) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { code, stdout, stderr } = await runHere(['merge', ...given], { cwd });
      expect([given, code, stdout]).toEqual([given, 3, '']);
      expect(stderr).toContain(message);
    }
  });

  test.each([['0/2'], ['3/2'], ['1'], ['1/'], ['-1/2'], ['a/b'], ['1/99999']])(
    'refuse the shard %s',
    async (shard) => {
      const cwd = directoryWith({ one: lines(...grouped) });
      const { code, stderr } = await runHere(['check', `--shard=${shard}`, 'one'], { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain('--shard: expected I/N with I from 1 to N');
    },
  );

  test('refuse what needs all of the recording, or reads it a second time', async () => {
    const cwd = directoryWith({ one: lines(...grouped) });
    const call = ['check', '--shard', '1/2', '--format', 'json'];
    for (const [more, words] of [
      [['-'], ['--format', 'a second time']],
      [
        ['--minimize', 'm', '--baseline', 'b', 'one'],
        ['--minimize', '--baseline'],
      ],
    ] as const) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { code, stderr } = await runHere([...call, ...more], { cwd });
      expect(code).toBe(2);
      for (const word of words) expect(stderr).toContain(word);
    }
  });
});

describe('check --grouped', () => {
  const told = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  const sorted = (text: string) => text.trimEnd().split('\n').toSorted();

  test('tells what check tells, each folder when it has ended', async () => {
    const many = Array.from({ length: isDeep ? 2_500 : 1_200 }, (_, at) => livesOf(`f${at}`));
    const [once, again, other, , ...callbacks] = besides.toSorted();
    many.splice(3, 0, [once!, again!], callbacks);
    many.push([other!]);
    const cwd = directoryWith({ one: lines(...many.flat()) });
    const plain = await runHere(['check', '--format', 'ndjson', '--all', 'one'], { cwd });
    const parted = await runHere(['check', '--grouped', '--all', 'one'], { cwd });
    expect(sorted(parted.stdout)).toEqual(sorted(plain.stdout));
    expect(parted.code).toBe(1);
    // The first folders are told before the last are found.
    const types = told(parted.stdout).map(({ type }) => type);
    expect(types.indexOf('folder')).toBeLessThan(types.lastIndexOf('finding'));
    expect(types.at(-1)).toBe('summary');
  });

  test('takes values that are read as such, between lines that are not', async () => {
    const odd = grouped.map((line, at) => (at % 3 === 0 ? line.replace('{', '{"\\u0061":1,') : line));
    const cwd = directoryWith({ one: lines(...odd) });
    const plain = await runHere(['check', '--format', 'ndjson', 'one'], { cwd });
    expect(sorted((await runHere(['check', '--grouped', 'one'], { cwd })).stdout)).toEqual(
      sorted(plain.stdout),
    );
  });

  test('says where lines are not grouped, and that nothing was judged', async () => {
    const two = ['x', 'y'].flatMap((id) => life(id, 'DECLINED'));
    const cwd = directoryWith({ one: lines(...two, life('x', 'DECLINED').at(-1)!), none: 'text' });
    const again = await runHere(['check', '--grouped', 'one'], { cwd });
    expect(told(again.stdout).filter(({ code }) => code === 'FOLDER_NOT_GROUPED')).toMatchObject([
      { folderId: null, where: { file: 'one', line: two.length + 1 } },
    ]);
    expect(again.code).toBe(3);
    expect((await runHere(['check', '--grouped', 'none'], { cwd })).code).toBe(3);
  });

  test('refuses another format, and a shard', async () => {
    const cwd = directoryWith({ one: lines(...grouped) });
    const { code, stderr } = await runHere(
      ['check', '--grouped', '--shard', '1/2', '--format', 'json', 'one'],
      { cwd },
    );
    expect(code).toBe(2);
    for (const word of ['--shard', 'expected --format ndjson']) expect(stderr).toContain(word);
  });
});
