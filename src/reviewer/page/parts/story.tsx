import { useMemo } from 'preact/hooks';
import { defaultReading, questions, type FolderEvent } from '../../../../machines/index.ts';
import { scenarios, settingsFor } from '../../../explore/walk/scenarios.ts';
import { renumber } from '../numbering.ts';
import { usePage } from '../page-context.ts';
import type { Origin } from '../origin.ts';
import { Coded } from './coded.tsx';

/** Where what is played comes from, and the buttons that go through it, where the charts are. */
export function Story() {
  const { state, facts, dispatch } = usePage();
  const { events, at, other, settings } = state;
  const text = JSON.stringify(events);
  const origin = useMemo(() => state.origin ?? scenarioPlayed(text), [state.origin, text]);
  const difference = facts.differences.find(
    ({ question, answers: [first, second], under, events: shortest }) =>
      shortest !== null &&
      isPlayed(shortest, text) &&
      settings.reading[question] === first &&
      other[question] === second &&
      Object.entries({ ...defaultReading, ...under, [question]: second }).every(
        ([name, answer]) => other[name as keyof typeof other] === answer,
      ),
  );
  const isDifference = state.view === 'compare' && difference !== undefined;
  if (events.length === 0) return null;
  return (
    <section class="story" aria-label="What is played">
      {isDifference && (
        <p>
          <b>
            <Coded text={questions[difference.question].asks} />
          </b>{' '}
          The shortest scenario that tells <code>{difference.answers[0]}</code> and{' '}
          <code>{difference.answers[1]}</code> apart.
        </p>
      )}
      {!isDifference && origin && <FromWhere origin={origin} />}
      <p class="buttons">
        <button type="button" aria-disabled={at === 0} onClick={() => dispatch({ type: 'step', by: -1 })}>
          Previous
        </button>
        <button
          type="button"
          aria-disabled={at === events.length}
          onClick={() => dispatch({ type: 'step', by: 1 })}
        >
          Next
        </button>
        <span>
          Step {at} of {events.length}
        </span>
      </p>
    </section>
  );
}

/** Title and lesson of what was loaded, and where what is played is no longer that. */
function FromWhere({ origin: { title, lesson, events, reading } }: { readonly origin: Origin }) {
  const { state } = usePage();
  const [loaded, played] = [events, state.events].map((list) => list.map((event) => JSON.stringify(event)));
  const first = played!.findIndex((event, at) => event !== loaded![at]);
  const kept = first === -1 ? played!.length : first;
  const isLeft = played!.length !== loaded!.length || first !== -1;
  return (
    <p>
      <b>{title}</b>
      {title.endsWith('.') ? ' ' : '. '}
      {isLeft ? (
        `From step ${kept + 1} on, the events are your own.`
      ) : (
        <span class="lesson">
          <Coded text={lesson} />
        </span>
      )}
      {JSON.stringify(reading) !== JSON.stringify(state.settings.reading) &&
        ' It was loaded under another reading.'}
    </p>
  );
}

/** The scenario that consists of the events in `text`, for a page that was opened at their address. */
function scenarioPlayed(text: string): Origin | null {
  const scenario = scenarios.find(({ events }) => isPlayed(events, text));
  if (!scenario) return null;
  const { title, lesson, events } = scenario;
  return { title, lesson, events: renumber(events), reading: settingsFor(scenario).reading };
}

/** Whether the events that are played are these, whatever the names in them. */
const isPlayed = (events: readonly FolderEvent[], text: string): boolean =>
  JSON.stringify(renumber(events)) === text;
