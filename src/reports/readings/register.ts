import { questionNames, type FolderFields, type Reading } from '../../../machines/index.ts';
import type {
  ReadingBounds,
  ReadingRegister,
  RegisteredPair,
  RegisteredQuestion,
} from '../../explore/index.ts';
import { quoted, type TextBlock } from './document.ts';

/** The register of open questions for people. With `everyStep` a scenario shows both fields after each event. */
export function registerBlocks(register: ReadingRegister, everyStep = false): readonly TextBlock[] {
  const { bounds, readings, classes, folders, complete } = register;
  return [
    { heading: 'Open questions', level: 1 },
    {
      text:
        'These are the places where the page contradicts itself or says nothing. Each is a question with named ' +
        'answers, the default first. One answer to each question is a reading.',
    },
    {
      text:
        `There are ${readings} readings. A client that looks after every event can tell ${classes} classes of them ` +
        `apart in folders of ${boundsWords(bounds)} (${folders} folders: ${complete ? 'all that differ' : 'cut short by a limit'}).`,
    },
    ...register.questions.flatMap((one) => questionBlocks(one, bounds, everyStep)),
  ];
}

/** Bounds in words. */
export function boundsWords({ groups, analyses, sizes = 'exact', operatorRequired }: ReadingBounds): string {
  const size = sizes === 'exact' ? `${analyses}` : `at most ${analyses}`;
  const never = operatorRequired === 'never' ? ', where OPERATOR_REQUIRED is not enabled' : '';
  return `at most ${groups} groups of ${size} analyses${never}`;
}

/** Answers as QUESTION=ANSWER, in the order of the register. */
export function answersWords(answers: Partial<Reading>): string {
  return questionNames
    .filter((question) => answers[question] !== undefined)
    .map((question) => quoted(`${question}=${answers[question]}`))
    .join(', ');
}

function questionBlocks(
  one: RegisteredQuestion,
  bounds: ReadingBounds,
  everyStep: boolean,
): readonly TextBlock[] {
  const asked = answersWords(one.askedUnder);
  return [
    { heading: quoted(one.question), level: 2 },
    { text: `${one.asks} ${asked === '' ? '' : `Asked only under ${asked}.`}`.trim() },
    {
      list: [
        `Why it is open: ${one.why}`,
        `Clauses: ${one.clauses.map((clause) => quoted(clause)).join(', ')}`,
        `Default: ${quoted(one.default)}. ${one.defaultBecause}`,
      ],
    },
    { text: 'Answers, the default first:' },
    {
      list: one.answers.map(
        ({ answer, means, consequence }) => `${quoted(answer)}: ${means}. ${consequence}`,
      ),
    },
    ...one.pairs.flatMap((pair) => pairBlocks(pair, bounds, everyStep)),
  ];
}

function pairBlocks(pair: RegisteredPair, bounds: ReadingBounds, everyStep: boolean): readonly TextBlock[] {
  const [first, second] = pair.answers;
  const under = answersWords(pair.under);
  const heading: TextBlock = { heading: `${quoted(first)} or ${quoted(second)}`, level: 3 };
  if (pair.never !== undefined) return [heading, { text: neverWords(pair, bounds) }];
  const values = (fields: FolderFields) => `${fields.resolution_status}, ${fields.system_resolution}`;
  const strip: TextBlock = {
    head: ['Step', 'What happens', `Under ${quoted(first)}`, `Under ${quoted(second)}`],
    rows: pair.steps.map((step, at) => [`${at + 1}`, step.happens, ...step.shows.map(values)]),
  };
  const last = pair.steps.at(-1)!.shows;
  const payload: TextBlock = {
    head: ['', quoted(first), quoted(second), ''],
    rows: (['resolution_status', 'system_resolution'] as const).map((field) => [
      quoted(field),
      last[0][field],
      last[1][field],
      last[0][field] === last[1][field] ? '' : 'differs',
    ]),
  };
  return [
    heading,
    {
      text:
        `The shortest way to tell them apart${under === '' ? '' : `, with ${under}`}` +
        `${everyStep ? ' (resolution_status, system_resolution after each step)' : ''}:`,
    },
    ...(everyStep
      ? [strip]
      : [
          { list: pair.steps.map((step) => step.happens), numbered: true },
          { text: 'The folder then shows' },
          payload,
        ]),
  ];
}

function neverWords({ never, searched }: RegisteredPair, bounds: ReadingBounds): string {
  const looked = `${searched.folders} folders of ${boundsWords(bounds)}`;
  if (!never) {
    const all = searched.complete ? 'none of the' : 'a limit ended the search; so far none of';
    return `Not told apart: ${all} ${looked} shows a difference; of larger ones nothing is known.`;
  }
  const proofs = never.map((reason) => reason.replace(/^[a-z-]+: /, ''));
  return `Never told apart, however large the folder: ${proofs.join(' ')} (Looked at besides: ${looked}.)`;
}
