import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { configProblems } from '../../src/cli/check/config.ts';
import { configOptions } from '../../src/cli/check/check-options.ts';
import { commands } from '../../src/cli/commands.ts';
import { packageRoot } from '../../src/cli/package.ts';
import { questionNames, answersTo } from '../../machines/readings.ts';
import { readRecording, type Piece } from '../../src/recordings/index.ts';
import { configOracle, formats, judgeArguments, judgeCheck, type Run } from './command.ts';
import { anyHar, compareHar } from '../recordings/scan/har-beside-values.ts';
import { anyLine, compareScan, draws } from '../recordings/scan/scan-beside-parse.ts';
import { harEntries } from './har.ts';
import { tale, type Tale } from './lives.ts';
import { key, value } from './material.ts';
import { input, line, recording } from './mutation.ts';
import {
  demand,
  demandAlike,
  judge,
  judgeHar,
  judgeLines,
  judgeReading,
  read,
  type Judge,
} from './oracle.ts';

/** One kind of input with what has to hold of it. */
export interface Target {
  /** How many inputs of this kind are made in one batch: as many as take about as long as those of another. */
  readonly inputs: number;
  /** The property, of a command line that is run by `running`. */
  readonly property: (running: Run) => fc.IRawProperty<unknown>;
}

const cuts = fc.array(fc.nat({ max: 99_999 }), { maxLength: 6 });

async function unpacked(bytes: Uint8Array, maxUnpackedBytes: number): Promise<Piece[]> {
  const pieces: Piece[] = [];
  async function* source() {
    for (let at = 0; at < bytes.length; at += 1000)
      yield await Promise.resolve(bytes.subarray(at, at + 1000));
  }
  const options = { file: 'input', maxFindingsPerCode: Infinity, maxUnpackedBytes };
  for await (const piece of readRecording(source(), options)) pieces.push(piece);
  return pieces;
}

const codesOf = (pieces: readonly Piece[]) =>
  pieces.flatMap((piece) => (piece.type === 'finding' ? [piece.finding.code] : []));

/** What is packed reads as what is not; what is cut, followed by something else or too large is reported. */
async function judgePacked(bytes: Uint8Array, parts: number, cut: number, limit: number): Promise<void> {
  const size = Math.ceil(bytes.length / parts) || 1;
  const members = Array.from({ length: parts }, (_, at) =>
    gzipSync(bytes.subarray(at * size, (at + 1) * size)),
  );
  const packed = Buffer.concat(members);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    const plain = JSON.stringify(read([bytes]));
    // Commands in hints unpack it as well.
    const found = JSON.stringify(await unpacked(packed, 1e9)).replaceAll('<(gzip -dc FILE)', 'FILE');
    demand(found === plain, 'the same as unpacked');
  }
  const short = await unpacked(packed.subarray(0, packed.length - 1 - (cut % 8)), 1e9);
  demand(codesOf(short).includes('INPUT_UNREADABLE'), 'what is cut off to be reported', codesOf(short));
  const more = await unpacked(Buffer.concat([packed, Buffer.from('more')]), 1e9);
  demand(codesOf(more).includes('INPUT_UNREADABLE'), 'what follows to be reported', codesOf(more));
  const limited = codesOf(await unpacked(packed, limit));
  demand(limited.includes('INPUT_LIMIT') === bytes.length > limit, `the limit of ${limit}`, limited);
}

const idIn = (folder: number, prefix = 'f') => `${prefix}${folder}`;

const named =
  (folder: number, prefix?: string) =>
  (local: string): string =>
    local === 'folder' ? idIn(folder, prefix) : `${idIn(folder, prefix)} ${local}`;

/** The same object told otherwise: members in another order, with others that mean nothing. */
function toldOtherwise(told: unknown): unknown {
  if (Array.isArray(told)) return told.map(toldOtherwise);
  if (typeof told !== 'object' || told === null) return told;
  const members = Object.entries(told).map(([name, member]) => [name, toldOtherwise(member)] as const);
  const unrelated = { resolution_status: 'FAILED', analyses: [{ state: 'PROCESSING' }] };
  return Object.fromEntries([['x_note', unrelated], ...members.toReversed(), ['meta_data', unrelated]]);
}

/** A line that is taken as numbers says what `JSON.parse` reads in it. */
function judgeScan(text: string): void {
  const { difference } = compareScan(text);
  demand(difference === undefined, 'numbers that say what JSON.parse reads', difference);
}

/** A HAR whose answers are taken as numbers, in whatever portions it comes, says what is read of it as values. */
function judgeHarNumbers(text: string, cut: number): void {
  const { difference } = compareHar(text, cut);
  demand(difference === undefined, 'numbers that say what the values say', difference);
}

const asLines = (polls: readonly unknown[]) => polls.map((poll) => JSON.stringify(poll)).join('\n');

/** What is said of a folder depends on what was seen of it, and on nothing else. */
export function judgeLives(tales: readonly Tale[], picks: readonly number[], judging: Judge = judge): void {
  const lives = tales.map((each, at) => each(named(at)).polls);
  const folders = lives.map((_, at) => idIn(at));
  const plain = judging(asLines(lives.flat()));
  demandAlike(plain, judging(asLines(lives.toReversed().flat())), folders);
  const queues = lives.map((polls) => [...polls]);
  const woven: unknown[] = [];
  for (let step = 0; queues.some((queue) => queue.length > 0); step++) {
    const open = queues.filter((queue) => queue.length > 0);
    woven.push(open[(picks[step] ?? 0) % open.length]!.shift());
  }
  demandAlike(plain, judging(asLines(woven)), folders);
  const kept = folders.filter((_, at) => ((picks[at] ?? 0) & 1) === 0);
  demandAlike(plain, judging(asLines(lives.filter((_, at) => kept.includes(idIn(at))).flat())), kept);
  const renamed = tales.flatMap((each, at) => each(named(at, 'other ')).polls);
  demandAlike(plain, judging(asLines(renamed)), folders, (folder) => `other ${folder.slice(1)}`);
  demandAlike(plain, judging(asLines(lives.flat().map(toldOtherwise))), folders);
}

