import { afterRead, settleAll } from '../session/clock.ts';
import type { KeptFolder } from '../session/kept-folder.ts';
import type { Session } from '../session/session.ts';
import { failure, json, jsonText, type Answer, type Ask } from '../transport/answer.ts';
import { scriptNamed } from '../scenarios/script.ts';
import { analysisBodies, folderText, shownAnalyses } from './bodies.ts';
import { isAnswer, readWanted, type Wanted } from './read-body.ts';
import type { AnalysisBody } from './shapes.ts';

/** A request to a session, taken apart. */
export interface Call {
  readonly session: Session;
  readonly ask: Ask;
  readonly query: URLSearchParams | undefined;
  /** Whether this answer comes from a replica that is late. */
  readonly stale: boolean;
}

/** Texts in which a client may ask for outcomes: its token, and a member of its `meta_data`. */
function wordsOf(ask: Ask, meta: Wanted['meta']): readonly string[] {
  const { simulate } = meta;
  return [...(typeof simulate === 'string' ? [simulate] : []), ...(ask.token === null ? [] : [ask.token])];
}

/** A script that a client names instead of that of its session. */
function scriptAsked(ask: Ask, meta: Wanted['meta']): string | undefined {
  return wordsOf(ask, meta).find((word) => !('problem' in scriptNamed(word)));
}

/** Whether an answer shows analyses, as it is asked for. */
export const asksForAnalyses = (query: URLSearchParams | undefined): boolean =>
  /^(?:true|1)$/i.test(query?.get('with_analyses') ?? '');

/** Creates a folder, and posts its first group where it carries one. */
export function createFolder({ session, ask }: Call): Answer {
  const wanted = readWanted(ask);
  if (isAnswer(wanted)) return wanted;
  const folder = created(session, ask, wanted);
  if (session.settings.answers === 'at-once') settleAll(session, folder);
  return jsonText(201, folderText(session, folder, { withAnalyses: true }));
}

function created(session: Session, ask: Ask, wanted: Wanted): KeptFolder {
  const { meta, files, analyses = [] } = wanted;
  const folder = session.createFolder(meta, files, scriptAsked(ask, meta));
  if (analyses.length > 0) session.postGroup(folder, analyses, wordsOf(ask, meta));
  return folder;
}

/** Analyses at once and keeps nothing. */
export function instantFolder({ session, ask }: Call): Answer {
  const wanted = readWanted(ask);
  if (isAnswer(wanted)) return wanted;
  if ((wanted.analyses ?? []).length === 0)
    return failure('structure', 'analyses: expected one or more, received none');
  const folder = created(session, ask, wanted);
  settleAll(session, folder);
  const answer = jsonText(200, folderText(session, folder, { withAnalyses: true }));
  session.record({ is: 'deleted', at: session.now, folder: folder.id });
  return answer;
}

/** Posts a group into a folder; its answer is the group. */
export function postGroup({ session, ask }: Call, folder: KeptFolder): Answer {
  const wanted = readWanted(ask);
  if (isAnswer(wanted)) return wanted;
  const { analyses = [], files, meta } = wanted;
  if (analyses.length === 0) return failure('structure', 'analyses: expected one or more, received none');
  const known = new Set(folder.media.map(({ media_id: id }) => id));
  const unknown = analyses.flatMap(({ sources }) => sources).find((id) => !known.has(id));
  if (unknown !== undefined)
    return failure('value', `source_media: expected media of the folder, received ${unknown.slice(0, 60)}`);
  if (files.length > 0) session.addMedia(folder, files);
  const number = session.postGroup(folder, analyses, wordsOf(ask, { ...folder.meta, ...meta }));
  return json(201, analysisBodies(session, folder, folder.model, number));
}

/** Adds media to a folder. */
export function addMedia({ session, ask }: Call, folder: KeptFolder): Answer {
  const wanted = readWanted(ask);
  if (isAnswer(wanted)) return wanted;
  if (wanted.files.length === 0) return failure('structure', 'media: expected one or more, received none');
  return json(201, session.addMedia(folder, wanted.files));
}

/** One folder. */
export function getFolder({ session, query, stale }: Call, folder: KeptFolder): Answer {
  const text = folderText(session, folder, { withAnalyses: asksForAnalyses(query), stale });
  afterRead(session, folder);
  return jsonText(200, text);
}

/** The analyses of a folder. */
export function getAnalyses({ session, stale }: Call, folder: KeptFolder): Answer {
  const shown = shownAnalyses(session, folder, stale);
  afterRead(session, folder);
  return typeof shown === 'string' ? jsonText(200, shown) : json(200, shown);
}

/** One analysis. */
export function getAnalysis({ session, stale }: Call, folder: KeptFolder, id: string): Answer {
  const shown = shownAnalyses(session, folder, stale);
  afterRead(session, folder);
  if (typeof shown === 'string') return jsonText(200, shown);
  if (!Array.isArray(shown)) return json(200, shown);
  // A replica may not know it yet.
  const found = (shown as readonly AnalysisBody[]).find(({ analyse_id: own }) => own === id);
  return found ? json(200, found) : missing('analysis', id);
}

/** Forgets a folder. */
export function deleteFolder({ session }: Call, folder: KeptFolder): Answer {
  session.record({ is: 'deleted', at: session.now, folder: folder.id });
  return { status: 204, body: '' };
}

/** That there is no such thing. */
export const missing = (what: string, id: string): Answer =>
  failure('missing', `there is no ${what} ${id.slice(0, 60)}`);
