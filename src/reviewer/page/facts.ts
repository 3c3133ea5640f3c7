import type { Answer, FolderEvent, Question, Reading, Settings } from '../../../machines/index.ts';
import type { Reviewed } from '../../review/record.ts';
import { regionsOf } from '../../diagrams/figure/outline.ts';
import { chartOf, type MachineName } from '../../diagrams/facts/machine-document.ts';

/** What is computed when the page is built, because it takes too long or too much code to do in it. */
export interface PageFacts {
  /** By region of a machine: a picture for each set of moves that some reading has. */
  readonly outlines: Readonly<Record<string, readonly Outline[]>>;
  readonly differences: readonly AnswerDifference[];
  /** The bundled recordings, their bytes in base64. */
  readonly recordings: readonly BundledRecording[];
  /** Clauses with what rests on them, where they stand on the page, and the open questions. */
  readonly reviewed: Reviewed;
}

/** Two answers to one question, and the shortest scenario that tells them apart. */
export interface AnswerDifference {
  readonly question: Question;
  readonly answers: readonly [Answer, Answer];
  /** Other questions that had to leave their defaults. */
  readonly under: Partial<Reading>;
  /** Null: nothing within the bounds of the search tells them apart. */
  readonly events: readonly FolderEvent[] | null;
}

/** The picture of one region. */
export interface Outline {
  /** The ids of the transitions that it shows. */
  readonly moves: readonly string[];
  /** SVG in which every element id begins with `idPlaceholder`. */
  readonly svg: string;
}

/** A recording that comes with the project. */
export interface BundledRecording {
  readonly file: string;
  readonly title: string;
  readonly description: string;
  readonly lesson: string;
  readonly bytes: string;
}

/** Stands at the beginning of every element id of a picture, so that a page can show the picture twice. */
export const idPlaceholder = 'ID-PREFIX-';

/** The id of the element that holds the facts as JSON. */
export const factsElement = 'facts';

/** The id of the element that holds the script of the worker, as a JSON string. */
export const workerElement = 'worker';

/** One region of a machine under settings, with what its picture has to show. */
export interface Region {
  readonly id: string;
  readonly moves: readonly string[];
}

/** The regions of a machine under `settings`. */
export function regionsUnder(machine: MachineName, settings: Settings): readonly Region[] {
  return regionsOf(chartOf(machine, settings)).map(({ id, transitions }) => ({
    id,
    moves: transitions.map((transition) => transition.id),
  }));
}

/** Two regions with equal keys have the same picture. */
export function keyOfMoves(moves: readonly string[]): string {
  return moves.toSorted().join(' ');
}

/** The picture of a region, if it was drawn. */
export function outlineOf({ outlines }: PageFacts, { id, moves }: Region): Outline | undefined {
  const wanted = keyOfMoves(moves);
  return outlines[id]?.find((outline) => keyOfMoves(outline.moves) === wanted);
}
