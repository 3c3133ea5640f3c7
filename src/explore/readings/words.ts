import type { FolderEvent } from '../../../machines/index.ts';
import type { Step } from './tester.ts';

/** What happens in a folder, in words. */
export function happens(event: FolderEvent): string {
  switch (event.type) {
    case 'group.posted':
      return `group ${event.groupId} is posted: ${event.analyses.map(({ id }) => id).join(', ')}`;
    case 'analysis.failed':
      return `${event.id} ends in an error: FAILED`;
    case 'analysis.finished':
      return `${event.id} ends as ${event.resolution}`;
    case 'operator.decided':
      return `an operator decides ${event.id}: ${event.resolution}`;
  }
}

/** What a tester has to do, in words. */
export function toDo({ event, toEnd = [] }: Step): string {
  switch (event.type) {
    case 'group.posted': {
      const media = event.analyses.map(({ id }, at) => `${id} (to end as ${toEnd[at]})`);
      return `Post group ${event.groupId}: ${media.join(', ')}.`;
    }
    case 'analysis.failed':
      return `Wait until ${event.id} has failed.`;
    case 'analysis.finished':
      return `Wait until ${event.id} has ended as ${event.resolution}.`;
    case 'operator.decided':
      return `Let an operator decide ${event.id}: ${event.resolution}.`;
  }
}
