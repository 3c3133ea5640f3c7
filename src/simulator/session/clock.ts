import type { KeptFolder } from './kept-folder.ts';
import type { Session } from './session.ts';

/** The most things that one request may let happen. */
const maxAtOnce = 10_000;

/** Lets the next thing happen in a folder, if there is one. */
function happenNext(session: Session, folder: KeptFolder, at: number): boolean {
  const { posts, settings } = session.settings;
  const next = folder.next(posts === 'scenario', settings);
  if (!next) return false;
  session.now = Math.max(session.now, at);
  if (next.is === 'event') session.record({ ...next, at: session.now });
  else
    session.postGroup(
      folder,
      next.kinds.map((kind) => ({ kind, sources: [] })),
      [],
      next.scripted,
    );
  return true;
}

/** Lets all happen that is due until a time of the session, in the order of time; returns how much it was. */
function happenUntil(session: Session, until: number): number {
  const { pace, posts, settings } = session.settings;
  let count = 0;
  for (; count < maxAtOnce; count++) {
    let first: KeptFolder | undefined;
    for (const folder of session.folders.values()) {
      const isSooner = folder.since + pace <= until && (!first || folder.since < first.since);
      if (isSooner && folder.next(posts === 'scenario', settings)) first = folder;
    }
    if (!first || !happenNext(session, first, first.since + pace)) break;
  }
  return count;
}

/** Moves the time of a session on and lets all happen that is then due; returns how much that was. */
export function advance(session: Session, milliseconds: number): number {
  const until = session.now + milliseconds;
  const count = session.settings.clock === 'manual' ? 0 : happenUntil(session, until);
  session.now = until;
  session.record({ is: 'time', at: until });
  return count;
}

/** Lets time pass up to a request, where the clock of the session follows the time outside. */
export function beforeRequest(session: Session, now: () => number): void {
  const { clock, speed } = session.settings;
  if (clock === 'instant') {
    for (const folder of session.folders.values()) settleAll(session, folder);
    return;
  }
  if (clock !== 'real' && clock !== 'scaled') return;
  const time = Math.floor((now() - session.began) * (clock === 'real' ? 1 : speed));
  if (time <= session.now) return;
  happenUntil(session, time);
  session.now = Math.max(session.now, time);
}

/** Lets all happen in a folder that still can. */
export function settleAll(session: Session, folder: KeptFolder): void {
  for (let count = 0; count < maxAtOnce; count++) {
    if (!happenNext(session, folder, session.now + session.settings.pace)) return;
  }
}

/** After a folder was read: under `polls` that is when time passes. */
export function afterRead(session: Session, folder: KeptFolder): void {
  if (session.settings.clock !== 'polls') return;
  happenNext(session, folder, session.now + session.settings.pace);
}
