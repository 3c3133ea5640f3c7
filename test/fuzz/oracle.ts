import { createChecker } from '../../src/conformance/check/checker.ts';
import type { Observation } from '../../src/observations/observation.ts';
import { RecordingReader } from '../../src/recordings/reader/reader.ts';
import type { Piece } from '../../src/recordings/io/piece.ts';
import { gatherInto } from '../../src/recordings/io/receiver.ts';
import { defaultSettings } from '../../machines/readings.ts';

/** What has to hold of every input. Each says in an error what does not; what is asked can be exchanged for another. */

/** Reads bytes that arrive in some portions. */
export type Read = (portions: readonly Uint8Array[]) => readonly Piece[];

/** The reader of the project; findings are all given one by one. */
export const read: Read = (portions) => {
  const pieces: Piece[] = [];
  const reader = new RecordingReader({ file: 'input', maxFindingsPerCode: Infinity }, gatherInto(pieces));
  for (const portion of portions) reader.push(portion);
  const summary = reader.end();
  return [...pieces, { type: 'summary', summary }];
};

/** Fails with what was expected and what came. */
export function demand(holds: boolean, expected: string, received?: unknown): asserts holds {
  if (holds) return;
  throw new Error(
    `expected ${expected}${received === undefined ? '' : `, received ${JSON.stringify(received)}`}`,
  );
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The bytes cut at these places. */
function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].toSorted((a, b) => a - b);
  return [0, ...cuts].map((from, at) => bytes.subarray(from, cuts[at] ?? bytes.length));
}

/** Of everything that was read something is said, with its place, and in whatever portions it comes. */
export function judgeReading(bytes: Uint8Array, cuts: readonly number[], reading = read): readonly Piece[] {
  const pieces = reading([bytes]);
  const summary = summaryOf(pieces);
  const observations = pieces.filter(({ type }) => type === 'observation').length;
  demand(summary.observations === observations, `${observations} observations counted`, summary);
  for (const piece of pieces) if (piece.type === 'finding') judgePlace(piece.finding, summary.lines);
  demand(isAccountedFor(pieces) || saysNothing(bytes), 'something to be said of the input', pieces);
  demand(same(reading(cutAt(bytes, cuts)), pieces), 'the same in other portions', cuts);
  return pieces;
}

function summaryOf(pieces: readonly Piece[]) {
  const last = pieces.at(-1);
  demand(last?.type === 'summary', 'a summary at the end', last);
  return last.summary;
}

/** Findings on the input as a whole have no place in it. */
const onTheWhole = new Set(['INPUT_EMPTY', 'INPUT_UNREADABLE']);

function judgePlace({ code, where }: (Piece & { type: 'finding' })['finding'], lines: number): void {
  demand(where.file === 'input', 'the file to be named', where);
  if (where.line === undefined) demand(onTheWhole.has(code) || where.pointer !== undefined, 'a place', where);
  else demand(where.line >= 1 && where.line <= lines, `a line of ${lines}`, where);
}

const isAccountedFor = (pieces: readonly Piece[]): boolean =>
  pieces.length > 1 || Object.values(summaryOf(pieces).ignored).some((count) => count > 0);

/** Whether the input, or each line of it, is JSON that holds empty lists where there could be answers. */
function saysNothing(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes);
  return [text, ...text.split('\n')].some((part) => {
    try {
      return isHollow(JSON.parse(part));
    } catch {
      return false;
    }
  });
}

function isHollow(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isHollow);
  if (typeof value !== 'object' || value === null) return false;
  const { items, log, body } = value as Record<string, unknown>;
  const entries =
    typeof log === 'object' && log !== null ? (log as Record<string, unknown>)['entries'] : undefined;
  return [items, entries, typeof body === 'string' ? hollowText(body) : body].some(isHollow);
}

function hollowText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const first = JSON.stringify({ folder_id: 'first', resolution_status: 'INITIAL' });

