import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { writeSession } from '../../../inspection/saved.ts';
import { snapshotsAt, type InspectedActor, type SessionEntry } from '../../../inspection/session.ts';
import type { PlainObject } from '../../../inspection/records.ts';
import { printable } from '../../../text/escape.ts';
import { counted } from '../../../text/layout.ts';
import { liveStore, type LiveState } from '../live/live-store.ts';
import { actorName, actorPlace, jsonLines, stateText } from '../live/live-words.ts';
import { StateTree } from '../live/state-tree.tsx';
import { StepList } from '../live/step-list.tsx';
import { usePage } from '../page-context.ts';
import { FileDrop } from '../parts/file-drop.tsx';

function useLive(): LiveState {
  const [state, setState] = useState(liveStore.state);
  useEffect(() => {
    const stop = liveStore.subscribe(() => setState(liveStore.state));
    liveStore.connect();
    return stop;
  }, []);
  return state;
}

/** Shows running actors, or a saved session of some. */
export function Live() {
  const state = useLive();
  useAnnounced(state);
  const { session, problems } = state;
  return (
    <>
      <p class="lead">
        Actors of XState as they run, with the events that they are sent and the states that they take.{' '}
        <code>oz-status inspect</code> serves this page and tells what to write in the program; a session that
        was saved opens here without it.
      </p>
      <Sources state={state} />
      {problems.length > 0 && (
        <div class="notice" role="alert">
          <p>
            {state.file !== null && state.is !== 'opened'
              ? `${printable(state.file, 60)} cannot be opened:`
              : 'Not all that came in could be taken:'}
          </p>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{printable(problem, 300)}</li>
            ))}
          </ul>
        </div>
      )}
      {session.dropped > 0 && (
        <p>
          {counted(session.dropped, 'older record')} found no room here. What each actor showed before the
          oldest step is kept.
        </p>
      )}
      {session.entries.length > 0 && <Session key={`${state.is === 'opened'} ${state.file}`} state={state} />}
    </>
  );
}

const connections: Readonly<Record<LiveState['is'], string>> = {
  none: 'This page was not served by oz-status inspect: it can open saved sessions.',
  connecting: 'The server does not answer. The page tries again by itself.',
  live: 'Connected.',
  opened: 'A saved session is shown',
};

const connectionText = ({ is, file }: LiveState): string =>
  is === 'opened' ? `${connections.opened}: ${printable(file ?? '', 60)}.` : connections[is];

function useAnnounced(state: LiveState): void {
  const { dispatch } = usePage();
  const told = useRef<string>(connectionText(state));
  const text = connectionText(state);
  useEffect(() => {
    if (told.current !== text) dispatch({ type: 'say', says: text });
    told.current = text;
  }, [text, dispatch]);
}

function Sources({ state }: { readonly state: LiveState }) {
  const { is, session, isServed } = state;
  return (
    <FileDrop
      name="Session"
      text="Drop a saved session here, or choose it"
      take={([file]) => {
        if (file) void liveStore.open(file);
      }}
    >
      <div>
        <p>
          {connectionText(state)}
          {is === 'live' && session.entries.length === 0 && ' No actor was told of yet.'}
        </p>
        <p class="buttons">
          <button
            type="button"
            aria-disabled={session.entries.length === 0}
            onClick={() => session.entries.length > 0 && save(state)}
          >
            Save the session
          </button>
          {is === 'opened' && isServed && (
            <button type="button" onClick={() => liveStore.follow()}>
              Back to what is live
            </button>
          )}
        </p>
      </div>
    </FileDrop>
  );
}

/** Gives the session to the browser as a file. */
function save({ session }: LiveState): void {
  const url = URL.createObjectURL(new Blob([writeSession(session)], { type: 'application/x-ndjson' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: 'session.ndjson' });
  link.click();
  URL.revokeObjectURL(url);
}

function Session({ state: { session } }: { readonly state: LiveState }) {
  const [chosen, choose] = useState<string | null>(null);
  // The number of the step, since places change when older steps are dropped. Null: the latest.
  const [shown, show] = useState<number | null>(null);
  const { actors, entries } = session;
  const listed = chosen === null ? entries : entries.filter(({ key }) => key === chosen);
  const found = shown === null ? -1 : listed.findLastIndex(({ number }) => number <= shown);
  const at = shown === null ? listed.length - 1 : Math.max(0, found);
  const entry = listed[at];
  const number = entry?.number ?? session.first;
  const snapshots = snapshotsAt(actors, entries, number);
  const names = useMemo(() => new Map(actors.map((actor) => [actor.key, actorName(actor)])), [actors]);
  const subject = actors.find(({ key }) => key === (chosen ?? entry?.key));
  return (
    <div class="check-columns">
      <Actors actors={actors} snapshots={snapshots} chosen={chosen} choose={choose} />
      <StepList
        entries={listed}
        names={names}
        at={at}
        isLatest={shown === null}
        go={(to) => show(to === null ? null : (listed[to]?.number ?? null))}
      />
      {subject && entry && <Step actor={subject} entry={entry} snapshot={snapshots.get(subject.key)} />}
    </div>
  );
}

function Actors({
  actors,
  snapshots,
  chosen,
  choose,
}: {
  readonly actors: readonly InspectedActor[];
  readonly snapshots: ReadonlyMap<string, PlainObject | undefined>;
  readonly chosen: string | null;
  readonly choose: (key: string | null) => void;
}) {
  return (
    <section aria-label="Actors">
      <h2>{counted(actors.length, 'actor')}</h2>
      <ul class="folder-rows live-actors">
        <li>
          <button
            type="button"
            aria-current={chosen === null ? 'true' : undefined}
            onClick={() => choose(null)}
          >
            All of them
          </button>
        </li>
        {actors.map((actor) => (
          <li key={actor.key}>
            <button
              type="button"
              aria-current={chosen === actor.key ? 'true' : undefined}
              onClick={() => choose(actor.key)}
            >
              <bdi>
                <b>{actorName(actor)}</b>
              </bdi>
              <bdi class="folder-id">{actorPlace(actor)}</bdi>
              <small>
                {snapshots.has(actor.key) ? stateText(snapshots.get(actor.key)) : 'not yet there'}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Step({
  actor,
  entry: { number, record },
  snapshot,
}: {
  readonly actor: InspectedActor;
  readonly entry: SessionEntry;
  readonly snapshot: PlainObject | undefined;
}) {
  const { definition } = actor.record;
  const { event, transitions = [] } = record;
  return (
    <section class="step-detail" aria-label="Step">
      <h2>Step {number}</h2>
      <p>
        <bdi>
          <b>{actorName(actor)}</b>
        </bdi>{' '}
        shows <span class="live-state">{stateText(snapshot)}</span>
      </p>
      {definition !== undefined && <StateTree definition={definition} value={snapshot?.['value']} />}
      {transitions.length > 0 && (
        <>
          <h3>Transitions taken</h3>
          <ul class="live-transitions">
            {transitions.map((transition, place) => (
              // oxlint-disable-next-line react/no-array-index-key -- transitions are their places
              <li key={place}>{printable(transition, 300)}</li>
            ))}
          </ul>
        </>
      )}
      {event !== undefined && <Json title="Event" value={event} />}
      <Json title="Snapshot" value={snapshot} />
    </section>
  );
}

function Json({ title, value }: { readonly title: string; readonly value: PlainObject | undefined }) {
  return (
    <>
      <h3>{title}</h3>
      {/* Can be scrolled, so it has to be reached by keys. */}
      <pre class="live-json" tabIndex={0} role="region" aria-label={title}>
        {jsonLines(value)}
      </pre>
    </>
  );
}
