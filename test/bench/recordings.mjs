/**
 * Recordings for benchmarks, the same bytes for the same arguments: installations in which many folders are open at
 * once, each polled until its analyses have settled. A few go wrong, as they do.
 */
import { closeSync, openSync, writeSync } from 'node:fs';

/** Pseudo-random numbers from 0 to 1: a linear congruential generator, good enough to mix a recording. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const hex = (random, digits) => {
  let text = '';
  while (text.length < digits)
    text += Math.trunc(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return text.slice(0, digits);
};
/** An id as the API gives them, drawn. */
export const uuid = (random) =>
  `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`;

const kinds = ['QUALITY', 'BIOMETRY', 'DOCUMENTS'];
const ranks = ['SUCCESS', 'OPERATOR_REQUIRED', 'DECLINED', 'FAILED'];
const worst = (results) => ranks[Math.max(...results.map((result) => ranks.indexOf(result)))];

function createFolder(random, result = 'PROCESSING') {
  const group = uuid(random);
  const analyses = kinds.map((kind) => ({ id: uuid(random), group, kind, result }));
  return { id: uuid(random), analyses, polls: 0 };
}

/** One analysis settles, now and then otherwise than it had: about one folder in 300 shows such a change. */
function goOn(folder, random) {
  folder.polls += 1;
  const running = folder.analyses.filter(({ result }) => result === 'PROCESSING');
  if (running.length === 0 || random() < 0.4) return;
  const [first] = running;
  const chance = random();
  first.result = chance < 0.9 ? 'SUCCESS' : chance < 0.97 ? 'DECLINED' : 'FAILED';
  if (random() < 0.001) folder.analyses[0].result = 'DECLINED';
}

function statusesOf({ analyses }) {
  const results = analyses.map(({ result }) => result);
  if (results.includes('PROCESSING')) return ['PROCESSING', 'PROCESSING'];
  return [results.includes('FAILED') ? 'FAILED' : 'FINISHED', worst(results)];
}

const media = Array.from({ length: 3 }, (_, at) => ({
  media_id: `7f6d5e4c-3b2a-4190-8${at}7d-0123456789ab`,
  original_name: `selfie_${at}.mp4`,
  tags: ['video_selfie', 'video_selfie_smile', 'orientation_portrait'],
  info: { duration: 3.271, fps: 29.97, width: 720, height: 1280, state: 'READY', type: 'VIDEO' },
}));

/** The body of a folder: as the API answers it, about 3 KB with look-alike keys inside; its statuses; or its fields. */
function bodyOf(folder, details) {
  const [resolution, system] = statusesOf(folder);
  const { id } = folder;
  if (details === 'lean') {
    return `{"folder_id":"${id}","resolution_status":"${resolution}","system_resolution":"${system}"}`;
  }
  if (details === 'statuses') {
    const views = folder.analyses.map(({ id: analysis, group, kind, result }) => {
      const state = result === 'PROCESSING' || result === 'FAILED' ? result : 'FINISHED';
      return `{"analyse_id":"${analysis}","group_id":"${group}","type":"${kind}","state":"${state}","resolution_status":"${result}"}`;
    });
    return `{"folder_id":"${id}","resolution_status":"${resolution}","system_resolution":"${system}","analyses":[${views}]}`;
  }
  const analyses = folder.analyses.map(({ id: analysis, group, kind, result }, at) => ({
    analyse_id: analysis,
    folder_id: id,
    group_id: group,
    type: kind,
    state: result === 'PROCESSING' || result === 'FAILED' ? result : 'FINISHED',
    resolution_status: result,
    time_created: 1700000000.25 + at,
    results_media: [media[at]],
    results_data: {
      min_confidence: 0.98213,
      state: 'inner',
      resolution_status: 'inner',
      items: [1, 2, 3, null, true],
    },
    meta_data: { channel: 'mobile', note: 'opened by the application, answered by the service'.repeat(4) },
  }));
  const rest = {
    resolution_status: resolution,
    system_resolution: system,
    time_created: 1700000000.5,
    is_archive: false,
    meta_data: { application: 'retail', case: folder.polls, text: 'é'.repeat(4) },
    analyses,
  };
  return `{"folder_id":"${id}",${JSON.stringify(rest).slice(1)}`;
}

/** The bodies of `count` answers, with `open` folders at once, each polled `polls` times; `result`: what all begin with. */
export function* bodies({ count, details, open = 500, seed = 1, polls = 8, result }) {
  const random = randomFrom(seed);
  const folders = Array.from({ length: open }, () => createFolder(random, result));
  for (let line = 0; line < count; line += 1) {
    const at = Math.trunc(random() * open);
    const folder = folders[at];
    goOn(folder, random);
    yield bodyOf(folder, details);
    if (folder.polls >= polls) folders[at] = createFolder(random, result);
  }
}

/** Writes texts to a file, each followed by `between`, in large pieces. */
export function writeTexts(file, texts, between = '\n') {
  const out = openSync(file, 'w');
  let pending = '';
  for (const text of texts) {
    pending += text + between;
    if (pending.length < 1 << 22) continue;
    writeSync(out, pending);
    pending = '';
  }
  writeSync(out, pending);
  closeSync(out);
}
