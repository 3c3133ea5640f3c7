import type { FunctionComponent } from 'preact';
import { Play } from './play.tsx';
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
  { name: 'play', title: 'Play', heading: 'Play a folder', Content: Play },
];
