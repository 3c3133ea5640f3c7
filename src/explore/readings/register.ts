import {
  allReadings,
  answersTo,
  askedUnder,
  defaultReading,
  emptyFolder,
  project,
  questionNames,
  questions,
  reduceFolder,
  type Answer,
  type ClauseId,
  type Folder,
  type FolderFields,
  type Question,
  type QuestionText,
  type Reading,
} from '../../../machines/index.ts';
import { readingClasses } from './classes.ts';
import { readingBounds, type ReadingBounds } from './distinguish.ts';
import { compareAnswers, type AnswerComparison } from './questions.ts';
import { madeOnce } from './usual-bounds.ts';
import { happens } from './words.ts';

/** Two answers, and the shortest way to tell them apart. */
export interface RegisteredPair {
  readonly answers: readonly [Answer, Answer];
  /** Other questions that had to leave their defaults. */
  readonly under: Partial<Reading>;
  /** What happens, in words, with what both answers then show; the last step is the first where they differ. */
  readonly steps: readonly {
    readonly happens: string;
    readonly shows: readonly [FolderFields, FolderFields];
  }[];
  /** Where nothing tells them apart: the reasons that hold for every folder; null where only the bounds are known. */
  readonly never?: readonly string[] | null;
  /** How many folders were looked at, and whether these were all within the bounds. */
  readonly searched: { readonly folders: number; readonly complete: boolean };
}

/** One question of the register, with all that is known of it. */
export interface RegisteredQuestion {
  readonly question: Question;
  readonly asks: string;
  readonly why: string;
  readonly clauses: readonly ClauseId[];
  readonly default: Answer;
  readonly defaultBecause: string;
  /** The only answers to other questions under which it is asked. */
  readonly askedUnder: Partial<Reading>;
  readonly answers: readonly {
    readonly answer: Answer;
    readonly means: string;
    readonly consequence: string;
  }[];
  readonly pairs: readonly RegisteredPair[];
}

/** The open questions, their answers made observable, and how many readings there are. */
export interface ReadingRegister {
  readonly bounds: ReadingBounds;
  readonly readings: number;
  /** How many classes of readings an observer within the bounds can tell apart. */
  readonly classes: number;
  /** How many folders were looked at for it, and whether these were all within the bounds. */
  readonly folders: number;
  readonly complete: boolean;
  readonly questions: readonly RegisteredQuestion[];
}

/** The register of open questions, its scenarios and counts computed within `bounds`. */
export function readingRegister(bounds: ReadingBounds = readingBounds): ReadingRegister {
  return registerWithin(bounds);
}

const registerWithin = /* @__PURE__ */ madeOnce((bounds: ReadingBounds): ReadingRegister => {
  const compared = compareAnswers(bounds);
  const { classes, states, complete } = readingClasses(bounds);
  return {
    bounds,
    readings: allReadings().length,
    classes: classes.length,
    folders: states,
    complete,
    questions: questionNames.map((question) => {
      const { asks, why, clauses, defaultBecause, ...text }: QuestionText = questions[question];
      return {
        question,
        asks,
        why,
        clauses,
        default: defaultReading[question],
        defaultBecause,
        askedUnder: askedUnder[question] ?? {},
        answers: answersTo(question).map((answer: Answer) => ({
          answer,
          means: text.answers[answer]!,
          consequence: text.consequences[answer]!,
        })),
        pairs: compared.filter((one) => one.question === question).map((one) => pairOf(one, bounds)),
      };
    }),
  };
});

function pairOf(
  { question, answers, under, comparison }: AnswerComparison,
  { operatorRequired = 'allowed' }: ReadingBounds,
): RegisteredPair {
  const { difference, states, complete, alikeBecause } = comparison;
  const [first, second] = answers.map((answer) => ({ ...defaultReading, ...under, [question]: answer })) as [
    Reading,
    Reading,
  ];
  let folders: readonly [Folder, Folder] = [emptyFolder, emptyFolder];
  const steps = (difference?.events ?? []).map((event) => {
    const after = (folder: Folder, reading: Reading) =>
      reduceFolder(folder, event, { reading, operatorRequired });
    folders = [after(folders[0], first), after(folders[1], second)];
    return {
      happens: happens(event),
      shows: [project(folders[0], first), project(folders[1], second)] as const,
    };
  });
  return {
    answers,
    under,
    steps,
    ...(difference ? {} : { never: alikeBecause ?? null }),
    searched: { folders: states, complete },
  };
}
