import {
  answersTo,
  defaultReading,
  isAsked,
  questionNames,
  questions,
  type Answer,
  type Question,
  type QuestionText,
  type Reading,
} from '../../../../machines/index.ts';
import { usePage } from '../page-context.ts';
import type { Side } from '../page-state.ts';
import { Coded } from './coded.tsx';

/** A choice of answers to the open questions. */
export function ReadingForm({ side, legend }: { readonly side: Side; readonly legend: string }) {
  const { state, dispatch } = usePage();
  const reading = side === 'other' ? state.other : state.settings.reading;
  return (
    <fieldset class="reading">
      <legend>{legend}</legend>
      {questionNames.map((question) => (
        <AnswerChoice key={question} side={side} question={question} reading={reading} />
      ))}
      <p>
        <button
          type="button"
          aria-disabled={reading === defaultReading}
          onClick={() => dispatch({ type: 'read', side, reading: defaultReading })}
        >
          All default
        </button>
      </p>
    </fieldset>
  );
}

function AnswerChoice({
  side,
  question,
  reading,
}: {
  readonly side: Side;
  readonly question: Question;
  readonly reading: Reading;
}) {
  const { dispatch } = usePage();
  const text: QuestionText = questions[question];
  const answers: readonly Answer[] = answersTo(question);
  const asked = isAsked(question, reading);
  return (
    <fieldset class={reading[question] === defaultReading[question] ? 'answers' : 'answers departs'}>
      <legend class="hidden">{question}</legend>
      <p class="question">
        <code>{question}</code> <Coded text={asked ? text.asks : 'not asked under this reading'} />
      </p>
      <div class="marks stacked">
        {answers.map((answer) => (
          <label key={answer}>
            <input
              type="radio"
              name={`${side}-${question}`}
              checked={reading[question] === answer}
              onChange={() => dispatch({ type: 'answer', side, question, answer })}
            />{' '}
            <code>{answer}</code>: <Coded text={text.answers[answer] ?? ''} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Whether the installation enables OPERATOR_REQUIRED. */
export function OperatorSetting() {
  const { state, dispatch } = usePage();
  return (
    <label class="operator">
      <input
        type="checkbox"
        checked={state.settings.operatorRequired === 'allowed'}
        onChange={({ currentTarget }) =>
          dispatch({ type: 'operator', operatorRequired: currentTarget.checked ? 'allowed' : 'never' })
        }
      />
      The biometry settings enable OPERATOR_REQUIRED
    </label>
  );
}
