import type { Finding } from '../../src/observations/findings.ts';
import type { Observation } from '../../src/observations/observation.ts';
import {
  readRecording,
  readRecordingText,
  type Piece,
  type ReadOptions,
  type Summary,
} from '../../src/recordings/index.ts';

/** What reading one input gave, by kind. */
export interface Reading {
  readonly observations: readonly Observation[];
  readonly findings: readonly Finding[];
  readonly codes: readonly string[];
  readonly summary: Summary;
}

const name = { file: 'sample' };

/** Reads values as the lines of a recording; a string is a line as it is. */
export function readLines(lines: readonly unknown[], options: Partial<ReadOptions> = {}): Reading {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  return readText(text, options);
}

/** Reads a text in one piece. */
export function readText(text: string, options: Partial<ReadOptions> = {}): Reading {
  return sorted(readRecordingText(text, { ...name, ...options }));
}

/** All pieces of bytes that arrive in the given portions. */
export async function piecesOf(
  chunks: Iterable<Uint8Array>,
  options: Partial<ReadOptions> = {},
): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for await (const piece of readRecording(stream(chunks), { ...name, ...options })) pieces.push(piece);
  return pieces;
}

/** Reads bytes that arrive in the given portions. */
export async function readChunks(
  chunks: Iterable<Uint8Array>,
  options: Partial<ReadOptions> = {},
): Promise<Reading> {
  return sorted(await piecesOf(chunks, options));
}

/** The bytes in portions of `size`. */
export function* portions(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The chunks as a source that has to be waited for. */
export async function* stream(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

function sorted(pieces: readonly Piece[]): Reading {
  const last = pieces.at(-1);
  if (last?.type !== 'summary') throw new Error('the summary is not the last piece');
  const findings = pieces.flatMap((piece) => (piece.type === 'finding' ? [piece.finding] : []));
  return {
    observations: pieces.flatMap((piece) => (piece.type === 'observation' ? [piece.observation] : [])),
    findings,
    codes: findings.map((finding) => finding.code),
    summary: last.summary,
  };
}

/** Whether the text is one JSON value. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
