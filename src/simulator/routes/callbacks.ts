import {
  allAnalyses,
  emptyFolder,
  isSettled,
  reduceFolder,
  stateOf,
  type Folder,
  type Resolution,
} from '../../../machines/index.ts';
import { illegalHistories } from '../scenarios/illegal-histories.ts';
import { drawn } from '../session/random.ts';
import type { Entry } from '../session/entries.ts';
import type { Session } from '../session/session.ts';

/** How much `on_complete` tells, by the result mode of the plugin. */
export const resultModes = ['safe', 'status', 'folder', 'full'] as const;

/** One callback of the web plugin, when it arrives, and what it hands over. */
export interface PluginCallback {
  readonly name: 'on_result' | 'on_complete';
  readonly at: number;
  readonly value: Readonly<Record<string, unknown>>;
}

const contrary: ReadonlyMap<Resolution, Resolution> = new Map([
  ['DECLINED', 'SUCCESS'],
  ['SUCCESS', 'DECLINED'],
]);

type Opened = Extract<Entry, { readonly is: 'plugin' }>;

/** What the plugin says of its analyses, each under its kind; on purpose the contrary, where it is to lie. */
function analysesOf(folder: Folder, lies: boolean): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    allAnalyses(folder).map(({ kind, resolution: truth }) => {
      const resolution = lies ? (contrary.get(truth) ?? truth) : truth;
      const hasResult = isSettled(resolution) && resolution !== 'FAILED';
      return [
        kind.toLowerCase(),
        { state: stateOf(resolution).toLowerCase(), resolution: hasResult ? resolution.toLowerCase() : '' },
      ];
    }),
  );
}

function onComplete(
  { id, folder, mode }: Opened,
  analyses: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const shown = mode === 'safe' ? {} : { analyses };
  const named = mode === 'folder' || mode === 'full' ? { folder_id: folder } : {};
  return { state: 'finished', event_session_id: id, ...shown, ...named };
}

/** The callbacks of one session of the plugin, in the order in which things happened, without faults. */
function undisturbed(session: Session, opened: Opened): readonly PluginCallback[] {
  const callbacks: PluginCallback[] = [];
  const { settings, illegal } = session.settings;
  const lies = illegal !== undefined && 'lyingCallbacks' in illegalHistories[illegal];
  let model = emptyFolder;
  for (const entry of session.log) {
    if (!('folder' in entry) || entry.folder !== opened.folder) continue;
    if (entry.is === 'group') {
      // What another client posts into the folder is not of this session of the plugin.
      if (model.groups.length > 0) continue;
      model = reduceFolder(
        model,
        { type: 'group.posted', groupId: entry.id, analyses: entry.analyses },
        settings,
      );
    } else if (entry.is === 'event') {
      const after = reduceFolder(model, entry.event, settings);
      if (after === model || entry.event.type === 'operator.decided') continue;
      model = after;
    } else continue;
    const isDone = allAnalyses(model).every(({ resolution }) => isSettled(resolution));
    const state = isDone ? 'finished' : 'processing';
    const analyses = analysesOf(model, lies);
    const value = {
      state,
      event_session_id: opened.id,
      folder_id: opened.folder,
      analyses,
    };
    callbacks.push({ name: 'on_result', at: entry.at, value });
    if (isDone) callbacks.push({ name: 'on_complete', at: entry.at, value: onComplete(opened, analyses) });
  }
  return callbacks;
}

/** The callbacks of a session of the plugin that have arrived by now, in the order in which they arrive. */
export function callbacksOf(session: Session, opened: Opened): readonly PluginCallback[] {
  const { faults, seed, pace } = session.settings;
  const meets = (fault: (typeof faults)[number], at: number): boolean =>
    faults.includes(fault) && drawn(`${seed} ${opened.id} ${fault} ${at}`, 2) === 0;
  const arriving = undisturbed(session, opened).flatMap((callback, at) => {
    if (meets('callback-dropped', at)) return [];
    const late = meets('callback-late', at) ? pace : 0;
    const overtaken = meets('callback-reordered', at) ? pace * 1.5 : 0;
    const once = { ...callback, at: callback.at + Math.max(late, overtaken) };
    return meets('callback-twice', at) ? [once, { ...once, at: once.at + 1 }] : [once];
  });
  // What is late keeps its place behind what was before it, unless callbacks overtake each other.
  let last = 0;
  const inOrder = faults.includes('callback-reordered')
    ? arriving
    : arriving.map((callback) => ({ ...callback, at: (last = Math.max(last, callback.at)) }));
  const idle = session.folders.get(opened.folder)?.isSettled === true;
  return inOrder.filter(({ at }) => at <= session.now || idle).toSorted((one, other) => one.at - other.at);
}
