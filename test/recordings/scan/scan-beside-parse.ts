import * as fc from 'fast-check';
import { chunkOf } from '../../../src/observations/packed/chunk.ts';
import {
  createGlance,
  firstView,
  glanceAt,
  viewAt,
  viewSize,
} from '../../../src/observations/packed/glance.ts';
import { statuses } from '../../../machines/index.ts';
import { readRecordingText } from '../../../src/recordings/index.ts';
import { scanLine } from '../../../src/recordings/scan/folder.ts';

const names = [
  'folder_id',
  'resolution_status',
  'system_resolution',
  'analyses',
  'analyse_id',
  'analysis_id',
];
const others = ['group_id', 'type', 'state', 'resolution', 'log', 'time', 'x', 'é', '__proto__', 'entries'];
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

function anyObject(draw: Draw, depth: number): string {
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
  const analyses = Array.from({ length: draw(4) }, () => anyAnalysis(draw)).join(',');
  const list = draw(4) === 0 ? '' : `,"analyses":[${analyses}]`;
  const system = draw(4) === 0 ? '' : `,"system_resolution":${status(draw)}`;
  const line = `{"folder_id":"f"${aside(draw)},"resolution_status":${status(draw)}${list}${system}${aside(draw)}}`;
  let changed = line;
  for (let changes = Math.max(0, draw(8) - 4); changes > 0; changes -= 1) {
    const at = draw(changed.length);
    const piece = from([...marks, line.slice(at, at + draw(12)), ''], draw);
    changed = changed.slice(0, at) + piece + changed.slice(at + draw(3));
  }
  return changed;
}

/** What the line says to the scanner, or undefined where it is left to `JSON.parse`. */
function scanned(bytes: Uint8Array): unknown {
  const padded = new Uint8Array(bytes.length + 8);
  padded.set(bytes);
  padded[bytes.length] = 0x0a;
  const glance = createGlance();
  if (scanLine(chunkOf(padded), 0, glance) < 0) return undefined;
  const text = (at: number) =>
    glance[at]! < 0 ? undefined : new TextDecoder().decode(padded.subarray(glance[at], glance[at + 1]));
  return {
    folderId: text(glanceAt.folder),
    resolutionStatus: statuses[glance[glanceAt.status]! - 1],
    systemResolution: statuses[glance[glanceAt.system]! - 1],
    complete: glance[glanceAt.complete] === 1,
    analyses: Array.from({ length: glance[glanceAt.views]! }, (_, view) => {
      const at = firstView + view * viewSize;
      const codes = glance[at + viewAt.codes]!;
      return {
        id: text(at + viewAt.id),
        kind: text(at + viewAt.kind),
        groupId: text(at + viewAt.group),
        state: statuses[(codes & 7) - 1],
        resolutionStatus: statuses[(codes >> 3) - 1],
      };
    }),
  };
}

/** What the line says as read by way of `JSON.parse`: one observation, or what else was read. */
function parsed(line: string): unknown {
  const pieces = readRecordingText(`${line}\n`, { file: 'x' }).filter(({ type }) => type !== 'summary');
  const [only] = pieces;
  if (pieces.length !== 1 || only?.type !== 'observation') return pieces;
  const { folderId, resolutionStatus, systemResolution, complete, analyses } = only.observation;
  const views = analyses.map(({ id, kind, groupId, state, resolutionStatus: own }) => ({
    id,
    kind,
    groupId,
    state,
    resolutionStatus: own,
  }));
  return { folderId, resolutionStatus, systemResolution, complete, analyses: views };
}

/** Whether the scanner takes the line, and what it and `JSON.parse` say where they differ. */
export function compareScan(line: string): {
  readonly isTaken: boolean;
  readonly difference?: readonly unknown[];
} {
  const bytes = new TextEncoder().encode(line);
  const one = bytes.includes(0x0a) ? undefined : scanned(bytes);
  if (one === undefined) return { isTaken: false };
  const other = parsed(line);
  const isSame = JSON.stringify(one) === JSON.stringify(other);
  return { isTaken: true, ...(!isSame && { difference: [one, other] }) };
}
