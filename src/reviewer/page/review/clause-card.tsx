import { useRef, useState } from 'preact/hooks';
import {
  basisOf,
  judgements,
  maxNote,
  standingOfMark,
  type Judgement,
  type Subject,
} from '../../../review/marks.ts';
import { supportWords } from '../../../review/page/annotate.ts';
import type { ClauseRecord } from '../../../review/record.ts';
import { counted } from '../../../text/layout.ts';
import { Coded } from '../parts/coded.tsx';
import { reviewStore } from './review-store.ts';

const names = Object.keys(judgements) as Judgement[];

/** One clause with what rests on it, and the reviewer's mark. */
export function ClauseCard({ id, subject }: { readonly id: string; readonly subject: Subject }) {
  const clause = subject.record.clauses[id]!;
  const basis = basisOf(id, subject);
  const mark = reviewStore.state.marks.clauses[id];
  const standing = standingOfMark(mark, basis);
  return (
    <article class={`clause-card ${standing} ${standing === 'judged' ? `is-${mark!.judgement}` : ''}`}>
      <h4>
        <code class="clause">{id}</code> <span class={`evidence ${clause.evidence}`}>{clause.evidence}</span>
      </h4>
      <p>
        <Coded text={clause.text} />
      </p>
      <SupportList clause={clause} />
      {standing === 'again' && (
        <p class="error">Judged before ({mark!.judgement}), and changed since: judge it again.</p>
      )}
      <fieldset class="marks">
        <legend class="hidden">Your judgement of {id}</legend>
        {names.map((name) => (
          <label key={name}>
            <input
              type="radio"
              name={`mark-${id}`}
              checked={mark?.judgement === name && standing === 'judged'}
              onChange={() => judge(id, { judgement: name, note: mark?.note ?? '', of: basis })}
            />{' '}
            {name}
          </label>
        ))}
      </fieldset>
      {mark && (
        <NoteField
          label={`Note on ${id}`}
          text={mark.note}
          isWanted={mark.judgement !== 'agree'}
          hint={mark.judgement === 'object' ? 'Why?' : 'Your note'}
          keep={(note) => judge(id, { ...mark, note })}
        />
      )}
    </article>
  );
}

function judge(id: string, mark: (typeof reviewStore.state.marks.clauses)[string]): void {
  const { marks } = reviewStore.state;
  reviewStore.mark({ ...marks, clauses: { ...marks.clauses, [id]: mark } });
}

/** A text that is kept as it is written. */
export function NoteField({
  label,
  text,
  isWanted,
  hint = 'Why?',
  keep,
}: {
  readonly label: string;
  readonly text: string;
  readonly isWanted: boolean;
  readonly hint?: string;
  readonly keep: (text: string) => void;
}) {
  const [isOpen, setOpen] = useState(isWanted || text !== '');
  const takesFocus = useRef(false);
  const open = (): void => {
    // The button that has the focus goes away.
    takesFocus.current = true;
    setOpen(true);
  };
  if (!isOpen && !isWanted) {
    return (
      <button type="button" class="quiet" onClick={open}>
        Add a note<span class="hidden">: {label}</span>
      </button>
    );
  }
  return (
    <textarea
      ref={(area) => {
        if (takesFocus.current) area?.focus();
        takesFocus.current = false;
      }}
      class="note"
      rows={2}
      maxLength={maxNote}
      aria-label={label}
      placeholder={hint}
      value={text}
      onInput={({ currentTarget }) => keep(currentTarget.value)}
    />
  );
}

const kinds = Object.keys(supportWords) as (keyof typeof supportWords)[];

function SupportList({ clause }: { readonly clause: ClauseRecord }) {
  const shown = kinds.filter((kind) => clause[kind].length > 0);
  return (
    <details class="support">
      <summary>{shown.map((kind) => counted(clause[kind].length, supportWords[kind])).join(', ')}</summary>
      <dl>
        {shown.map((kind) => (
          <div key={kind}>
            <dt>{supportWords[kind]}s</dt>
            {clause[kind].map((name) => (
              <dd key={name}>{name}</dd>
            ))}
          </div>
        ))}
      </dl>
    </details>
  );
}
