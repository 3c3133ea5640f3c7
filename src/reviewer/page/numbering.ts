import type { FolderEvent } from '../../../machines/index.ts';

/**
 * Names that count up: the second group is `g2`, its first analysis `g2.a1`. An address can then say what happened
 * without any name, and no name of a stranger is ever shown.
 */

type Post = Extract<FolderEvent, { type: 'group.posted' }>;

/** The POST of the next group with analyses of `kinds`. */
export function nextPost(groups: number, kinds: readonly string[]): Post {
  const groupId = `g${groups + 1}`;
  return {
    type: 'group.posted',
    groupId,
    analyses: kinds.map((kind, at) => ({ id: `${groupId}.a${at + 1}`, kind })),
  };
}

/** The same events with names that count up. */
export function renumber(events: readonly FolderEvent[]): readonly FolderEvent[] {
  const names = new Map<string, string>();
  let groups = 0;
  return events.map((event) => {
    if (event.type !== 'group.posted') return { ...event, id: names.get(event.id) ?? event.id };
    const post = nextPost(
      groups++,
      event.analyses.map(({ kind }) => kind),
    );
    event.analyses.forEach(({ id }, at) => names.set(id, post.analyses[at]!.id));
    return post;
  });
}

/** The ids of all analyses that the events post, in the order of their numbers. */
export function idsPostedBy(events: readonly FolderEvent[]): readonly string[] {
  return events.flatMap((event) => (event.type === 'group.posted' ? event.analyses.map(({ id }) => id) : []));
}
