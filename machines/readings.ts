/**
 * The places where the page contradicts itself or is silent. Each is a question with named answers; one answer to
 * each is a reading, and everything in this project takes one. The first answer of a question is its default: no
 * other place decides.
 */

/** The open questions with their answers, default first, and why each is open. */
export const questions = {
  'result-scope': {
    asks: 'Whose worst analysis is `system_resolution`?',
    why: 'The page speaks of all analyses and of the group that finished last, in one paragraph; another page of the vendor speaks of the group that was applied last.',
    answers: {
      'last-finished-group': 'the group that finished last',
      'last-applied-group': 'the group that was posted last',
      'all-analyses': 'every analysis of the folder',
    },
  },
  'result-while-running': {
    asks: 'One group has settled and another runs: what is `system_resolution`?',
    why: 'The table gives PROCESSING while analyses are in progress, yet the group that finished last is still the first one.',
    answers: {
      processing: 'PROCESSING',
      hold: 'the result of the settled group is kept',
    },
    askedUnder: { 'result-scope': 'last-finished-group' },
  },
  'status-precedence': {
    asks: 'A failed analysis stands beside a running one: what is `folder.resolution_status`?',
    why: 'The severity order puts PROCESSING before FAILED; the folder text wants FAILED as soon as any analysis failed.',
    answers: {
      'processing-first': 'PROCESSING, and FAILED once nothing runs',
      'failed-first': 'FAILED at once',
    },
  },
  'status-scope': {
    asks: 'Whose stage is `folder.resolution_status`?',
    why: 'The page speaks of any of the analyses; the vendor’s object reference speaks of the latter one.',
    answers: {
      'all-analyses': 'every analysis of the folder',
      'last-applied-group': 'the group that was posted last',
      'last-settled-group': 'the group that settled last, once nothing runs',
    },
  },
  'failed-beside-declined': {
    asks: 'Which is worse, FAILED or DECLINED?',
    why: 'The printed order puts FAILED first; the folder text wants DECLINED as soon as one analysis was declined.',
    answers: {
      failed: 'FAILED, as printed',
      declined: 'DECLINED: the two are swapped',
    },
  },
  'failed-group-finishes': {
    asks: 'Does a group with a FAILED analysis count as finished for `system_resolution`?',
    why: '“Not finished” covers FAILED in one sentence, and the folder result is promised when all analyses are finished.',
    answers: {
      yes: 'it does',
      no: 'it never does, so an earlier group keeps the word',
      'folder-fails': 'it does not, and while the folder holds a failure its result is FAILED',
    },
    askedUnder: { 'result-scope': 'last-finished-group' },
  },
  'operator-decision': {
    asks: 'May a person later replace OPERATOR_REQUIRED by SUCCESS or DECLINED?',
    why: 'Operators decide in the vendor’s web interface; the page has no such transition.',
    answers: {
      unspecified: 'the page does not say: a recording that needs it is neither right nor wrong',
      allowed: 'yes',
      forbidden: 'no: a result is final',
    },
  },
} as const satisfies Record<string, QuestionText>;

interface QuestionText {
  readonly asks: string;
  readonly why: string;
  readonly answers: Readonly<Record<string, string>>;
  /** The only answers to other questions under which this one can be asked. */
  readonly askedUnder?: Readonly<Record<string, string>>;
}

/** The name of an open question. */
export type Question = keyof typeof questions;
/** The name of an answer to question `Q`. */
export type Answer<Q extends Question = Question> = Q extends Question
  ? keyof (typeof questions)[Q]['answers'] & string
  : never;
/** One answer to every question. */
export type Reading = { readonly [Q in Question]: Answer<Q> };

/** The names of the questions, in the order of the register. */
export const questionNames = Object.keys(questions) as Question[];

/** The answers to `question`, default first. */
export function answersTo<Q extends Question>(question: Q): readonly Answer<Q>[] {
  return Object.keys(questions[question].answers) as Answer<Q>[];
}

/** The default reading: the first answer to every question. */
export const defaultReading = Object.fromEntries(
  questionNames.map((question) => [question, answersTo(question)[0]]),
) as unknown as Reading;

/** Whether `reading` is asked `question` at all: two questions arise only under one answer to another. */
export function isAsked(question: Question, reading: Reading): boolean {
  const { askedUnder = {} }: QuestionText = questions[question];
  return Object.entries(askedUnder).every(([other, answer]) => reading[other as Question] === answer);
}

/** The same reading with its default at every question that is not asked under it. */
export function normalizeReading(reading: Reading): Reading {
  const entries = questionNames.map((question) => [
    question,
    isAsked(question, reading) ? reading[question] : defaultReading[question],
  ]);
  return Object.fromEntries(entries);
}

/** Alternatives of answers; no list at all holds under every reading. */
export type Under = readonly { readonly [Q in Question]?: readonly Answer<Q>[] }[];

/** Whether `reading` gives, for one of the alternatives, one of the listed answers to each question in it. */
export function holdsUnder(under: Under | undefined, reading: Reading): boolean {
  const effective = normalizeReading(reading);
  const holds = (alternative: Under[number]): boolean =>
    questionNames.every((question) => {
      const answers: readonly string[] | undefined = alternative[question];
      return answers === undefined || answers.includes(effective[question]);
    });
  return under === undefined || under.some(holds);
}

/** Every reading, a question that is not asked standing at its default; in the order of the register. */
export function allReadings(): readonly Reading[] {
  let readings: Reading[] = [defaultReading];
  for (const question of questionNames) {
    readings = readings.flatMap((reading) =>
      isAsked(question, reading)
        ? answersTo(question).map((answer) => ({ ...reading, [question]: answer }))
        : [reading],
    );
  }
  return readings;
}

/** The default reading and each reading that differs from it in one answer, as [name, reading]. */
export function neighbouringReadings(): readonly (readonly [string, Reading])[] {
  return [
    ['default', defaultReading],
    ...questionNames.flatMap((question) =>
      answersTo(question)
        .slice(1)
        .map((answer) => [`${question}=${answer}`, { ...defaultReading, [question]: answer }] as const),
    ),
  ];
}

/** Whether the biometry settings of an installation enable OPERATOR_REQUIRED at all [OPERATOR-SETTING]. */
export const operatorRequiredSettings = ['allowed', 'never'] as const;

/** What the specification has to be told about an installation: the reading and one biometry setting. */
export interface Settings {
  readonly reading: Reading;
  readonly operatorRequired: (typeof operatorRequiredSettings)[number];
}

/** The default reading with OPERATOR_REQUIRED enabled. */
export const defaultSettings: Settings = { reading: defaultReading, operatorRequired: 'allowed' };
