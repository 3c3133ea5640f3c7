import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { statuses } from '../../../machines/index.ts';
import type { Piece } from '../../../src/recordings/index.ts';
import { gatherInto, type Receiver } from '../../../src/recordings/io/receiver.ts';
import { RecordingReader } from '../../../src/recordings/reader/reader.ts';
import { anyCallback } from './any-callback.ts';
import { observationIn, withoutUntold } from './unpacked-observation.ts';

const names = [
  'folder_id',
  'resolution_status',
  'system_resolution',
  'analyses',
  'analyse_id',
  'analysis_id',
];
const others = [
  'group_id',
  'type',
  'state',
  'resolution',
  'log',
  'time',
  'x',
  'é',
  '__proto__',
  'entries',
  'path',
  'resolutionStatus',
];
const texts = ['a', 'b-1', 'ф', '', 'x\\u0041', '\\n', '\\ud800', 'QUALITY', ...statuses];
const scalars = [
  'null',
  'true',
  'false',
  '0',
  '-1.5e+3',
  '01',
  '1.',
  '{}',
  '[]',
  '[[]]',
  '{"a":{"b":[1,"]"]}}',
  'nul',
];

const marks = ['{', '}', '[', ']', ',', ':', '"', '\\', ' ', '\t', '0', 'n', '\u0001', 'é'];

/** Numbers below a limit, one after the other. */
export type Draw = (limit: number) => number;

/** Any draws. */
export const draws = fc
  .array(fc.nat(1_000_000), { minLength: 60, maxLength: 200, size: 'max' })
  .map((numbers) => {
    let at = 0;
    return (limit: number) => (numbers[at++ % numbers.length] ?? 0) % limit;
  });

const from = <T>(items: readonly T[], draw: Draw): T => items[draw(items.length)]!;

function anyValue(draw: Draw, depth: number): string {
  if (depth > 0 && draw(6) === 0) return anyObject(draw, depth - 1);
  if (depth > 0 && draw(6) === 0)
    return `[${Array.from({ length: draw(3) }, () => anyValue(draw, depth - 1)).join()}]`;
  return draw(2) === 0 ? `"${from(texts, draw)}"` : from(scalars, draw);
}

/** An object with some of the names, each of which may stand twice. */
export function anyObject(draw: Draw, depth: number): string {
  const members = Array.from(
    { length: draw(6) },
    () => `"${from([...names, ...others], draw)}":${anyValue(draw, depth)}`,
  );
  return `{${members.join(draw(5) === 0 ? ' , ' : ',')}}`;
}

const status = (draw: Draw): string => (draw(7) === 0 ? anyValue(draw, 1) : `"${from(statuses, draw)}"`);

/** A member that tells little, with the names of others inside, now and then. */
const aside = (draw: Draw): string => (draw(2) === 0 ? '' : `,"${from(others, draw)}":${anyValue(draw, 3)}`);

function anyAnalysis(draw: Draw): string {
  if (draw(12) === 0) return anyValue(draw, 2);
  const id = `"${from(['analyse_id', 'analysis_id'], draw)}":"${from(['a', 'b', 'c'], draw)}"`;
  const group = draw(2) === 0 ? '' : `,"group_id":${draw(4) === 0 ? 'null' : '"g"'}`;
  const folder = draw(3) === 0 ? ',"folder_id":"f"' : '';
  return `{${id}${group}${aside(draw)},"state":${status(draw)}${folder},"resolution_status":${status(draw)}${aside(draw)}}`;
}

/** A line that is nearly a folder: most are, some are changed in a few places. */
export function anyLine(draw: Draw): string {
  return changedIn(anyFolder(draw), Math.max(0, draw(8) - 4), draw);
}

function anyFolder(draw: Draw): string {
  const analyses = Array.from({ length: draw(4) }, () => anyAnalysis(draw)).join(',');
  const list = draw(4) === 0 ? '' : `,"analyses":[${analyses}]`;
  const system = draw(4) === 0 ? '' : `,"system_resolution":${status(draw)}`;
  const line = `{"folder_id":"f"${aside(draw)},"resolution_status":${status(draw)}${list}${system}${aside(draw)}}`;
  return line;
}

function changedIn(line: string, changes: number, draw: Draw): string {
  let changed = line;
  for (let left = changes; left > 0; left -= 1) {
    const at = draw(changed.length);
    const piece = from([...marks, line.slice(at, at + draw(12)), ''], draw);
    changed = changed.slice(0, at) + piece + changed.slice(at + draw(3));
  }
  return changed;
}