/** Keys that may be names of persons are numbered through a whole input. */
const unnumbered = (told: unknown): string => JSON.stringify(told).replaceAll(/\(key \d+,/g, '(key,');

/** A line among others says what it says alone. What is said of the order of times is not said of one line. */
export function judgeLines(lines: readonly string[], reading = read): void {
  const encode = (text: string) => reading([new TextEncoder().encode(text)]);
  const saidAt = (pieces: readonly Piece[], line: number) =>
    pieces.flatMap((piece) => {
      if (piece.type === 'summary') return [];
      const said = piece.type === 'finding' ? piece.finding : piece.observation;
      if (said.where.line !== line || ('code' in said && said.code === 'TIME_OUT_OF_ORDER')) return [];
      return [{ ...said, where: { ...said.where, line: 0 } }];
    });
  const together = encode([first, ...lines].join('\n'));
  const ignored = summaryOf(together).ignored;
  let ignoredAlone = 0;
  lines.forEach((line, at) => {
    const alone = encode(`${first}\n${line}`);
    ignoredAlone += Object.values(summaryOf(alone).ignored).reduce((sum, count) => sum + count, 0);
    const [among, itself] = [saidAt(together, at + 2), saidAt(alone, 2)].map(unnumbered);
    demand(among === itself, `line ${at + 2} to say what it says alone`, line);
  });
  const counted = Object.values(ignored).reduce((sum, count) => sum + count, 0);
  demand(counted === ignoredAlone, `${ignoredAlone} answers left aside`, counted);
}

/** Every entry of a HAR is observed, found fault with, or counted as left aside. */
export function judgeHar(entries: readonly unknown[], reading = read): void {
  const pieces = reading([new TextEncoder().encode(JSON.stringify({ log: { entries } }))]);
  const named = new Set<string>();
  for (const piece of pieces) {
    if (piece.type === 'summary') continue;
    const { where } = piece.type === 'finding' ? piece.finding : piece.observation;
    const at = /^\/log\/entries\/(\d+)/.exec(where.pointer ?? '')?.[1];
    demand(at !== undefined || entries.length === 0, 'the entry to be named', where);
    if (at !== undefined) named.add(at);
  }
  const ignored = Object.values(summaryOf(pieces).ignored).reduce((sum, count) => sum + count, 0);
  const hollow = entries.filter(holdsNothing).length;
  demand(named.size + ignored + hollow >= entries.length, `${entries.length} entries accounted for`, {
    named: named.size,
    ignored,
    hollow,
  });
}

function holdsNothing(entry: unknown): boolean {
  const text = (entry as { response?: { content?: { text?: unknown; encoding?: unknown } } } | null)?.response
    ?.content;
  if (typeof text?.text !== 'string') return false;
  const plain = text.encoding === 'base64' ? Buffer.from(text.text, 'base64').toString() : text.text;
  return isHollow(hollowText(plain));
}

/** What a check says of each folder. */
export type Judge = (text: string) => ReadonlyMap<string | null, string>;

/** The checker of the project, told a recording of lines. */
export const judge: Judge = (text) => {
  const checker = createChecker({ settings: defaultSettings });
  for (const piece of read([new TextEncoder().encode(text)])) {
    if (piece.type === 'observation') checker.observe(piece.observation satisfies Observation);
  }
  return new Map(
    checker.finish().map(({ folderId, verdict, findings, hazards }) => {
      const codes = [...findings, ...hazards].map(({ code, observed, allowed }) => [code, observed, allowed]);
      return [folderId, JSON.stringify([verdict, codes])];
    }),
  );
};

/** Both say the same of each of these folders; `nameOf` gives the name of a folder in the second. */
export function demandAlike(
  one: ReturnType<Judge>,
  other: ReturnType<Judge>,
  folders: readonly string[],
  nameOf: (folder: string) => string = (folder) => folder,
): void {
  for (const folder of folders) {
    const [before, after] = [one.get(folder), other.get(nameOf(folder))];
    demand(before !== undefined && before === after, `${folder} to be judged as before: ${before}`, after);
  }
}
