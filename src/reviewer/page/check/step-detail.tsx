import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Explanation, Explanations } from '../../../conformance/folder/explanations.ts';
import type { AnalysisView, Observation } from '../../../observations/observation.ts';
import { place as placeText } from '../../../reports/check/text.ts';
import { printable } from '../../../text/escape.ts';
import { counted } from '../../../text/layout.ts';
import { maxPlayed } from '../address.ts';
import { usePage } from '../page-context.ts';
import { ChartLegend } from '../parts/chart-legend.tsx';
import { Outlines } from '../parts/outline.tsx';
import { Status } from '../parts/status.tsx';
import type { CheckClient } from './check-client.ts';
import type { TimelineStep } from './check-session.ts';
import { eventsOf as playableEvents } from './explanation-events.ts';
import { explanationWords } from './explanation-words.ts';
import { FindingCard } from './finding-card.tsx';

/** Analyses of one observation beyond this many are counted. */
const maxAnalyses = 50;

/** What was seen at one step, what was found there, and what could be going on inside. */
export function StepDetail({
  index,
  step,
  client,
}: {
  readonly index: number;
  readonly step: TimelineStep;
  readonly client: CheckClient;
}) {
  const { at, shows, found, followed, times } = step;
  return (
    <section class="step-detail" aria-label={`Step ${at + 1}`}>
      <h3>Step {at + 1}</h3>
      {found.map((finding, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- findings are their places
        <FindingCard key={place} finding={finding} />
      ))}
      <h4>What was seen{times > 1 && `, ${times.toLocaleString('en-US')} times in a row`}</h4>
      {shows.length > 1 && <p>Requests that overlap, in the order in which they arrived:</p>}
      {shows.map((seen, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- observations are their places
        <Seen key={place} seen={seen} />
      ))}
      <SeenChart shows={shows} />
      <Belief
        seen={shows.at(-1)}
        index={index}
        at={at}
        followed={followed}
        isBroken={found.some(({ severity }) => severity === 'violation')}
        client={client}
      />
    </section>
  );
}

/** The charts of the folder, where the fields that were seen stand. */
function SeenChart({ shows }: { readonly shows: readonly Observation[] }) {
  const { state } = usePage();
  const { resolutionStatus, systemResolution } = shows.at(-1) ?? {};
  const standing = useMemo(() => {
    const active = [
      ...(resolutionStatus === undefined ? [] : [`folder.resolution_status.${resolutionStatus}`]),
      ...(systemResolution === undefined ? [] : [`folder.system_resolution.${systemResolution}`]),
    ];
    return { active, taken: [] };
  }, [resolutionStatus, systemResolution]);
  if (standing.active.length === 0) return null;
  return (
    <details>
      <summary>The charts at this step</summary>
      <Outlines machine="folder" settings={state.settings} standing={standing} />
      <ChartLegend shown={['active', 'event', 'derived']} />
    </details>
  );
}

function Seen({ seen }: { readonly seen: Observation }) {
  const { resolutionStatus, systemResolution, analyses, complete, wholeGroup } = seen;
  const fields = [
    ['resolution_status', resolutionStatus],
    ['system_resolution', systemResolution],
  ] as const;
  return (
    <div class="seen">
      <dl class="facts">
        {fields.map(
          ([name, value]) =>
            value !== undefined && (
              <div key={name}>
                <dt>
                  <code>{name}</code>
                </dt>
                <dd>
                  <Status status={printable(value, 60)} />
                </dd>
              </div>
            ),
        )}
      </dl>
      {analyses.length > 0 && (
        <>
          <p>
            {wholeGroup
              ? 'A whole group, as the answer to its POST:'
              : complete
                ? 'All analyses of the folder:'
                : 'Some of its analyses:'}
          </p>
          <ul class="seen-analyses">
            {analyses.slice(0, maxAnalyses).map((view) => (
              <li key={view.pointer}>
                <SeenAnalysis view={view} />
              </li>
            ))}
          </ul>
          {analyses.length > maxAnalyses && <p>and {analyses.length - maxAnalyses} more</p>}
        </>
      )}
    </div>
  );
}

function SeenAnalysis({ view }: { readonly view: AnalysisView }) {
  const { id, kind, groupId, state, resolutionStatus } = view;
  return (
    <>
      <bdi>
        <code>{printable(id, 80)}</code>
      </bdi>{' '}
      {kind !== undefined && <bdi>{printable(kind, 40)} </bdi>}
      {groupId !== undefined && <bdi>in {printable(groupId, 80)} </bdi>}
      {state !== undefined && <Status status={printable(state, 60)} />}
      {resolutionStatus !== undefined && resolutionStatus !== state && (
        <Status status={printable(resolutionStatus, 60)} />
      )}
    </>
  );
}

function Belief({
  seen,
  index,
  at,
  followed,
  isBroken,
  client,
}: {
  readonly seen: Observation | undefined;
  readonly index: number;
  readonly at: number;
  readonly followed: boolean;
  readonly isBroken: boolean;
  readonly client: CheckClient;
}) {
  const [explanations, setExplanations] = useState<Explanations | null>(null);
  useEffect(() => {
    let isStale = false;
    setExplanations(null);
    void client.ask('explanations', { index, at }).then((given) => {
      if (!isStale) setExplanations(given);
    });
    return () => {
      isStale = true;
    };
  }, [client, index, at]);
  return (
    <>
      <h4>What could be going on inside</h4>
      {!followed && (
        <p>Analyses have disappeared, which the specified page does not know: this is no longer followed.</p>
      )}
      {followed && isBroken && (
        <p>
          Nothing explains this step after those before it. The check goes on from whatever fits it alone, or,
          if nothing does, from what was believed before.
        </p>
      )}
      {followed && explanations && <Explained explanations={explanations} seen={seen} />}
    </>
  );
}

function Explained({
  explanations: { count, given, truncated },
  seen,
}: {
  readonly explanations: Explanations;
  readonly seen: Observation | undefined;
}) {
  return (
    <>
      <p>
        {count === 1
          ? 'One explanation is left, with whatever can follow from it unseen:'
          : `${counted(count, 'explanation')} are left, each with whatever can follow from it unseen:`}
      </p>
      <ol class="explanations">
        {given.map((explanation, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- explanations are their places
          <li key={place}>
            {explanationWords(explanation).map((sentence) => (
              <p key={sentence}>
                <bdi>{printable(sentence, 1000)}</bdi>
              </p>
            ))}
            {seen && <OpenInPlay explanation={explanation} seen={seen} />}
          </li>
        ))}
      </ol>
      {count > given.length && <p>and {counted(count - given.length, 'explanation')} more</p>}
      {truncated && <p>A limit has ended the search for explanations.</p>}
    </>
  );
}

/** Plays what an explanation says, where it leaves nothing open. */
function OpenInPlay({
  explanation,
  seen,
}: {
  readonly explanation: Explanation;
  readonly seen: Observation;
}) {
  const { state, dispatch } = usePage();
  const events = playableEvents(explanation, seen, state.settings);
  if (!events || events.length > maxPlayed) return null;
  return (
    <button
      type="button"
      onClick={() =>
        dispatch({
          type: 'load',
          title: `The recording at ${printable(placeText(seen.where), 200)}`,
          lesson: 'One explanation of what was seen up to there.',
          events,
          at: events.length,
          view: 'play',
        })
      }
    >
      Open in Play
    </button>
  );
}
