import { decisions, results, type Decision, type FolderEvent, type Result } from '../../../machines/index.ts';

/**
 * Executions by name. A name says what happens, event by event, so that no table of names is needed and every
 * execution has one: `post-liveness-face.1-declined.2-success` posts two analyses, of which the first is declined and
 * the second is passed. Analyses are numbered through the folder.
 */

/** The words for kinds of analysis, each with the kind that it stands for. */
export const kindWords = {
  liveness: 'QUALITY',
  face: 'BIOMETRY',
  documents: 'DOCUMENTS',
  collection: 'COLLECTION',
} as const;

const wordOfKind = new Map<string, string>(Object.entries(kindWords).map(([word, kind]) => [kind, word]));
const resultOf = new Map<string, Result>(results.map((result) => [result.toLowerCase(), result]));
const decisionOf = new Map<string, Decision>(decisions.map((decision) => [decision.toLowerCase(), decision]));

/** The most events that a name may have. */
export const maxNamedEvents = 200;

/** The name of an execution, or undefined where it posts an analysis of a kind without a word. */
export function pathName(events: readonly FolderEvent[]): string | undefined {
  const numbers = new Map<string, number>();
  const parts: string[] = [];
  for (const event of events) {
    if (event.type === 'group.posted') {
      const words = event.analyses.map(({ kind }) => wordOfKind.get(kind));
      if (words.includes(undefined)) return undefined;
      for (const { id } of event.analyses) numbers.set(id, numbers.size + 1);
      parts.push(['post', ...words].join('-'));
      continue;
    }
    const number = numbers.get(event.id);
    if (number === undefined) return undefined;
    if (event.type === 'analysis.failed') parts.push(`${number}-failed`);
    else {
      const how = event.type === 'operator.decided' ? 'decided-' : '';
      parts.push(`${number}-${how}${event.resolution.toLowerCase()}`);
    }
  }
  return parts.join('.');
}

/** Whether a text is meant as such a name. */
export const isPathName = (text: string): boolean => text.startsWith('post-');

/** The execution of that name, or what is wrong with the name. */
export function namedPath(name: string): readonly FolderEvent[] | { readonly problem: string } {
  const parts = name.split('.');
  if (parts.length > maxNamedEvents)
    return { problem: `expected at most ${maxNamedEvents} events, received ${parts.length}` };
  const events: FolderEvent[] = [];
  const ids: string[] = [];
  let groups = 0;
  for (const part of parts) {
    const event = part.startsWith('post-') ? postNamed(part, ++groups) : memberNamed(part, ids);
    if (event === undefined) return { problem: `expected post-KIND… or NUMBER-RESULT, received ${part}` };
    if (event.type === 'group.posted') ids.push(...event.analyses.map(({ id }) => id));
    events.push(event);
  }
  return events;
}

function postNamed(part: string, number: number): FolderEvent | undefined {
  const words = part.split('-').slice(1);
  if (!words.every((word) => Object.hasOwn(kindWords, word))) return undefined;
  const groupId = `g${number}`;
  const analyses = words.map((word, at) => ({
    id: `${groupId}.a${at + 1}`,
    kind: kindWords[word as keyof typeof kindWords],
  }));
  return { type: 'group.posted', groupId, analyses };
}

function memberNamed(part: string, ids: readonly string[]): FolderEvent | undefined {
  const [, number = '', decided, word = ''] = /^(\d{1,4})-(decided-)?([a-z_]+)$/.exec(part) ?? [];
  const id = ids[Number(number) - 1];
  if (id === undefined) return undefined;
  if (decided !== undefined) {
    const decision = decisionOf.get(word);
    return decision && { type: 'operator.decided', id, resolution: decision };
  }
  if (word === 'failed') return { type: 'analysis.failed', id };
  const result = resultOf.get(word);
  return result && { type: 'analysis.finished', id, resolution: result };
}
