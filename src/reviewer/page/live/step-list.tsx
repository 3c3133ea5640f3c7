import { useEffect, useRef } from 'preact/hooks';
import type { SessionEntry } from '../../../inspection/session.ts';
import { Pager } from '../check/pager.tsx';
import { recordText } from './live-words.ts';

/** Steps that are shown at once. */
const pageSize = 50;

/** What happened, step by step; keys step through it. */
export function StepList({
  entries,
  names,
  at,
  isLatest,
  go,
}: {
  readonly entries: readonly SessionEntry[];
  readonly names: ReadonlyMap<string, string>;
  /** The place of the step that is shown. */
  readonly at: number;
  readonly isLatest: boolean;
  /** Null: the latest, whatever comes. */
  readonly go: (at: number | null) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  const isStepping = useRef(false);
  const from = Math.max(0, Math.floor(at / pageSize) * pageSize);
  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (isStepping.current) current?.focus();
    if (!list.current || !current) return;
    // Only the list moves, not the page.
    const [top, own] = [list.current, current].map((each) => each.getBoundingClientRect().top);
    list.current.scrollTop += own! - top! - list.current.clientHeight / 2;
  }, [at, from]);
  const last = entries.length - 1;
  const step = (event: KeyboardEvent): void => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    isStepping.current = true;
    go(Math.max(0, Math.min(to, last)));
  };
  return (
    <section class="timeline" aria-label="Steps">
      <h2>What happens</h2>
      <p class="buttons">
        <button type="button" aria-disabled={at <= 0} onClick={() => at > 0 && go(at - 1)}>
          Back
        </button>
        <button type="button" aria-disabled={at >= last} onClick={() => at < last && go(at + 1)}>
          Forward
        </button>
        <button type="button" aria-pressed={isLatest} onClick={() => go(null)}>
          Latest
        </button>
        <small>Arrow keys step; Home and End go to the ends</small>
      </p>
      <ol class="steps" ref={list} onKeyDown={step} onBlur={() => (isStepping.current = false)}>
        {entries.slice(from, from + pageSize).map(({ number, key, record }, place) => (
          <li key={number}>
            <button
              type="button"
              tabIndex={from + place === at ? 0 : -1}
              aria-current={from + place === at ? 'step' : undefined}
              onClick={() => go(from + place)}
            >
              <span class="step-number">{number}</span>
              <bdi class="folder-id">{names.get(key)}</bdi>
              <span class="step-text">{recordText(record)}</span>
            </button>
          </li>
        ))}
      </ol>
      <Pager what="Steps" from={from} size={pageSize} count={entries.length} go={(first) => go(first)} />
    </section>
  );
}
