import { inQuotes } from './nearest.ts';
import { alphabetOf } from './statuses.ts';

/**
 * Analyses, groups and folders as a caller gives them: typed by hand, from JavaScript, out of a file or a kept
 * snapshot. What is malformed is refused with its place, and never judged: it would show a pair that no folder shows.
 */

type Members = { readonly [name: string]: unknown };

/** What is wrong, with its place below the value that is looked at; undefined: nothing. */
type Problem = string | undefined;

const resolutions: readonly unknown[] = /* @__PURE__ */ alphabetOf('analyse.resolution_status');
const oneResolution = /* @__PURE__ */ resolutions.join(' or ');

const wrong = (place: string, expected: string, received: unknown): string =>
  `${place}: expected ${expected}, received ${inQuotes(received)}`;

const isMembers = (given: unknown): given is Members =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

function namedProblem(given: unknown): Problem {
  if (!isMembers(given)) return wrong('', 'an object with id and kind', given);
  if (typeof given['id'] !== 'string') return wrong('.id', 'a text', given['id']);
  return typeof given['kind'] === 'string' ? undefined : wrong('.kind', 'a text', given['kind']);
}

/** The machine of an analysis begins where an analysis begins. */
function inputProblem(given: unknown): Problem {
  const problem = namedProblem(given);
  if (problem !== undefined) return problem;
  const { resolution = 'PROCESSING' } = given as Members;
  return resolution === 'PROCESSING' ? undefined : wrong('.resolution', 'PROCESSING or none', resolution);
}

function analysisProblem(given: unknown): Problem {
  const problem = namedProblem(given);
  if (problem !== undefined) return problem;
  const { resolution } = given as Members;
  return resolutions.includes(resolution) ? undefined : wrong('.resolution', oneResolution, resolution);
}

function groupProblem(given: unknown): Problem {
  if (!isMembers(given)) return wrong('', 'an object with id and analyses', given);
  const { id, analyses } = given;
  if (typeof id !== 'string') return wrong('.id', 'a text', id);
  if (!Array.isArray(analyses)) return wrong('.analyses', 'a list', analyses);
  if (analyses.length === 0) return '.analyses: expected one or more, received none';
  // Counted, so that holes are looked at, and since every event of a machine passes here.
  for (let at = 0; at < analyses.length; at++) {
    const problem = analysisProblem(analyses[at]);
    if (problem !== undefined) return `.analyses[${at}]${problem}`;
  }
  return undefined;
}

const isRunning = ({ resolution }: Members): boolean => resolution === 'PROCESSING';

/** Groups have ids of their own; each settled one is in `settled`, once, and no other. */
function orderProblem(groups: readonly Members[], settled: readonly unknown[]): Problem {
  const runs = new Map<unknown, boolean>();
  for (const { id, analyses } of groups) runs.set(id, (analyses as readonly Members[]).some(isRunning));
  if (runs.size < groups.length) return '.groups: expected an id of its own for each, received one twice';
  const wrongAt = settled.findIndex((id) => runs.get(id) !== false || !runs.delete(id));
  if (wrongAt >= 0) return wrong(`.settled[${wrongAt}]`, 'each settled group once', settled[wrongAt]);
  for (const [id, isOpen] of runs) {
    if (!isOpen) return `.settled: expected each settled group once, received none for ${inQuotes(id)}`;
  }
  return undefined;
}

function folderProblem(given: unknown): Problem {
  if (!isMembers(given)) return wrong('', 'an object with groups and settled', given);
  const { groups, settled } = given;
  if (!Array.isArray(groups)) return wrong('.groups', 'a list', groups);
  if (!Array.isArray(settled)) return wrong('.settled', 'a list', settled);
  for (let at = 0; at < groups.length; at++) {
    const problem = groupProblem(groups[at]);
    if (problem !== undefined) return `.groups[${at}]${problem}`;
  }
  return orderProblem(groups as readonly Members[], settled);
}

function expectNone(what: string, problem: Problem): void {
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
