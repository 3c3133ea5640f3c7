import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../machines/index.ts';
import { createChecker } from '../../src/conformance/index.ts';
import { entry, exchanges, forms, har, lines, text, withContent } from './forms.ts';
import { readChunks, readText } from './reading.ts';

const packed = gzipSync('{}').toString('base64');
const one = exchanges('DECLINED')[0]!;
const json = text(one.body);

function judged(recording: string, at: readonly string[]) {
  const { observations, findings } = readText(recording, { at });
  const checker = createChecker({ settings: defaultSettings });
  for (const observation of observations) checker.observe(observation);
  return {
    verdicts: checker
      .finish()
      .map(({ folderId, verdict, observations: count }) => [folderId, verdict, count]),
    unread: findings.filter(({ severity }) => severity === 'unreadable'),
  };
}

describe('a recording', () => {
  it.each(Object.entries(forms))('is judged in full with its requests: %s', (_name, [form, pointer]) => {
    const at = pointer === undefined ? [] : [pointer];
    expect(judged(form(exchanges('DECLINED')), at)).toEqual({
      verdicts: [['f-1', 'conforms', 5]],
      unread: [],
    });
    expect(judged(form(exchanges('SUCCESS')), at).verdicts).toEqual([['f-1', 'violates', 5]]);
    if (pointer !== undefined)
      expect(readText(form(exchanges('SUCCESS'))).findings[0]?.hint).toContain(`--at '${pointer}'`);
  });

  it('keeps what --at points to where the request beside it is a route of somebody’s own', () => {
    const own = exchanges('DECLINED').map(({ body }) => ({ req: { method: 'POST', url: '/own' }, body }));
    expect(readText(lines(own), { at: ['/body'] }).observations).toHaveLength(6);
  });
});

describe('a folder', () => {
  it('is read as one where its analyses are no list', () => {
    const odd = { ...one.body, analyses: { items: [] } };
    const { observations, findings } = readText(JSON.stringify(odd));
    expect(observations).toMatchObject([{ folderId: 'f-1', resolutionStatus: 'INITIAL', analyses: [] }]);
    expect(findings).toMatchObject([{ code: 'FIELD_UNREADABLE', where: { pointer: '/analyses' } }]);
  });
});

describe('an exchange without an answer', () => {
  it.each([
    ['no status', { status: 0, body: '<html>' }],
    ['a status below 0', { status: -1, body: '<html>' }],
    ['an error with its words', { status: '502 Bad Gateway', body: '<html>' }],
    ['no body', { status: 304, body: '' }],
    ['nothing at all', null],
  ])('says nothing: %s', (_what, members) => {
    const line = members && { method: 'GET', url: '/api/folders/f-1', ...members };
    const { observations, findings, summary } = readText(lines([line, exchanges('DECLINED')[0]?.body]));
    expect(observations).toHaveLength(1);
    expect(findings).toEqual([]);
    expect(Object.values(summary.ignored).reduce((sum, count) => sum + count, 0)).toBe(1);
  });
});

