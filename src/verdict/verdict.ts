import { stateOf, type Analysis } from '../../machines/analysis/model.ts';
import { readingFrom, type GivenReading } from '../../machines/given-settings.ts';
import {
  allReadings,
  normalizeReading,
  questionNames,
  type Question,
  type Reading,
} from '../../machines/readings.ts';
import { suggestion } from '../../machines/nearest.ts';
import { worstUnder } from '../../machines/severity.ts';
import type { Resolution, Result } from '../../machines/statuses.ts';
import { explains, mayStillRun } from './explain.ts';
import {
  isObject,
  type ParsedAnalysis,
  type ParsedFolder,
  type ParseProblem,
  type UnknownStatus,
} from './parse.ts';
import { received } from './received.ts';

/** What every verdict says beside its name. */
export interface VerdictFacts {
  /** Whether every admitted reading that can explain the answer gives this verdict. */
  readonly firm: boolean;
  /** The analyses that give the result: their group where group ids are known, else those with that result. */
  readonly deciding: readonly ParsedAnalysis[];
  /** Settled analyses without SUCCESS whose result is not the one that the folder shows. */
  readonly hidden: readonly ParsedAnalysis[];
  /** The required kinds of which the folder has no analysis. */
  readonly missing: readonly string[];
}

/** The checks were made, and this came of them: one interface for each name, so that `is` tells them apart. */
export interface Settled<Name> extends VerdictFacts {
  readonly is: Name;
  readonly firm: true;
}

/** Every required check, and every other, was passed: the only pass. */
export type PassedVerdict = Settled<'passed'>;

/** The checks were made, and this is what came of them. */
export type SettledVerdict =
  | PassedVerdict
  | Settled<'declined'>
  | Settled<'operator-required'>
  | Settled<'failed'>;

/** Something runs, or nothing was posted yet. */
export interface PendingVerdict extends VerdictFacts {
  readonly is: 'pending';
  readonly firm: true;
}

/**
 * Nothing runs, nothing is wrong, and it is no pass: a required kind is not there, the answer does not list the
 * analyses, or an analysis has no result.
 */
export interface IncompleteVerdict extends VerdictFacts {
  readonly is: 'incomplete';
  readonly firm: true;
  readonly because: 'kinds' | 'list' | 'results';
}

/** What keeps a verdict from being given. */
export type UnknownCause =
  /** A status that the specification does not know. */
  | { readonly because: 'status'; readonly statuses: readonly string[] }
  /** No admitted reading explains the answer. */
  | { readonly because: 'contradiction' }
  /** The answer is no folder that can be read. */
  | { readonly because: 'unreadable'; readonly problems: readonly ParseProblem[] }
  /** The admitted readings give different verdicts; a question whose answer would decide is among these. */
  | {
      readonly because: 'readings';
      readonly questions: readonly Question[];
      readonly candidates: readonly DefiniteVerdict['is'][];
    };

/** Nobody can say: never to be taken for a pass, nor for its opposite. */
export type UnknownVerdict = VerdictFacts & { readonly is: 'unknown'; readonly firm: false } & UnknownCause;

/** A verdict that all admitted readings share. */
export type DefiniteVerdict = SettledVerdict | PendingVerdict | IncompleteVerdict;

/** What an answer means for an application. Only `passed` is a pass. */
export type Verdict = DefiniteVerdict | UnknownVerdict;

/** A kind of analysis, compared without regard to case; any text, as new kinds appear. */
export type Kind = 'QUALITY' | 'BIOMETRY' | 'DOCUMENTS' | 'COLLECTION' | (string & {});

/** What a verdict has to know beside the answer. */
export interface VerdictOptions {
  /** The kinds that have to be passed, at least one. */
  readonly requires: readonly [Kind, ...Kind[]];
  /** The readings that the installation may follow, each in part or whole. Default: `any`. */
  readonly readings?: 'any' | readonly GivenReading[];
  /**
   * Results that a later group may hide where every required kind has a SUCCESS and the folder shows SUCCESS: a
   * repeated check. Without it a hidden DECLINED is declined.
   */
  readonly acceptHidden?: readonly (Exclude<Result, 'SUCCESS'> | 'FAILED')[];
}

/** Results by name of the verdict that they give. */
const verdictNames = {
  DECLINED: 'declined',
  OPERATOR_REQUIRED: 'operator-required',
  FAILED: 'failed',
  SUCCESS: 'passed',
} as const satisfies Record<Exclude<Resolution, 'PROCESSING'>, SettledVerdict['is']>;

