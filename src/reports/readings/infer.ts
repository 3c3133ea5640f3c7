import { allReadings, answersTo, defaultReading } from '../../../machines/index.ts';
import type { Finding, Inference, QuestionInference, SeenAt } from '../../conformance/index.ts';
import { counted } from '../../text/layout.ts';
import { quoted, type TextBlock } from './document.ts';
import { place } from '../check/text.ts';

/** An inference, and what the readers of the input found. */
export interface InferenceOutcome {
  readonly inference: Inference;
  readonly input: readonly Finding[];
}

/** The exit code for an inference; see `inferenceExits`. */
export function inferenceExit({ inference, input }: InferenceOutcome): 0 | 1 | 3 {
  // Of folders that no reading explains none is said to explain the recordings.
  const isExplained = inference.status !== 'nothing' || inference.leftOut.length === 0;
  if (inference.status === 'contradictory' || !isExplained) return 1;
  const unreadable = input.some(({ severity }) => severity === 'unreadable');
  return unreadable || inference.status === 'nothing' ? 3 : 0;
}

/** More items of a list than this are counted instead. */
const maxListed = 20;

/** What recordings say of the open questions, for people. */
export function inferenceBlocks({ inference, input }: InferenceOutcome): readonly TextBlock[] {
  const { conflict, questions, leftOut, limited } = inference;
  return [
    { heading: 'What the recordings say of the open questions', level: 1 },
    { text: summaryWords(inference) },
    ...(conflict
      ? [
          {
            text: conflict.minimal
              ? 'These observations cannot hold together; without any one of them a reading explains the rest:'
              : 'These observations cannot hold together; a limit ended the search for fewer:',
          },
          { list: upTo(conflict.observations.map(seenWords)), numbered: true },
        ]
      : []),
    ...(inference.status === 'nothing'
      ? []
      : [
          {
            head: ['Question', 'Status', 'Answers'],
            rows: questions.map((one) => [quoted(one.question), statusWords[one.status], answerWords(one)]),
          },
        ]),
    ...(leftOut.length === 0
      ? []
      : [
          {
            text: `Left out, because no reading at all explains them: ${counted(leftOut.length, 'folder')}.`,
          },
          {
            list: upTo(
              leftOut.map(
                ({ folderId, finding }) =>
                  `${folderWords(folderId)}: ${finding.code} at ${quoted(place(finding.where), 400)}`,
              ),
            ),
          },
        ]),
    ...(limited.length === 0
      ? []
      : [
          {
            text: `Limits ended the search for ${counted(limited.length, 'folder')}, which may say less than it could.`,
          },
        ]),
    ...(input.length === 0
      ? []
      : [
          { text: 'Found in the input:' },
          {
            list: upTo(
              input.map(
                ({ code, message, where, hint }) =>
                  `${code}: ${quoted(message, 500)} (${quoted(place(where), 400)})${hint === null ? '' : `. ${quoted(hint, 500)}`}`,
              ),
            ),
          },
        ]),
    ...nextBlocks(inference),
  ];
}

const statusWords: Readonly<Record<QuestionInference['status'], string>> = {
  decided: 'decided',
  open: 'open',
  'not-asked': 'not asked',
  contradictory: 'contradictory',
};

function summaryWords({ status, readings, classes, folders, leftOut }: Inference): string {
  const used = counted(folders - leftOut.length, 'folder');
  if (status === 'nothing') {
    return folders === 0
      ? 'Nothing: the recordings hold no observation.'
      : 'Nothing: no reading at all explains any of the folders.';
  }
  if (status === 'contradictory') return `No reading explains all that was seen of ${used}.`;
  const apart =
    classes.length === 1
      ? 'no further recording can tell these apart'
      : `further recordings can tell ${classes.length} classes of them apart`;
  return `${readings.length} of ${allReadings().length} readings explain all that was seen of ${used}; ${apart}.`;
}

function answerWords({ question, status, answers, decidedBy }: QuestionInference): string {
  const all = answers.map((answer) => quoted(answer)).join(', ');
  if (status === 'decided') return decidedBy ? `${all}, by ${seenWords(decidedBy)}` : all;
  if (status === 'not-asked') return 'no reading that is left asks it';
  if (status === 'contradictory') return 'the observations above need different answers';
  return answers.length === answersTo(question).length ? `any: ${all}` : all;
}

const folderWords = (folderId: string | null): string =>
  folderId === null ? 'a folder without an id' : `folder ${quoted(folderId, 80)}`;

const seenWords = ({ folderId, where }: SeenAt): string =>
  `${quoted(place(where), 400)} (${folderWords(folderId)})`;

function upTo(items: readonly string[]): readonly string[] {
  if (items.length <= maxListed) return items;
  return [...items.slice(0, maxListed), `and ${items.length - maxListed} more`];
}

function nextBlocks({ status, questions, classes, leftOut }: Inference): readonly TextBlock[] {
  if (status === 'contradictory') {
    return [
      {
        text:
          'Recordings of installations that work differently contradict each other: infer from each by itself. ' +
          'Within one installation it is the API that contradicts itself.',
      },
    ];
  }
  const answers = questions
    .filter((one) => one.status === 'decided')
    .map(({ question, answers: [answer] }) => [question, answer] as const);
  const other = answers.filter(([question, answer]) => defaultReading[question] !== answer);
  const options = other.map(([question, answer]) => `--reading ${question}=${answer}`).join(' ');
  return [
    ...(options === '' ? [] : [{ text: `Judge by what is decided: \`oz-status check ${options} FILE...\`` }]),
    ...((status === 'nothing' && leftOut.length === 0) || classes.length > 1
      ? [{ text: 'How to decide the rest: `oz-status readings plan`' }]
      : []),
  ];
}
