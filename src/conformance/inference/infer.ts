import {
  answersTo,
  defaultSettings,
  isAsked,
  operatorRequiredSettings,
  questionNames,
  type Answer,
  type Question,
  type Reading,
  type Settings,
} from '../../../machines/readings.ts';
import { observableReading } from '../../explore/readings/alike.ts';
import type { Finding } from '../../observations/findings.ts';
import { allAdmitted, isEmpty, readingsOf } from '../folder/admitted-readings.ts';
import { conflictAmong, type Conflict } from './conflict.ts';
import { inferContext, type SeenAt } from './folder-evidence.ts';
import { InferRun, type Narrowing } from './run.ts';
import { isIterable, wrongValue } from '../../../machines/given-values.ts';
import { expectOptions, observationFrom } from '../../observations/given.ts';
import type { Observation } from '../../observations/observation.ts';
import { groupings, type CheckOptions } from '../../observations/results.ts';

/** What recordings say of one question. */
export interface QuestionInference {
  readonly question: Question;
  /**
   * - `decided`: every reading that explains the recordings gives one answer.
   * - `open`: several answers are left, or a reading that is left does not ask the question.
   * - `not-asked`: no reading that is left asks it: any answer does.
   * - `contradictory`: the recordings contradict each other, and differ in the answer that they need.
   */
  readonly status: 'decided' | 'open' | 'not-asked' | 'contradictory';
  /** The answers that are left, in the order of the register; all of them where nothing is decided. */
  readonly answers: readonly Answer[];
  /** The observation at which only one answer was left for the first time. */
  readonly decidedBy?: SeenAt;
}

/** Observations that cannot hold together under any one reading. */
export interface InferredConflict {
  /** In order of arrival. */
  readonly observations: readonly SeenAt[];
  /** Whether any one of them can be left out for some reading to explain the rest; else a limit ended the search. */
  readonly minimal: boolean;
}

/** What recordings say of the reading by which an installation works. */
export interface Inference {
  /** `nothing`: no folder says anything of the readings. */
  readonly status: 'consistent' | 'contradictory' | 'nothing';
  /** Every reading that explains all folders, in the order of the register. */
  readonly readings: readonly Reading[];
  /** The same readings, those together that no further observation can tell apart. */
  readonly classes: readonly (readonly Reading[])[];
  readonly questions: readonly QuestionInference[];
  readonly conflict?: InferredConflict;
  /** How many folders were seen. */
  readonly folders: number;
  /** Folders that break what all readings have in common, with what they break: they say nothing of the readings. */
  readonly leftOut: readonly { readonly folderId: string | null; readonly finding: Finding }[];
  /** Ids of folders whose search met a limit: less may be excluded for them than could be. */
  readonly limited: readonly (string | null)[];
}

/** How recordings are read for an inference, as for a check. */
export interface InferOptions {
  /** Default: `allowed`. */
  readonly operatorRequired?: Settings['operatorRequired'];
  /** Default: `known`. */
  readonly groups?: CheckOptions['groups'];
}

/** An inference in progress: observations go in, in order of arrival. */
export interface Inferrer {
  observe(observation: Observation): void;
  finish(): Inference;
}

/**
 * An inference of the readings under which recordings conform: all readings at once, in one pass.
 *
 * A reading is left exactly if a check by it says of no folder that it violates or that an operator's decision has
 * to be assumed. A decision that was seen decides `operator-decision` for `allowed`; that nobody decides cannot be
 * seen, so its other answers stay open together. Throws a TypeError for wrong options, and `observe` for what is no
 * observation.
 */
export function createInferrer(options: InferOptions = {}): Inferrer {
  expectOptions(options, { operatorRequired: operatorRequiredSettings, groups: groupings });
  const { operatorRequired = 'allowed', groups = 'known' } = options;
  const context = inferContext({ settings: { ...defaultSettings, operatorRequired }, groups });
  const run = new InferRun(context);
  return {
    observe: (observation) => run.observe(observationFrom(observation)),
    finish() {
      run.end();
      const used = run.folders.filter(({ leftOut }) => !leftOut);
      const narrowings = run.narrowings();
      const left = narrowings.at(-1)?.left ?? allAdmitted();
      const conflict = isEmpty(left) ? conflictAmong(used, context) : undefined;
      const status = used.length === 0 ? 'nothing' : conflict ? 'contradictory' : 'consistent';
      const readings = readingsOf(left);
      return {
        status,
        readings,
        classes: classesAmong(readings),
        questions: conflict ? questionsIn(conflict) : questionsLeft(readings, narrowings),
        ...(conflict ? { conflict: placesOf(conflict) } : {}),
        folders: run.folders.length,
        leftOut: run.folders.flatMap(({ folderId, leftOut: finding }) =>
          finding ? [{ folderId, finding }] : [],
        ),
        limited: run.folders.filter(({ limited }) => limited).map(({ folderId }) => folderId),
      };
    },
  };
}

