import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../machines/index.ts';
import { createChecker } from '../../../src/conformance/index.ts';
import { temporaryDirectory } from '../../tidy/temporary.mjs';
import { exchanges, text } from '../forms.ts';
import { readText } from '../reading.ts';

type Exchanged = ReturnType<typeof exchanges>[number];

/** A text with a line for each exchange, below what stands above them. */
const lined =
  (write: (one: Exchanged, at: number) => string, above = '') =>
  (result: string) =>
    above +
    exchanges(result)
      .map((one, at) => `${write(one, at)}\n`)
      .join('');

const quoted = (one: Exchanged) => `"${text(one.body).replaceAll('"', '""')}"`;
const escaped = (one: Exchanged) => JSON.stringify(text(one.body));
const inAForm = ({ method, path, status, body }: Exchanged) =>
  new URLSearchParams({ method, url: path, status: String(status), body: text(body) }).toString();

/** The command that the first hint names, which makes a recording of the file. */
function commandOf(recording: string): string {
  const hint = readText(recording).findings[0]?.hint ?? '';
  return /(?:python3 -c|sed -nE|node -e|jq -r) .*(?= \| oz-status check -)/.exec(hint)![0];
}

function verdictsOf(recording: string, file: string) {
  writeFileSync(file, recording);
  const command = commandOf(recording).replace(' FILE', ` '${file}'`);
  const { observations, findings } = readText(execFileSync('sh', ['-c', command], { encoding: 'utf8' }));
  const checker = createChecker({ settings: defaultSettings });
  for (const observation of observations) checker.observe(observation);
  return [
    checker.finish().map(({ folderId, verdict, observations: count }) => [folderId, verdict, count]),
    findings.map(({ code }) => code),
  ];
}

describe('a request that stands beside its answer', () => {
  it.each([
    [
      'a table',
      lined((one) => `${one.method},${one.path},${one.status},${quoted(one)}`, 'method,url,status,body\n'),
    ],
    [
      'a table of a spreadsheet',
      lined((one, at) => `${at};${one.method};${one.path};${quoted(one)}`, '\ufeffid;method;url;body\r\n'),
    ],
    [
      'a table with tabs',
      lined((one) => `${one.method}\t${one.path}\t${text(one.body)}`, 'method\turl\tbody\n'),
    ],
    [
      'a table that escapes quotes',
      lined((one) => `"${one.method}","${one.path}",${escaped(one)}`, '"method","url","body"\n'),
    ],
    [
      'a table that names its delimiter, its answers over lines',
      lined(
        (one) => `${one.method};${one.path};"${JSON.stringify(one.body, null, 1).replaceAll('"', '""')}"`,
        'sep=;\nmethod;url;body\n',
      ),
    ],
    ['lines with tabs', lined((one, at) => `${at}\t${one.method}\t${one.path}\t${text(one.body)}`)],
    [
      'lines of a log',
      lined((one) => `[09:00:00] INFO [main] ${one.method} ${one.path} ${one.status} 12ms ${text(one.body)}`),
    ],
    [
      'lines with a colon behind the address',
      lined((one, at) => `2026-01-12 09:00:0${at} <- ${one.method} ${one.path}: ${text(one.body)}`),
    ],
    [
      'lines of an access log',
      lined(
        (one) => `- [12/Jan/2026] "${one.method} ${one.path} HTTP/1.1" ${one.status} "-" ${text(one.body)}`,
      ),
    ],
    ['forms', lined(inAForm)],
    [
      'pairs (logfmt)',
      lined(
        (one) => `level=INFO msg="an answer" method=${one.method} url=${one.path} body=${escaped(one)} n=1`,
      ),
    ],
    [
      'texts in a log',
      (result: string) =>
        lined((one) =>
          JSON.stringify({
            log: `INFO ${one.method} ${one.path} ${one.status} ${text(one.body)}`,
            stream: 'x',
          }),
        )(result),
    ],
  ])('is kept with it by the command that is named: %s', (_what, make) => {
    const file = join(temporaryDirectory('requests-'), 'log');
    expect(verdictsOf(make('DECLINED'), file)).toEqual([[['f-1', 'conforms', 5]], []]);
    expect(verdictsOf(make('SUCCESS'), file)).toEqual([[['f-1', 'violates', 5]], []]);
  });

  it('is no condition of the command: lines without one are kept', () => {
    const file = join(temporaryDirectory('requests-'), 'log');
    const lines = lined(
      (one, at) => `[09:00] ${at === 0 ? 'created' : `${one.method} ${one.path}`} ${text(one.body)}`,
    );
    expect(verdictsOf(lines('SUCCESS'), file)).toEqual([[['f-1', 'violates', 5]], []]);
  });
});

describe('requests that stand above answers', () => {
  /** What is read of the lines by the command that is named: the folders that have a whole group, and how many were seen. */
  const readOf = (recording: readonly string[]) => {
    const file = join(temporaryDirectory('requests-'), 'log');
    const log = recording.map((line) => `${line}\n`).join('');
    writeFileSync(file, log);
    const command = commandOf(log).replace(' FILE', ` '${file}'`);
    const { observations } = readText(execFileSync('sh', ['-c', command], { encoding: 'utf8' }));
    return observations.map(({ folderId, wholeGroup }) => [folderId, wholeGroup]);
  };
  const posted = (id: string) => `--> POST https://api.example/api/folders/${id}/analyses/`;
  const answered = (id: string) => `<-- 201 Created\n[{"analyse_id": "a-${id}", "state": "PROCESSING"}]`;

  it('are kept with them, what was sent is not taken for an answer', () => {
    const sent = '{"analyses": [{"type": "quality"}]}';
    expect(readOf([posted('f-1'), sent, answered('f-1'), posted('f-2'), sent, answered('f-2')])).toEqual([
      ['f-1', true],
      ['f-2', true],
    ]);
  });

  it('are not kept where several wait for their answers, nor where answers stand above requests', () => {
    expect(
      readOf([
        posted('f-1'),
        posted('f-2'),
        answered('f-2'),
        answered('f-1'),
        posted('f-3'),
        answered('f-3'),
      ]),
    ).toEqual([
      [undefined, false],
      [undefined, false],
      ['f-3', true],
    ]);
    const late = (id: string) => [`took [{"analyse_id": "a-${id}", "state": "PROCESSING"}]`, posted(id)];
    expect(readOf([...late('f-1'), ...late('f-2')])).toEqual([
      [undefined, false],
      [undefined, false],
    ]);
  });
});
