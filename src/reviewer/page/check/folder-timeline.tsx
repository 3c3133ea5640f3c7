import { useEffect, useRef, useState } from 'preact/hooks';
import type { Reading } from '../../../../machines/index.ts';
import { departures } from '../../../diagrams/facts/settings-text.ts';
import { counted } from '../../../text/layout.ts';
import { place as placeText } from '../../../reports/check/text.ts';
import { printable } from '../../../text/escape.ts';
import { usePage } from '../page-context.ts';
import { Status } from '../parts/status.tsx';
import type { CheckClient } from './check-client.ts';
import { checkStore } from './check-store.ts';
import type { FolderDetail, TimelineStep, Window } from './check-session.ts';
import { FindingCard } from './finding-card.tsx';
import { Pager } from './pager.tsx';
import { folderName } from './folder-name.ts';
import { StepDetail } from './step-detail.tsx';

/** Analyses of one row. */
const maxPills = 4;
/** Steps of one page of a timeline. */
const pageSize = 50;

/** The timeline of one folder: what was seen, step by step, with what was found and what could be going on. */
export function FolderTimeline({ index, client }: { readonly index: number; readonly client: CheckClient }) {
  const [folder, setFolder] = useState<FolderDetail | null>(null);
  const [steps, setSteps] = useState<Window<TimelineStep> | null>(null);
  const [at, setAt] = useState(0);
  const from = Math.floor(at / pageSize) * pageSize;
  useEffect(() => {
    let isStale = false;
    void client.ask('folder', { index }).then((detail) => {
      if (isStale) return;
      setFolder(detail);
      setAt(detail.marked[0] ?? Math.max(0, detail.steps - 1));
    });
    return () => {
      isStale = true;
    };
  }, [client, index]);
  useEffect(() => {
    let isStale = false;
    void client.ask('steps', { index, from, count: pageSize }).then((window) => {
      if (!isStale) setSteps(window);
    });
    return () => {
      isStale = true;
    };
  }, [client, index, from]);
  if (!folder || !steps) return <p>Loading…</p>;
  const step = steps.items.find((each) => each.at === at);
  return (
    <>
      <section class="timeline" aria-label="Timeline">
        <h3>
          <bdi class="folder-id">{folderName(folder)}</bdi>{' '}
          <span class={`verdict ${folder.verdict}`}>{folder.verdict}</span>
        </h3>
        {folder.explainedUnder && <JudgeUnder reading={folder.explainedUnder} />}
        <Stepping folder={folder} at={at} setAt={setAt} />
        <StepList folder={folder} steps={steps} at={at} setAt={setAt} />
        <Pager what="Steps" from={from} size={pageSize} count={steps.count} go={(first) => setAt(first)} />
        {folder.notKept > 0 && (
          <p>
            {counted(folder.notKept, 'observation')} more found no room here; the verdict rests on them too.
          </p>
        )}
        {folder.atEnd.length > 0 && <h4>At the end of the recording</h4>}
        {folder.atEnd.map((finding, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- findings are their places
          <FindingCard key={place} finding={finding} />
        ))}
      </section>
      {step && <StepDetail index={index} step={step} client={client} />}
    </>
  );
}

/** Judges again under a reading that explains the folder. */
function JudgeUnder({ reading }: { readonly reading: Reading }) {
  const { state, dispatch } = usePage();
  const answers = departures({ ...state.settings, reading }).join(', ') || 'the default reading';
  return (
    <p class="buttons">
      <span>
        Another reading explains it: <code>{answers}</code>
      </span>
      <button
        type="button"
        onClick={() => {
          dispatch({ type: 'read', side: 'settings', reading });
          checkStore.judgeUnder(reading);
        }}
      >
        Judge under this reading
      </button>
    </p>
  );
}

function Stepping({
  folder: { steps, marked },
  at,
  setAt,
}: {
  readonly folder: FolderDetail;
  readonly at: number;
  readonly setAt: (at: number) => void;
}) {
  const next = marked.find((each) => each > at);
  const previous = marked.findLast((each) => each < at);
  return (
    <p class="buttons">
      <span>{counted(steps, 'step')}</span>
      <button
        type="button"
        aria-disabled={previous === undefined}
        onClick={() => previous !== undefined && setAt(previous)}
      >
        Previous finding
      </button>
      <button
        type="button"
        aria-disabled={next === undefined}
        onClick={() => next !== undefined && setAt(next)}
      >
        Next finding
      </button>
      <small>Arrow keys step; Home and End go to the ends</small>
    </p>
  );
}

function StepList({
  folder,
  steps,
  at,
  setAt,
}: {
  readonly folder: FolderDetail;
  readonly steps: Window<TimelineStep>;
  readonly at: number;
  readonly setAt: (at: number) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  const isStepping = useRef(false);
  useEffect(() => {
    if (!isStepping.current) return;
    list.current?.querySelector<HTMLElement>('[aria-current]')?.focus();
  }, [at, steps]);
  const step = (event: KeyboardEvent): void => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: folder.steps - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    isStepping.current = true;
    setAt(Math.max(0, Math.min(to, folder.steps - 1)));
  };
  return (
    <ol class="steps" ref={list} onKeyDown={step} onBlur={() => (isStepping.current = false)}>
      {steps.items.map((each) => (
        <li key={each.at}>
          <StepRow step={each} isCurrent={each.at === at} choose={() => setAt(each.at)} />
        </li>
      ))}
    </ol>
  );
}

function StepRow({
  step: { at, shows, times, found, where },
  isCurrent,
  choose,
}: {
  readonly step: TimelineStep;
  readonly isCurrent: boolean;
  readonly choose: () => void;
}) {
  const [seen] = shows;
  const ofFolder = [seen?.resolutionStatus, seen?.systemResolution].filter((each) => each !== undefined);
  const ofAnalyses = (seen?.analyses ?? []).flatMap((view) => view.resolutionStatus ?? view.state ?? []);
  return (
    <button
      type="button"
      tabIndex={isCurrent ? 0 : -1}
      aria-current={isCurrent ? 'step' : undefined}
      onClick={choose}
    >
      <span class="step-number">{at + 1}</span>
      <span class="step-shows">
        {ofFolder.map((status, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- fields are their places
          <Status key={place} status={printable(status, 30)} />
        ))}
        {ofFolder.length === 0 && (
          <>
            <span class="no-folder">{ofAnalyses.length === 0 ? 'no status' : 'analyses'}</span>
            {ofAnalyses.slice(0, maxPills).map((status, place) => (
              // oxlint-disable-next-line react/no-array-index-key -- analyses are their places
              <Status key={place} status={printable(status, 30)} />
            ))}
            {ofAnalyses.length > maxPills && <span>…</span>}
          </>
        )}
      </span>
      {times > 1 && <small>seen {times.toLocaleString('en-US')} times</small>}
      {found.map(({ code, severity }) => (
        <span key={code} class={`mark ${severity}`}>
          {code}
        </span>
      ))}
      <small class="step-where">{placeText(where)}</small>
    </button>
  );
}