const sameKind = (kind: string | undefined, required: string): boolean => {
  const [one, other] = [kind, required].map((text) =>
    text?.toLowerCase().replace(/^blacklist$/, 'collection'),
  );
  return one === other;
};

/** What a later SUCCESS can hide. */
const hideable: readonly string[] = Object.keys(verdictNames).filter((name) => name !== 'SUCCESS');

const isList = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

const optionNames: readonly string[] = ['requires', 'readings', 'acceptHidden'];

/** The readings that options admit, each once; throws a TypeError for options that ask for nothing or misspell. */
function admitted(options: VerdictOptions): readonly Reading[] {
  if (!isObject(options))
    throw new TypeError(`options: expected an object with requires, received ${received(options)}`);
  const { requires, readings = 'any', acceptHidden = [] } = options;
  // Those who wait have options of their own: only what is near to one of these was meant to be it.
  for (const name in options) {
    const meant = optionNames.includes(name) ? '' : suggestion(name, optionNames);
    if (meant) throw new TypeError(`${name}: expected no such option${meant}`);
  }
  if (!isList(requires) || requires.some((kind) => typeof kind !== 'string' || kind === '')) {
    throw new TypeError(`requires: expected one or more kinds of analysis, received ${received(requires)}`);
  }
  if (!Array.isArray(acceptHidden))
    throw new TypeError(`acceptHidden: expected a list of results, received ${received(acceptHidden)}`);
  for (const result of acceptHidden as readonly unknown[]) {
    if (hideable.includes(result as string)) continue;
    const known = `expected ${hideable.join(' or ')}, received ${String(result)}`;
    throw new TypeError(`acceptHidden: ${known}${suggestion(String(result), hideable)}`);
  }
  if (readings === 'any') return allReadings();
  if (!isList(readings))
    throw new TypeError(
      `readings: expected 'any' or a list of one or more readings, received ${received(readings)}`,
    );
  return readings.map((given: GivenReading) => normalizeReading(readingFrom(given)));
}

const isUnknown = (status: unknown): status is UnknownStatus => typeof status === 'object';

/** The resolution that an analysis shows; undefined where it shows none, null where its fields contradict each other. */
function resolutionOf(analysis: ParsedAnalysis): Resolution | undefined | null {
  const state = analysis.state as Exclude<ParsedAnalysis['state'], UnknownStatus>;
  const resolution = analysis.resolution as Exclude<ParsedAnalysis['resolution'], UnknownStatus>;
  if (resolution === undefined) return state === 'FINISHED' ? undefined : state;
  return state === undefined || stateOf(resolution) === state ? resolution : null;
}

/** What the folder means under one reading. */
type Judge = (reading: Reading) => DefiniteVerdict['is'];

/** The verdict of the readings together. */
function combine(
  readings: readonly Reading[],
  judge: Judge,
  facts: Omit<VerdictFacts, 'firm'>,
  because: IncompleteVerdict['because'],
): Verdict {
  const names = readings.map(judge);
  const candidates = [...new Set(names)];
  const [is] = candidates;
  if (is === undefined) return { is: 'unknown', because: 'contradiction', firm: false, ...facts };
  if (candidates.length === 1) {
    return is === 'incomplete' ? { is, because, firm: true, ...facts } : { is, firm: true, ...facts };
  }
  const divides = (question: Question): boolean => {
    const others = new Map<string, DefiniteVerdict['is']>();
    return readings.some((reading, at) => {
      const rest = JSON.stringify({ ...reading, [question]: '' });
      const seen = others.get(rest);
      others.set(rest, names[at]!);
      return seen !== undefined && seen !== names[at];
    });
  };
  const differ = questionNames.filter((name) => new Set(readings.map((reading) => reading[name])).size > 1);
  const dividing = differ.filter(divides);
  const questions = dividing.length > 0 ? dividing : differ;
  return { is: 'unknown', because: 'readings', questions, candidates, firm: false, ...facts };
}

/** The verdict on what is no folder that can be read. */
export function unreadable(problems: readonly ParseProblem[], options: VerdictOptions): Verdict {
  admitted(options);
  const facts = { firm: false, deciding: [], hidden: [], missing: options.requires } as const;
  return { is: 'unknown', because: 'unreadable', problems, ...facts };
}

