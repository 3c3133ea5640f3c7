import { questions, type Question } from '../../../../machines/index.ts';
import { questionBasis, standingOfMark, type GivenAnswer, type Subject } from '../../../review/marks.ts';
import { Coded } from '../parts/coded.tsx';
import { NoteField } from './clause-card.tsx';
import { reviewStore } from './review-store.ts';

/** The open questions, each with the reviewer's answer and the reason for it. */
export function Answers({ subject }: { readonly subject: Subject }) {
  return (
    <div class="questions">
      {Object.keys(subject.record.questions).map((name) => (
        <AnswerCard key={name} name={name} subject={subject} />
      ))}
    </div>
  );
}

function AnswerCard({ name, subject }: { readonly name: string; readonly subject: Subject }) {
  const { asks, answers } = subject.record.questions[name]!;
  const basis = questionBasis(name, subject);
  const given = reviewStore.state.marks.answers[name];
  const standing = standingOfMark(given, basis);
  return (
    <article class={`clause-card ${standing}`}>
      <h3>
        <Coded text={asks} />
      </h3>
      <p class="because">
        <Coded text={questions[name as Question].why} />
      </p>
      {standing === 'again' && <p class="error">Answered before, and changed since: answer it again.</p>}
      <fieldset class="marks stacked">
        <legend class="hidden">Your answer to {name}</legend>
        {Object.entries(answers).map(([answer, means], at) => (
          <label key={answer}>
            <input
              type="radio"
              name={`answer-${name}`}
              checked={given?.answer === answer && standing === 'judged'}
              onChange={() => keep(name, { answer, reason: given?.reason ?? '', of: basis })}
            />{' '}
            <code>{answer}</code>: <Coded text={means} />
            {at === 0 && <b class="default">default</b>}
          </label>
        ))}
      </fieldset>
      {given && (
        <NoteField
          label={`Reason for the answer to ${name}`}
          text={given.reason}
          isWanted
          keep={(reason) => keep(name, { ...given, reason })}
        />
      )}
    </article>
  );
}

function keep(name: string, given: GivenAnswer): void {
  const { marks } = reviewStore.state;
  reviewStore.mark({ ...marks, answers: { ...marks.answers, [name]: given } });
}
