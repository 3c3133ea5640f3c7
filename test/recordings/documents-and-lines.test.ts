import { describe, expect, it } from 'vitest';
import { amongLinesHint } from '../../src/recordings/text-hints.ts';
import { readLines, readText } from './reading.ts';

const folder = (id: string) => JSON.stringify({ folder_id: id, resolution_status: 'INITIAL' });
const places = (text: string, options = {}) => {
  const { observations, findings } = readText(text, options);
  return {
    read: observations.map(({ folderId, where }) => [folderId, where.line]),
    found: findings.map(({ code, where }) => [code, where.line, where.column]),
  };
};

describe('lines', () => {
  it('are read one by one, whatever ends them', () => {
    expect(places(`${folder('a')}\r\n\r\n${folder('b')}\n  \n${folder('c')}`)).toEqual({
      read: [
        ['a', 1],
        ['b', 3],
        ['c', 5],
      ],
      found: [],
    });
  });

  it('that are no JSON are told how to take those that are, as in a log', () => {
    const cut = readText(`${folder('a')}\n{"folder_id":"b\r\n${folder('c')}`);
    expect(cut.findings[0]?.hint).toMatch(/breaks off/);
    const { findings } = readText(`${folder('a')}\nwaiting\n${folder('b')}`);
    expect(findings.map(({ where, hint }) => [where.line, hint])).toEqual([[2, amongLinesHint]]);
  });

  it('keep one finding each up to a limit, and the first other hint of those beyond it', () => {
    const lines = [1, 2, 3, 4].map((at) => ({ level: 30, at }));
    const answer = { res: { data: { folder_id: 'f' } } };
    const { findings } = readLines([...lines, answer], { maxFindingsPerCode: 2 });
    expect(findings.map(({ where }) => where.line)).toEqual([1, 2, 5]);
    expect(findings[1]?.hint).not.toContain("--at '");
    expect(findings[2]?.message).toMatch(/^3 more like this/);
    expect(findings[2]?.hint).toContain("--at '/res/data'");
  });

  it('may begin with a byte order mark and hold line separators of Unicode inside strings', () => {
    expect(places(`\uFEFF${folder('a\u2028b')}\n${folder('c')}\n`).read).toEqual([
      ['a\u2028b', 1],
      ['c', 2],
    ]);
    expect(places(`\uFEFF[\n${folder('a')}]`).read).toEqual([['a', undefined]]);
  });

  it('are read on after a broken one', () => {
    expect(places(`${folder('a')}\n{"folder_id": b}\n${folder('c')}\n{"folder_id":"d`)).toEqual({
      read: [
        ['a', 1],
        ['c', 3],
      ],
      found: [
        ['JSON_INVALID', 2, 15],
        ['JSON_INVALID', 4, 16],
      ],
    });
  });

  it('count columns in characters, not in bytes', () => {
    expect(places(`${folder('a')}\n{"é😀": x}`).found).toEqual([['JSON_INVALID', 2, 9]]);
  });

  it.each([
    ['is cut inside a string', '{"folder_id":"x', 16],
    ['is cut between members', '{"folder_id":"x",', 18],
    ['is cut before a value', '{"folder_id":', 14],
    ['is no JSON at all', '{# recorded on Monday', 2],
    ['is closed twice', '{"folder_id":"x"}}', 18],
  ])('are known by a later line where the first one %s', (_how, first, column) => {
    expect(places(`${first}\n${folder('b')}\n${folder('c')}\n`)).toEqual({
      read: [
        ['b', 2],
        ['c', 3],
      ],
      found: [['JSON_INVALID', 1, column]],
    });
  });

  it('are known after several broken ones at the beginning', () => {
    expect(places(`{oops\n\n{"a":\n{oops}\n${folder('b')}`)).toEqual({
      read: [['b', 5]],
      found: [
        ['JSON_INVALID', 1, 2],
        ['JSON_INVALID', 3, 6],
        ['JSON_INVALID', 4, 2],
      ],
    });
  });
});

