import { describe, expect, it } from 'vitest';
import { exchanges, lines, text } from '../forms.ts';
import { readText } from '../reading.ts';

type Exchanged = ReturnType<typeof exchanges>[number];
const [created] = exchanges('DECLINED');
const json = text(created!.body);

/** The folder of each observation and whether it shows a whole group, and what was found. */
const readOf = (recording: string, pointer: string) => {
  const { observations, findings } = readText(recording, { at: [pointer] });
  return [
    observations.map(({ folderId, wholeGroup }) => [folderId, wholeGroup]),
    findings.map(({ code }) => code),
  ];
};
/** Of a folder, what was posted to it, the folder, one analysis, and the folder again. */
const inFull = [
  [
    ['f-1', false],
    ['f-1', true],
    ['f-1', false],
    [undefined, false],
    ['f-1', false],
  ],
  [],
];
const logged = (...texts: readonly string[]) => lines(texts.map((log) => ({ log, stream: 'stdout' })));

describe('an answer in a text of a log', () => {
  it.each([
    ['words', `2026-01-12 INFO ${json}`],
    ['quotes', `level=info body=${JSON.stringify(json)}`],
    ['headers', `HTTP/1.1 200 OK\r\nAge: 0\r\n\r\n${json}`],
  ])('is read behind %s', (_what, message) => {
    expect(readOf(logged('started', message), '/log')).toEqual([[['f-1', false]], []]);
    expect(readText(logged(message)).findings[0]?.hint).toContain("--at '/log'");
  });

  it('is read before the next text, whoever writes that', () => {
    const folder = (id: string) => `{"folder_id": "${id}", "resolution_status": "FINISHED"}`;
    const records = [
      { log: `INFO ${folder('a')}`, stream: 'stdout' },
      { log: folder('b'), stream: 'stderr' },
      { log: folder('c'), stream: 'stdout' },
    ];
    const { observations } = readText(lines(records), { at: ['/log'] });
    expect(observations.map(({ folderId }) => folderId)).toEqual(['a', 'b', 'c']);
  });

  it('is read with the newest first, where the list says when', () => {
    const event = (timestamp: number, status: string) => ({
      timestamp,
      message: `answer {"folder_id": "f-1", "resolution_status": "${status}"}`,
    });
    const events = [event(2e12, 'FINISHED'), event(1e12, 'PROCESSING')];
    const { observations } = readText(JSON.stringify({ events }), { at: ['/events/*/message'] });
    expect(observations.map(({ resolutionStatus }) => resolutionStatus)).toEqual(['PROCESSING', 'FINISHED']);
  });

  it('is reported where it breaks off; other texts are counted', () => {
    const { findings, summary } = readText(
      logged('started', `INFO {"folder_id": "f-1", "st`, 'folder_id: 7'),
      {
        at: ['/log'],
      },
    );
    expect(findings.map(({ code, where }) => [code, where.line, where.pointer])).toEqual([
      ['JSON_INVALID', 2, '/log'],
    ]);
    expect(summary.ignored.notAt).toBe(2);
  });
});

describe('a request in a text of a log', () => {
  it.each<[string, (one: Exchanged) => readonly string[]]>([
    ['beside it', ({ method, path, body }) => [`INFO ${method} ${path} 200 ${text(body)}`]],
    [
      'above it',
      ({ method, path, body }) => [`--> ${method} ${path}`, '', `<-- 200 OK`, text(body), '<-- END'],
    ],
    [
      'above it, with what was sent',
      ({ method, path, body }) => [
        `--> ${method} ${path}`,
        '{"analyses": [{"type": "quality"}]}',
        text(body),
      ],
    ],
    [
      'above it, in one text',
      ({ method, path, body }) => [`--> ${method} ${path}\n\n<-- 200 OK\n${JSON.stringify(body, null, 2)}\n`],
    ],
  ])('is that of the answer %s', (_where, write) => {
    expect(readOf(logged(...exchanges('DECLINED').flatMap(write)), '/log')).toEqual(inFull);
  });

  it('is rather the one that stands beside the answer', () => {
    const [, posted] = exchanges('DECLINED');
    const log = [
      { msg: '--> GET https://api.example/api/folders/f-2', stream: 'x' },
      { msg: text(posted!.body), stream: 'x', req: { method: posted!.method, url: posted!.path } },
    ];
    expect(readOf(lines(log), '/msg')).toEqual([[['f-1', true]], []]);
  });

  it('is told from those of other threads', () => {
    const posted = (id: string) => `--> POST /api/folders/${id}/analyses/`;
    const answered = (id: string) => `[{"analyse_id": "a-${id}", "state": "PROCESSING"}]`;
    const of = (thread_name: string, message: string) => ({ thread_name, message });
    const [one, other] = ['f-1', 'f-2'];
    const log = [
      of('1', posted(one)),
      of('2', posted(other)),
      of('1', answered(one)),
      of('2', answered(other)),
    ];
    expect(readOf(lines(log), '/message')).toEqual([
      [
        [one, true],
        [other, true],
      ],
      [],
    ]);
  });
});
