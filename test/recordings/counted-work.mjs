import { Buffer } from 'node:buffer';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * A thread that reads recordings and counts what that takes: how often each block of the reader's code runs, and how
 * many bytes and characters are given to what is built into the language. Both are the same in every run. The code
 * has to be loaded after the counting has begun, hence a thread of its own.
 */

let given = 0;

/** Counts what a built-in function is given or passes over. */
function counted(owner, name, sizeOf) {
  const original = owner[name];
  owner[name] = function (...args) {
    const result = original.apply(this, args);
    given += sizeOf(args, result, this);
    return result;
  };
}

const forwards = ([_sought, from = 0], found, { length }) => (found < 0 ? length : found + 1) - from;
const backwards = ([_sought, from], found, { length }) => (from ?? length) - found;
for (const { prototype } of [Uint8Array, Buffer, String]) {
  counted(prototype, 'indexOf', forwards);
  counted(prototype, 'lastIndexOf', backwards);
}
const ofThis = (_args, _result, { length }) => length;
for (const name of ['split', 'replaceAll']) counted(String.prototype, name, ofThis);
for (const name of ['fill', 'copyWithin'])
  counted(
    Object.getPrototypeOf(Uint8Array.prototype),
    name,
    ([, from = 0, to], { length }) => (to ?? length) - from,
  );
for (const name of ['set', 'slice', 'join'])
  counted(Object.getPrototypeOf(Uint8Array.prototype), name, ([first], result) =>
    name === 'set' ? first.length : result.length,
  );
counted(TextDecoder.prototype, 'decode', ([bytes]) => bytes?.length ?? 0);
counted(TextEncoder.prototype, 'encode', ([text]) => text.length);
counted(TextEncoder.prototype, 'encodeInto', ([text]) => text.length);
counted(JSON, 'parse', ([text]) => text.length);

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

const code = pathToFileURL(join(workerData.builtPackage, 'dist/src/'));
const { createNaming, findPositions, isPointed, LineMarks, readInto, readRecording } = await import(
  new URL('recordings/index.js', code)
);

/** How often blocks have run since the last call. */
async function blocks() {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const ranges = result
    .filter(({ url }) => url.startsWith(code.href))
    .flatMap(({ functions }) => functions.flatMap((one) => one.ranges));
  return ranges.reduce((sum, { count }) => sum + count, 0);
}

async function* stream(bytes, size) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What is found of the places of a file is looked up as for a report. */
function* placesOf({ type, observation, finding }) {
  if (type === 'finding') yield finding.where;
  if (type !== 'observation') return;
  const { where, analyses } = observation;
  yield { ...where, pointer: `${where.pointer}/resolution_status` };
  for (const { pointer } of analyses) yield { ...where, pointer: `${pointer}/state` };
}

const ways = {
  async values(chunks, options) {
    let pieces = 0;
    for await (const _ of readRecording(chunks(), options)) pieces += 1;
    return pieces;
  },
  async numbers(chunks, options) {
    let taken = 0;
    const take = () => (taken += 1) > 0;
    await readInto({ observe: take, find: take, observePacked: take }, chunks(), options);
    return taken;
  },
  async places(chunks, options) {
    const marks = new LineMarks(64, 16);
    const places = [];
    for await (const piece of readRecording(chunks(), { ...options, marks })) places.push(...placesOf(piece));
    const found = await findPositions(chunks(), places.filter(isPointed), {
      ...options,
      marks,
      naming: createNaming(),
    });
    return found.size;
  },
  /** A reader that begins anew with every portion: the mistake that is looked for. */
  async anew(chunks, options) {
    let length = 0;
    const all = [];
    for await (const chunk of chunks()) {
      all.push(chunk);
      length += await ways.values(() => all, options);
    }
    return length;
  },
};

parentPort.on('message', async ({ bytes, way, portion, limits }) => {
  await blocks();
  given = 0;
  const result = await ways[way](() => stream(bytes, portion), { file: 'counted', ...limits });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort.postMessage({ work: given + (await blocks()), result });
});
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort.postMessage('ready');