describe('a document', () => {
  const list = JSON.stringify([{ folder_id: 'a' }, { folder_id: 'b' }], null, 2);

  it('may stand on many lines, or on one', () => {
    expect(places(`\n${list}\n\n`).read.map(([id]) => id)).toEqual(['a', 'b']);
    expect(places(JSON.stringify(JSON.parse(list))).read).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });

  it('with one object on each line of a list is still one', () => {
    expect(places(`[\n${folder('a')},\n${folder('b')}\n]\n`).read).toEqual([
      ['a', undefined],
      ['b', undefined],
    ]);
    expect(places(`[${folder('a')}\n,${folder('b')}\n]\n`).read).toEqual([
      ['a', undefined],
      ['b', undefined],
    ]);
  });

  it('may follow another, and then has the line where it begins', () => {
    expect(places(`${list}\n${list}\n`).read).toEqual([
      ['a', undefined],
      ['b', undefined],
      ['a', 9],
      ['b', 9],
    ]);
    expect(places(`${list}\n${folder('c')}\n${folder('d')}`).read.slice(2)).toEqual([
      ['c', 9],
      ['d', 10],
    ]);
  });

  it('that is cut off is one finding, where it ends', () => {
    for (const end of ['', '\n', ' \n\n']) {
      const cut = `[\n  {\n    "folder_id": "a"${end}`;
      expect(places(cut)).toEqual({ read: [], found: [['JSON_INVALID', 3, 21]] });
    }
  });

  it('with a mistake is one finding, where the mistake is', () => {
    const broken = list.replace('},', '}');
    expect(places(broken)).toEqual({ read: [], found: [['JSON_INVALID', 5, 3]] });
    expect(readText(broken).findings[0]?.message).toBe(
      'expected "," or the end of the list or object, received "{"',
    );
  });

  it.each([
    ['in an element', `[${folder('a')}, ${folder('b')}, {"folder_id":"c`],
    ['behind an element', `[${folder('a')}, ${folder('b')}`],
    ['behind a comma', `[${folder('a')}, ${folder('b')},\n`],
    ['with a mistake', `[${folder('a')}, ${folder('b')}, {folder_id: 1}]`],
    ['over lines', `[\n ${folder('a')},\n ${folder('b')},\n {"fol`],
  ])('that is a list and breaks off is judged before that: %s', (_where, text) => {
    const { read, found } = places(text);
    expect(read.map(([id]) => id)).toEqual(['a', 'b']);
    expect(found.map(([code]) => code)).toEqual(['JSON_INVALID']);
  });

  it.each([
    ['an answer with folders', `{"items": [${folder('a')}, ${folder('b')}, {"folder_id":"c`, []],
    [
      'a list within a log',
      `{"hits": {"hits": [{"_source": ${folder('a')}}, {"_source": ${folder('b')}}, {`,
      ['/hits/hits/*/_source'],
    ],
    [
      'a member within a log',
      `{"a": {"data": ${folder('a')}}, "b": {"data": ${folder('b')}}, "c": {"data": {"fo`,
      ['/*/data'],
    ],
  ])('that is an object and breaks off is judged before that: %s', (_what, text, at) => {
    const { observations, findings } = readText(text, { at });
    expect(observations.map(({ folderId }) => folderId)).toEqual(['a', 'b']);
    expect(findings.map(({ code }) => code)).toEqual(['JSON_INVALID']);
  });

  it('that is an object and breaks off is told where whole answers stand in it', () => {
    const [whole, cut] = [
      `{"hits":[{"_source":${folder('a')}},{"_source"`,
      `{"data":{"folder_id":"a","x":{"y":[`,
    ];
    expect(readText(whole).findings.map(({ code, hint }) => [code, /--at '(.*)'/.exec(hint!)?.[1]])).toEqual([
      ['JSON_INVALID', undefined],
      ['SHAPE_UNKNOWN', '/hits/*/_source'],
    ]);
    expect(readText(cut).findings.map(({ code }) => code)).toEqual(['JSON_INVALID']);
  });

  const part = '[{"analyse_id":"a","state":"FINISHED"}, {"analyse_id":"b"';
  it.each([
    ['a folder', `{"folder_id":"f","analyses":${part}`, []],
    ['an answer in an envelope', `{"method":"POST","url":"/api/folders/f/analyses/","body":${part}`, []],
    ['an answer where --at points', `{"data":${part}`, ['/data']],
    ['a folder where --at points', `{"data":{"folder_id":"f","analyses":${part}`, ['/data']],
    ['a number', '{"data":{"folder_id":1', ['/data']],
  ])('that breaks off within %s says nothing of it', (_what, text, at) => {
    const { observations, findings } = readText(text, { at });
    expect(observations).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(['JSON_INVALID']);
  });

  it.each(['[1, 2', '[info] x', `[${folder('a')}] and ${folder('b')}`, '[', '[{'])(
    'that is no list of answers which breaks off says nothing: %s',
    (text) => {
      const { read, found } = places(text);
      expect(read).toEqual([]);
      expect(found.map(([code]) => code)).toEqual(['JSON_INVALID']);
    },
  );

  it('is not cut into lines by an indented line that could stand alone', () => {
    const broken = '[\n  {"a": [1 2]},\n  {"folder_id": "x"}\n]';
    expect(places(broken)).toEqual({ read: [], found: [['JSON_INVALID', 2, 12]] });
  });

  it('may be a list of answers some of which are lists', () => {
    const analyses = [{ analyse_id: 'a-1', state: 'PROCESSING' }];
    const text = JSON.stringify([{ folder_id: 'f-1', analyses: [] }, analyses, []]);
    const { observations, codes, summary } = readText(text);
    expect(observations.map(({ where }) => where.pointer)).toEqual(['/0', '/1']);
    expect([codes, summary.ignored.emptyList]).toEqual([[], 1]);
  });

  it('that is a value of no known shape is one finding', () => {
    for (const text of ['17', '"text"', 'true', '{}', '{"log": {}}', '{"items": 3}']) {
      expect(places(text)).toEqual({ read: [], found: [['SHAPE_UNKNOWN', 1, undefined]] });
    }
    expect(places('[{}, 1]').found).toHaveLength(2);
    expect(places('[]')).toEqual({ read: [], found: [] });
  });
});

describe('an empty input', () => {
  it.each(['', '\n', ' \r\n\t', '\uFEFF', '\uFEFF\n'])('is a finding: %j', (text) => {
    expect(readText(text).codes).toEqual(['INPUT_EMPTY']);
  });
});
