import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { some } from '../../deep.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';
import { folderLine, life, lines } from '../sample-lines.ts';

const ids = Array.from({ length: 24 }, (_, at) => `f${at}`);
const lives = ids.map((id, at) => {
  const changed = folderLine(id, 'FINISHED', 'SUCCESS', [[`${id}-liveness`, 'QUALITY', 'SUCCESS']]);
  return at % 5 === 2
    ? [...life(id, 'DECLINED'), changed]
    : life(id, 'DECLINED').slice(0, at % 7 === 3 ? 2 : 3);
});
/** Folders in turn; one shows an analysis of another, one analysis comes before its folder, and some lines are odd. */
const first = [
  JSON.stringify({ analyse_id: 'f23-liveness', state: 'FINISHED', resolution_status: 'DECLINED' }),
  ...[0, 1].flatMap((at) => lives.flatMap((one) => one[at] ?? [])),
  'no JSON',
];
const second = [
  `[${lives[5]![2]!},${lives[6]![2]!}]`,
  ...[2, 3].flatMap((at) => lives.flatMap((one) => one[at] ?? [])),
  folderLine('f0', 'FINISHED', 'SUCCESS', [['f1-liveness', 'QUALITY', 'SUCCESS']]),
  '{"event_session_id":"s","state":"finished"}',
  '{"event_session_id":"t","folder_id":"f2","state":"finished"}',
  folderLine('tab\t', 'FINISHED', 'NONSENSE é \u2028'),
];
const objects = { one: first, two: second };

const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));

/** What an engine does between the filters: it joins groups that claim the same, sorts, and says where blocks begin. */
function shuffled(records: readonly (readonly string[])[], names: readonly string[], size: number): string {
  const groups = new Map<string, string>();
  const rootOf = (group: string): string => {
    const next = groups.get(group) ?? group;
    return next === group ? group : rootOf(next);
  };
  const claimed = new Map<string, string>();
  for (const [kind, token, group] of records) {
    if (kind !== 'C') continue;
    const other = claimed.get(token!);
    if (other !== undefined && rootOf(other) !== rootOf(group!)) groups.set(rootOf(group!), rootOf(other));
    claimed.set(token!, group!);
  }
  const placed = (object: string, block: string) => [
    JSON.stringify(names[Number(object)]),
    Number(block) * size,
  ];
  const rows = records.flatMap(([kind, ...rest]) => {
    if (kind === 'O') {
      const [group, object, block, number, content] = rest as [string, string, string, string, string];
      const order = [object, block, number].map((one) => one.padStart(9, '0')).join(' ');
      return [
        { group: rootOf(group), order, row: [kind, rootOf(group), order, ...placed(object, block), content] },
      ];
    }
    if (kind !== 'I') return [];
    const [object, block, content] = rest as [string, string, string];
    return [{ group: '', order: '', row: [kind, '', '', ...placed(object, block), content] }];
  });
  const by = (key: 'group' | 'order', one: (typeof rows)[number], other: (typeof rows)[number]) =>
    Number(one[key] > other[key]) - Number(one[key] < other[key]);
  return rows
    .toSorted((one, other) => by('group', one, other) || by('order', one, other))
    .map(({ row }) => `${row.join('\t')}\n`)
    .join('');
}

/** The same objects through the filters, in blocks of so many lines. */
async function filtered(size: number, options: readonly string[] = []) {
  const names = Object.keys(objects);
  const framed = Object.values(objects).flatMap((all, object) =>
    all.map((line, at) => `${object}\t${Math.trunc(at / size)}\t${line}`),
  );
  const read = await runHere(['engine', 'read', ...options], { stdin: lines(...framed) });
  expect([read.code, read.stderr]).toEqual([0, '']);
  const stdin = shuffled(rowsOf(read.stdout), names, size);
  const judged = await runHere(['engine', 'judge', ...options], { stdin });
  expect([judged.code, judged.stderr]).toEqual([0, '']);
  return rowsOf(judged.stdout);
}

const foundIn = (found: readonly string[]) =>
  found.map((text) => {
    const { id: _id, ...one } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return JSON.stringify(one);
  });

