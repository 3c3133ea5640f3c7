import { statuses } from '../../../machines/index.ts';
import type { Draw } from './scan-beside-parse.ts';

const from = <T>(items: readonly T[], draw: Draw): T => items[draw(items.length)]!;

const lower = statuses.map((status) => status.toLowerCase());
const oddWords = [
  '"Success"',
  '"SUCCESS"',
  '"soon"',
  '""',
  'null',
  '1',
  '[]',
  '{}',
  '"succ\\u0065ss"',
  '"é"',
];
const ids = ['"a"', '"b-1"', '"0a1b2c3d-0000-4000-8000-00000000000f"'];
const oddIds = [
  '""',
  'null',
  '7',
  '1e400',
  'true',
  '{}',
  '"é"',
  '"\\u0061"',
  '"\\ud800"',
  '"0A1B2C3D-0000-4000-8000-00000000000F"',
  '"0a1b2c3d0000400080000000000000000f"',
  '"0a1b2c3d00004000800000000000000f"',
];
const kinds = ['quality', 'biometry', 'documents'];
const oddKinds = [
  'Quality',
  'QUALITY',
  'qu\\u0061lity',
  'a_b-c',
  'collection',
  '',
  '1',
  'é',
  'ſ',
  'İ',
  '__proto__',
  'folder_id',
  'two words',
  'a'.repeat(32),
  'a'.repeat(33),
];
const deep = `${'['.repeat(40)}${']'.repeat(40)}`;
const asides = [
  '"x":1',
  '"video":[{"state":"processing"}]',
  `"x":${deep}`,
  '"state":"x"',
  '"result_json":null',
];

const word = (draw: Draw): string => (draw(14) === 0 ? from(oddWords, draw) : `"${from(lower, draw)}"`);
const id = (draw: Draw, odd = 9): string => (draw(odd) === 0 ? from(oddIds, draw) : from(ids, draw));
const aside = (draw: Draw): readonly string[] => (draw(9) === 0 ? [from(asides, draw)] : []);
const object = (members: readonly string[], draw: Draw): string =>
  `{${members.join(draw(9) === 0 ? ' , ' : ',')}}`;

/** What was found of an analysis, which may name its folder; an object, or a text of one. */
function anyResults(draw: Draw): string {
  const names = draw(3) === 0 ? [] : [`"folder_id":${id(draw)}`];
  const media = draw(2) === 0 ? [] : ['"source_media":[{"folder_id":"inner","media_id":"m"}]'];
  const value = object([...media, ...names, ...aside(draw)], draw);
  return from([value, value, value, JSON.stringify(value), '"none"', 'null', '[]', '3'], draw);
}

function anyMember(draw: Draw): string {
  if (draw(25) === 0) return from(['null', '[]', '"success"', '{}', '1'], draw);
  const isRunning = draw(3) === 0;
  return object(
    [
      ...(draw(12) === 0 ? [] : [`"state":${isRunning ? '"processing"' : word(draw)}`]),
      ...(draw(12) === 0 ? [] : [`"resolution":${isRunning ? '""' : word(draw)}`]),
      ...aside(draw),
      ...(draw(3) === 0 ? [`"result_json":${anyResults(draw)}`] : []),
    ],
    draw,
  );
}

