import { readFileSync } from 'node:fs';
import type { ClientMistake } from '../../src/build/generate/index.ts';

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
export const mistakes = JSON.parse(
  readFileSync('test/verdict/mistakes.json', 'utf8'),
) as readonly ClientMistake[];
