import type { Finding } from '../observations/findings.ts';
import type { Observation } from '../observations/observation.ts';
import type { Verdict } from '../observations/results.ts';
import { readStandIn } from '../observations/unnamed-folders.ts';
import {
  emptyHistory,
  isTooLong,
  readState,
  shortened,
  withObservation,
  writeState,
  type FolderHistory,
} from '../engines/index.ts';
import { Homes } from '../engines/homes.ts';

/** A folder that a monitor holds. Times are those of the clock of the monitor. */
export interface HeldFolder {
  readonly key: string;
  /** What was seen of it, but for the last observations. */
  state: Uint8Array | null;
  /** The last ones, in order. */
  tail: Observation[];
  /** When it was seen last. */
  seen: number;
  /** Since when it has shown that it is not settled; null: it is. */
  unsettledSince: number | null;
  /** The ids of what was told of it, the last ones. */
  told: string[];
  /** Places of observations in which something was found, as far as they are in the tail or were the last before. */
  faulted: string[];
  violates: boolean;
  /** The verdict if nothing more comes, where its end has nothing more to say; null: it has to be looked at. */
  verdict: Verdict | null;
}

/** So many observations are kept as they are before they are put into the state. */
const maxTail = 16;

/** So many ids of findings are kept of a folder. */
const maxTold = 256;

/** The folders that a monitor holds, the one longest unseen first, and which analyses they have listed. */
export class HeldFolders {
  readonly #held = new Map<string, HeldFolder>();
  readonly #homes = new Homes();
  /** Those that were seen since they were looked at, the one longest unseen first. */
  readonly #restless = new Map<string, HeldFolder>();

  get size(): number {
    return this.#held.size;
  }

  values(): IterableIterator<HeldFolder> {
    return this.#held.values();
  }

  get(key: string): HeldFolder | undefined {
    return this.#held.get(key);
  }

  /** The observation as one of the folder that has listed its analysis, if it does not name its folder. */
  placed(observation: Observation): Observation {
    return this.#homes.placed(observation);
  }

  /** Adds an observation to what is held of its folder. */
  add(observation: Observation, now: number): HeldFolder {
    const { folder: key } = observation;
    const folder = this.#held.get(key) ?? newFolder(key, now);
    this.#homes.note(observation);
    folder.tail.push(observation);
    folder.seen = now;
    folder.verdict = null;
    const unsettled = showsUnsettled(observation);
    if (unsettled === false) folder.unsettledSince = null;
    else if (unsettled === true) folder.unsettledSince ??= now;
    if (folder.tail.length >= maxTail) fold(folder);
    // What was seen last stands last.
    for (const map of [this.#held, this.#restless]) {
      map.delete(key);
      map.set(key, folder);
    }
    return folder;
  }

  /** Holds a folder as it was held before. */
  restore(folder: HeldFolder): void {
    this.#held.set(folder.key, folder);
    this.#restless.set(folder.key, folder);
    for (const one of historyOf(folder).kept) this.#homes.note(one);
  }

  /** Notes what was found when a folder was looked at since it was seen last. */
  rest(folder: HeldFolder, isSettled: boolean, verdict: Verdict | null): void {
    this.#restless.delete(folder.key);
    folder.verdict = verdict;
    folder.unsettledSince = isSettled ? null : (folder.unsettledSince ?? folder.seen);
    fold(folder);
  }

  forget(key: string): void {
    this.#held.delete(key);
    this.#restless.delete(key);
    this.#homes.forget(key);
  }

  /** Those that were not seen since `before`, and not looked at since they were seen. */
  *resting(before: number): Generator<HeldFolder> {
    for (const folder of this.#restless.values()) {
      if (folder.seen > before) return;
      yield folder;
    }
  }

  /** Those that were not seen since `before`, and as many more, the ones longest unseen, as are beyond `most`. */
  *leaving(before: number, most: number): Generator<HeldFolder> {
    let beyond = this.#held.size - most;
    for (const folder of this.#held.values()) {
      if (beyond <= 0 && folder.seen > before) return;
      beyond -= 1;
      yield folder;
    }
  }
}

function newFolder(key: string, now: number): HeldFolder {
  // Of callbacks nobody waits for more: only what is a folder, or an analysis, can be stuck.
  const standIn = readStandIn(key)?.is;
  const unsettledSince = standIn === undefined || standIn === 'analysis' ? now : null;
  return {
    key,
    state: null,
    tail: [],
    seen: now,
    unsettledSince,
    told: [],
    faulted: [],
    violates: false,
    verdict: null,
  };
}

/** All that is kept of a folder. */
export function historyOf({ key, state, tail, faulted, violates }: HeldFolder): FolderHistory {
  const wasFaulted = ({ where }: Observation): boolean => faulted.includes(placeKey(where));
  let history = state === null ? { ...emptyHistory, folder: key } : readState(state);
  for (const one of tail) {
    history = withObservation(history, one, wasFaulted);
    if (isTooLong(history)) history = shortened(history, violates);
  }
  return history;
}

/** Puts the last observations of a folder into its state. */
function fold(folder: HeldFolder): void {
  if (folder.tail.length === 0) return;
  const history = historyOf(folder);
  folder.state = writeState(history);
  folder.tail = [];
  const last = history.kept.slice(-2).map(({ where }) => placeKey(where));
  folder.faulted = folder.faulted.filter((place) => last.includes(place));
}

/** Notes that a finding was told of a folder; false: it was before. */
export function noteTold(folder: HeldFolder, id: string, { where, severity }: Finding): boolean {
  if (severity === 'violation') folder.violates = true;
  const place = placeKey(where);
  if (!folder.faulted.includes(place)) folder.faulted.push(place);
  if (folder.told.includes(id)) return false;
  folder.told.push(id);
  if (folder.told.length > maxTold) folder.told.shift();
  return true;
}

const placeKey = ({ file, line, offset }: Observation['where']): string =>
  JSON.stringify([file, line, offset]);

const isRunning = (status: string | undefined): boolean => status === 'PROCESSING' || status === 'INITIAL';

/** Whether an observation shows its folder unsettled; undefined: it does not say. */
function showsUnsettled({
  resolutionStatus,
  systemResolution,
  analyses,
  complete,
  unnamed,
}: Observation): boolean | undefined {
  const shown = [resolutionStatus, systemResolution].filter((status) => status !== undefined);
  if (shown.length > 0) return shown.some(isRunning);
  const states = analyses.map(({ state, resolutionStatus: result }) => state ?? result);
  if (states.some(isRunning)) return true;
  const isWhole = complete || unnamed === true;
  return isWhole && states.length > 0 && states.every((state) => state !== undefined) ? false : undefined;
}
