import { analysis, answer } from './answers.ts';

/** One mistake of clients of the API, and what keeps it from being made with this package. */
export interface Mistake {
  /** What was done, as it was seen in public code. */
  readonly made: string;
  /** What prevents it here. */
  readonly prevented: string;
  /** A module that makes it, which the compiler refuses: each with a part of what it says. */
  readonly refused?: readonly { readonly code: string; readonly says: string }[];
  /** An answer on which the mistake lets somebody pass or gives up, and the verdict on it instead. */
  readonly answered?: readonly { readonly answer: object; readonly is: string }[];
}

const preamble = `
import { verdictOf, waitForVerdict, type ParsedFolder, type PassedVerdict, type Read } from 'oz-status-spec/verdict';
declare const folder: ParsedFolder;
declare const read: Read;
declare function admit(verdict: PassedVerdict): void;
const verdict = verdictOf(folder, { requires: ['QUALITY', 'BIOMETRY'] });
`;

/** A module of a client that does this with a folder and its verdict. */
export const client = (code: string): string =>
  `${preamble}${code}\nexport const used = [verdict, read, admit];\n`;

/** The mistakes that were seen in public code, each with what prevents it: the guide prints them, tests prove them. */
export const mistakes: readonly Mistake[] = [
  {
    made: 'FINISHED is read as a pass',
    prevented:
      'a verdict is no status: comparing it with one does not compile; FINISHED without a list is `incomplete`',
    refused: [
      { code: "if (verdict.is === 'FINISHED') admit(verdict);", says: 'no overlap' },
      { code: "if (folder.resolutionStatus === 'FINISHED') admit(folder);", says: 'is not assignable' },
    ],
    answered: [
      { answer: answer('FINISHED', 'SUCCESS'), is: 'incomplete' },
      {
        answer: answer(
          'FINISHED',
          'DECLINED',
          analysis('QUALITY', 'DECLINED'),
          analysis('BIOMETRY', 'SUCCESS'),
        ),
        is: 'declined',
      },
    ],
  },
  {
    made: 'anything but PROCESSING ends the wait, INITIAL too',
    prevented: 'INITIAL is `pending`, and `waitForVerdict` goes on',
    answered: [{ answer: answer('INITIAL', 'INITIAL'), is: 'pending' }],
  },
  {
    made: 'one analysis of a group is watched',
    prevented:
      '`requires` names every kind: one that is missing is `incomplete`, one that runs `pending`; without `requires` nothing compiles',
    refused: [
      { code: 'verdictOf(folder, {});', says: 'requires' },
      { code: 'verdictOf(folder, { requires: [] });', says: 'is not assignable' },
    ],
    answered: [
      { answer: answer('FINISHED', 'SUCCESS', analysis('QUALITY', 'SUCCESS')), is: 'incomplete' },
      {
        answer: answer(
          'PROCESSING',
          'PROCESSING',
          analysis('QUALITY', 'SUCCESS'),
          analysis('BIOMETRY', 'PROCESSING'),
        ),
        is: 'pending',
      },
    ],
  },
  {
    made: 'FAILED and OPERATOR_REQUIRED are folded into a pass or a refusal',
    prevented: 'they are verdicts of their own: a `switch` that leaves one out does not compile',
    refused: [
      {
        code: `export function word(): string {
  switch (verdict.is) {
    case 'passed': return 'yes';
    case 'declined': return 'no';
    case 'pending': case 'incomplete': case 'unknown': return 'wait';
  }
}`,
        says: 'lacks ending return statement',
      },
      { code: "if (verdict.is !== 'declined') admit(verdict);", says: 'is not assignable' },
    ],
    answered: [
      {
        answer: answer('FAILED', 'FAILED', analysis('QUALITY', 'SUCCESS'), analysis('BIOMETRY', 'FAILED')),
        is: 'failed',
      },
      {
        answer: answer(
          'FINISHED',
          'OPERATOR_REQUIRED',
          analysis('QUALITY', 'SUCCESS'),
          analysis('BIOMETRY', 'OPERATOR_REQUIRED'),
        ),
        is: 'operator-required',
      },
    ],
  },
  {
    made: 'a later SUCCESS hides an earlier DECLINED',
    prevented:
      'it is `declined`, with `hidden`, unless `acceptHidden` names DECLINED; a check of the recording finds MASKED_RESULT',
    answered: [
      {
        answer: answer(
          'FINISHED',
          'SUCCESS',
          analysis('QUALITY', 'DECLINED'),
          analysis('BIOMETRY', 'SUCCESS'),
        ),
        is: 'declined',
      },
    ],
  },
  {
    made: 'one request and no more, or requests without an end; told at every poll',
    prevented:
      'PROCESSING is `pending`; a wait without a deadline does not compile, and `onUpdate` is told of changes only',
    refused: [
      { code: "void waitForVerdict(read, { requires: ['QUALITY'], clock: Date.now });", says: 'deadline' },
    ],
    answered: [{ answer: answer('PROCESSING', 'PROCESSING'), is: 'pending' }],
  },
  {
    made: 'a status that nobody knew is taken for either',
    prevented:
      'it is `unknown`, with the text, and never ends a wait; comparing with a word that is no verdict does not compile',
    refused: [{ code: "if (verdict.is === 'SUCCESS') admit(verdict);", says: 'no overlap' }],
    answered: [
      {
        answer: answer('FINISHED', 'PASSED', analysis('QUALITY', 'SUCCESS'), analysis('BIOMETRY', 'SUCCESS')),
        is: 'unknown',
      },
    ],
  },
];
