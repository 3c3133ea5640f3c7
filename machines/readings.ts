/**
 * The places where the page contradicts itself or is silent. Each is a question with named answers; one answer to
 * each is a reading, and everything in this project takes one. The first answer of a question is its default: no
 * other place decides. What each question asks and why it is open stands in questions.ts.
 */

/** The answers to each open question, default first. */
const answerTable = {
  'result-scope': ['last-finished-group', 'last-applied-group', 'all-analyses'],
  'result-while-running': ['processing', 'hold'],
  'result-while-earlier-runs': ['group-result', 'processing'],
  'status-precedence': ['processing-first', 'failed-first'],
  'status-scope': ['all-analyses', 'last-applied-group', 'last-settled-group'],
  'failed-beside-declined': ['failed', 'declined'],
  'result-precedence': ['processing-first', 'failed-first'],
  'failed-group-finishes': ['yes', 'no', 'folder-fails'],
  'operator-decision': ['unspecified', 'allowed', 'forbidden'],
} as const;

/**
 * The only answers to other questions under which a question can be asked; a question that is absent always is. Where
 * DECLINED is worse than FAILED, no order puts FAILED before PROCESSING and PROCESSING before DECLINED.
 */
export const askedUnder: { readonly [Q in Question]?: Partial<Reading> } = {
  'result-while-running': { 'result-scope': 'last-finished-group' },
  'result-while-earlier-runs': { 'result-scope': 'last-applied-group' },
  'result-precedence': { 'status-precedence': 'failed-first', 'failed-beside-declined': 'failed' },
  'failed-group-finishes': { 'result-scope': 'last-finished-group' },
};

/** The name of an open question. */
export type Question = keyof typeof answerTable;
/** The name of an answer to question `Q`. */
export type Answer<Q extends Question = Question> = Q extends Question
  ? (typeof answerTable)[Q][number]
  : never;
/** One answer to every question. */
export type Reading = { readonly [Q in Question]: Answer<Q> };

/** The names of the questions, in the order of the register. */
export const questionNames = /* @__PURE__ */ Object.keys(answerTable) as Question[];

/** The answers to `question`, default first. */
export function answersTo<Q extends Question>(question: Q): readonly Answer<Q>[] {
  return answerTable[question] as readonly Answer[] as readonly Answer<Q>[];
}

/** The default reading: the first answer to every question. */
export const defaultReading = /* @__PURE__ */ Object.freeze(
  Object.fromEntries(questionNames.map((question) => [question, answersTo(question)[0]])),
) as unknown as Reading;

/** Whether `reading` is asked `question` at all: some questions arise only under certain answers to others. */
export function isAsked(question: Question, reading: Reading): boolean {
  return Object.entries(askedUnder[question] ?? {}).every(
    ([other, answer]) => reading[other as Question] === answer,
  );
}

/** Whether a failure shows in `system_resolution` at once, while something still runs. */
export function resultFailsFirst(reading: Reading): boolean {
  return reading['result-precedence'] === 'failed-first' && isAsked('result-precedence', reading);
}

/** Whether `system_resolution` is of the whole folder while anything runs in it: no result of one group shows then. */
export function resultWaits(reading: Reading): boolean {
  switch (reading['result-scope']) {
    case 'all-analyses':
      return true;
    case 'last-applied-group':
      return reading['result-while-earlier-runs'] === 'processing';
    case 'last-finished-group':
      return reading['result-while-running'] === 'processing';
  }
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
  return readings.map((reading) => Object.freeze(reading));
}

/** The same reading with this answer, and with those to other questions under which the question is asked. */
export function answering<Q extends Question>(reading: Reading, question: Q, answer: Answer<Q>): Reading {
  return { ...reading, ...askedUnder[question], [question]: answer };
}

/** The default reading and each reading that differs from it in one answer, as [name, reading]. */
export function neighbouringReadings(): readonly (readonly [string, Reading])[] {
  return [
    ['default', defaultReading],
    ...questionNames.flatMap((question) =>
      answersTo(question)
        .slice(1)
        .map((answer) => [`${question}=${answer}`, answering(defaultReading, question, answer)] as const),
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
export const defaultSettings: Settings = /* @__PURE__ */ Object.freeze({
  reading: defaultReading,
  operatorRequired: 'allowed',
});