/**
 * What `observations`, in order of arrival, say of the reading by which an installation works. Throws a TypeError for
 * wrong options, and for what are no observations.
 */
export function inferReadings(observations: Iterable<Observation>, options: InferOptions = {}): Inference {
  if (!isIterable(observations)) throw new TypeError(wrongValue('observations', 'a list', observations));
  const inferrer = createInferrer(options);
  let at = 0;
  for (const observation of observations)
    inferrer.observe(observationFrom(observation, `observations[${at++}]`));
  return inferrer.finish();
}

function classesAmong(readings: readonly Reading[]): readonly (readonly Reading[])[] {
  const classes = new Map<string, Reading[]>();
  for (const reading of readings) {
    const shown = observableReading(reading);
    const key = questionNames.map((question) => shown[question]).join();
    const alike = classes.get(key);
    if (alike) alike.push(reading);
    else classes.set(key, [reading]);
  }
  return [...classes.values()];
}

/** The answers to `question` that `readings` leave: all of them, where one of these does not ask. */
function answersLeft(readings: readonly Reading[], question: Question): readonly Answer[] {
  const answers: readonly Answer[] = answersTo(question);
  if (readings.some((reading) => !isAsked(question, reading))) return answers;
  const given = new Set<Answer>(readings.map((reading) => reading[question]));
  return answers.filter((answer) => given.has(answer));
}

function questionsLeft(
  readings: readonly Reading[],
  narrowings: readonly Narrowing[],
): readonly QuestionInference[] {
  return questionNames.map((question) => {
    const answers = answersLeft(readings, question);
    if (answers.length > 1) {
      const asked = readings.some((reading) => isAsked(question, reading));
      return { question, status: asked ? 'open' : 'not-asked', answers };
    }
    const first = narrowings.find(({ left }) => answersLeft(readingsOf(left), question).length === 1);
    return { question, status: 'decided', answers, ...(first ? { decidedBy: first.seen } : {}) };
  });
}

/**
 * Of recordings that contradict themselves nothing is decided. Contradictory are the questions of which another
 * answer helps: a reading that explains the conflict without one of its observations and one that explains it without
 * another differ in these and no others; where they never differ in so little, in as few as there are.
 */
function questionsIn({ without }: Conflict): readonly QuestionInference[] {
  let contradictory = new Set<Question>();
  let fewest = Infinity;
  const explaining = without.map(readingsOf);
  for (const [at, some] of explaining.entries()) {
    for (const [one, other] of explaining.slice(at + 1).flatMap((others) => pairsOf(some, others))) {
      const differ = questionNames.filter(
        (question) => one[question] !== other[question] && isAsked(question, one) && isAsked(question, other),
      );
      if (differ.length === 0 || differ.length > fewest) continue;
      if (differ.length < fewest) contradictory = new Set();
      fewest = differ.length;
      for (const question of differ) contradictory.add(question);
    }
  }
  return questionNames.map((question) => ({
    question,
    status: contradictory.has(question) ? 'contradictory' : 'open',
    answers: answersTo(question),
  }));
}

/** Every pair of a reading only among `some` and one only among `others`, of those that are alike only the first. */
function pairsOf(
  some: readonly Reading[],
  others: readonly Reading[],
): readonly (readonly [Reading, Reading])[] {
  const onlyIn = (readings: readonly Reading[], elsewhere: ReadonlySet<Reading>): readonly Reading[] =>
    classesAmong(readings.filter((reading) => !elsewhere.has(reading))).map(([first]) => first!);
  const right = onlyIn(others, new Set(some));
  return onlyIn(some, new Set(others)).flatMap((one) => right.map((other) => [one, other] as const));
}

function placesOf({ observations, minimal }: Conflict): InferredConflict {
  return {
    observations: observations.map(({ folderId = null, where }) => ({ folderId, where })),
    minimal,
  };
}
