import type { Behaviour, Reviewed } from './record.ts';

/** What differs between two specifications or two readings, as reviewers read it. */

/** What can be compared: a version with its clauses, or a reading with its behaviour alone. */
export interface Compared extends Behaviour {
  readonly clauses: Reviewed['clauses'];
  readonly questions: Reviewed['questions'];
}

/** What differs of one kind, a line for each thing. */
export interface Difference {
  readonly about: string;
  readonly lines: readonly string[];
}

/** What differs from `before` to `after`: clauses, questions, moves, pairs, and verdicts on the bundled recordings. */
export function differencesBetween(before: Compared, after: Compared): readonly Difference[] {
  const machines = [...new Set([...Object.keys(before.moves), ...Object.keys(after.moves)])];
  const all: readonly Difference[] = [
    {
      about: 'Clauses',
      lines: entries(before.clauses, after.clauses, ({ evidence, text }) => `${evidence}: ${text}`),
    },
    {
      about: 'Open questions',
      lines: entries(before.questions, after.questions, ({ asks, answers }) =>
        [asks, ...Object.entries(answers).map(([name, means]) => `${name}: ${means}`)].join(' | '),
      ),
    },
    ...machines.map((machine) => ({
      about: `Moves of the ${machine}`,
      lines: members(before.moves[machine] ?? [], after.moves[machine] ?? []).map(arrow),
    })),
    { about: 'Pairs of statuses that a folder can show', lines: members(before.pairs, after.pairs) },
    { about: 'Moves between pairs', lines: members(before.pairMoves, after.pairMoves).map(arrow) },
    {
      about: 'Verdicts on the bundled recordings',
      lines: entries(before.recordings, after.recordings, ({ verdicts, codes }) =>
        [[...new Set(Object.values(verdicts))].join(', '), codes.join(', ')].filter(Boolean).join('; '),
      ),
    },
  ];
  return all.filter(({ lines }) => lines.length > 0);
}

/** Ids of moves name their ends. */
const arrow = (line: string): string =>
  line
    .replace(/--always--/, ' -> ')
    .replace(/--([a-z.]+)--stays$/, ' on $1')
    .replaceAll('--', ' -> ');

/** `+` what only the second has, `-` what only the first has. */
function members(before: readonly string[], after: readonly string[]): readonly string[] {
  const [had, has] = [new Set(before), new Set(after)];
  return [
    ...before.filter((one) => !has.has(one)).map((one) => `- ${one}`),
    ...after.filter((one) => !had.has(one)).map((one) => `+ ${one}`),
  ];
}

/** The same of named things; one that is in both and differs has two lines. */
function entries<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  say: (one: T) => string,
): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const [was, is] = [before[name], after[name]].map((one) => (one === undefined ? null : say(one)));
    if (was === is) return [];
    return [
      ...(typeof was !== 'string' ? [] : [`- ${name}: ${was}`]),
      ...(typeof is !== 'string' ? [] : [`+ ${name}: ${is}`]),
    ];
  });
}

/** Whether a value can be compared: a file may hold anything. */
export function isComparable(value: unknown): value is Compared {
  const isObject = (one: unknown): one is Readonly<Record<string, unknown>> =>
    typeof one === 'object' && one !== null && !Array.isArray(one);
  const all = (one: unknown, isRight: (each: unknown) => boolean): boolean =>
    isObject(one) && Object.values(one).every(isRight);
  const isText = (one: unknown): boolean => typeof one === 'string';
  const isTexts = (one: unknown): boolean => Array.isArray(one) && one.every(isText);
  return (
    isObject(value) &&
    all(value['clauses'], (one) => isObject(one) && isText(one['text']) && isText(one['evidence'])) &&
    all(value['questions'], (one) => isObject(one) && isText(one['asks']) && all(one['answers'], isText)) &&
    all(value['moves'], isTexts) &&
    isTexts(value['pairs']) &&
    isTexts(value['pairMoves']) &&
    all(value['recordings'], (one) => isObject(one) && all(one['verdicts'], isText) && isTexts(one['codes']))
  );
}
