import {
  answersTo,
  isAsked,
  questionNames,
  type Answer,
  type FolderFields,
  type Question,
  type Reading,
} from '../../../machines/index.ts';
import type { Experiment } from './plan.ts';
import type { Hindrance } from './tester.ts';
import { toDo } from './words.ts';

/** One thing to do, and what stands in the way of doing it at will. */
export interface ItineraryStep {
  readonly toDo: string;
  readonly hindrances: readonly Hindrance[];
}

/** The answers that are left for each question that is asked under a reading that is left. */
export type AnswersLeft = { readonly [Q in Question]?: readonly Answer[] };

/** One experiment of a plan under its number. */
export interface NumberedExperiment {
  readonly number: number;
  readonly folder: 'new' | 'same';
  readonly steps: readonly ItineraryStep[];
  readonly outcomes: readonly {
    readonly shows: FolderFields;
    /** The number of the next experiment, or what is found. */
    readonly next: number | AnswersLeft;
  }[];
}

/** The experiments that begin with `first`, numbered from 1 in the order in which a reader meets them. */
export function itinerary(first: Experiment): readonly NumberedExperiment[] {
  const experiments: NumberedExperiment[] = [];
  let numbers = 0;
  const visit = (experiment: Experiment): number => {
    const number = ++numbers;
    const at = experiments.push({ number, folder: experiment.folder, steps: [], outcomes: [] }) - 1;
    const outcomes = experiment.outcomes.map(({ shows, next }) => ({
      shows,
      next: 'readings' in next ? answersAmong(next.readings) : visit(next),
    }));
    const steps = experiment.moves.flatMap((move) =>
      move.steps.map((step) => ({
        toDo: move.inAnyOrder ? `${toDo(step).slice(0, -1)}, in any order.` : toDo(step),
        hindrances: step.hindrances,
      })),
    );
    experiments[at] = { number, folder: experiment.folder, steps, outcomes };
    return number;
  };
  visit(first);
  return experiments;
}

function answersAmong(readings: readonly Reading[]): AnswersLeft {
  const asked = questionNames.filter((question) => readings.some((reading) => isAsked(question, reading)));
  return Object.fromEntries(
    asked.map((question) => {
      const given = new Set<Answer>(readings.map((reading) => reading[question]));
      const answers: readonly Answer[] = answersTo(question);
      return [question, answers.filter((answer) => given.has(answer))];
    }),
  );
}
