import { fileReason } from './file-reasons.ts';
import { resolve } from 'node:path';
import type { PartProblem } from '../../reports/baseline/index.ts';
import { placedIn } from '../../recordings/index.ts';
import { parseJsonText } from '../../recordings/json/text.ts';
import { printable } from '../../text/escape.ts';
import { place } from '../../reports/check/text.ts';
import { portionsOf } from './files.ts';

/** Such a file is written by people; one beyond this many characters is something else. */
export const maxLength = 16_000_000;
const maxDepth = 8;
/** At most so many problems of a file are told. */
const maxProblems = 20;

/** What a JSON file holds. */
export interface JsonFile<T> {
  readonly content: T;
  readonly text: string;
  readonly problems?: never;
}

/** Why a JSON file cannot be used. */
export interface UnusableFile {
  /** Each with the place it is about: file, line, column and JSON pointer, as far as there is one. */
  readonly problems: readonly string[];
  /** There is no such file. */
  readonly isAbsent: boolean;
}

/** Reads a JSON file that people write, in which `problemsOf` finds nothing wrong. */
export async function readJsonFile<T>(
  file: string,
  cwd: string,
  problemsOf: (value: unknown) => readonly PartProblem[],
): Promise<JsonFile<T> | UnusableFile> {
  const unusable = (...problems: readonly string[]) => ({ problems, isAbsent: false });
  let text: string;
  try {
    text = await textIn(resolve(cwd, file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem = `${place({ file })}: cannot be read: ${fileReason(error)}`;
    return { problems: [problem], isAbsent: code === 'ENOENT' };
  }
  if (text.length > maxLength) return unusable(`${place({ file })}: longer than ${maxLength} characters`);
  const parsed = parseJsonText(text, maxDepth);
  if ('problem' in parsed) {
    const { message, line, column } = parsed.problem;
    const where = { file, line, column: column ?? 1 };
    return unusable(`${place(where)}: not valid JSON: ${printable(message, 200)}`);
  }
  const problems = problemsOf(parsed.value);
  return problems.length > 0
    ? unusable(...placed(file, text, problems))
    : { content: parsed.value as T, text };
}

/** The text of a file, or of one that is too long its beginning, without the mark that some programs put there. */
async function textIn(path: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const portion of portionsOf(path)) {
    text += decoder.decode(portion, { stream: true });
    if (text.length > maxLength) return text;
  }
  return text + decoder.decode();
}

function placed(file: string, text: string, problems: readonly PartProblem[]): readonly string[] {
  const told = problems.slice(0, maxProblems).map(({ pointer, message }) => ({
    where: { file, pointer },
    message: printable(message),
  }));
  const wheres = placedIn(
    text,
    told.map(({ where }) => where),
  );
  const more = problems.length - told.length;
  return [
    ...told.map(({ where, message }) => `${place(wheres.get(where) ?? where)}: ${message}`),
    ...(more > 0 ? [`${place({ file })}: and ${more} more`] : []),
  ];
}
