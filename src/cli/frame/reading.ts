import { answerProblem } from '../../../machines/given-settings.ts';
import {
  askedUnder,
  defaultReading,
  isAsked,
  normalizeReading,
  type Question,
  type Reading,
} from '../../../machines/readings.ts';
import { printable } from '../../text/escape.ts';
import type { Checked } from './options.ts';

/** What is wrong with one answer to one question, in the form: expected, received, nearest; empty: nothing. */
export function answerProblems(question: string, answer: unknown): string[] {
  const quote = (value: unknown) =>
    typeof value === 'string' ? JSON.stringify(printable(value, 60)) : printable(JSON.stringify(value), 80);
  return [answerProblem(question, answer, quote) ?? []].flat();
}

/** The answers given as QUESTION=ANSWER on the command line, to the option of that name. */
export function parseAnswers(given: readonly string[], option = 'reading'): Checked<Record<string, string>> {
  const answers = new Map<string, string>();
  const problems: string[] = [];
  for (const text of given) {
    const at = text.indexOf('=');
    const [question, answer] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
    const wrong = answerProblems(question, answer);
    const earlier = answers.get(question);
    if (wrong.length === 0 && earlier !== undefined && earlier !== answer) {
      wrong.push(`${question} is answered twice, with ${earlier} and with ${answer}`);
    }
    problems.push(...wrong.map((problem) => `--${option} ${printable(text, 60)}: ${problem}`));
    answers.set(question, answer);
  }
  return problems.length > 0 ? { problems } : { value: Object.fromEntries(answers) };
}

/** The default reading with these answers, a question that is not asked under them standing at its default. */
export function readingWith(answers: Readonly<Record<string, string>>): Reading {
  return normalizeReading({ ...defaultReading, ...answers });
}

/** What a command says of answers that change nothing, because their question is not asked under the others. */
export function idleNotes(answers: Readonly<Record<string, string>>): string {
  const reading = { ...defaultReading, ...answers };
  const idle = (Object.keys(answers) as Question[]).filter((question) => !isAsked(question, reading));
  const notes = idle.map((question) => {
    const others = Object.entries(askedUnder[question] ?? {}).map((answer) => answer.join('='));
    return `oz-status: under this reading nobody asks ${question}, and the answer changes nothing: it is asked under ${others.join(' and ')} only\n`;
  });
  return notes.join('');
}

/** Questions that are answered although any answer is admitted: only `operator-decision` may be. */
export function overruledAnswers(answers: Readonly<Record<string, string>>): string[] {
  return Object.keys(answers).filter((question) => question !== 'operator-decision');
}
