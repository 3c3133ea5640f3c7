import type { Finding, FolderResult, Observation } from '../conformance/index.ts';
import { checkOptionsOf, optionProblems, shown, type ConformOptions } from '../matchers/conform-options.ts';
import { observationFrom } from '../observations/given.ts';
import { readRecordingText } from '../recordings/index.ts';
import { isObject } from '../recordings/values/fields.ts';
import { Homes } from './homes.ts';
import { createSteps } from './steps.ts';

/** A finding of a monitor. */
export interface MonitorFinding {
  readonly finding: Finding;
  /** The key of the folder within the monitor; null: it is about the answer, not about a folder. */
  readonly folder: string | null;
  /** The id of the folder as received; null: the folder has none, or the finding is about the answer. */
  readonly folderId: string | null;
}

/** How a monitor judges, and who hears of it. */
export interface MonitorOptions extends Omit<ConformOptions, 'strict' | 'fields' | 'decidedGroup'> {
  /** Is told each finding when it is found. */
  readonly onFinding: (found: MonitorFinding) => void;
  /** No more folders than this are held; the one longest unseen goes first. Default: 100,000. */
  readonly maxFolders?: number;
  /**
   * Is told the state of a folder that is no longer held. Where nobody brings it back with `restore`, the folder begins
   * anew with its next answer: what contradicts the past is then not found, and nothing is found wrongly.
   */
  readonly onEvict?: (folder: string, state: Uint8Array) => void;
}

/** Judges answers as they come, of any number of folders. */
export interface Monitor {
  /**
   * Takes whatever a line of a recording can hold, as `JSON.parse` gives it: an answer, or an envelope with its request.
   * What cannot be read is a finding.
   */
  push(answer: unknown): void;
  /** Takes an observation. */
  observe(observation: Observation): void;
  /** The keys of the folders that are held, the one longest unseen first. */
  folders(): readonly string[];
  /** All that is known of a folder, for another monitor or a later one. */
  stateOf(folder: string): Uint8Array | undefined;
  /** Goes on with what was known of a folder; what is held of it is replaced. Throws a TypeError for what is no state. */
  restore(folder: string, state: Uint8Array): void;
  /** The result of a folder if nothing more is to come, which is then no longer held. */
  end(folder: string): FolderResult | undefined;
}

const defaultMaxFolders = 100_000;

/** A value as JSON; where it has none, a text that is no JSON either, so that it is told as unreadable. */
function textOf(answer: unknown): string {
  try {
    return JSON.stringify(answer) ?? 'undefined';
  } catch {
    return 'undefined';
  }
}

/**
 * A monitor: push answers, hear findings. Folders are judged one by one; an analysis that an answer shows by itself is
 * one of the folder that has listed it, if the monitor holds that. Throws a TypeError for options that are wrong.
 */
export function createMonitor(options: MonitorOptions): Monitor {
  if (!isObject(options))
    throw new TypeError(
      `createMonitor\n  options: expected an object with onFinding, received ${shown(options)}`,
    );
  const { onFinding, maxFolders = defaultMaxFolders, onEvict, ...conform } = options;
  const problems = optionProblems(conform);
  for (const [name, value] of Object.entries({ onFinding, onEvict: onEvict ?? (() => undefined) }))
    if (typeof value !== 'function')
      problems.push(`options.${name}: expected a function, received ${shown(value)}`);
  if (!Number.isSafeInteger(maxFolders) || maxFolders < 1)
    problems.push(`options.maxFolders: expected a whole number above 0, received ${String(maxFolders)}`);
  if (problems.length > 0) throw new TypeError(['createMonitor', ...problems].join('\n  '));

  const { file = 'monitor', routePrefix } = conform;
  const steps = createSteps(checkOptionsOf(conform));
  const states = new Map<string, Uint8Array>();
  const homes = new Homes();
  let pushed = 0;

  const hold = (folder: string, state: Uint8Array): void => {
    // What was seen last stands last.
    states.delete(folder);
    states.set(folder, state);
    if (states.size <= maxFolders) return;
    const [oldest, kept] = states.entries().next().value!;
    states.delete(oldest);
    homes.forget(oldest);
    onEvict?.(oldest, kept);
  };
  const observe = (observation: Observation): void => {
    const own = homes.placed(observationFrom(observation));
    const { state, findings } = steps.step(states.get(own.folder) ?? null, [own]);
    homes.note(own);
    hold(own.folder, state);
    for (const found of findings) onFinding({ ...found, folder: own.folder });
  };
  return {
    push(answer) {
      pushed += 1;
      const text = textOf(answer);
      const prefix = routePrefix === undefined ? {} : { routePrefix };
      for (const piece of readRecordingText(text, { file, ...prefix })) {
        if (piece.type === 'observation') observe(numbered(piece.observation, pushed));
        else if (piece.type === 'finding')
          onFinding({
            finding: { ...piece.finding, where: at(piece.finding.where, pushed) },
            folder: null,
            folderId: null,
          });
      }
    },
    observe,
    folders: () => [...states.keys()],
    stateOf: (folder) => states.get(folder),
    restore(folder, state) {
      const { state: same } = steps.step(state, []);
      for (const one of steps.seenIn(same)) homes.note(one);
      hold(folder, same);
    },
    end(folder) {
      const state = states.get(folder);
      states.delete(folder);
      homes.forget(folder);
      return state && steps.end(state);
    },
  };
}

/** The number of an answer stands for its line, unless the answer says itself where it came from. */
const at = (where: Finding['where'], line: number): Finding['where'] =>
  where.line === undefined || where.offset === undefined ? { ...where, line } : where;

const numbered = (observation: Observation, line: number): Observation => ({
  ...observation,
  where: at(observation.where, line),
});
