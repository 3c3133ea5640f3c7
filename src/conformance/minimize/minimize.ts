import { createChecker } from '../check/checker.ts';
import type { Finding } from '../../observations/findings.ts';
import type { AnalysisView, Observation } from '../../observations/observation.ts';
import type { CheckOptions } from '../../observations/results.ts';
import { readRecordingText } from '../../recordings/reader/read-text.ts';
import { asWritten, linesOf } from './write-lines.ts';

/** A recording that shows a finding and little else. */
export interface Minimal {
  /** Lines of a recording. */
  readonly text: string;
  /** Whether nothing can be spared; otherwise a limit ended the search before that was known. */
  readonly isMinimal: boolean;
}

/** What makes a finding the same one in another recording. */
export type FindingKind = Pick<Finding, 'code' | 'clause' | 'observed' | 'allowed'>;

/** No more recordings than this are judged to make one small. */
const maxTrials = 4000;
/** The recordings judged for one have no more characters than this together. */
const maxCharacters = 50_000_000;

const keyOf = ({ code, clause, observed, allowed }: FindingKind): string =>
  JSON.stringify([code, clause, observed, allowed]);

/** Whether a check of the lines finds something of this kind. */
export function shows(text: string, kind: FindingKind, options: CheckOptions): boolean {
  const key = keyOf(kind);
  // What a reading would explain is no part of a kind.
  const checker = createChecker({ ...options, proposesReadings: false });
  for (const piece of readRecordingText(text, { file: 'minimal' })) {
    if (piece.type === 'observation') checker.observe(piece.observation);
  }
  return checker
    .finish()
    .some(({ findings, hazards }) => [...findings, ...hazards].some((one) => keyOf(one) === key));
}

/**
 * The recording of `observations` without all that the finding does not need (delta debugging): no observation, no
 * analysis, none of its fields and no POST can be spared alone. Undefined where the finding is not seen in the lines
 * that are written of the observations, because it rests on more than they say.
 */
export function minimize(
  observations: readonly Observation[],
  kind: FindingKind,
  options: CheckOptions,
): Minimal | undefined {
  const search = new Search(observations, kind, options);
  if (!search.isShown) return undefined;
  search.dropRanges();
  while (search.dropOneByOne());
  return { text: linesOf(search.kept), isMinimal: !search.isLimited };
}

class Search {
  kept: readonly Observation[];
  readonly isShown: boolean;
  isLimited = false;
  readonly #kind: FindingKind;
  readonly #options: CheckOptions;
  #trials = 0;
  #characters = 0;

  constructor(observations: readonly Observation[], kind: FindingKind, options: CheckOptions) {
    this.kept = observations.map((one) => asWritten(one));
    this.#kind = kind;
    this.#options = options;
    this.isShown = shows(linesOf(this.kept), kind, options);
  }

  /** Drops what it can of halves, quarters and so on of the observations. */
  dropRanges(): void {
    for (let size = this.kept.length >> 1; size > 1; size >>= 1) {
      for (let end = this.kept.length; end > 0; end -= size) {
        const start = Math.max(0, end - size);
        this.#try([...this.kept.slice(0, start), ...this.kept.slice(end)]);
      }
    }
  }

  /** Tries every part by itself, larger ones first; whether one could be spared. */
  dropOneByOne(): boolean {
    let dropped = false;
    for (const partsOf of [withoutObservation, withoutAnalysis, withoutField]) {
      for (let part = partsOf(this.kept).length - 1; part >= 0; part -= 1) {
        const without = partsOf(this.kept)[part];
        if (without && this.#try(without())) dropped = true;
      }
    }
    return dropped && !this.isLimited;
  }

  #try(candidate: readonly Observation[]): boolean {
    const text = linesOf(candidate);
    this.#trials += 1;
    this.#characters += text.length;
    this.isLimited ||= this.#trials > maxTrials || this.#characters > maxCharacters;
    if (this.isLimited || !shows(text, this.#kind, this.#options)) return false;
    this.kept = candidate;
    return true;
  }
}

/** The observations without one part, for each part in their order. */
type Without = readonly (() => readonly Observation[])[];

const withoutObservation = (all: readonly Observation[]): Without =>
  all.map((_, at) => () => all.toSpliced(at, 1));

const withoutAnalysis = (all: readonly Observation[]): Without =>
  all.flatMap((one, at) =>
    one.analyses.map((_, view) => () => all.with(at, { ...one, analyses: one.analyses.toSpliced(view, 1) })),
  );

const fieldsOfFolder = ['resolutionStatus', 'systemResolution'] as const;
const fieldsOfAnalysis = ['state', 'resolutionStatus', 'kind', 'groupId'] as const;

const withoutField = (all: readonly Observation[]): Without =>
  all.flatMap((one, at) => [
    ...(one.wholeGroup ? [() => all.with(at, { ...one, wholeGroup: false })] : []),
    ...fieldsOfFolder
      .filter((field) => one[field] !== undefined)
      .map((field) => () => all.with(at, omit(one, field))),
    ...one.analyses.flatMap((view, position) =>
      fieldsOfAnalysis
        .filter((field) => view[field] !== undefined)
        .map(
          (field) => () => all.with(at, { ...one, analyses: one.analyses.with(position, omit(view, field)) }),
        ),
    ),
  ]);

function omit<T extends Observation | AnalysisView>(from: T, field: keyof T): T {
  const { [field]: _, ...others } = from;
  return others as T;
}