/** The verdict where every analysis is listed and has ended. */
function judgeSettled(
  folder: ParsedFolder,
  analyses: readonly (Analysis & { readonly shown: ParsedAnalysis; readonly groupId: string | undefined })[],
  readings: readonly Reading[],
  { requires, acceptHidden = [] }: VerdictOptions,
): Verdict {
  const missing = requires.filter((kind) => !analyses.some((one) => sameKind(one.kind, kind)));
  const result = folder.systemResolution as Resolution | undefined;
  const explaining = readings.filter((reading) =>
    explains(reading, analyses, folder.resolutionStatus as string | undefined, result),
  );
  const resolutions = analyses.map((one) => one.resolution);
  const succeeded = (kind: string) =>
    analyses.some((one) => one.resolution === 'SUCCESS' && sameKind(one.kind, kind));
  const isAccepted =
    result === 'SUCCESS' &&
    requires.every((kind) => missing.includes(kind) || succeeded(kind)) &&
    resolutions.every((one) => one === 'SUCCESS' || (acceptHidden as readonly string[]).includes(one));
  const judge: Judge = (reading) => {
    const name =
      verdictNames[isAccepted ? 'SUCCESS' : (worstUnder(resolutions, reading) as keyof typeof verdictNames)];
    return name === 'passed' && missing.length > 0 ? 'incomplete' : name;
  };
  const shows = result ?? worstUnder(resolutions, explaining[0]);
  const ofGroups = new Map<string, Resolution>();
  for (const { groupId, resolution } of analyses) {
    if (groupId === undefined) continue;
    ofGroups.set(groupId, worstUnder([resolution, ofGroups.get(groupId) ?? resolution], explaining[0])!);
  }
  const decides = ({ groupId, resolution }: (typeof analyses)[number]) =>
    shows === (groupId === undefined ? resolution : ofGroups.get(groupId));
  const facts = {
    deciding: analyses.filter(decides).map((one) => one.shown),
    hidden: analyses
      .filter(({ resolution }) => resolution !== 'SUCCESS' && resolution !== shows)
      .map((one) => one.shown),
    missing,
  };
  return combine(explaining, judge, facts, 'kinds');
}

/**
 * What a folder means. A required kind that is not there, or a list that is not, makes it incomplete and never a
 * pass; a DECLINED that a later group hides is declined, unless `acceptHidden` names it.
 *
 * Throws a TypeError where the options are wrong, or the folder is not what `parseFolder` made of an answer, as from
 * JavaScript they can be.
 */
export function verdictOf(folder: ParsedFolder, options: VerdictOptions): Verdict {
  const readings = admitted(options);
  if (!isObject(folder) || !('raw' in folder))
    throw new TypeError(`folder: expected that of parseFolder(answer), received ${received(folder)}`);
  const { resolutionStatus: status, systemResolution: result, analyses = [] } = folder;
  const missing = options.requires.filter((kind) => !analyses.some((one) => sameKind(one.kind, kind)));
  const facts = { deciding: [], hidden: [], missing };
  const shown = [status, result, ...analyses.flatMap((one) => [one.state, one.resolution])];
  const unknown = shown.filter(isUnknown);
  if (unknown.length > 0) {
    const statuses = unknown.map((one) => one.unknown);
    return { is: 'unknown', because: 'status', statuses, firm: false, ...facts };
  }
  const resolutions = analyses.map(resolutionOf);
  if (resolutions.includes(null)) return { is: 'unknown', because: 'contradiction', firm: false, ...facts };
  const running: readonly unknown[] = ['INITIAL', 'PROCESSING'];
  if ([status, result, ...resolutions].some((one) => running.includes(one))) {
    return { is: 'pending', firm: true, ...facts };
  }
  if (resolutions.includes(undefined)) return { is: 'incomplete', because: 'results', firm: true, ...facts };
  if (analyses.length > 0) {
    const settled = analyses.map((one, at) => ({
      id: one.id ?? '',
      kind: one.kind ?? '',
      groupId: one.groupId,
      resolution: resolutions[at]!,
      shown: one,
    }));
    return judgeSettled(folder, settled, readings, options);
  }
  const judge: Judge = (reading) => {
    if (mayStillRun(reading, status as string | undefined, result as string | undefined)) return 'pending';
    const shows =
      result === undefined || result === 'SUCCESS' ? (status === 'FAILED' ? 'FAILED' : 'SUCCESS') : result;
    return shows === 'SUCCESS' ? 'incomplete' : verdictNames[shows as keyof typeof verdictNames];
  };
  if (status === undefined && result === undefined) {
    return { is: 'incomplete', because: 'list', firm: true, ...facts };
  }
  return combine(readings, judge, facts, 'list');
}
