import type { Analysis, Folder, FolderEvent, Group, Settings } from '../../../../machines/index.ts';
import { kindWords } from '../kinds.ts';
import { usePage } from '../page-context.ts';
import { eventsOf, prospectOf, type Prospect } from '../prospects.ts';
import { Coded } from './coded.tsx';
import { FieldPair, Status } from './status.tsx';

/** A folder under one reading; the name tells two of them apart. */
export interface FolderUnder {
  readonly name: string;
  readonly folder: Folder;
  readonly settings: Settings;
}

type Sides = readonly [FolderUnder, ...FolderUnder[]];

/** Every analysis of the folder with what can happen to it, what that would do, and what is refused and why. */
export function NextEvents({ sides }: { readonly sides: Sides }) {
  const [{ folder }] = sides;
  if (folder.groups.length === 0) {
    return <p class="empty">The folder has no analyses. Post a group to begin.</p>;
  }
  return (
    <div class="groups">
      {folder.groups.map((group) => (
        <GroupCard key={group.id} group={group} sides={sides} />
      ))}
    </div>
  );
}

function GroupCard({ group, sides }: { readonly group: Group; readonly sides: Sides }) {
  return (
    <section class="group" aria-label={`Group ${group.id}`}>
      <h3>Group {group.id}</h3>
      {group.analyses.map((analysis) => (
        <AnalysisCard key={analysis.id} analysis={analysis} sides={sides} />
      ))}
    </section>
  );
}

function AnalysisCard({ analysis, sides }: { readonly analysis: Analysis; readonly sides: Sides }) {
  const tried = eventsOf(analysis).map((event) => ({
    event,
    prospects: sides.map(({ folder, settings }) => prospectOf(folder, event, settings)),
  }));
  const legal = tried.filter(({ prospects }) => prospects.some(({ refusal }) => !refusal));
  const refused = tried.filter(({ prospects }) => prospects.every(({ refusal }) => refusal));
  const name = `${kindWords(analysis.kind)} ${analysis.id}`;
  return (
    <div class="analysis" role="group" aria-label={name}>
      <p class="analysis-head">
        <strong>{kindWords(analysis.kind)}</strong> <code>{analysis.id}</code>
        <Status status={analysis.resolution} />
      </p>
      {legal.length > 0 && (
        <ul class="events">
          {legal.map(({ event, prospects }) => (
            <li key={eventName(event)}>
              <EventButton event={event} prospects={prospects} of={name} sides={sides} />
            </li>
          ))}
        </ul>
      )}
      {refused.length > 0 && <Refused tried={refused} />}
    </div>
  );
}

/** An event in a word or two. */
function eventName(event: FolderEvent): string {
  switch (event.type) {
    case 'group.posted':
      return 'POST';
    case 'analysis.failed':
      return 'FAILED';
    case 'analysis.finished':
      return event.resolution;
    case 'operator.decided':
      return `a person decides ${event.resolution}`;
  }
}

function EventButton({
  event,
  prospects,
  of,
  sides,
}: {
  readonly event: FolderEvent;
  readonly prospects: readonly Prospect[];
  readonly of: string;
  readonly sides: Sides;
}) {
  const { dispatch } = usePage();
  return (
    <button type="button" class="event" onClick={() => dispatch({ type: 'perform', event })}>
      <span class="event-name">
        {event.type === 'operator.decided' ? '' : 'ends as '}
        {eventName(event)}
        <span class="hidden"> {of}.</span>
      </span>
      <span class="effect">
        {prospects.map((prospect, at) => (
          <Effect key={sides[at]!.name} prospect={prospect} name={sides.length > 1 ? sides[at]!.name : ''} />
        ))}
      </span>
    </button>
  );
}

/** What an event would do under one reading. */
export function Effect({ prospect, name }: { readonly prospect: Prospect; readonly name: string }) {
  return (
    <span class="one-effect">
      {name !== '' && <b class="side">{name}</b>}
      <span class="hidden">The folder would show </span>
      {prospect.refusal ? <em>refused</em> : <FieldPair fields={prospect.fields} />}
    </span>
  );
}

function Refused({
  tried,
}: {
  readonly tried: readonly { readonly event: FolderEvent; readonly prospects: readonly Prospect[] }[];
}) {
  // One reason often refuses several events.
  const reasons = new Map<string, { clause: string; events: string[] }>();
  for (const { event, prospects } of tried) {
    const { because, clause } = prospects[0]!.refusal!;
    const known = reasons.get(because) ?? { clause, events: [] };
    known.events.push(eventName(event));
    reasons.set(because, known);
  }
  return (
    <details class="refused">
      <summary>
        {tried.length} {tried.length === 1 ? 'event is' : 'events are'} refused
      </summary>
      <ul>
        {[...reasons].map(([because, { clause, events }]) => (
          <li key={because}>
            <b>{events.join(', ')}</b>: <Coded text={because} /> <code class="clause">{clause}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
