import { isMembers, wrongValue, type UntypedMembers } from '../../machines/given-values.ts';
import { suggestion } from '../../machines/nearest.ts';
import type { Observation } from './observation.ts';

/** Observations and options as a caller gives them: what is malformed is refused with its place, and never judged. */

const wrong = (place: string, expected: string, received: unknown): TypeError =>
  new TypeError(wrongValue(place, expected, received));

/**
 * Throws a TypeError where options are no object, have a name that is not known, or a value that is none of those that are
 * listed for its name; under an empty list any may stand.
 */
export function expectOptions(given: unknown, known: Readonly<Record<string, readonly unknown[]>>): void {
  if (!isMembers(given)) throw wrong('options', 'an object', given);
  for (const [name, value] of Object.entries(given)) {
    const values = Object.hasOwn(known, name) ? known[name] : undefined;
    const expected = values ?? Object.keys(known);
    const received = values ? value : name;
    if (expected.length === 0 || (values && value === undefined) || (values && expected.includes(value)))
      continue;
    const meant = typeof received === 'string' ? suggestion(received, expected.map(String)) : '';
    const place = values ? `options.${name}` : 'options';
    throw new TypeError(wrongValue(place, expected.join(' or '), received) + meant);
  }
}

/** Throws a TypeError where the value is no function; none at all is one that does nothing. */
export function expectFunction(name: string, given: unknown): void {
  if (given !== undefined && typeof given !== 'function') throw wrong(name, 'a function or none', given);
}

// What is wrong is told with its place below the value that is looked at; undefined: nothing.

const viewTexts = ['kind', 'groupId', 'state', 'resolutionStatus'];
const observationTexts = ['folderId', 'resolutionStatus', 'systemResolution'];

function textProblem(given: UntypedMembers, names: readonly string[]): string | undefined {
  const name = names.find((each) => given[each] !== undefined && typeof given[each] !== 'string');
  return name === undefined ? undefined : wrongValue(`.${name}`, 'a text or none', given[name]);
}

function viewProblem(given: unknown): string | undefined {
  if (!isMembers(given)) return wrongValue('', 'an object with id and pointer', given);
  if (typeof given['id'] !== 'string') return wrongValue('.id', 'a text', given['id']);
  if (typeof given['pointer'] !== 'string') return wrongValue('.pointer', 'a JSON pointer', given['pointer']);
  return textProblem(given, viewTexts);
}

function viewsProblem(given: unknown): string | undefined {
  if (!Array.isArray(given)) return wrongValue('.analyses', 'a list', given);
  // Counted, so that holes are looked at.
  for (let at = 0; at < given.length; at++) {
    const problem = viewProblem(given[at]);
    if (problem !== undefined) return `.analyses[${at}]${problem}`;
  }
  return undefined;
}

function whereProblem(given: unknown): string | undefined {
  if (!isMembers(given)) return wrongValue('.where', 'an object with file', given);
  return typeof given['file'] === 'string' ? undefined : wrongValue('.where.file', 'a text', given['file']);
}

function intervalProblem(given: unknown): string | undefined {
  if (given === undefined) return undefined;
  if (!isMembers(given)) return wrongValue('.interval', 'an object with start and end', given);
  const name = ['start', 'end'].find((each) => typeof given[each] !== 'number');
  return name === undefined ? undefined : wrongValue(`.interval.${name}`, 'a number', given[name]);
}

function observationProblem(given: unknown): string | undefined {
  if (!isMembers(given)) return wrongValue('', 'an object', given);
  const { folder, analyses, where, interval } = given;
  if (typeof folder !== 'string') {
    const isAnswer = 'folder_id' in given || 'resolution_status' in given;
    const hint = isAnswer ? '; an answer of the API can be given to checkRecording' : '';
    return wrongValue('.folder', 'a text', folder) + hint;
  }
  const flag = ['complete', 'wholeGroup'].find((name) => typeof given[name] !== 'boolean');
  if (flag !== undefined) return wrongValue(`.${flag}`, 'true or false', given[flag]);
  return (
    textProblem(given, observationTexts) ??
    viewsProblem(analyses) ??
    whereProblem(where) ??
    intervalProblem(interval)
  );
}

/** The observation, where it is one; throws a TypeError where it is not. */
export function observationFrom(given: Observation, place = 'observation'): Observation {
  const problem = observationProblem(given);
  if (problem !== undefined) throw new TypeError(place + problem);
  return given;
}
