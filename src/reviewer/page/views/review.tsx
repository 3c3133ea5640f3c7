import { useEffect, useMemo, useState } from 'preact/hooks';
import {
  basisOf,
  judgements,
  marksFile,
  maxNote,
  progressOf,
  standingOfMark,
  type Progress,
  type Subject,
} from '../../../review/marks.ts';
import { evidenceMeans } from '../../../reports/check/text.ts';
import { comparisonText } from '../../../review/page/annotate.ts';
import { progressText, signOffReport } from '../../../review/sign-off.ts';
import { printable } from '../../../text/escape.ts';
import { usePage } from '../page-context.ts';
import { remarks } from '../../../review/remarks.ts';
import { Coded } from '../parts/coded.tsx';
import { FileDrop } from '../parts/file-drop.tsx';
import { SaveLink } from '../parts/save-link.tsx';
import { Answers } from '../review/answers.tsx';
import { Passages, type ShownPassages } from '../review/passages.tsx';
import { reviewStore, type ReviewState } from '../review/review-store.ts';

function useReview(): ReviewState {
  const [state, setState] = useState(reviewStore.state);
  useEffect(() => reviewStore.subscribe(() => setState(reviewStore.state)), []);
  return state;
}

/** Goes through the documentation page sentence by sentence, with the clauses and the reviewer's marks. */
export function Review() {
  const { facts, dispatch } = usePage();
  const { comparison, marks, before } = useReview();
  const [shown, show] = useState<ShownPassages>('all');
  const record = facts.reviewed;
  const subject: Subject = useMemo(() => ({ record, comparison }), [record, comparison]);
  const progress = progressOf(marks, subject);
  const open = useMemo(
    () =>
      new Set(
        Object.keys(record.clauses).filter(
          (id) => standingOfMark(marks.clauses[id], basisOf(id, subject)) !== 'judged',
        ),
      ),
    // oxlint-disable-next-line react/exhaustive-deps -- what is judged meanwhile stays: its note may be to come
    [shown, before, subject],
  );
  useEffect(() => void reviewStore.restore(record), [record]);
  useEffect(() => {
    if (comparison) dispatch({ type: 'say', says: comparisonText(comparison) });
  }, [comparison, dispatch]);
  const { page } = record;
  return (
    <>
      <p class="lead">
        Every statement of the specification beside the sentence it was taken from. The sentences are not in
        this file: drop your own copy of the page <a href={page.address}>{page.title}</a>, saved as Markdown
        or HTML (specified is the one captured on {page.captured}). It stays on this computer.
      </p>
      <CopyIntake subject={subject} />
      <ProgressBar progress={progress} shown={shown} show={show} hasCopy={comparison !== null} />
      {progress.again.length > 0 && (
        <p class="notice">Judged before what they are about has changed: {progress.again.join(', ')}</p>
      )}
      <section aria-labelledby="sentences">
        <h2 id="sentences">Sentence by sentence</h2>
        <Words of={judgements} />
        <Words of={evidenceMeans} />
        <Passages subject={subject} shown={shown} open={open} />
      </section>
      <section aria-labelledby="answers">
        <h2 id="answers">Open questions</h2>
        <Answers subject={subject} />
      </section>
      <section aria-labelledby="remarks">
        <h2 id="remarks">Other unclear places, and why they are not questions</h2>
        <RemarkList />
      </section>
      <SignOff subject={subject} />
    </>
  );
}

/** Takes a copy of the page or saved marks, and says what a copy is. */
function CopyIntake({ subject: { record, comparison } }: { readonly subject: Subject }) {
  const { name, problem, isKept } = reviewStore.state;
  return (
    <>
      <FileDrop
        name="Copy of the documentation page"
        text="Drop your copy of the documentation page here, or choose it"
        take={(files) => void reviewStore.open(files, record)}
      >
        <FromMarks />
      </FileDrop>
      {problem !== null && (
        <p class="notice" role="alert">
          {printable(problem)}
        </p>
      )}
      {!isKept && (
        <p class="notice" role="alert">
          This browser keeps no marks: save marks.json before you close or reload the page.
        </p>
      )}
      {comparison && (
        <p class={comparison.isSame ? 'compared' : 'compared notice'}>
          <span>
            <b>{printable(name ?? '', 60)}</b>: {comparisonText(comparison)}
          </span>
        </p>
      )}
    </>
  );
}

/** How far the review has come, and which part of the page is shown. */
function ProgressBar({
  progress,
  shown,
  show,
  hasCopy,
}: {
  readonly progress: Progress;
  readonly shown: ShownPassages;
  readonly show: (shown: ShownPassages) => void;
  readonly hasCopy: boolean;
}) {
  const { before } = reviewStore.state;
  return (
    <section class="progress-bar" aria-label="Progress">
      <label>
        <span>{progressText(progress)}</span>
        <progress value={progress.judged} max={progress.clauses} />
      </label>
      <label>
        Show{' '}
        <select value={shown} onChange={({ currentTarget }) => show(currentTarget.value as ShownPassages)}>
          <option value="all">the whole page</option>
          <option value="open">what is not judged yet</option>
          <option value="changed" disabled={!hasCopy}>
            what differs in the copy
          </option>
        </select>
      </label>
      {before && (
        <p class="buttons" role="status">
          <span>The marks that were here before are set aside.</span>
          <button type="button" onClick={() => reviewStore.mark(before)}>
            Take them back
          </button>
        </p>
      )}
    </section>
  );
}

/** What words mean that stand on the cards. */
function Words({ of }: { readonly of: Readonly<Record<string, string>> }) {
  return (
    <p class="because">
      {Object.entries(of).map(([word, means], at) => (
        <span key={word}>
          {at > 0 && '; '}
          <b>{word}</b>: {means}
        </span>
      ))}
      .
    </p>
  );
}

function RemarkList() {
  return (
    <ul class="remarks">
      {Object.entries(remarks).map(([name, { asks, answers, because }]) => (
        <li key={name}>
          <details>
            <summary>
              <Coded text={asks} />
            </summary>
            <p>
              Held: <Coded text={answers[0]} />. Otherwise: <Coded text={answers[1]} />.{' '}
              <Coded text={because} />
            </p>
          </details>
        </li>
      ))}
    </ul>
  );
}

function FromMarks() {
  return (
    <label class="file">
      <span>Go on with marks that were saved</span>
      <input
        type="file"
        accept=".json,application/json"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) void reviewStore.openMarks(file);
          currentTarget.value = '';
        }}
      />
    </label>
  );
}

function SignOff({ subject }: { readonly subject: Subject }) {
  const { marks } = reviewStore.state;
  return (
    <section class="take" aria-labelledby="sign-off">
      <h2 id="sign-off">Sign off</h2>
      <p>
        The report lists clauses, answers and marks, and prints; it holds no sentence of the page. The marks
        are a file of their own: open it again when the page or the specification has changed, and only what
        that touches has to be judged again. This browser keeps the marks and the copy until you begin anew.
      </p>
      <label>
        Reviewed by{' '}
        <input
          type="text"
          maxLength={maxNote}
          value={marks.reviewer}
          onInput={({ currentTarget }) => reviewStore.mark({ ...marks, reviewer: currentTarget.value })}
        />
      </label>
      <p class="buttons">
        <SaveLink file="review.html" type="text/html" text={signOffReport(marks, subject)} />
        <SaveLink file="marks.json" type="application/json" text={marksFile(marks)} />
        <button type="button" onClick={() => reviewStore.clear()}>
          Begin anew
        </button>
      </p>
    </section>
  );
}
