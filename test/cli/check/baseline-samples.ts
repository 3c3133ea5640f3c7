import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BaselineFile } from '../../../src/reports/baseline/index.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';
import { bad, good } from '../sample-lines.ts';

/** What every entry here says. */
export const entry = { code: 'SETTLED_ANALYSIS_CHANGED', reason: 'repaired in the next release' } as const;
/** The text of a baseline file. */
export const fileOf = (...entries: readonly object[]) => JSON.stringify({ formatVersion: 1, entries });

/** Runs `check --baseline known.json` in a directory. */
export const check = (cwd: string, ...args: readonly string[]) =>
  runHere(['check', '--baseline', 'known.json', ...args], { cwd });

/** A directory with recordings and a baseline, `known.json`. */
export const withBaseline = (baseline: string, files: Readonly<Record<string, string>> = {}) =>
  directoryWith({ 'bad.ndjson': bad, 'good.ndjson': good, 'known.json': baseline, ...files });

/** The baseline in such a directory. */
export const baselineIn = (cwd: string) =>
  JSON.parse(readFileSync(join(cwd, 'known.json'), 'utf8')) as BaselineFile;
