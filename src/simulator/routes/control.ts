import { decisions, results, type FolderEvent } from '../../../machines/index.ts';
import { advance } from '../session/clock.ts';
import type { Session } from '../session/session.ts';
import { failure, json, type Answer, type Ask } from '../transport/answer.ts';
import { callbacksOf, resultModes, type PluginCallback } from './callbacks.ts';
import { missing } from './folders.ts';
import { described, isAnswer, isMembers, readWanted, unreadable, type JsonMembers } from './read-body.ts';

/** The path, below the base URL of a session, under which the session itself is looked at and moved. */
export const controlPath = '/simulator';

/** The longest time by which one request moves a session on, in milliseconds. */
export const maxAdvance = 1_000_000_000;

type Control = (session: Session, ask: Ask, query: URLSearchParams | undefined) => Answer;

const members = ({ content }: Ask): JsonMembers =>
  content.is === 'json' && isMembers(content.value) ? content.value : {};

/** What a session is and holds. */
function show(session: Session): Answer {
  const { settings, key, now, folders, log, traffic } = session;
  const { script, settings: judged, ...others } = settings;
  return json(200, {
    session: key,
    now,
    scenario: script?.name ?? null,
    ...(script ? { title: script.title, lesson: script.lesson } : {}),
    ...others,
    reading: judged.reading,
    operatorRequired: judged.operatorRequired,
    entries: log.length,
    recordingDropped: traffic.dropped,
    folders: [...folders.values()].map(({ id, isSettled, script: own }) => ({
      folder_id: id,
      settled: isSettled,
      scenario: own?.name ?? null,
    })),
  });
}

const moveOn: Control = (session, ask) => {
  const { milliseconds } = members(ask);
  const isTime = Number.isInteger(milliseconds) && Number(milliseconds) >= 0;
  if (!isTime || Number(milliseconds) > maxAdvance)
    return failure(
      'value',
      `milliseconds: expected a whole number up to ${maxAdvance}, received ${described(milliseconds)}`,
    );
  const happened = advance(session, Number(milliseconds));
  return json(200, { now: session.now, happened });
};

type Member = Exclude<FolderEvent, { readonly type: 'group.posted' }>;

/** Lets what is asked for happen to one analysis. */
function happens(eventOf: (id: string, resolution: unknown) => Member | string): Control {
  return (session, ask) => {
    const { analyse_id: id, resolution } = members(ask);
    if (typeof id !== 'string')
      return failure('structure', `analyse_id: expected a text, received ${described(id)}`);
    const folder = session.homeOf(id);
    if (!folder) return missing('analysis', id);
    const event = eventOf(id, resolution);
    if (typeof event === 'string')
      return failure('value', `resolution: expected ${event}, received ${described(resolution)}`);
    if (session.happen(folder, event)) return json(200, { happened: 1 });
    return failure('value', 'this cannot happen to the analysis: it is legal neither for its kind nor now', {
      status: 409,
    });
  };
}

const settle = happens((id, resolution) => {
  if (resolution === 'FAILED') return { type: 'analysis.failed', id };
  const result = results.find((one) => one === resolution);
  return result ? { type: 'analysis.finished', id, resolution: result } : ['FAILED', ...results].join(' or ');
});

const decide = happens((id, resolution) => {
  const decision = decisions.find((one) => one === resolution);
  return decision ? { type: 'operator.decided', id, resolution: decision } : decisions.join(' or ');
});

const openPlugin: Control = (session, ask) => {
  const wanted = readWanted(ask);
  if (isAnswer(wanted)) return wanted;
  const { analyses = [], meta, files } = wanted;
  const { result_mode: mode = 'status' } = members(ask);
  if (analyses.length === 0) return failure('structure', 'analyses: expected one or more, received none');
  if (!resultModes.some((one) => one === mode))
    return failure('value', `result_mode: expected ${resultModes.join(' or ')}, received ${described(mode)}`);
  const folder = session.createFolder(meta, files);
  session.postGroup(folder, analyses, typeof meta['simulate'] === 'string' ? [meta['simulate']] : []);
  const id = session.openPlugin(folder, String(mode));
  return json(201, { event_session_id: id, folder_id: folder.id });
};

const linesOf = (values: readonly unknown[]): Answer => ({
  status: 200,
  body: values.map((value) => `${JSON.stringify(value)}\n`).join(''),
  type: 'application/x-ndjson',
});

/** The callbacks of one session of the plugin, or of all, that have arrived. */
export function arrivedCallbacks(session: Session, plugin?: string): readonly PluginCallback[] {
  const opened = [...session.plugins.values()].filter(({ id }) => plugin === undefined || id === plugin);
  return opened.flatMap((one) => callbacksOf(session, one));
}

const callbacks: Control = (session, _ask, query) => {
  const plugin = query?.get('event_session_id') ?? undefined;
  if (plugin !== undefined && !session.plugins.has(plugin)) return missing('session of the plugin', plugin);
  const arrived = arrivedCallbacks(session, plugin);
  return query?.get('format') === 'ndjson'
    ? linesOf(arrived.map(({ value }) => value))
    : json(200, { callbacks: arrived });
};

const recording: Control = ({ traffic }, _ask, query) =>
  query?.get('format') === 'har'
    ? { status: 200, body: traffic.har() }
    : { status: 200, body: traffic.ndjson(), type: 'application/x-ndjson' };

/** What can be asked of a session, by path and method. */
export const controls: Readonly<Record<string, Readonly<Record<string, Control>>>> = {
  '': { GET: show },
  '/advance': { POST: moveOn },
  '/settle': { POST: settle },
  '/decide': { POST: decide },
  '/plugin': { POST: openPlugin },
  '/callbacks': { GET: callbacks },
  '/recording': { GET: recording },
  '/log': { GET: ({ log }) => linesOf(log) },
};

/** Answers a request about a session; `path` is below the control path. */
export function answerControl(
  session: Session,
  ask: Ask,
  path: string,
  query: URLSearchParams | undefined,
): Answer {
  const name = path === '/' ? '' : path;
  const methods = Object.hasOwn(controls, name) ? controls[name] : undefined;
  if (!methods) return failure('missing', `there is no route ${controlPath}${name.slice(0, 100)}`);
  const control = Object.hasOwn(methods, ask.method) ? methods[ask.method] : undefined;
  if (control)
    return ask.content.is === 'unreadable' ? unreadable(ask.content) : control(session, ask, query);
  // A session is forgotten by whoever holds it.
  const allow = Object.keys(methods).join(', ');
  return failure('unknown', `expected ${allow}, received ${ask.method.slice(0, 20)}`, {
    status: 405,
    headers: { allow },
  });
}
