/**
 * Recordings in every shape in which users have them, of executions of the model: many folders are open at once, and each
 * is asked for now and then until its analyses have settled. Bodies have the members that the API answers with.
 */
import { defaultReading, emptyFolder, project, reduceFolder } from '../../dist/machines/index.js';
import { executions } from './executions.mjs';
import { randomFrom } from './recordings.mjs';

/** So many executions are drawn at a time. */
const batch = 2000;

function* drawn(seed) {
  for (let more = seed; ; more += 1) yield* executions(batch, more);
}

/** A client asks again when it has waited for so many milliseconds. */
const pause = 500;

/** What clients see, one answer after the other: the folder as it is, and the event that has led to it if it is news. */
function* moments({ open = 500, seed = 1 } = {}) {
  const random = randomFrom(seed);
  const source = drawn(seed);
  const begin = () => ({ ...source.next().value, state: emptyFolder, done: 0, last: 0 });
  const folders = Array.from({ length: open }, begin);
  for (let time = Date.UTC(2026, 0, 1); ; time += Math.trunc(random() * 40)) {
    const at = Math.trunc(random() * open);
    const folder = folders[at];
    if (time - folder.last < pause) continue;
    folder.last = time;
    const isNews = folder.done === 0 || random() < 0.5;
    const event = isNews ? folder.events[folder.done++] : undefined;
    if (event) folder.state = reduceFolder(folder.state, event);
    yield { ...folder, event, time, duration: 40 + Math.trunc(random() * 80) };
    if (folder.done >= folder.events.length) folders[at] = begin();
  }
}

const stateOf = (resolution) =>
  resolution === 'PROCESSING' || resolution === 'FAILED' ? resolution : 'FINISHED';

function analysisBody(folderId, group, { id, kind, resolution }) {
  const results = resolution === 'SUCCESS' ? { confidence_spoofing: 0.0213 } : null;
  return {
    analyse_id: id,
    ...(folderId !== undefined && { folder_id: folderId }),
    group_id: group.id,
    type: kind,
    state: stateOf(resolution),
    resolution_status: resolution,
    time_created: 1767225600.25,
    results_data: results,
  };
}

const analysesOf = ({ state }) =>
  state.groups.flatMap((group) => group.analyses.map((one) => analysisBody(undefined, group, one)));

function folderBody(moment) {
  return {
    folder_id: moment.id,
    ...project(moment.state, defaultReading),
    time_created: 1767225600.5,
    meta_data: { transaction: 'retail-onboarding' },
    analyses: analysesOf(moment),
  };
}

const host = 'https://api.example.test';

function envelope({ time, duration }, method, path, body) {
  const [started, ended] = [time - duration, time].map((at) => new Date(at).toISOString());
  const status = method === 'POST' ? 201 : 200;
  return { started, time: ended, method, url: `${host}${path}`, status, body };
}

const folderEnvelope = (moment) =>
  envelope(moment, 'GET', `/api/folders/${moment.id}?with_analyses=true`, folderBody(moment));

function* posts() {
  for (const moment of moments()) {
    if (moment.event?.type !== 'group.posted') continue;
    const group = moment.state.groups.at(-1);
    const body = group.analyses.map((one) => analysisBody(moment.id, group, one));
    yield envelope(moment, 'POST', `/api/folders/${moment.id}/analyses/`, body);
  }
}

function* pages() {
  const seen = new Map();
  for (const moment of moments()) {
    seen.set(moment.id, moment);
    if (seen.size < 40) continue;
    const items = [...seen.values()].map(folderBody);
    yield envelope(moment, 'GET', '/api/folders/?with_analyses=true&limit=40', { items });
    seen.clear();
  }
}

/** The analysis that a client asks for by itself: the first of those that it has posted last. */
const watched = ({ id, state }, named) => {
  const group = state.groups.at(-1);
  return group && analysisBody(named ? id : undefined, group, group.analyses[0]);
};