describe('the filters of engine', () => {
  test.each(some(2, [1, 7, 1000]))('find what check finds, in blocks of %i lines', async (size) => {
    const cwd = directoryWith({ one: lines(...first), two: lines(...second) });
    const plain = await runHere(['check', '--format', 'ndjson', 'one', 'two'], { cwd });
    const told = plain.stdout.trimEnd().split('\n');
    const expected = told.filter((line) => line.startsWith('{"type":"finding"'));
    const judged = await filtered(size);
    const found = judged.filter(([kind]) => kind === 'F').map(([, , one]) => one!);
    expect(foundIn(found).toSorted()).toEqual(expected.toSorted());
    expect(expected.some((line) => line.includes('ANALYSIS_IDENTITY_CHANGED'))).toBe(true);
    const summary = JSON.parse(told.at(-1)!) as { folders: number; conforms: number; observations: number };
    const untold = judged.filter(([kind]) => kind === 'E').map((row) => row.slice(1).map(Number))[0]!;
    const parts = judged.filter(([kind]) => kind === 'P').map(([, , one]) => JSON.parse(one!) as Told);
    expect(parts.length + untold[0]!).toBe(summary.folders);
    const observed = parts.reduce((sum, { result }) => sum + result.observations, untold[1]!);
    expect(observed).toBe(summary.observations);
  });

  interface Told {
    readonly result: { readonly observations: number };
  }

  test('give a finding the same id however the archive is cut, and no two the same', async () => {
    const idsIn = async (size: number) =>
      (await filtered(size))
        .filter(([kind]) => kind === 'F')
        .map(([, , one]) => (JSON.parse(one!) as { readonly id: string }).id)
        .toSorted();
    const found = await idsIn(1000);
    expect(await idsIn(3)).toEqual(found);
    expect(new Set(found).size).toBe(found.length);
  });

  test('write a part that merge makes the report of', async () => {
    const cwd = directoryWith({ one: lines(...first), two: lines(...second) });
    const plain = await runHere(['check', '--format', 'json', 'one', 'two'], { cwd });
    const judged = await filtered(1000);
    const [head, untold] = ['H', 'E'].map((kind) => judged.find((row) => row[0] === kind)!);
    const folders = judged
      .filter(([kind]) => kind === 'P')
      .toSorted((one, other) => (one[1]! < other[1]! ? -1 : 1));
    const input = judged
      .filter(([kind]) => kind === 'N')
      .map(([, , one]) => `{"type":"input","finding":${one}}`);
    const end = {
      type: 'end',
      folders: folders.length,
      input: input.length,
      untold: { folders: Number(untold![1]), observations: Number(untold![2]) },
      ignored: {},
      requests: [],
    };
    const told = folders.map(([, , one], order) => `{"type":"folder","order":${order},${one!.slice(1)}`);
    const part = directoryWith({ part: lines(head![1]!, ...told, ...input, JSON.stringify(end)) });
    const merged = await runHere(['merge', '--format', 'json', 'part'], { cwd: part });
    const withoutColumns = (text: string) => text.replaceAll(/"column": \d+/g, '"column": null');
    expect(withoutColumns(merged.stdout)).toBe(withoutColumns(plain.stdout));
    expect(merged.code).toBe(plain.code);
    const wrong = { ...end, untold: { folders: 'many' } };
    const torn = directoryWith({ part: lines(head![1]!, ...told, ...input, JSON.stringify(wrong)) });
    expect((await runHere(['merge', 'part'], { cwd: torn })).code).toBe(3);
  });

  test('say of an object that has no line, and of one that breaks off, what check says', async () => {
    const { stdout } = await runHere(['engine', 'read'], { stdin: '0\tempty\t\n1\tbroken\tit ends early\n' });
    expect(
      rowsOf(stdout).map(([kind, object, , one]) => [
        kind,
        object,
        (JSON.parse(one!) as { code: string }).code,
      ]),
    ).toEqual([
      ['I', '0', 'INPUT_EMPTY'],
      ['I', '1', 'INPUT_UNREADABLE'],
    ]);
  });

  test('take the state of a folder on, from an archive too, and tell each finding once', async () => {
    const stdin = lines(...lives[2]!.map((line) => `0\t0\t${line}`));
    const { stdout } = await runHere(['engine', 'read'], { stdin });
    const records = rowsOf(stdout)
      .filter(([kind]) => kind === 'O')
      .map((row) => ['"o"', 0, row[5]] as const);
    const ask = async (...requests: readonly object[]) =>
      (
        await runHere(['engine', 'step'], { stdin: lines(...requests.map((one) => JSON.stringify(one))) })
      ).stdout
        .trimEnd()
        .split('\n')
        .map(
          (line) =>
            JSON.parse(line) as { state: string; findings: readonly { code: string }[]; problem?: string },
        );
    const [early] = await ask({ state: null, records: records.slice(0, 3) });
    const [rest] = await ask({ state: early!.state, records: records.slice(3) });
    expect([early!.findings, rest!.findings.map(({ code }) => code)]).toEqual([
      [],
      ['SETTLED_ANALYSIS_CHANGED'],
    ]);
    const framed = records.map(([, , record], at) => `O\t1\t${at}\t"\\"o\\""\t0\t${record}\n`).join('');
    const judged = await runHere(['engine', 'judge', '--states'], { stdin: framed });
    const states = rowsOf(judged.stdout).filter(([kind]) => kind === 'T');
    expect(states).toEqual([['T', '["folder:f2"]', rest!.state]]);
    const [begun] = await ask({ state: null, records: records.slice(0, 2), end: true });
    expect(begun!.findings.map(({ code }) => code)).toEqual(['ENDS_UNSETTLED']);
    const answers = await ask({ state: '[0,"old"]' }, { state: early!.state, records: [] });
    expect(answers[0]!.problem).toContain('state: expected the bytes that a step gave');
    expect(answers[1]!.state).toBe(early!.state);
  });

  test('tell at the end what the last answer shows, which waits as its request has times', async () => {
    const timed = [
      ...lives[2]!.slice(0, 3),
      folderLine('f2', 'FINISHED', 'SUCCESS', [['f2-liveness', 'QUALITY', 'SUCCESS']]),
    ].map(
      (line, at) =>
        `0\t0\t{"started":${at * 1000},"time":${at * 1000 + 5},"method":"GET","url":"/api/folders/f2","status":200,"body":${line}}`,
    );
    const { stdout } = await runHere(['engine', 'read'], { stdin: lines(...timed) });
    const records = rowsOf(stdout)
      .filter(([kind]) => kind === 'O')
      .map((row) => ['"o"', 0, row[5]] as const);
    const stepped = await runHere(['engine', 'step'], {
      stdin: lines(JSON.stringify({ state: null, records })),
    });
    const { state, findings } = JSON.parse(stepped.stdout) as { state: string; findings: readonly object[] };
    expect(findings).toEqual([]);
    const ended = await runHere(['engine', 'step'], { stdin: lines(JSON.stringify({ state, end: true })) });
    expect(
      (JSON.parse(ended.stdout) as { findings: readonly { code: string }[] }).findings.map(
        ({ code }) => code,
      ),
    ).toEqual(['SETTLED_ANALYSIS_CHANGED']);
  });

  test.each([
    [['engine', 'judge'], 'no record\n', 'expected records of a group'],
    [['engine', 'judge'], 'O\t1\t1\t"o"\t0\t[0]\n', 'expected the bytes that a step gave'],
    [['engine', 'read'], 'no tabs\n', 'expected lines of an object'],
    [['engine', 'read', '--redact'], '', '--redact: expected a key'],
    [['engine', 'read', '--at', 'nowhere'], '', '--at: expected a JSON pointer'],
    [['engine', 'judge', '--reading', 'no=yes'], '', '--reading'],
    [['engine', 'sprak'], '', 'did you mean spark?'],
  ])('refuse %j with %j', async (args, stdin, message) => {
    const { code, stderr } = await runHere(args, { stdin });
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});

test('engine spark prints the path of a program for Spark, whose parts lie beside it', async () => {
  const { code, stdout } = await runHere(['engine', 'spark']);
  const path = stdout.trimEnd();
  expect(code).toBe(0);
  const imported = [...readFileSync(path, 'utf8').matchAll(/(?:import|from) (oz_status_\w+)/g)].map(
    ([, name]) => name!,
  );
  expect(imported.length).toBeGreaterThan(1);
  for (const name of imported) expect(existsSync(join(path, '..', `${name}.py`))).toBe(true);
});

test('one version of Spark is tried, and its connector for Kafka is named in the guide and for the tests', () => {
  const [, version] = /^pyspark==(\S+)$/m.exec(readFileSync('.ci/pyspark.txt', 'utf8'))!;
  const guide = readFileSync('docs/guide/scale.md', 'utf8');
  expect([...guide.matchAll(/spark-sql-kafka-0-10_[\d.]+:([\d.]+)/g)].map(([, one]) => one)).toEqual([
    version,
  ]);
  const [, connector] = /<artifactId>spark-sql-kafka[^<]*<\/artifactId>\s*<version>([^<]*)/.exec(
    readFileSync('test/spark/pom.xml', 'utf8'),
  )!;
  expect(connector).toBe(version);
});

test('a line that is no request of a step is a problem, which tells nothing of what it holds', async () => {
  const { stdout } = await runHere(['engine', 'step'], { stdin: 'Jane Doe\nnull\n' });
  const problem = '{"problem":"expected a line with a request, received another"}\n';
  expect(stdout).toBe(`${problem}${problem}`);
});
