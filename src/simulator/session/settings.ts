import {
  answersTo,
  defaultReading,
  operatorRequiredSettings,
  questionNames,
  settingsFrom,
  type Question,
  type Settings,
} from '../../../machines/index.ts';
import { suggestion } from '../../../machines/nearest.ts';
import { illegalHistories, isIllegalCode, type IllegalCode } from '../scenarios/illegal-histories.ts';
import { scriptNamed, type Script } from '../scenarios/script.ts';
import { faultNames, faultSets, type FaultName } from '../transport/faults.ts';

/** How time passes in a session. */
export const clocks = {
  polls: 'each poll of a folder lets the next thing happen, after it is answered',
  instant: 'all that can happen has happened by the next request',
  step: 'nothing happens until time is advanced by request',
  manual: 'nothing happens but what is asked for, analysis by analysis',
  real: 'as long as things take',
  scaled: 'so many times as fast: clock=scaled:60',
} as const;

/** The name of a clock. */
export type ClockName = keyof typeof clocks;

/** What the base URL of a session says of it. */
export interface SessionSettings {
  readonly settings: Settings;
  readonly script: Script | undefined;
  readonly clock: ClockName;
  /** How many times as fast as real time. */
  readonly speed: number;
  /** Milliseconds from one thing that happens in a folder to the next. */
  readonly pace: number;
  /** Who posts the groups of the script: the client, or the simulator as if another client did. */
  readonly posts: 'client' | 'scenario';
  readonly faults: readonly FaultName[];
  readonly illegal: IllegalCode | undefined;
  readonly seed: string;
  /** Whether requests need a token. */
  readonly token: 'optional' | 'required';
  /** Whether answers show a `group_id`, which is an extension: no such key is documented. */
  readonly groups: 'hidden' | 'shown';
  /** Whether the answer to a creation with analyses waits for their results, as that of a single request does. */
  readonly answers: 'later' | 'at-once';
}

/** What a simulator is told for all its sessions. */
export type SharedSettings = Pick<SessionSettings, 'settings' | 'seed'>;

/** The largest number that a setting takes. */
const maxNumber = 1_000_000_000;

const isNumber = (text: string): boolean => /^\d{1,10}$/.test(text) && Number(text) <= maxNumber;

type Draft = { -readonly [K in keyof SessionSettings]: SessionSettings[K] };
type Reads = (value: string, draft: Draft) => string | undefined;

const oneOf = <Name extends string>(
  known: readonly Name[],
  value: string,
  take: (name: Name) => void,
): string | undefined => {
  if (!(known as readonly string[]).includes(value))
    return `expected ${known.join(' or ')}, received ${value.slice(0, 60)}${suggestion(value, known)}`;
  take(value as Name);
  return undefined;
};

const number = (value: string, least: number, take: (read: number) => void): string | undefined => {
  if (!isNumber(value) || Number(value) < least)
    return `expected a number from ${least} to ${maxNumber}, received ${value.slice(0, 60)}`;
  take(Number(value));
  return undefined;
};

