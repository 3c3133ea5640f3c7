import { wrongValue } from '../../machines/given-values.ts';
import { createPackedChecker } from '../conformance/check/checker.ts';
import { checksBy } from '../conformance/check/shared-histories.ts';
import { finding, type Finding, type FolderResult, type Found } from '../conformance/index.ts';
import { observationFrom } from '../observations/given.ts';
import type { Observation, Where } from '../observations/observation.ts';
import { verdictOn, type Checker, type GivenCheckOptions } from '../observations/results.ts';
import { isTooLong, shortened, withObservation, type FolderHistory } from './history.ts';
import { readState, writeState } from './state-bytes.ts';

/** What a step came to. */
export interface Step {
  /** All that is known of the folder; equal for equal knowledge, in whatever steps it was gained. */
  readonly state: Uint8Array;
  /** What was found in this step, in order. */
  readonly findings: readonly Found[];
}

/** The contract with whatever holds the states of folders: an engine for streams, a database, a monitor. */
export interface Steps {
  /**
   * Takes observations of one folder in order of arrival. `state` is null before the first. Throws a TypeError for bytes
   * that are no state, for what are no observations, and for those of another folder.
   */
  step(state: Uint8Array | null, observations: readonly Observation[]): Step;
  /** The result of the folder if nothing more is to come: what is only found at the end, such as that it never settled, as well. */
  end(state: Uint8Array): FolderResult;
  /** The observations that a state keeps. */
  seenIn(state: Uint8Array): readonly Observation[];
}

/** So many steps share what they remember of searches; it is forgotten afterwards, so that memory is bounded. */
const maxShared = 10_000;

/**
 * How steps judge: as a check, but with fields of the moment of the list, and decisions that leave their group in place, as
 * what is kept of a folder is summed up so.
 */
export type StepOptions = Omit<GivenCheckOptions, 'fields' | 'decidedGroup'>;

function expectSummedUp({ fields, decidedGroup }: GivenCheckOptions): void {
  if (fields === 'stale') throw new TypeError(wrongValue('options.fields', 'current', fields));
  if (decidedGroup === 'last') {
    throw new TypeError(wrongValue('options.decidedGroup', 'in-place', decidedGroup));
  }
}

/** Judges folders step by step, with nothing held between steps but what makes them faster. Throws a TypeError for wrong options. */
export function createSteps(options: StepOptions = {}): Steps {
  let checks = checksBy(options);
  expectSummedUp(options);
  let shared = 0;
  const check = (tell?: (found: Found) => void): Checker => {
    shared += 1;
    if (shared % maxShared === 0) checks = checksBy(options);
    return createPackedChecker(options, tell, undefined, undefined, checks);
  };

  /** A check that has taken a history; all that it finds is told, what is new with true. */
  function replayed({ kept }: FolderHistory, tell: (found: Found, isNew: boolean) => void): Checker {
    let isNew = false;
    const checker = check((found) => tell(found, isNew));
    for (const observation of kept) checker.observe(observation);
    isNew = true;
    return checker;
  }

  const resultOf = (history: FolderHistory): FolderResult => {
    const checker = check();
    for (const observation of history.kept) checker.observe(observation);
    const [result] = checker.finish();
    if (!result) throw new TypeError('state: expected that of a folder of which something was seen');
    return history.left === 0 ? result : cutResult(result, history);
  };

  return {
    step(state, observations) {
      if (!Array.isArray(observations)) {
        throw new TypeError(wrongValue('observations', 'a list', observations));
      }
      let history = readState(state);
      const findings: Found[] = [];
      const faulted = new Set<string>();
      const tell = (found: Found, isNew: boolean): void => {
        if (isNew) findings.push(found);
        faulted.add(lineOf(found.finding.where));
      };
      let checker = replayed(history, tell);
      for (const [at, given] of observations.entries()) {
        const observation = observationFrom(given, `observations[${at}]`);
        if (history.folder !== null && observation.folder !== history.folder)
          throw new TypeError(
            `observations: expected those of ${history.folder}, received ${observation.folder}`,
          );
        checker.observe(observation);
        history = withObservation(history, observation, ({ where }) => faulted.has(lineOf(where)));
        if (!isTooLong(history)) continue;
        history = shortened(history, resultOf(history).verdict === 'violates');
        checker = replayed(history, tell);
      }
      return { state: writeState(history), findings };
    },
    end: (state) => resultOf(readState(state)),
    seenIn: (state) => readState(state).kept,
  };
}

/** The line of a place, or what comes nearest to it. */
const lineOf = ({ file, line, offset }: Where): string => JSON.stringify([file, line, offset]);

/** The result of a folder of which the beginning was left out: only a violation is certain. */
function cutResult(result: FolderResult, history: FolderHistory): FolderResult {
  const findings = [cutFinding(history), ...result.findings];
  const verdict = history.hadViolation ? 'violates' : verdictOn(findings, true);
  return { ...result, verdict, findings, observations: result.observations + history.left };
}

function cutFinding({ kept, left }: FolderHistory): Finding {
  return finding('SEARCH_LIMIT', {
    message: `the first ${left} observations of the folder are no longer kept: from here on it is judged as if it had begun later`,
    where: kept[0]!.where,
  });
}
