import { useMemo } from 'preact/hooks';
import { defaultReading, questions, type FolderEvent } from '../../../../machines/index.ts';
import { scenarios } from '../../../explore/walk/scenarios.ts';
import { renumber } from '../numbering.ts';
import { usePage } from '../page-context.ts';
import { Coded } from './coded.tsx';

/** Where what is played comes from, and the buttons that go through it, where the charts are. */
export function Story() {
  const { state, facts, dispatch } = usePage();
  const { events, at, other, settings } = state;
  const text = JSON.stringify(events);
  const scenario = useMemo(() => scenarios.find((one) => isPlayed(one.events, text)), [text]);
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
      {!isDifference && scenario && (
        <p>
          <b>{scenario.title}</b> <span class="lesson">{scenario.lesson}</span>
        </p>
      )}
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

/** Whether the events that are played are these, whatever the names in them. */
const isPlayed = (events: readonly FolderEvent[], text: string): boolean =>
  JSON.stringify(renumber(events)) === text;
