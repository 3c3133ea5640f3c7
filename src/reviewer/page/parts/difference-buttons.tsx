import { defaultReading, type Question } from '../../../../machines/index.ts';
import { usePage } from '../page-context.ts';

/** Plays, for every two answers to a question, the shortest scenario that tells them apart. */
export function DifferenceButtons({ question }: { readonly question: Question }) {
  const { facts, dispatch } = usePage();
  const pairs = facts.differences.filter((one) => one.question === question);
  return (
    <ul class="differences">
      {pairs.map(({ answers, under, events }) => {
        const [first, second] = answers;
        const reading = { ...defaultReading, ...under };
        return (
          <li key={answers.join()}>
            {events === null ? (
              <span>No scenario within the bounds of the search tells {answers.join(' and ')} apart.</span>
            ) : (
              <button
                type="button"
                onClick={() =>
                  dispatch({
                    type: 'load',
                    title: `The shortest scenario that tells ${first} and ${second} apart`,
                    events,
                    at: events.length,
                    reading: { ...reading, [question]: first },
                    other: { ...reading, [question]: second },
                    view: 'compare',
                  })
                }
              >
                Show the difference: <code>{first}</code> or <code>{second}</code>
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