/** A callback of the web plugin, most as it writes them, some with other members, with many analyses, or in another order. */
export function anyCallback(draw: Draw, many = 70): string {
  const kind = (at: number): string => (draw(14) === 0 ? from(oddKinds, draw) : kinds[at % kinds.length]!);
  const first = draw(3);
  const analyses = Array.from(
    { length: draw(20) === 0 ? many : draw(4) },
    (_, at) =>
      `"${at < 3 ? kind(first + at) : `k${'abcdefghij'[at % 10]}${'abcdefghij'[Math.trunc(at / 10)]}`}":${anyMember(draw)}`,
  );
  const members = [
    ...(draw(4) === 0 ? [] : [`"event_session_id":${id(draw)}`]),
    `"state":${draw(9) === 0 ? word(draw) : from(['"processing"', '"finished"'], draw)}`,
    ...(draw(12) === 0
      ? [from(['"analyses":null', '"analyses":[]', '"type":"x"'], draw)]
      : [`"analyses":${object(analyses, draw)}`]),
    ...(draw(2) === 0 ? [`"folder_id":${id(draw, 14)}`] : []),
    ...(draw(14) === 0
      ? [
          from(
            [
              '"analyse_id":"a"',
              '"resolution_status":"FAILED"',
              '"system_resolution":null',
              '"items":[]',
              '"group_id":"g"',
              '"resolution":"success"',
              '"sessionId":"s"',
              '"source":{"object":"o","line":1}',
            ],
            draw,
          ),
        ]
      : []),
    ...aside(draw),
  ];
  return object(draw(6) === 0 ? members.toReversed() : members, draw);
}

const results = ['success', 'success', 'declined', 'operator_required', 'failed'];

/** What one session tells as its analyses go on, most of it as it can be. */
function* anySession(draw: Draw): Generator<string> {
  const session = draw(5) === 0 ? '' : `"event_session_id":"s${draw(4)}",`;
  const folder = draw(2) === 0 ? `"f${draw(2)}"` : undefined;
  const isNested = draw(2) === 0;
  const told = kinds.slice(0, 1 + draw(3)).map((kind) => ({ kind, result: '' }));
  const settle = (): void => {
    const one = from(told, draw);
    if (one.result === '' || draw(12) === 0) one.result = from(results, draw);
  };
  for (let left = draw(8); left >= 0; left -= 1) {
    if (draw(2) === 0) settle();
    const members = told.map(({ kind, result }) => {
      const state = result === '' ? 'processing' : result === 'failed' ? 'failed' : 'finished';
      const named =
        folder !== undefined && isNested && draw(2) === 0 ? `,"result_json":{"folder_id":${folder}}` : '';
      return `"${draw(9) === 0 ? kind.toUpperCase() : kind}":{"state":"${state}","resolution":"${result}"${named}}`;
    });
    const own = folder !== undefined && !isNested && draw(3) > 0 ? `,"folder_id":${folder}` : '';
    yield `{${session}"state":"processing","analyses":{${members.join(',')}}${own}}`;
  }
}

/** What the API says of one of the folders that callbacks name. */
function anyApiAnswer(draw: Draw): string {
  const folder = `f${draw(2)}`;
  const views = kinds
    .slice(0, 1 + draw(2))
    .map(
      (kind) =>
        `{"analyse_id":"${folder}-${kind}","type":"${kind.toUpperCase()}","resolution_status":"${from(statuses, draw)}"}`,
    );
  const analysis = `{"analyse_id":"f${draw(2)}-quality","resolution_status":"SUCCESS"}`;
  return draw(6) === 0 ? analysis : `{"folder_id":"${folder}","analyses":[${views.join(',')}]}`;
}

/** Lines of sessions side by side, among answers of the API and lines of any kind; some are in envelopes. */
export function anyCallbackLines(draw: Draw): string {
  const sessions = Array.from({ length: 1 + draw(4) }, () => anySession(draw));
  const lines: string[] = [];
  for (let left = 4 + draw(16); left > 0; left -= 1) {
    const next = from(sessions, draw).next();
    const line = next.done ? (draw(2) === 0 ? anyApiAnswer(draw) : anyCallback(draw, 4)) : next.value;
    const time = `"time":${1000 + lines.length * 10 - draw(12)}`;
    const started = draw(2) === 0 ? '' : `"started":${990 + lines.length * 10 - draw(40)},`;
    lines.push(
      draw(8) === 0 ? `{${started}${time},"body":${draw(4) === 0 ? JSON.stringify(line) : line}}` : line,
    );
  }
  return lines.join('\n');
}
