import { useEffect, useLayoutEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { source } from '../../../machines/index.ts';
import { maxAddress, readAddress, writeAddress } from './address.ts';
import type { PageFacts } from './facts.ts';
import { keepOrigin, keptOrigin } from './origin.ts';
import { PageContext } from './page-context.ts';
import { change, type PageAction, type PageState } from './page-state.ts';
import { ThemeSwitch } from './parts/theme-switch.tsx';
import { views } from './views/views.ts';

const names = views.map(({ name }) => name);
const currentAddress = (): string => decodeFragment(location.hash.slice(1));

/** Browsers may escape signs of an address; one that cannot be unescaped is refused as it is. */
function decodeFragment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const pageTitle = document.title;

/** What the page keeps with an entry of the browser's history; null of one that was just gone to by a link. */
const stateOfEntry = () => history.state as { readonly origin?: unknown } | null;

/** How far down each view was when it was left. */
const places = new Map<string, number>();

/** A file that is dropped beside its place does nothing: a browser would leave the page for it. */
function forbidStrayDrops(): () => void {
  const forbid = (event: DragEvent): void => {
    if (event.defaultPrevented || !event.dataTransfer) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  };
  addEventListener('dragover', forbid);
  addEventListener('drop', forbid);
  return () => {
    removeEventListener('dragover', forbid);
    removeEventListener('drop', forbid);
  };
}

/** What opening the page at its present address does. */
function opening(): Extract<PageAction, { type: 'open' }> {
  const read = readAddress(currentAddress(), names);
  if (read.ok) return { type: 'open', shared: read.shared, origin: keptOrigin(stateOfEntry()?.origin) };
  const start = readAddress('', names);
  if (!start.ok) throw new Error('the empty address says where to begin');
  return { type: 'open', shared: start.shared, origin: null, problem: read.problem };
}

function initialState(): PageState {
  const { shared, origin, problem = null } = opening();
  return { ...shared, says: '', isSeen: false, problem, loaded: 0, isBack: false, origin };
}

/** The whole page. */
export function App({ facts }: { readonly facts: PageFacts }) {
  const [state, dispatch] = useReducer(change, undefined, initialState);
  const page = useMemo(() => ({ state, facts, dispatch }), [state, facts]);
  useAddress(state, dispatch);
  useEffect(forbidStrayDrops, []);
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(state.view);
  if (shown.current !== state.view) places.set(shown.current, scrollY);
  // Before the view is painted: nobody reads it under another title or finds the focus elsewhere.
  useLayoutEffect(() => {
    if (shown.current !== state.view) {
      heading.current?.focus({ preventScroll: true });
      scrollTo(0, state.isBack ? (places.get(state.view) ?? 0) : 0);
    }
    shown.current = state.view;
    // What was loaded is shown where it is played, whichever view it came from.
    if (state.loaded > 0) document.querySelector('.story')?.scrollIntoView();
  }, [state.view, state.loaded]);
  const view = views.find(({ name }) => name === state.view) ?? views[0]!;
  useLayoutEffect(() => {
    document.title = `${view.title} - ${pageTitle}`;
  }, [view]);
  return (
    <PageContext.Provider value={page}>
      <a class="skip" href="#content" onClick={(event) => skipTo(event, heading.current)}>
        Skip to the content
      </a>
      <header class="top">
        <p class="brand">
          Statuses of the Oz API <span>executable specification</span>
        </p>
        <nav aria-label="Views">
          <ul>
            {views.map(({ name, title }) => (
              <li key={name}>
                <a
                  href={`#${writeAddress({ ...state, view: name })}`}
                  aria-current={name === view.name ? 'page' : undefined}
                >
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <ThemeSwitch />
      </header>
      <main class={`view view-${view.name}`} id="content">
        {state.problem !== null && <Problem text={state.problem} dispatch={dispatch} />}
        <h1 ref={heading} tabIndex={-1}>
          {view.heading}
        </h1>
        <view.Content />
      </main>
      <p class={state.isSeen ? 'live seen-too' : 'live'} role="status" aria-live="polite">
        {state.says}
      </p>
      <footer>
        <p>
          Specifies the page “{source.title}” as captured on {source.captured}. {promise}
        </p>
      </footer>
    </PageContext.Provider>
  );
}

/** What the page promises: as a file it asks nobody, and where `oz-status inspect` gave it, that server alone. */
const promise =
  document.querySelector('meta[name=oz-status-live]') === null
    ? 'This file loads nothing and sends nothing: recordings stay on this computer.'
    : 'This page asks nobody but oz-status inspect on this computer: recordings stay here.';

function skipTo(event: Event, heading: HTMLElement | null): void {
  event.preventDefault();
  heading?.focus();
}

function Problem({
  text,
  dispatch,
}: {
  readonly text: string;
  readonly dispatch: (action: PageAction) => void;
}) {
  return (
    <div class="notice" role="alert">
      <p>
        <strong>The address says nothing that this page can show.</strong> In {text}. The page begins at its
        start.
      </p>
      <button type="button" onClick={() => dispatch({ type: 'dismiss' })}>
        Dismiss
      </button>
    </div>
  );
}

/** Keeps the address of the page and what it shows alike. */
function useAddress(state: PageState, dispatch: (action: PageAction) => void): void {
  const address = writeAddress(state);
  const view = useRef(state.view);
  useEffect(() => {
    if (address.length > maxAddress) return;
    const kept = { origin: keepOrigin(state.origin) };
    // Views are steps of the browser's own history; what happens inside one is undone by the page.
    if (address === currentAddress() || view.current === state.view)
      history.replaceState(kept, '', `#${address}`);
    else history.pushState(kept, '', `#${address}`);
    view.current = state.view;
  }, [address, state.view, state.origin]);
  const written = useRef(address);
  written.current = address;
  useEffect(() => {
    const follow = (): void => {
      if (currentAddress() === written.current) return;
      const action = opening();
      view.current = action.shared.view;
      dispatch({ ...action, isBack: stateOfEntry() !== null });
    };
    addEventListener('hashchange', follow);
    return () => {
      removeEventListener('hashchange', follow);
    };
  }, [dispatch]);
}
