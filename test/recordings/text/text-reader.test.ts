import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repository } from '../../cli/built.ts';
import { prop } from '../../property.ts';
import { exchanges, text } from '../forms.ts';
import { portions, readChunks, readText } from '../reading.ts';

const printed = join(repository, 'test/recordings/recorded/printed');

const json = text(exchanges('DECLINED')[0]!.body);
const note = 'TEXT_AROUND_JSON';

/** What is read of a text: which folder or analyses each observation shows, and what was found. */
const readOf = (recording: string, at: readonly string[] = []) => {
  const { observations, findings } = readText(recording, { at });
  return [
    observations.map(({ folderId, analyses, wholeGroup }) => [
      folderId ?? analyses.map(({ id }) => id).join(),
      wholeGroup,
    ]),
    findings.map(({ code, where }) => [code, where.line]),
  ];
};

describe('an answer in a text', () => {
  it.each([
    ['a prefix with brackets', `[2026-01-12 09:00:00] INFO: ${json}`, 1],
    ['a prefix in brackets, in other lines', `[9:00] started\n[9:00] › ${json}\n`, 2],
    ['a prefix with a thread', `2026-01-12 09:00:00,123 [main] INFO - ${json}`, 1],
    ['a prefix with colours', `\u001b[32minfo\u001b[39m: ${json}`, 1],
    ['a log of Lambda', `START RequestId: 1\n2026-01-12T09:00:00.000Z\t1\tINFO\t${json}\nEND`, 2],
    ['a log of a gateway of AWS', `(1) HTTP Method: GET\n(1) Response body: ${json}\n`, 2],
    ['a list behind a prefix', `INFO: [${json}]`, 1],
    ['a list within a call', `callback([${json}]);`, 1],
    ['words behind the value', `log\n${json} (took 12 ms)`, 2],
    ['JSON over lines behind a prefix', `INFO answer: {\n  "folder_id": "f-1"\n}\n`, 1],
    ['JSON with colours', `{\n  \u001b[34m"folder_id"\u001b[39m: "f-1"\n}\n`, 1],
    ['two values behind a prefix', `POST 201 {"age":"0"} ${json}`, 1],
    ['a record of syslog', `<134>1 2026-01-12T10:00:00Z host app 1 - - ${json}`, 1],
    ['values over lines among others', `Response:\n{\n  "folder_id": "f-1"\n}\n`, 2],
    ['what OkHttp logs', `--> GET https://api.example/api/folders/f-1\n<-- 200 OK\n${json}\n`, 3],
    ['lines that each have a prefix', `web | {\nweb |   "folder_id": "f-1"\nweb | }\n`, 1],
    ['lines behind each a time', `9:00:01 {\n9:00:02   "folder_id": "f-1"\n9:00:02 }\n9:00:03 end\n`, 1],
    ['quotes that are escaped', `INFO body=${JSON.stringify(json)} n=1\n`, 1],
    ['quotes that are escaped twice', `took ${JSON.stringify(JSON.stringify(json))}\n`, 1],
    ['quotes that are doubled', `1 "${json.replaceAll('"', '""')}"\nend\n`, 1],
    ['quotes as bytes', `- "${json.replaceAll('"', String.raw`\x22`)}" 0.01\n`, 1],
    ['a value of Spring', `<200 OK OK,${json},[Content-Type:"application/json"]>\n`, 1],
    ['a value of Kotlin', `Response{code=200, body=${json}}\n`, 1],
    ['a value behind an opened bracket', `answered {\n  ${json}\n}\n`, 2],
    ['what Elixir prints', `%{"folder_id" => "f-1"}`, 1],
    ['what Python logs', `INFO answer {'folder_id': 'f-1'}`, 1],
    ['what Python prints', `{'folder_id': 'f-1', 'x': None}`, 1],
    ['what Ruby prints', `{"folder_id"=>"f-1", "x"=>nil}`, 1],
    ['what Ruby prints of symbols', `{:folder_id=>"f-1", :x=>nil}`, 1],
    ['what console.log prints', `{ folder_id: 'f-1' }`, 1],
    ['what console.log prints of a text', `{\n  status: 200,\n  body: '${json}'\n}\n`, 1],
    ['what winston prints', `info: asked {"age":"0"}\ninfo: answered ${json}\n`, 2],
    [
      'what ngrep prints',
      `interface: lo\nfilter: tcp\n\nT a -> b\nGET /api/folders HTTP/1.1.\n.\n\n${json}\n`,
      8,
    ],
    ['what console.log prints behind words', `GET 200 {\n  folder_id: 'f-1',\n}\n`, 1],
    ['what Python prints with pprint', `{'analyses': [],\n 'folder_id': 'f-1',\n 'x': (1, None)}\nend\n`, 1],
    ['bytes as Python prints them', `INFO b'{"folder_id": "f-1",\\n "x": "\\xd0\\xb8"}'\n`, 1],
    ['what console.log prints of a list', `[\n  {\n    folder_id: "f-1",\n    x: undefined\n  }\n]\n`, 1],
    [
      'members that Node shortens',
      `{\n  folder_id: 'f-1',\n  meta_data: { a: [Object], b: [Array] }\n}\nend\n`,
      1,
    ],
    ['lists as %o prints them', `{ folder_id: 'f-1', x: [ 1, [Object], [length]: 2 ] }\nend\n`, 1],
    ['members behind words in colours', `  oz {\n  oz   folder_id: \u001b[32m'f-1'\u001b[39m\n  oz }\n`, 1],
    ['JSON5', `{\n  // recorded\n  folder_id: 'f-1',\n}\n`, 1],
    ['a sign that is none', `{'folder_id': 'f-1', 'x': '\\u{ffffff}'}\nend\n`, 1],
    ['values within calls', `{'folder_id': UUID('f-1'), 'x': Decimal('0.5')}\nend\n`, 1],
    ['words above lines of JSON', `# recorded on Monday\n${json}\n`, 2],
    ['text before a line of JSON', `log\n${json}\ntook ${json}\n`, 2],
  ])('is read, with a note that says so: %s', (_what, recording, line) => {
    const [observed, found] = readOf(recording);
    expect(observed).toContainEqual(['f-1', false]);
    expect(found).toEqual([[note, line]]);
  });

  it('is read where --at points to it', () => {
    const line = JSON.stringify({ level: 30, res: { body: json } });
    expect(readOf(`INFO started\nINFO ${line}\n`, ['/res/body'])).toEqual([[['f-1', false]], [[note, 2]]]);
  });

  it('keeps its line, and its place in the value', () => {
    const { findings } = readText('INFO\nINFO {"folder_id": "f-1", "resolution_status": 7}\n');
    expect(findings[0]?.where).toEqual({ file: 'sample', line: 2, pointer: '/resolution_status' });
  });
});