function* singles() {
  for (const moment of moments()) {
    const one = watched(moment, true);
    if (one) yield one;
  }
}

/** A client that posts analyses and asks for each by itself; the answers to that do not name the folder. */
function* unnamedSingles() {
  for (const moment of moments()) {
    const group = moment.state.groups.at(-1);
    if (moment.event?.type === 'group.posted') {
      const body = group.analyses.map((one) => analysisBody(undefined, group, one));
      yield envelope(moment, 'POST', `/api/folders/${moment.id}/analyses/`, body);
    } else if (group) {
      const one = watched(moment, false);
      yield envelope(moment, 'GET', `/api/analyses/${one.analyse_id}`, one);
    }
  }
}

function* callbacks() {
  for (const moment of moments()) {
    const analyses = Object.fromEntries(
      moment.state.groups.flatMap((group) =>
        group.analyses.map(({ kind, resolution }) => {
          const isRunning = resolution === 'PROCESSING';
          const told = { state: stateOf(resolution).toLowerCase(), resolution: '' };
          return [kind.toLowerCase(), isRunning ? told : { ...told, resolution: resolution.toLowerCase() }];
        }),
      ),
    );
    yield { event_session_id: moment.id, state: 'processing', analyses };
  }
}

function harEntry(moment) {
  const text = JSON.stringify(folderBody(moment));
  const header = (name, value) => ({ name, value });
  return {
    startedDateTime: new Date(moment.time - moment.duration).toISOString(),
    time: moment.duration + 0.25,
    request: {
      method: 'GET',
      url: `${host}/api/folders/${moment.id}?with_analyses=true`,
      httpVersion: 'HTTP/2.0',
      headers: [
        header('accept', 'application/json'),
        header('user-agent', 'Mozilla/5.0 (X11; Linux x86_64)'),
      ],
      queryString: [header('with_analyses', 'true')],
      cookies: [],
      headersSize: -1,
      bodySize: -1,
    },
    response: {
      status: 200,
      statusText: 'OK',
      httpVersion: 'HTTP/2.0',
      headers: [header('content-type', 'application/json'), header('server', 'nginx')],
      cookies: [],
      content: { size: text.length, mimeType: 'application/json', text },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0.25, wait: moment.duration, receive: 0 },
  };
}

function* mapped(values, map) {
  for (const value of values) yield map(value);
}

const escaped = (value) => JSON.stringify(value).replaceAll('-', String.raw`\u002d`);

/** Each shape as a generator, without end, of the texts of its lines, or of the entries of a HAR. */
export const shapes = {
  bare: () => mapped(moments(), (moment) => JSON.stringify(folderBody(moment))),
  envelopes: () => mapped(moments(), (moment) => JSON.stringify(folderEnvelope(moment))),
  texts: () =>
    mapped(moments(), (moment) => {
      const one = folderEnvelope(moment);
      return JSON.stringify({ ...one, body: JSON.stringify(one.body) });
    }),
  posts: () => mapped(posts(), JSON.stringify),
  pages: () => mapped(pages(), JSON.stringify),
  lists: () => mapped(pages(), ({ body }) => JSON.stringify(body.items)),
  singles: () => mapped(singles(), JSON.stringify),
  unnamed: () => mapped(unnamedSingles(), JSON.stringify),
  callbacks: () => mapped(callbacks(), JSON.stringify),
  escapes: () => mapped(moments(), (moment) => escaped(folderEnvelope(moment))),
  har: () => mapped(moments(), (moment) => JSON.stringify(harEntry(moment))),
};

/** Texts of a shape until they have so many characters, each with what ends it. */
export function* textsOf(shape, length) {
  let written = 0;
  const isHar = shape === 'har';
  if (isHar) yield '{"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"entries":[';
  for (const text of shapes[shape]()) {
    yield isHar ? (written === 0 ? text : `,${text}`) : `${text}\n`;
    written += text.length + 1;
    if (written >= length) break;
  }
  if (isHar) yield ']}}\n';
}