const option = fc.oneof(
  fc.constantFrom(['--strict'], ['--any-reading'], ['--groups', 'first-seen'], ['--route-prefix', '/api']),
  fc.constantFrom(['--operator-required', 'never'], ['--redact'], ['--quiet']),
);

/** Tokens of command lines; none of them makes a command write a file or take long. */
const token = fc.oneof(
  fc.constantFrom(
    'check',
    'source',
    'explain',
    '--help',
    '--version',
    '-h',
    '-',
    '--',
    'nothing.ndjson',
    '',
    '=',
  ),
  fc.constantFrom(
    ...Object.keys(configOptions).map((name) => `--${name}`),
    '--strict',
    '--no-strict',
    '--no-',
  ),
  fc.constantFrom('--format', '--format=', '--format=json', '--format=nothing', '--reading', 'MASKED_RESULT'),
  fc
    .constantFrom(...questionNames)
    .chain((question) => fc.constantFrom(...answersTo(question), '', '=').map((one) => `${question}=${one}`)),
  fc.constantFrom(
    '--format=\u001b[31m',
    '--reading=\u202e=x',
    'result-scope',
    '\u0000',
    '--config',
    '::error::x',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }).filter((text) => !text.includes('=')),
);

const commandCodes = (name: string): ReadonlySet<number> => {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  return new Set([0, 2, ...Object.keys(command?.exits ?? {}).map(Number)]);
};

const config = fc.dictionary(
  fc.oneof(fc.constantFrom(...Object.keys(configOptions), '$schema'), key),
  fc.oneof(
    value,
    fc.constantFrom<unknown>(...formats, 'json=out.json', 'known', 'never', '/api', true, false, [
      'text',
      'html=',
    ]),
    fc.dictionary(
      fc.constantFrom(...questionNames, 'nothing'),
      fc.constantFrom('hold', 'no', 'allowed', 'x', null),
      {
        maxKeys: 2,
      },
    ),
  ),
  { maxKeys: 4 },
);

const schema = JSON.parse(
  readFileSync(join(packageRoot, 'docs/schemas/config.schema.json'), 'utf8'),
) as object;
const judgeConfig = configOracle(schema);

const sync = <T>(arbitrary: fc.Arbitrary<T>, holds: (drawn: T) => unknown): fc.IRawProperty<unknown> =>
  fc.property(arbitrary, (drawn) => void holds(drawn));

const later = <T>(arbitrary: fc.Arbitrary<T>, holds: (drawn: T) => Promise<unknown>) =>
  fc.asyncProperty(arbitrary, async (drawn) => void (await holds(drawn))) as fc.IRawProperty<unknown>;

/** Every kind of input. */
export const targets: Readonly<Record<string, Target>> = {
  bytes: {
    inputs: 600,
    property: () => sync(fc.tuple(input, cuts), ([bytes, places]) => judgeReading(bytes, places)),
  },
  lines: {
    inputs: 200,
    property: () => sync(fc.array(line, { maxLength: 6 }), (lines) => judgeLines(lines)),
  },
  numbers: {
    inputs: 4000,
    property: () => sync(draws, (draw) => judgeScan(anyLine(draw))),
  },
  harNumbers: {
    inputs: 2000,
    property: () => sync(draws, (draw) => judgeHarNumbers(anyHar(draw), 1 + draw(20_000))),
  },
  har: { inputs: 300, property: () => sync(harEntries, (entries) => judgeHar(entries)) },
  gzip: {
    inputs: 30,
    property: () =>
      later(
        fc.tuple(input, fc.integer({ min: 1, max: 3 }), fc.nat({ max: 99 }), fc.nat({ max: 400 })),
        ([bytes, parts, cut, limit]) => judgePacked(bytes, parts, cut, limit),
      ),
  },
  folders: {
    inputs: 20,
    property: () =>
      sync(
        fc.tuple(
          fc.array(tale, { minLength: 1, maxLength: 3 }),
          fc.array(fc.nat({ max: 9 }), { maxLength: 9 }),
        ),
        ([tales, picks]) => judgeLives(tales, picks),
      ),
  },
  check: {
    inputs: 20,
    property: (running) =>
      later(
        fc.tuple(
          fc.oneof(
            input,
            recording.map((text) => new TextEncoder().encode(text)),
          ),
          fc.record({
            options: fc.array(option, { maxLength: 2 }).map((some) => some.flat()),
            format: fc.constantFrom(...formats),
          }),
        ),
        ([bytes, how]) => judgeCheck(bytes, how, running),
      ),
  },
  arguments: {
    inputs: 60,
    property: (running) =>
      later(fc.array(token, { maxLength: 5 }), (args) =>
        judgeArguments(args, commandCodes(args[0] ?? ''), running),
      ),
  },
  config: { inputs: 300, property: () => sync(config, (drawn) => judgeConfig(drawn, configProblems)) },
};