const host = ['https://h.example', 'http://h.example:80', ''];
const paths = [
  '/api/folders/f?with_analyses=true',
  '/api/folders/f1/analyses/',
  '/api/folders/f1',
  '/x/api/folders/F-9/',
  '/api/folders/?with_analyses=1',
  '/api/instant/folders/',
  '/api/analyses/a1',
  '/logo-1.png',
  '/api/folders/0A1B2C3D-0000-4000-8000-00000000000F',
];
const times = [
  '"2026-01-01T00:00:0DZ"',
  '"2026-01-01T00:00:00.00D+01:00"',
  '"2026-01-01T00:00:0D"',
  '1D',
  '"1D"',
  'null',
];

/** A body: nearly a folder, an analysis, a list or a page of them, or any object. */
function anyBody(draw: Draw): string {
  const one = (): string => (draw(2) === 0 ? anyFolder(draw) : anyAnalysis(draw));
  const alike = (): string => {
    const element = draw(2) === 0 ? () => anyFolder(draw) : () => anyAnalysis(draw);
    return Array.from({ length: draw(4) }, draw(6) === 0 ? one : element).join(',');
  };
  const any = (): string => anyObject(draw, 2);
  return from(
    [
      one,
      one,
      () => anyCallback(draw),
      () => `[${alike()}]`,
      () => `{"items":[${alike()}]${aside(draw)}}`,
      any,
    ],
    draw,
  )();
}

/** What a log writes beside a request or an answer that has a line of its own. */
const ofLogs = ['"type":"request"', '"msg":"incoming request"', '"id":1', '"reqId":"r"', '"kind":"response"'];

/** A body with its request, in any order; of some only one of them. */
function anyEnvelope(draw: Draw): string {
  const body = anyBody(draw);
  const time = (): string => from(times, draw).replace('D', String(draw(10)));
  const members = [
    `"method":${from(['"GET"', '"GET"', '"POST"', '"post"', 'null', '"DELETE"'], draw)}`,
    ...(draw(9) === 0 ? [] : [`"url":"${from(host, draw)}${from(paths, draw)}"`]),
    ...(draw(5) === 0
      ? []
      : [`"status":${from(['200', '200', '201', '"200"', '404', 'null', '2e2'], draw)}`]),
    ...(draw(9) === 0 ? [] : [`"body":${draw(3) === 0 ? JSON.stringify(body) : body}`]),
    ...(draw(6) === 0 ? [from(ofLogs, draw)] : []),
    ...(draw(2) === 0 ? [`"time":${time()}`] : []),
    ...(draw(3) === 0 ? [`"started":${time()}`] : []),
    ...(draw(9) === 0
      ? [`"${from(['request', 'response', 'folder_id', 'items', 'x'], draw)}":${anyValue(draw, 2)}`]
      : []),
  ];
  const order = members.map((member) => ({ member, key: draw(4) === 0 ? draw(9) : 0 }));
  return `{${order
    .toSorted((one, other) => one.key - other.key)
    .map(({ member }) => member)
    .join(',')}}`;
}

/** Lines of all shapes, most of them as they should be, the others changed in a few places. */
export function anyShape(draw: Draw): string {
  const shapes = [anyFolder, anyAnalysis, anyBody, anyEnvelope, anyEnvelope, () => anyCallback(draw)];
  const line = from(shapes, draw)(draw);
  return changedIn(line, Math.max(0, draw(12) - 8), draw);
}

const known = '{"folder_id":"f1","system_resolution":"INITIAL"}';

/** What is read of lines; of what is offered in numbers `takes` says what is taken so. */
function readLines(bytes: Uint8Array, takes?: () => boolean) {
  const pieces: Piece[] = [];
  const receiver = gatherInto(pieces);
  let taken = 0;
  const observePacked: NonNullable<Receiver['observePacked']> = (...seen) => {
    if (!takes!()) return false;
    taken += 1;
    receiver.observe(observationIn(...seen));
    return true;
  };
  const reader = new RecordingReader({ file: 'x' }, takes ? { ...receiver, observePacked } : receiver);
  reader.push(bytes);
  return { taken, read: { summary: reader.end(), pieces: pieces.map(withoutUntold) } };
}

/** How much of the lines is taken in numbers, and what is read so and by way of `JSON.parse` where that differs. */
export function compareScan(
  lines: string | Uint8Array,
  takes: () => boolean = () => true,
): { readonly taken: number; readonly difference?: readonly unknown[] } {
  const given = typeof lines === 'string' ? new TextEncoder().encode(lines) : lines;
  const bytes = new Uint8Array([...new TextEncoder().encode(`${known}\n`), ...given, 0x0a]);
  const { taken, read } = readLines(bytes, takes);
  const plain = readLines(bytes).read;
  return { taken, ...(!isDeepStrictEqual(read, plain) && { difference: [read, plain] }) };
}
