import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PageFacts } from './facts.ts';
import type { PageAction, PageState } from './page-state.ts';

/** What every part of the page can reach. */
export interface Page {
  readonly state: PageState;
  readonly facts: PageFacts;
  readonly dispatch: (action: PageAction) => void;
}

/** Carries the page to its parts. */
export const PageContext = createContext<Page | null>(null);

/** The page, for a part of it. */
export function usePage(): Page {
  return useContext(PageContext)!;
}
