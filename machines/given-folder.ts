import { inQuotes, isMembers, wrongValue, type UntypedMembers } from './given-values.ts';
import { alphabetOf } from './statuses.ts';

/**
 * Analyses, groups and folders as a caller gives them: typed by hand, from JavaScript, out of a file or a kept
 * snapshot. What is malformed is refused with its place, and never judged: it would show a pair that no folder shows.
 */

// What is wrong is told with its place below the value that is looked at; undefined: nothing.

const resolutions: readonly unknown[] = /* @__PURE__ */ alphabetOf('analyse.resolution_status');
const oneResolution = /* @__PURE__ */ resolutions.join(' or ');

function namedProblem(given: unknown): string | undefined {
  if (!isMembers(given)) return wrongValue('', 'an object with id and kind', given);
  if (typeof given['id'] !== 'string') return wrongValue('.id', 'a text', given['id']);
  return typeof given['kind'] === 'string' ? undefined : wrongValue('.kind', 'a text', given['kind']);
}

/** The machine of an analysis begins where an analysis begins. */
function inputProblem(given: unknown): string | undefined {
  const problem = namedProblem(given);
  if (problem !== undefined) return problem;
  const { resolution = 'PROCESSING' } = given as UntypedMembers;
  return resolution === 'PROCESSING'
    ? undefined
    : wrongValue('.resolution', 'PROCESSING or none', resolution);
}

function analysisProblem(given: unknown): string | undefined {
  const problem = namedProblem(given);
  if (problem !== undefined) return problem;
  const { resolution } = given as UntypedMembers;
  return resolutions.includes(resolution) ? undefined : wrongValue('.resolution', oneResolution, resolution);
}

function groupProblem(given: unknown): string | undefined {
  if (!isMembers(given)) return wrongValue('', 'an object with id and analyses', given);
  const { id, analyses } = given;
  if (typeof id !== 'string') return wrongValue('.id', 'a text', id);
  if (!Array.isArray(analyses)) return wrongValue('.analyses', 'a list', analyses);
  if (analyses.length === 0) return '.analyses: expected one or more, received none';
  // Counted, so that holes are looked at, and since every event of a machine passes here.
  for (let at = 0; at < analyses.length; at++) {
    const problem = analysisProblem(analyses[at]);
    if (problem !== undefined) return `.analyses[${at}]${problem}`;
  }
  return undefined;
}

const isRunning = ({ resolution }: UntypedMembers): boolean => resolution === 'PROCESSING';

/** Groups have ids of their own; each settled one is in `settled`, once, and no other. */
function orderProblem(groups: readonly UntypedMembers[], settled: readonly unknown[]): string | undefined {
  const runs = new Map<unknown, boolean>();
  for (const { id, analyses } of groups)
    runs.set(id, (analyses as readonly UntypedMembers[]).some(isRunning));
  if (runs.size < groups.length) return '.groups: expected an id of its own for each, received one twice';
  const wrongAt = settled.findIndex((id) => runs.get(id) !== false || !runs.delete(id));
  if (wrongAt >= 0) return wrongValue(`.settled[${wrongAt}]`, 'each settled group once', settled[wrongAt]);
  for (const [id, isOpen] of runs) {
    if (!isOpen) return `.settled: expected each settled group once, received none for ${inQuotes(id)}`;
  }
  return undefined;
}

function folderProblem(given: unknown): string | undefined {
  if (!isMembers(given)) return wrongValue('', 'an object with groups and settled', given);
  const { groups, settled } = given;
  if (!Array.isArray(groups)) return wrongValue('.groups', 'a list', groups);
  if (!Array.isArray(settled)) return wrongValue('.settled', 'a list', settled);
  for (let at = 0; at < groups.length; at++) {
    const problem = groupProblem(groups[at]);
    if (problem !== undefined) return `.groups[${at}]${problem}`;
  }
  return orderProblem(groups as readonly UntypedMembers[], settled);
}

function expectNone(what: string, problem: string | undefined): void {
  if (problem !== undefined) throw new TypeError(what + problem);
}

/** The value, where it is the id and the kind of an analysis that begins; throws a TypeError where it is not. */
export function inputFrom<T>(given: T): T {
  expectNone('analysis', inputProblem(given));
  return given;
}

/** The value, where it is an analysis; throws a TypeError where it is not. */
export function analysisFrom<T>(given: T): T {
  expectNone('analysis', analysisProblem(given));
  return given;
}

/** The value, where it is a group; throws a TypeError where it is not. */
export function groupFrom<T>(given: T): T {
  expectNone('group', groupProblem(given));
  return given;
}

/** The value, where it is a folder; throws a TypeError where it is not. */
export function folderFrom<T>(given: T): T {
  expectNone('folder', folderProblem(given));
  return given;
}