const list = '[{"analyse_id": "a-1", "state": "PROCESSING"}]';
const escaped = JSON.stringify(list.slice(1, -1)).slice(1, -1);
const doubled = list.slice(1, -1).replaceAll('"', '""');
const over = (status: string) => `{\n  "folder_id": "f-1",\n  "resolution_status": ${status}\n}\n`;

describe('a report of pytest', () => {
  const [polled, ended] = [3, 4].map((at) => `INFO answer ${text(exchanges('DECLINED')[at]!.body)}\n`);
  const report = (header: string) =>
    `====== test session starts ======\n${polled}${polled}${ended}\u001b[31m--- ${header} ---\u001b[0m\n${polled}${ended}`;

  it('is read once where it tells what was logged again', () => {
    const { observations, findings } = readText(report('Captured log call'));
    expect(observations.map(({ where }) => where.line)).toEqual([2, 3, 4]);
    expect(findings.at(-1)?.message).toMatch(/taken out of it: 3, .* left out: 2$/);
    expect(readText(report('another test')).observations).toHaveLength(5);
    expect(readText(report('Captured log call').replace('test session', '')).observations).toHaveLength(5);
  });
});

describe('what is not whole in a text', () => {
  it.each([
    ['an answer that breaks off', `INFO {"folder_id": "f-1", "resolution_st\nINFO ${json}\n`, 1],
    [
      'an answer that breaks off in escaped quotes',
      `INFO "[${escaped},${escaped.slice(0, 30)}...\nINFO ${json}\n`,
      1,
    ],
    [
      'an answer that breaks off in doubled quotes',
      `INFO "[${doubled},${doubled.slice(0, 30)}"\nINFO ${json}\n`,
      1,
    ],
    ['an answer that breaks off over lines', `INFO\n${over('"FINI')}INFO ${json}\n`, 2],
    ['an answer that is no JSON over lines', `INFO\n${over('None')}INFO ${json}\n`, 2],
    ['an answer that ends with the text', `INFO ${json}\nINFO {\n  "folder_id": "f-2",\n`, 2],
    ['the end of an answer', `INFO\nNISHED","analyses":${list}}\nINFO ${json}\n`, 2],
    ['the end of an answer over lines', `INFO\n  {\n    "analyse_id": "a-1"\n  }\n]}\nINFO ${json}\n`, 2],
    ['what Go prints', `INFO {folder_id: 'f-1', state: FINISHED}\nINFO ${json}\n`, 1],
    ['what Rust prints', `Folder { folder_id: "f-1", state: Finished }\nINFO ${json}\n`, 1],
    ['the last words of an answer', `INFO\nISHED"}]}\nINFO ${json}\n`, 2],
    ['an element of such an answer', `INFO\nD"},{"analyse_id":"a-1"}],"x":1}\nINFO ${json}\n`, 2],
    ['the members of such an answer', `INFO\n    "analyses": ${list}\n}\nINFO ${json}\n`, 2],
  ])('is reported, and no part of it is read: %s', (_what, recording, line) => {
    const [observed, found] = readOf(recording);
    expect(observed).toEqual([['f-1', false]]);
    expect(found?.filter(([code]) => code !== note)).toEqual([['JSON_INVALID', line]]);
  });

  it('is all of a text in which no answer stands', () => {
    expect(readOf('"\u001b[0m;owned"')[1]).toEqual([['JSON_INVALID', 1]]);
    expect(readOf(`INFO folder_id: 'f-1', {"level": 30}\n`)[1]).toEqual([['JSON_INVALID', 1]]);
  });

  it('is a list that Node shortens', () => {
    const shortened = `{\n  folder_id: 'f-1',\n  analyses: [ [Object], ... 1 more item ]\n}\n`;
    expect(readOf(shortened)[1]).toContainEqual(['FIELD_UNREADABLE', 1]);
  });

  it('is nothing where it does not name what the API does', () => {
    const other = 'curl: { [131 bytes data]\nfunction () {\n  return {\n"x"\n';
    expect(readOf(`${other}INFO ${json}\n`)).toEqual([[['f-1', false]], [[note, 5]]]);
  });

  it('is a line that is no UTF-8, if a value may stand in it', async () => {
    const bytes = Uint8Array.from(`Gr\u00f6sse\nINFO ${json}\nGr\u00f6sse ${json}\n`, (one) =>
      one.charCodeAt(0),
    );
    const { observations, findings } = await readChunks([bytes]);
    expect(observations).toHaveLength(1);
    expect(findings.map(({ code, where }) => [code, where.line])).toEqual([
      ['TEXT_INVALID', 3],
      [note, 2],
    ]);
  });
});

describe('a text that is spoilt', () => {
  const texts = readdirSync(printed).map((name) => readFileSync(join(printed, name)));
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(60), fc.uint8Array({ maxLength: 3 })), { maxLength: 4 });

  prop([fc.constantFrom(...texts), changes, fc.integer({ min: 1, max: 200 })])(
    'says the same in whatever portions it comes, and always something',
    async (recording, all, size) => {
      let bytes = recording;
      for (const [place, length, put] of all) {
        const at = place % bytes.length;
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          put,
          bytes.subarray(Math.min(bytes.length, at + length)),
        ]);
      }
      const whole = await readChunks([bytes]);
      expect(await readChunks(portions(bytes, size))).toEqual(whole);
      expect(whole.observations.length + whole.findings.length).toBeGreaterThan(0);
    },
  );
});
