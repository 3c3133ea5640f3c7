import { lstatSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { printable } from '../../text/escape.ts';
import { defaultConfigFile } from '../check/check-options.ts';
import { standardInput } from './files.ts';
import type { Checked } from '../frame/options.ts';
import { identityOf } from './same-file.ts';
import { statsOf } from './pipes.ts';

/** What recordings in a directory are called. */
const recording = /\.(?:json|ndjson|jsonl|jsonseq|har|log)(?:[.-]\d[\d.T_-]*)?(?:\.gz)?$/i;

/** The name of a log, what a program has put behind it when it put the log aside, and what made it shorter. */
const putAside = /^(.+\.(?:json|ndjson|jsonl|jsonseq|log))(?:[.-](\d[\d.T_-]*?))?(?:\.gz)?$/i;

/** Files that are called alike and are never recordings. */
const others = new RegExp(
  `^(?:package|package-lock|tsconfig(?:\\..+)?|.+\\.schema|${defaultConfigFile.replace(/\.json$/, '').replaceAll('.', '\\.')})\\.json$`,
);

/** More files than this are not gathered. */
const maxFiles = 100_000;

const isHidden = (name: string): boolean => name.startsWith('.') || name === 'node_modules';

/**
 * Where one name comes in the order of people: numbers in it by what they count, all else by its signs. Of a log that was
 * put aside piece by piece the oldest comes first: `app.log.2` before `app.log.1`, all with a date before `app.log`.
 */
export function naturally(one: string, other: string): number {
  const [, name, piece] = putAside.exec(one) ?? [];
  const [, otherName, otherPiece] = putAside.exec(other) ?? [];
  if (name === undefined || name !== otherName || piece === otherPiece) return byNumbers(one, other);
  if (piece === undefined || otherPiece === undefined) return piece === undefined ? 1 : -1;
  const areCounted = [piece, otherPiece].every((digits) => /^\d{1,4}$/.test(digits));
  return areCounted ? compareDigits(otherPiece, piece) : byNumbers(piece, otherPiece);
}

function byNumbers(one: string, other: string): number {
  const [left, right] = [one, other].map((name) => name.match(/\d+|\D+/g) ?? []);
  for (let at = 0; at < Math.max(left!.length, right!.length); at += 1) {
    const [a, b] = [left![at], right![at]];
    if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
    if (a === b) continue;
    const areNumbers = /^\d/.test(a) && /^\d/.test(b);
    const difference = areNumbers ? compareDigits(a, b) : 0;
    if (difference !== 0) return difference;
    return a < b ? -1 : 1;
  }
  return 0;
}

function compareDigits(one: string, other: string): number {
  const [a, b] = [one, other].map((digits) => digits.replace(/^0+(?=\d)/, ''));
  if (a!.length !== b!.length) return a!.length - b!.length;
  return a === b ? 0 : a! < b! ? -1 : 1;
}

/**
 * The files that operands name: a file itself, the recordings in a directory and below it, and what a pattern matches
 * that no shell has expanded, those of one operand in their natural order.
 */
export function filesOf(operands: readonly string[], cwd: string): Checked<readonly string[]> {
  const problems: string[] = [];
  const files = operands.flatMap((operand) => {
    if (operand === standardInput) return [operand];
    if (operand === '') problems.push('expected the name of a file, received an empty one');
    if (operand === '') return [];
    const stats = statsOf(resolve(cwd, operand));
    const isPattern = !stats && /[*?[{]/.test(operand);
    if (!stats?.isDirectory() && !isPattern) return [operand];
    const found = isPattern ? matching(operand, cwd) : recordingsIn(operand, cwd);
    // What matches nothing is a file that is not there.
    if (found.length === 0 && isPattern) return [operand];
    if (found.length === 0) {
      const expected = 'a directory with .json, .ndjson, .jsonl, .har or .log files';
      problems.push(`${printable(operand, 200)}: expected ${expected}, found none`);
    }
    return found.toSorted(naturally);
  });
  return problems.length > 0 ? { problems } : { value: onceEach(files, cwd) };
}

/** The files without those that are others by another name, as a link to the newest is: read twice, answers would repeat. */
function onceEach(files: readonly string[], cwd: string): readonly string[] {
  const paths = files.map((file) => resolve(cwd, file));
  const identities = paths.map((path, at) =>
    files[at] !== standardInput && statsOf(path)?.isFile() === true ? identityOf(path) : undefined,
  );
  const kept = new Map<string, number>();
  for (const [at, identity] of identities.entries()) {
    const other = identity === undefined ? undefined : kept.get(identity);
    const isBetter = other === undefined || (isLink(paths[other]!) && !isLink(paths[at]!));
    if (identity !== undefined && isBetter) kept.set(identity, at);
  }
  return files.filter((_, at) => identities[at] === undefined || kept.get(identities[at]) === at);
}

const isLink = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

function recordingsIn(directory: string, cwd: string): string[] {
  return walk(directory, cwd, (name) => recording.test(name) && !others.test(name));
}

function matching(pattern: string, cwd: string): string[] {
  const fixed = pattern.slice(0, pattern.search(/[*?[{]/));
  const base = fixed.slice(0, fixed.lastIndexOf('/') + 1);
  const wanted = patternOf(pattern);
  return walk(base === '' ? '.' : base, cwd, () => true)
    .map((path) => (base === '' ? path.replace(/^\.\//, '') : path))
    .filter((path) => wanted.test(path));
}

/** A pattern of file names: `*` and `?` within a part, `**` over parts, `[…]` and `{a,b}`. */
function patternOf(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*\*|\*|\?|\[[^\]]+\]|\{[^}]*\}|[\\^$.+()|[\]{}]/g, (sign) => {
    if (sign === '**/') return '(?:[^/]+/)*';
    if (sign === '**') return '.*';
    if (sign === '*') return '[^/]*';
    if (sign === '?') return '[^/]';
    if (sign.startsWith('[') && sign.length > 1) return sign.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    if (sign.startsWith('{') && sign.length > 1) {
      const choices = sign.slice(1, -1).split(',');
      return `(?:${choices.map((one) => one.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})`;
    }
    return `\\${sign}`;
  });
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return /^(?!)/;
  }
}

/** Whether nobody has to be waited for at a path, as at a pipe, a socket or a device that nobody has asked for by name. */
function isNoPipe(path: string): boolean {
  const stats = statsOf(path);
  return !stats || stats.isFile() || stats.isDirectory();
}

function walk(directory: string, cwd: string, isWanted: (name: string) => boolean): string[] {
  const found: string[] = [];
  const waiting = [directory];
  for (let next = waiting.pop(); next !== undefined && found.length < maxFiles; next = waiting.pop()) {
    for (const entry of entriesOf(resolve(cwd, next))) {
      const path = join(next, entry.name);
      if (isHidden(entry.name)) continue;
      if (entry.isDirectory()) waiting.push(path);
      else if (isWanted(entry.name) && (entry.isFile() || isNoPipe(resolve(cwd, path)))) found.push(path);
    }
  }
  return found;
}

function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    // What cannot be looked into holds nothing that could be read.
    return [];
  }
}

/** What is said of files that stand in another order than their numbers; undefined where they do not. */
export function orderHint(files: readonly string[]): string | undefined {
  const at = files.findIndex((file, position) => position > 0 && naturally(files[position - 1]!, file) > 0);
  if (at < 0) return undefined;
  const [before, after] = [files[at - 1]!, files[at]!].map((file) => printable(file, 200));
  return (
    `the files were taken in the order given, ${before} before ${after}: if they are numbered in order of time, ` +
    'give their directory or a pattern in quotes, which is taken in natural order'
  );
}
