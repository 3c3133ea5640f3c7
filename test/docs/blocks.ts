import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../cli/built.ts';

/** A fenced block of a Markdown file. */
export interface Block {
  readonly file: string;
  /** The line of its first line of content, from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

/** The Markdown files of the repository that are written or generated for readers. */
export const pages: readonly string[] = ['README.md', 'CHANGELOG.md', ...markdownBelow('docs')];

function markdownBelow(directory: string): string[] {
  return readdirSync(join(repository, directory), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${directory}/${name}`)
    .toSorted();
}

/** Every fenced block of a page in one of the languages. */
export function blocksOf(file: string, ...languages: readonly string[]): Block[] {
  const text = readFileSync(join(repository, file), 'utf8');
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)]
    .map((match) => ({
      file,
      line: text.slice(0, match.index).split('\n').length + 1,
      language: match[1] ?? '',
      text: match[2] ?? '',
    }))
    .filter(({ language }) => languages.includes(language));
}
