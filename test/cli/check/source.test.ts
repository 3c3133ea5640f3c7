import { describe, expect, test } from 'vitest';
import { directoryWith, runHere } from '../fake-terminal.ts';
import { folderLine, lines } from '../sample-lines.ts';

const declined = folderLine('f', 'FINISHED', 'DECLINED', [['a', 'QUALITY', 'DECLINED']]);
const changed = folderLine('f', 'FINISHED', 'SUCCESS', [['a', 'QUALITY', 'SUCCESS']]);
const from = (text: string, source: unknown) => JSON.stringify({ ...(JSON.parse(text) as object), source });

async function placesOf(first: string, second: string, ...more: readonly string[]) {
  const cwd = directoryWith({ one: lines(first, second) });
  const { stdout } = await runHere(['check', '--format', 'json', ...more, 'one'], { cwd });
  const { folders, unreadable } = JSON.parse(stdout) as {
    readonly folders: readonly {
      readonly findings: readonly { readonly where: object; readonly before: { readonly where: object } }[];
    }[];
    readonly unreadable: readonly { readonly where: object }[];
  };
  return [
    ...folders.flatMap(({ findings }) => findings.flatMap(({ where, before }) => [where, before.where])),
    ...unreadable.map(({ where }) => where),
  ];
}

describe('a line that says where it came from', () => {
  const [one, two] = [
    { object: 's3://bucket/a.ndjson', line: 7, offset: 900 },
    { object: 's3://bucket/b.ndjson', line: 3 },
  ];

  test('gives its findings that place, and those after it what was seen there', async () => {
    expect(await placesOf(from(declined, one), from(changed, two))).toMatchObject([
      { file: two.object, line: 3, pointer: '/analyses/0/resolution_status' },
      { file: one.object, line: 7, offset: 900 },
    ]);
  });

  test('may be an envelope, and need not know its line', async () => {
    const envelope = JSON.stringify({
      method: 'GET',
      url: '/api/folders/f',
      body: JSON.parse(changed) as object,
      source: { object: 'b', offset: 0 },
    });
    expect(await placesOf(declined, envelope)).toMatchObject([
      { file: 'b', line: null, offset: 0, pointer: '/body/analyses/0/resolution_status' },
      { file: 'one', line: 1, column: 1 },
    ]);
  });

  test('gives what cannot be read in it that place as well', async () => {
    const broken = JSON.stringify({ folder_id: {}, analyses: [], source: one });
    expect(await placesOf(declined, broken)).toMatchObject([{ file: one.object, line: 7 }]);
  });

  test.each([
    [null],
    ['text'],
    [{}],
    [{ object: 'x' }],
    [{ object: '', line: 1 }],
    [{ object: 'x', line: 0 }],
    [{ object: 7, line: 1 }],
    [{ object: 'x', line: 1.5 }],
  ])('is taken for one like any other where it says something else: %j', async (source) => {
    expect(await placesOf(declined, from(changed, source))).toMatchObject([
      { file: 'one', line: 2 },
      { file: 'one', line: 1 },
    ]);
  });

  test('has its name replaced where ids are', async () => {
    const places = JSON.stringify(await placesOf(from(declined, one), from(changed, two), '--redact'));
    expect(places).not.toContain('bucket');
  });
});
