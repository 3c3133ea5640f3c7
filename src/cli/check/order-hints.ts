import { Budget, usualLimits, type Limits } from '../../conformance/belief/budget.ts';
import { createPackedChecker } from '../../conformance/check/checker.ts';
import type { Finding } from '../../observations/findings.ts';
import type { Observation, Where } from '../../observations/observation.ts';
import type { FolderResult } from '../../observations/results.ts';
import { jqPath } from '../../recordings/values/hints.ts';
import type { CheckOutcome } from '../../reports/check/outcome.ts';
import { isReadableAgain, type Inputs } from '../io/files.ts';
import { readAll, type Input } from './read-all.ts';

/** So many observations from the beginning of a file show in which order it stands. */
const looked = 4096;

/** No more files are looked at again: what holds of these most likely holds of the others. */
const mostFiles = 8;

/**
 * The outcome of a check with a hint at violations that turn into none where a file is read from its end. Files that tell
 * when their answers came show their order themselves; `untimed` are the others. The order that is judged stays as it is.
 */
export async function withOrderHints(
  outcome: CheckOutcome,
  untimed: ReadonlySet<string>,
  reading: Input,
  io: Inputs,
): Promise<CheckOutcome> {
  const hints = new Map<string, string>();
  let left = mostFiles;
  for (const file of filesOf(outcome)) {
    if (left === 0) break;
    if (!untimed.has(file) || !isReadableAgain(file, io)) continue;
    left -= 1;
    const { observations, isPacked } = await beginningOf(file, reading, io);
    const conforms = (list: readonly Observation[]) => judged(list, outcome);
    if (conforms(observations) || !conforms(observations.toReversed())) continue;
    const whole = observations.length < looked ? 'the file' : `its beginning (${looked} observations)`;
    const given = isPacked ? '<(gzip -dc FILE)' : 'FILE';
    const turning = isText(file, outcome)
      ? `${turned(given)}; if an entry takes several lines, export it with the oldest first`
      : turningOf(observations, given, reading.at ?? []);
    const cause = 'if its newest answer stands first, as in many exports, turn it around';
    const what = `in reverse order ${whole} conforms: ${cause}, with the same options: ${turning}`;
    hints.set(file, what);
  }
  if (hints.size === 0) return outcome;
  return { ...outcome, folders: outcome.folders.map((folder) => hinted(folder, hints)) };
}

/** The files in which folders violate by what they show. */
function filesOf({ folders }: CheckOutcome): ReadonlySet<string> {
  return new Set(folders.flatMap((folder) => firstViolation(folder)?.where.file ?? []));
}

const firstViolation = ({ findings }: FolderResult): Finding | undefined =>
  findings.find(({ severity }) => severity === 'violation');

function hinted(folder: FolderResult, hints: ReadonlyMap<string, string>): FolderResult {
  const first = firstViolation(folder);
  const hint = first && hints.get(first.where.file);
  if (hint === undefined) return folder;
  const both = first!.hint === null ? hint : `${hint}; else ${first!.hint}`;
  return {
    ...folder,
    findings: folder.findings.map((one) => (one === first ? { ...one, hint: both } : one)),
  };
}

/** What the beginning of a file shows, as far as it has to be known, and whether it was unpacked. */
async function beginningOf(file: string, { stop, at, ...reading }: Input, io: Inputs) {
  const observations: Observation[] = [];
  const enough = new AbortController();
  const receiver = {
    observe(observation: Observation): void {
      observations.push(observation);
      if (observations.length === looked) enough.abort();
    },
  };
  const stops = stop ? AbortSignal.any([stop, enough.signal]) : enough.signal;
  const read = { ...reading, ...(at && { at }), files: [file], stop: stops, progress: undefined };
  const { marks } = await readAll(receiver, read, io);
  return { observations, isPacked: marks.get(file)?.areStored === false };
}

/** What such a look may cost, beside a check. */
const limits: Partial<Limits> = {
  perCheck: usualLimits.perCheck / 8,
  perFolder: usualLimits.perFolder / 8,
};

/** Whether observations in this order conform for certain, none of whose requests says when it was made. */
function judged(observations: readonly Observation[], { options }: CheckOutcome): boolean {
  if (observations.some(({ interval }) => interval)) return false;
  const asked = { ...options, proposesReadings: false };
  const checker = createPackedChecker(asked, undefined, undefined, new Budget(limits));
  for (const observation of observations) checker.observe(observation);
  return checker.finish().every(({ verdict }) => verdict === 'conforms' || verdict === 'unspecified');
}

/** The command that hands on a file from its end: its lines, its values, or a list in the one value that it is. */
function turningOf(observations: readonly Observation[], file: string, at: readonly string[]): string {
  const lines = [...new Set(observations.map(({ where }: { where: Where }) => where.line ?? 1))];
  if (lines.length === 1) {
    const list = at.find((pointer) => pointer.includes('/*'))?.replace(/\/\*.*$/, '') ?? '';
    return `jq '${jqPath(list)} |= reverse' ${file} | oz-status check -`;
  }
  const isLined = lines.every((line, nth) => nth === 0 || line === lines[nth - 1]! + 1);
  return isLined ? turned(file) : `jq -c . ${file} | tac | oz-status check -`;
}

const turned = (file: string): string => `tac ${file} | oz-status check - (tail -r where there is no tac)`;

/** Whether answers were taken out of a text. */
const isText = (file: string, { input }: CheckOutcome): boolean =>
  input.some(({ code, where }) => code === 'TEXT_AROUND_JSON' && where.file === file);
