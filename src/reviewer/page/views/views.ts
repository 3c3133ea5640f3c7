import type { FunctionComponent } from 'preact';
import { Check } from './check.tsx';
import { Compare } from './compare.tsx';
import { Gallery } from './gallery.tsx';
import { Live } from './live.tsx';
import { Play } from './play.tsx';
import { Review } from './review.tsx';
import { Simulate } from './simulate.tsx';
import { Start } from './start.tsx';

/** One view of the page. */
export interface ViewEntry {
  /** Its name in addresses. */
  readonly name: string;
  /** Its name in the menu. */
  readonly title: string;
  readonly heading: string;
  readonly Content: FunctionComponent;
}

/** The views of the page in the order of the menu; the page begins with the first. */
export const views: readonly ViewEntry[] = [
  { name: 'start', title: 'Start', heading: 'What do the statuses mean?', Content: Start },
  { name: 'review', title: 'Review', heading: 'Review the page, sentence by sentence', Content: Review },
  { name: 'play', title: 'Play', heading: 'Play a folder', Content: Play },
  { name: 'compare', title: 'Compare', heading: 'Compare two readings', Content: Compare },
  { name: 'check', title: 'Check', heading: 'Check a recording', Content: Check },
  { name: 'simulate', title: 'Simulate', heading: 'Ask a simulator of the API', Content: Simulate },
  { name: 'gallery', title: 'Gallery', heading: 'Scenarios worth knowing', Content: Gallery },
  { name: 'live', title: 'Live', heading: 'Watch running actors', Content: Live },
];