const readers: Readonly<Record<string, Reads>> = {
  clock: (value, draft) => {
    const [name = '', speed] = value.split(':');
    if (speed !== undefined && name !== 'scaled')
      return `expected scaled:N or a name, received ${value.slice(0, 60)}`;
    const wrong = speed === undefined ? undefined : number(speed, 1, (read) => void (draft.speed = read));
    return wrong ?? oneOf(Object.keys(clocks) as ClockName[], name, (read) => void (draft.clock = read));
  },
  pace: (value, draft) => number(value, 1, (read) => void (draft.pace = read)),
  posts: (value, draft) => oneOf(['client', 'scenario'] as const, value, (read) => void (draft.posts = read)),
  token: (value, draft) =>
    oneOf(['optional', 'required'] as const, value, (read) => void (draft.token = read)),
  groups: (value, draft) => oneOf(['hidden', 'shown'] as const, value, (read) => void (draft.groups = read)),
  answers: (value, draft) =>
    oneOf(['later', 'at-once'] as const, value, (read) => void (draft.answers = read)),
  seed: (value, draft) => void (draft.seed = value),
  faults: (value, draft) => {
    const names = value
      .split(',')
      .flatMap((name): readonly string[] => (Object.hasOwn(faultSets, name) ? faultSets[name]! : [name]));
    for (const name of names) {
      const wrong = oneOf(faultNames, name, (read) => void (draft.faults = [...draft.faults, read]));
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  },
  illegal: (value, draft) => {
    if (!isIllegalCode(value))
      return oneOf(Object.keys(illegalHistories) as IllegalCode[], value, () => undefined);
    draft.illegal = value;
    return undefined;
  },
  'operator-required': (value, draft) =>
    oneOf(operatorRequiredSettings, value, (read) => {
      draft.settings = { ...draft.settings, operatorRequired: read };
    }),
  ...Object.fromEntries(
    questionNames.map((question) => [
      question,
      (value: string, draft: Draft) => answer(question, value, draft),
    ]),
  ),
};

function answer(question: Question, value: string, draft: Draft): string | undefined {
  return oneOf(answersTo(question) as readonly string[], value, (read) => {
    draft.settings = settingsFrom({
      ...draft.settings,
      reading: { ...draft.settings.reading, [question]: read },
    });
  });
}

/** The names of all settings. */
export const settingNames: readonly string[] = Object.keys(readers);

/** The settings that the parts of a base URL name, over those of the simulator; or what is wrong with one. */
export function readSettings(
  parts: readonly string[],
  shared: SharedSettings,
): SessionSettings | { readonly problem: string } {
  const draft: Draft = {
    ...shared,
    script: undefined,
    clock: 'polls',
    speed: 1,
    pace: 1000,
    posts: 'client',
    faults: [],
    illegal: undefined,
    token: 'optional',
    groups: 'hidden',
    answers: 'later',
  };
  const named = new Set<string>();
  for (const part of parts) {
    if (part === '') return { problem: 'expected a part between two slashes, received nothing' };
    const [, name = '', value = ''] = /^([a-z-]+)=(.*)$/s.exec(part) ?? [];
    const problem = name === '' ? useScript(part, draft) : setting(name, value, draft);
    if (problem !== undefined) return { problem };
    if (named.has(name))
      return {
        problem: `expected ${name === '' ? 'one scenario' : `${name} once`}, received another: ${part.slice(0, 60)}`,
      };
    named.add(name);
  }
  if (draft.illegal !== undefined) prepareIllegal(draft.illegal, draft);
  if (draft.script) draft.settings = withAnswers(draft.script, draft.settings);
  return draft;
}

function setting(name: string, value: string, draft: Draft): string | undefined {
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (!read)
    return `expected a setting (${settingNames.join(', ')}), received ${name.slice(0, 60)}${suggestion(name, settingNames)}`;
  const problem = read(value, draft);
  return problem === undefined ? undefined : `${name}: ${problem}`;
}

function useScript(name: string, draft: Draft): string | undefined {
  const script = scriptNamed(name);
  if ('problem' in script) return script.problem;
  draft.script = script;
  return undefined;
}

function prepareIllegal(code: IllegalCode, draft: Draft): void {
  const { path, groups = 'hidden' }: { readonly path: string; readonly groups?: 'shown' | 'hidden' } =
    illegalHistories[code];
  if (!draft.script) useScript(path, draft);
  if (groups === 'shown') draft.groups = groups;
}

/** The settings under which a script can run: what it needs is answered so unless the base URL says otherwise. */
export function withAnswers(script: Script, settings: Settings): Settings {
  const needed = Object.entries(script.answers).filter(
    ([question]) => settings.reading[question as Question] === defaultReading[question as Question],
  );
  if (needed.length === 0) return settings;
  return { ...settings, reading: { ...settings.reading, ...Object.fromEntries(needed) } };
}
