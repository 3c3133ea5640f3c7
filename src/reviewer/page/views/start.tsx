import {
  answersTo,
  cellOf,
  defaultSettings,
  fields,
  printedOrder,
  questionNames,
  questions,
  statuses,
  type Answer,
  type Question,
  type QuestionText,
} from '../../../../machines/index.ts';
import { usePage } from '../page-context.ts';
import { ChartLegend } from '../parts/chart-legend.tsx';
import { Coded } from '../parts/coded.tsx';
import { Outlines } from '../parts/outline.tsx';
import { Status } from '../parts/status.tsx';
import { DifferenceButtons } from '../parts/difference-buttons.tsx';
import { writeAddress } from '../address.ts';

/** What a reviewer has to know, in five minutes. */
export function Start() {
  return (
    <div class="reading-text">
      <p class="lead">
        The API checks media of a person: is it a live face, is it the same face? It tells how far a check has
        come and how it ended in {fields.length} fields. This page shows what the documentation says of them,
        made precise enough to run, and where it leaves a choice. It takes about five minutes.
      </p>
      <Vocabulary />
      <Lives />
      <OpenQuestions />
      <GoOn />
    </div>
  );
}

function Vocabulary() {
  return (
    <section aria-labelledby="vocabulary">
      <h2 id="vocabulary">Fields and statuses</h2>
      <p>
        A <b>folder</b> holds the media of one person. The <b>analyses</b> sent in one POST are a <b>group</b>
        . Each analysis shows a stage (<code>analyse.state</code>) and a result (
        <code>analyse.resolution_status</code>); the folder shows a stage (
        <code>folder.resolution_status</code>) and a result (<code>system_resolution</code>) of its own. A
        field never shows a status outside its column.
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="Statuses by field">
        <table class="vocabulary">
          <thead>
            <tr>
              <th scope="col">Status</th>
              {fields.map((field) => (
                <th key={field} scope="col">
                  <code>{field}</code>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {statuses.map((status) => (
              <tr key={status}>
                <th scope="row">
                  <Status status={status} />
                </th>
                {fields.map((field) => {
                  const cell = cellOf(field, status);
                  return (
                    <td key={field} data-field={field}>
                      {cell ? cell.meaning : <span class="never">never</span>}
                      {cell?.start && <b class="start"> starts here</b>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Lives() {
  return (
    <section aria-labelledby="lives">
      <h2 id="lives">Three machines</h2>
      <div class="lives">
        <article>
          <h3>An analysis</h3>
          <Outlines machine="analysis" settings={defaultSettings} />
          <p>
            It runs until it fails or finishes with a result, and then stays as it is. While there is no
            result, its result repeats its stage. A liveness analysis never ends as OPERATOR_REQUIRED.
          </p>
        </article>
        <article>
          <h3>A group</h3>
          <Outlines machine="group" settings={defaultSettings} />
          <p>
            Its result is the worst among its analyses, so it is PROCESSING until the last of them has ended.
            From worst to best:{' '}
            {printedOrder.map((status, at) => (
              <span key={status}>
                {at > 0 && ' > '}
                <Status status={status} />
              </span>
            ))}
            .
          </p>
        </article>
        <article class="wide">
          <h3>A folder</h3>
          <Outlines machine="folder" settings={defaultSettings} />
          <p>
            Both fields begin at INITIAL and follow the analyses, each on its own: a folder can be FAILED in
            one and SUCCESS in the other. FINISHED says that the work is done, not that a check was passed. A
            folder is never final: another group may be posted, and by default the group that finished last
            gives the result, so a later SUCCESS can hide an earlier DECLINED.
          </p>
        </article>
      </div>
      <ChartLegend shown={['event', 'derived', 'final']} />
    </section>
  );
}

function OpenQuestions() {
  return (
    <section aria-labelledby="questions">
      <h2 id="questions">{questionNames.length} open questions</h2>
      <p>
        In these places the documentation contradicts itself or is silent. One answer to each question is a{' '}
        <b>reading</b>; the first answer is the default. Only the vendor, or a recording, can tell which
        answers your installation follows.
      </p>
      <div class="questions">
        {questionNames.map((question) => (
          <QuestionCard key={question} question={question} />
        ))}
      </div>
    </section>
  );
}

function QuestionCard({ question }: { readonly question: Question }) {
  const { asks, why, defaultBecause, ...text }: QuestionText = questions[question];
  return (
    <article class="question-card">
      <h3>
        <Coded text={asks} /> <code class="name">{question}</code>
      </h3>
      <p>
        <Coded text={why} />
      </p>
      <dl>
        {answersTo(question).map((answer: Answer, at) => (
          <div key={answer}>
            <dt>
              <code>{answer}</code>: <Coded text={text.answers[answer]!} />
              {at === 0 && <b class="default">default</b>}
            </dt>
            <dd>
              <Coded text={text.consequences[answer]!} />
            </dd>
          </div>
        ))}
      </dl>
      <p class="because">
        Why this default: <Coded text={defaultBecause} />
      </p>
      <DifferenceButtons question={question} />
    </article>
  );
}

function GoOn() {
  const { state } = usePage();
  const link = (view: string) => `#${writeAddress({ ...state, view })}`;
  return (
    <section aria-labelledby="go-on">
      <h2 id="go-on">Where to go next</h2>
      <ul class="bullets">
        <li>
          <a href={link('review')}>Review the page</a>, sentence by sentence, with a copy of it at hand.
        </li>
        <li>
          <a href={link('play')}>Play a folder</a> and watch the fields move.
        </li>
        <li>
          <a href={link('compare')}>Compare two readings</a>, each question with the shortest scenario in
          which its answers differ.
        </li>
        <li>
          <a href={link('check')}>Check a recording</a> and see where it breaks, and what could be going on
          inside.
        </li>
        <li>
          <a href={link('simulate')}>Ask a simulator</a>, and take the traffic away as a test.
        </li>
        <li>
          <a href={link('gallery')}>Look at scenarios</a>, with the mistakes that clients make.
        </li>
      </ul>
    </section>
  );
}
