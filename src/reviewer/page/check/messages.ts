import type { CheckOptions, Verdict } from '../../../observations/results.ts';
import type { Explanations } from '../../../conformance/folder/explanations.ts';
import type {
  CheckDigest,
  CheckProgress,
  FolderDetail,
  FolderRow,
  TimelineStep,
  Window,
} from './check-session.ts';
import type { SentFile } from './sent-files.ts';

/** What the page asks of the worker that checks: each question by its name, with what it takes and what it gives. */
export interface Questions {
  readonly check: {
    readonly takes: { files: readonly SentFile[]; options: CheckOptions };
    readonly gives: CheckDigest;
  };
  readonly folders: {
    readonly takes: { verdicts: readonly Verdict[]; from: number; count: number };
    readonly gives: Window<FolderRow>;
  };
  readonly folder: { readonly takes: { index: number }; readonly gives: FolderDetail };
  readonly steps: {
    readonly takes: { index: number; from: number; count: number };
    readonly gives: Window<TimelineStep>;
  };
  readonly explanations: { readonly takes: { index: number; at: number }; readonly gives: Explanations };
}

/** The name of a question. */
export type QuestionName = keyof Questions;

/** A question on its way to the worker. */
export interface AskedCheck<Name extends QuestionName = QuestionName> {
  readonly id: number;
  readonly name: Name;
  readonly takes: Questions[Name]['takes'];
}

/** What comes back from the worker. */
export type Told =
  | { readonly type: 'answer'; readonly id: number; readonly gives: Questions[QuestionName]['gives'] }
  | { readonly type: 'failure'; readonly id: number; readonly message: string }
  | { readonly type: 'progress'; readonly made: CheckProgress };