describe('what is not read', () => {
  it.each([
    ['words behind the value', `${json} (took 12 ms)`, ': (echo log; cat FILE) | oz-status check -'],
    ['a table', `time,body\n1,"${json.replaceAll('"', '""')}"\n`, 'csv.DictReader'],
    ['a table of texts', `id,message\n1,"POST /api/folders/ {""a"": 1}"\n`, 'csv.DictReader'],
    ['a table without JSON', 'folder_id;resolution_status\nf-1;FINISHED\n', 'delimiter=";"'],
    ['JSON as in an address', `body=${encodeURIComponent(json)}\n`, 'new URLSearchParams(line)'],
    ['the console of Postman', 'GET https://a/: {\n  "Response Body": "{}"\n}\n', "--at '/Response Body' -"],
    ['a line that guards JSON', `)]}',\n${json}\n`, 'sed "s/^)]}\'*,*//" FILE'],
    ['a comma before the end of an object', '{"folder_id": "f-1",}', String.raw`/\1/g' FILE`],
    ['names of Python', '{"folder_id": "f-1", "x": None}', 'True and False'],
    ['no value of JavaScript', '{"folder_id": "f-1", "x": undefined}', 'nor undefined'],
    ['YAML with its names in order', 'analyses: []\nfolder_id: f-1\n', 'yq -o json FILE'],
    ['a list in YAML', `- method: GET\n  body: '${json}'\n`, 'yq -o json FILE'],
    ['requests for PowerShell', 'Invoke-WebRequest -Uri "https://api.example"\n', 'save all as HAR'],
    ['what Go prints of a pointer', '&{FolderID:f-1 ResolutionStatus:FINISHED}\nend\n', 'for sure'],
    ['TOML', '[[answers]]\nfolder_id = "f-1"\n', 'for sure'],
    ['UTF-16 behind other text', '{\0"\0f\0o\0', `tr -d '\\0' < FILE`],
    ['what Python writes for no number', `{"folder_id": "f-1", "score": NaN}`, 'null/g'],
    ['a comma too many', `[\n${json},\n]`, 'A comma stands before the end'],
    ['a comment', `// recorded\n[\n  ${json}\n]`, 'no comments'],
    ['a comment above a line', `// recorded\n${json}\n`, "grep '^[[{]'"],
    ['many blanks', `${' '.repeat(4000)}Dload`, "grep '^[[{]'"],
    ['a page', '<!doctype html>', 'HTML'],
    ['a tape of talkback', `{\n    meta: {\n        createdAt: 'x',\n    },\n}`, 'npx -y json5'],
    ['values behind each other', `${json}\0${json}\0`, `tr '\\0' '\\n' < FILE`],
    ['values each ended by a separator', `${json}\u001e\n${json}\u001e\n`, `tr -d '\\036'`],
    ['what breaks off in a text', `{"folder_id": "f-1", "note": "[{\\"a`, 'breaks off here'],
    ['YAML of another tool', 'responses:\n- response:\n    body: x\n', 'yq -o json FILE'],
    ['YAML', '---\nfolder_id: f-1\n', 'YAML'],
    ['flows of mitmproxy', '1234:9:websocket;0:~8:response;', 'hardump'],
    ['an archive', 'PK\u0003\u0004\u0014', 'unzip -p FILE'],
    ['an archive of Fiddler', 'PK\u0003\u0004\u0014\u0000\u0000raw/01_c.txt', 'HTTPArchive'],
    ['a HAR of Playwright in an archive', 'PK\u0003\u0004\u0014\u0000\u0000har.har', 'DIR/har.har'],
    ['a trace of Playwright', 'PK\u0003\u0004\u0014\u0000\u0000trace.trace', 'DIR/trace.network'],
    ['a cassette of vcrpy', 'interactions:\n- request:\n    method: GET\n', 'yq -o json FILE'],
    ['a cassette of go-vcr', '---\nversion: 2\ninteractions:\n    - id: 0\n', 'yq . FILE'],
    ['a collection of Insomnia', 'type: collection.insomnia.rest/5.0\n', 'export its requests as HAR'],
    ['a request of Bruno', 'meta {\n  name: r1\n}\n', 'bru run --output'],
    ['items of Burp', '<?xml version="1.0"?>\n<!DOCTYPE items [\n', 'hardump'],
    ['a trace of curl', '09:00:00.123456 == Info:   Trying 127.0.0.1\n', '<= Recv data'],
    ['a trace of curl in bytes', '== Info: x\n=> Send header\n0000: 47 45 54 20\n', "curl -sS -w '\\n'"],
    ['requests copied as fetch', `fetch("https://api.example/api/folders/f-1", {\n`, 'save all as HAR'],
    ['events that begin with a comment', `: keep-alive\n\nevent: folder\ndata: ${json}\n`, 's/^data: *//p'],
    ['a log of Kubernetes', `2026-01-12T10:00:00Z stdout P ${json.slice(0, 20)}\n`, 'p == "F"'],
    ['results of JMeter', '<?xml version="1.0"?>\n<testResults version="1.2">\n', "grep -o '<responseData"],
    ['results of JMeter in a table', 'timeStamp,elapsed,label,responseCode\n', 'XML with response data'],
    ['an archive of tar', `${'x'.repeat(257)}ustar${json}`, 'tar -xOf FILE'],
    ['base64', btoa(json), 'base64 -d FILE'],
    ['an access log', '127.0.0.1 - - [12/Jan/2026:09:00:00 +0000] "GET /api/ HTTP/1.1" 200 7', 'no answers'],
    ['zeros at the end', `${json}\n${'\0'.repeat(64)}`, `tr -d '\\0' < FILE`],
    [
      'a line that PostgreSQL copies',
      `{"id":1,"body":"{\\\\"folder_id\\\\":\\\\"f-1\\\\"}"}`,
      String.raw`: sed 's/\\\\/\\/g' FILE | oz`,
    ],
    ['a value over lines in a table of psql', ` {    +\n   "folder_id": "f-1"  +\n }\n`, "sed 's/ *+$//'"],
    ['what Dart prints', `{folder_id: f-1, resolution_status: FINISHED}`, 'no JSON can be made for sure'],
    ['what Java prints', `INFO {folder_id=f-1, resolution_status=FINISHED}`, 'no JSON can be made for sure'],
    ['what Go prints', `map[folder_id:f-1 resolution_status:FINISHED]`, 'no JSON can be made for sure'],
    ['what PHP prints', `Array\n(\n    [state] => FINISHED\n)`, 'no JSON can be made for sure'],
    ['what the shell of MongoDB prints', `{ "_id" : ObjectId("65a0"), "response" : ${json} }`, 'mongoexport'],
    ['what PostgreSQL copies', `1\t2026\t{"folder_id":"f-1","note":"\\\\"x\\\\""}`, 'sed '],
    ['quotes of a word processor', json.replaceAll('"', '\u201c'), 's/\\xc2\\xa0/ /g'],
    [
      'a table with the newest first',
      `time,body\n2026-01-12 09:00:02,"${json.replaceAll('"', '""')}"\n2026-01-12 09:00:01,"{}"\n`,
      ' FILE | tac | oz-status check -',
    ],
    [
      'a log with the newest first',
      `2026-01-12T09:00:02Z app ${json}\n2026-01-12T09:00:01Z app ${json}\n`,
      '(tac FILE | oz-status check -)',
    ],
    [
      'a log of requests with the newest first',
      `2026-01-12T09:00:02Z GET /api/folders/f-1 200 ${json}\n2026-01-12T09:00:01Z GET /api/folders/f-1 200 ${json}\n`,
      '(tac FILE | oz-status check -)',
    ],
    [
      'what Python logs with the newest first',
      `2026-01-12 09:00:02 {'folder_id': 'f-1'}\n2026-01-12 09:00:01 {'folder_id': 'f-1'}\n`,
      '(tac FILE | oz-status check -)',
    ],
    ['a list that breaks off over lines', `[\n  ${json},\n  {"folder_id": "f`, 'breaks off here'],
  ])('is told what to do with: %s', (_what, recording, hint) => {
    expect(readText(recording).findings[0]).toMatchObject({ code: 'JSON_INVALID' });
    expect(readText(recording).findings[0]?.hint).toContain(hint);
  });

  it.each([
    ['packets', [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0], 'These are packets of a network'],
    [
      'packets of another kind',
      [0x0a, 0x0d, 0x0d, 0x0a, 0x1c, 0, 0, 0, 0x4d, 0x3c, 0x2b, 0x1a, 0xff],
      'These are packets of a network',
    ],
    ['bytes of zstd', [0x28, 0xb5, 0x2f, 0xfd, 0x24, 0xff], 'zstd -dc FILE'],
    ['bytes of xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], 'xz -dc FILE'],
    ['bytes of bzip2', [0x42, 0x5a, 0x68, 0x39, 0xff], 'bzip2 -dc FILE'],
    ['UTF-32', [0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0], 'iconv -f UTF-32 '],
    ['UTF-16 without its mark', [0, 0x7b, 0, 0x0a, 0, 0x22, 0, 0x61], 'iconv -f UTF-16BE '],
    ['UTF-32 without its mark', [0x7b, 0, 0, 0, 0x22, 0, 0, 0], 'iconv -f UTF-32LE '],
    ['an archive of 7-Zip', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], '7z x -so FILE'],
    ['gzip within gzip', [...gzipSync(gzipSync(json))], 'gzip -dc <(gzip -dc FILE)'],
    ['text in an older encoding', [0x7b, 0x22, 0xfc, 0x22], 'iconv -f WINDOWS-1252'],
  ])('is told what to do with: %s', async (_what, bytes, hint) => {
    const { findings } = await readChunks([Uint8Array.from(bytes)]);
    expect(findings[0]?.hint).toContain(hint);
  });

  it('is told what to do with a message that holds its answer behind headers', () => {
    const response = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n${json}`;
    const { findings } = readText(lines([{ url: '/api/folders/f-1', method: 'GET', response }]));
    expect(findings).toMatchObject([{ code: 'SHAPE_UNKNOWN' }]);
    expect(findings[0]?.hint).toContain("check with --at '/response'");
  });

  it.each([
    ['a compressed body of a HAR', har([withContent(entry(one, 0), { text: packed, encoding: 'base64' })])],
    ['a compressed body', { method: 'GET', url: '/api/folders/f-1', body: packed }],
  ])('is told to record uncompressed: %s', (_what, value) => {
    const { findings } = readText(JSON.stringify(value));
    expect(findings).toMatchObject([{ code: 'SHAPE_UNKNOWN' }]);
    expect(findings[0]?.hint).toContain('Accept-Encoding: identity');
  });

  it.each([
    [
      'a run of a collection of Postman',
      { id: 'c', collection_id: '1', folder_id: 0, totalPass: 1, results: [{ responseCode: { code: 200 } }] },
      'newman',
    ],
    ['a text among words', { log: `2026-01-12 INFO ${json}`, stream: 'stdout' }, "--at '/log'"],
    ['texts among words in a list', { '@events': [{ m: `[12:00] ${json}` }] }, "--at '/@events/*/m'"],
    [
      'texts among words in a list with the newest first',
      {
        events: [
          { timestamp: 2e12, message: `answer ${json}` },
          { timestamp: 1e12, message: `answer ${json}` },
        ],
      },
      "--at '/events/*/message'",
    ],
    [
      'an answer in quotes among words, behind much else',
      { values: [...Array.from({ length: 30 }, () => 'started'), `level=info body=${JSON.stringify(json)}`] },
      "--at '/values/*'",
    ],
    ['a request in words', { message: '--> GET https://api.example/api/folders/f-1' }, "--at '/message'"],
    ['the history of Hoppscotch', { v: 1, request: {}, responseMeta: {} }, 'holds no answers'],
    ['a collection of Thunder Client', { collectionName: 'c', requests: [] }, 'holds no answers'],
    ['metrics of k6', { metric: 'http_reqs', type: 'Point', data: { value: 1 } }, 'console.log'],
    ['a row of ClickHouse', { meta: [{ name: 'body' }], data: [[json]], rows: 1 }, 'of ClickHouse'],
    ['an envelope in DynamoDB', { Item: { url: { S: '/api/' }, body: { S: json } } }, 'of DynamoDB'],
    ['a list of a text', [json], "--at '/*'"],
    [
      'a callback in an event',
      { detail: { state: 'finished', analyses: { quality: {} } } },
      "--at '/detail'",
    ],
  ])('is named: %s', (_what, value, hint) => {
    const { findings } = readText(JSON.stringify(value));
    expect(findings).toMatchObject([{ code: 'SHAPE_UNKNOWN' }]);
    expect(findings[0]?.hint).toContain(hint);
  });

  it('is a member called otherwise than in the API, beside others that are read', () => {
    const { observations, findings } = readText(
      lines([
        { folder_id: 'f-1', resolutionStatus: 'FINISHED', system_resolution: 'SUCCESS' },
        { folder_id: 'f-1', analyses: [{ analyse_id: 'a-1', 'Resolution-Status': 'SUCCESS' }] },
        { folder_id: 'f-1', resolution_status: 'FINISHED', resolutionStatus: 'FINISHED' },
      ]),
    );
    expect(observations).toHaveLength(3);
    expect(findings).toMatchObject([
      { code: 'FIELD_UNREADABLE', where: { pointer: '/resolutionStatus' } },
      { code: 'FIELD_UNREADABLE', where: { pointer: '/analyses/0/Resolution-Status' } },
    ]);
    expect(findings[0]?.message).toBe(
      'expected resolution_status, received resolutionStatus, which is not read',
    );
  });
});
