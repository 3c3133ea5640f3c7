/**
 * An archive with planted faults, the same bytes for the same arguments: folders that are polled side by side until they
 * settle, in lines, lists and envelopes, with analyses that come by themselves and callbacks. Some go wrong: a settled
 * analysis changes, two folders that are far apart show one analysis, a line is no JSON.
 */
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { randomFrom } from '../bench/recordings.mjs';

const every = { change: 97, crossing: 211, alone: 13, callback: 17, list: 29, envelope: 11, garbage: 5003 };

const folderOf = (number) => `f${number}-4000-8000-0123456789ab`;

function body(number, result, shared) {
  const id = folderOf(number);
  const analysis = `{"analyse_id":"a-${shared}","type":"QUALITY","state":"${result === 'PROCESSING' ? result : 'FINISHED'}","resolution_status":"${result}"}`;
  const stage = result === 'PROCESSING' ? result : 'FINISHED';
  return `{"folder_id":"${id}","resolution_status":"${stage}","system_resolution":"${result}","analyses":[${analysis}]}`;
}

/** What the polls of a folder see, in order. Some show the analysis of the folder that is `back` before them. */
function* polls(number, { changes, crossing, back }) {
  const begun = number % crossing === 1 && number > back ? number - back : number;
  const settled = begun % 3 === 0 ? 'DECLINED' : 'SUCCESS';
  yield `{"folder_id":"${folderOf(number)}","resolution_status":"INITIAL","system_resolution":"INITIAL","analyses":[]}`;
  yield body(number, 'PROCESSING', begun);
  if (number % every.callback === 0)
    yield `{"event_session_id":"s-${number}","folder_id":"${folderOf(number)}","state":"processing","analyses":{"quality":{"state":"processing","resolution":""}}}`;
  if (number % every.alone === 0)
    yield `{"analyse_id":"a-${begun}","state":"FINISHED","resolution_status":"${settled}"}`;
  yield body(number, settled, begun);
  if (number % every.list === 0) yield `[${body(number, settled, begun)},${body(number, settled, begun)}]`;
  if (number % every.envelope === 0)
    yield `{"method":"GET","url":"https://api.example.test/api/folders/${folderOf(number)}","status":200,"body":${body(number, settled, begun)}}`;
  for (let more = 0; more < 3; more += 1) yield body(number, settled, begun);
  if (number % changes === 0) yield body(number, settled === 'SUCCESS' ? 'DECLINED' : 'SUCCESS', begun);
}

/** So many lines of folders, of which so many are open at once. */
export function* answers(count, { open = 300, seed = 1, ...planted } = {}) {
  const random = randomFrom(seed);
  const faults = { changes: every.change, crossing: every.crossing, back: 997, ...planted };
  let next = 1;
  const begin = () => polls(next++, faults);
  const folders = Array.from({ length: open }, begin);
  for (let line = 1; line <= count;) {
    const at = Math.trunc(random() * open);
    const { value, done } = folders[at].next();
    if (done) folders[at] = begin();
    else {
      yield line % every.garbage === 0 ? value.slice(0, 40) : value;
      line += 1;
    }
  }
}

/** The folder that an answer is of, as whoever asked for it knows, also where the answer does not say so. */
export function askedFolder(line) {
  const [, folder, analysis] = /"folder_id":"([^"]*)|"analyse_id":"a-(\d+)"/.exec(line) ?? [];
  return folder ?? (analysis === undefined ? 'none' : folderOf(analysis));
}

/** Answers of one folder that is polled without end. */
function* endless(count) {
  for (let line = 0; line < count; line += 1) yield body(0, line === count - 1 ? 'SUCCESS' : 'PROCESSING', 0);
}

/** Writes an archive of several objects: plain, packed, empty, and one that breaks off; the first takes most lines. */
export function writeArchive(directory, count, { skew = 0 } = {}) {
  mkdirSync(join(directory, 'day 2'), { recursive: true });
  const lines = answers(count);
  const objects = ['1.ndjson', '2.ndjson.gz', 'day 2/10.ndjson', 'day 2/9.ndjson'];
  const shares = [0.7, 0.1, 0.1, 0.1];
  objects.forEach((name, at) => {
    const path = join(directory, name);
    const share = at === objects.length - 1 ? Infinity : Math.round(count * shares[at]);
    writeLines(path, lines, share);
    if (name.endsWith('.gz')) writeFileSync(path, gzipSync(readFileSync(path)));
  });
  writeFileSync(join(directory, 'empty.ndjson'), '');
  const whole = gzipSync(`${[...endless(2000)].join('\n')}\n`);
  writeFileSync(join(directory, 'torn.ndjson.gz'), whole.subarray(0, Math.trunc(whole.length / 2)));
  if (skew > 0) writeLines(join(directory, 'zz-one-folder.ndjson'), endless(skew), Infinity);
}

function writeLines(path, lines, count) {
  const out = openSync(path, 'w');
  let pending = [];
  for (let line = 0; line < count; line += 1) {
    const { value, done } = lines.next();
    if (done) break;
    pending.push(value);
    if (pending.length < 20_000) continue;
    writeSync(out, `${pending.join('\n')}\n`);
    pending = [];
  }
  if (pending.length > 0) writeSync(out, `${pending.join('\n')}\n`);
  closeSync(out);
}
