import { passagesIn, type Subject } from '../../../review/marks.ts';
import { changeWords, withoutText } from '../../../review/page/annotate.ts';
import type { Line } from '../../../review/page/compare.ts';
import { isColumn, placeText, type RegisteredPassage } from '../../../review/page/register.ts';
import { printable } from '../../../text/escape.ts';
import { ClauseCard } from './clause-card.tsx';

/** What of the page is shown. */
export type ShownPassages = 'all' | 'open' | 'changed';

/** One passage, and the clauses whose cards stand beside it: each stands once, the others are named. */
interface Row {
  readonly passage: RegisteredPassage | Line;
  readonly cards: readonly string[];
  readonly named: readonly string[];
}

function rowsOf(subject: Subject): readonly Row[] {
  const placed = new Set<string>();
  return passagesIn(subject).map((passage) => {
    const clauses = passage.clauses.filter((id) => !isColumn(id));
    const cards = clauses.filter((id) => !placed.has(id));
    for (const id of cards) placed.add(id);
    return { passage, cards, named: clauses.filter((id) => !cards.includes(id)) };
  });
}

/** The page passage by passage, the clauses beside each; those that stand on none come last. */
export function Passages({
  subject,
  shown,
  open,
}: {
  readonly subject: Subject;
  readonly shown: ShownPassages;
  /** The clauses that are not judged yet. */
  readonly open: ReadonlySet<string>;
}) {
  const rows = rowsOf(subject);
  const onNone = Object.keys(subject.record.clauses).filter(
    (id) => !rows.some(({ cards }) => cards.includes(id)),
  );
  const isShown = ({ passage, cards }: Row): boolean =>
    shown === 'all' ||
    (shown === 'open' && cards.some((id) => open.has(id))) ||
    (shown === 'changed' && 'change' in passage && passage.change !== 'same');
  const listed = rows.filter(isShown);
  const last = onNone.filter((id) => shown === 'all' || (shown === 'open' && open.has(id)));
  return (
    <div class="passages">
      {listed.length + last.length === 0 && <p class="empty">Nothing of that kind.</p>}
      {listed.map((row) => (
        <PassageRow key={keyOf(row.passage)} row={row} subject={subject} />
      ))}
      {last.length > 0 && (
        <section class="passage" aria-label="On no single sentence">
          <div class="said">
            <h3>On no single sentence</h3>
            <p class="empty">A column of the table as a whole, or what no sentence comes near.</p>
          </div>
          <div class="beside">
            {last.map((id) => (
              <ClauseCard key={id} id={id} subject={subject} />
            ))}
          </div>
        </section>
      )}
    </div>
  );
}

const keyOf = (passage: RegisteredPassage | Line): string =>
  `${placeText(passage)} ${'change' in passage ? passage.change : ''} ${passage.hash}`;

function PassageRow({ row, subject }: { readonly row: Row; readonly subject: Subject }) {
  const { passage, cards, named } = row;
  const change = 'change' in passage ? passage.change : null;
  const name = placeText(passage);
  return (
    <section class={`passage ${change ?? ''} ${passage.element}`} aria-label={name}>
      <div class="said">
        <h3>
          {name} {change !== null && change !== 'same' && <b class="differs">{changeWords[change]}</b>}
        </h3>
        {'text' in passage && passage.text !== null && (
          <blockquote>{printable(passage.text, 2000)}</blockquote>
        )}
      </div>
      <div class="beside">
        {cards.length + named.length === 0 && (
          <p class="empty">{'change' in passage ? withoutText(passage) : `no clause: ${passage.without}`}</p>
        )}
        {cards.map((id) => (
          <ClauseCard key={id} id={id} subject={subject} />
        ))}
        {named.length > 0 && (
          <p class="empty">
            Also: <code>{named.join(', ')}</code>
          </p>
        )}
      </div>
    </section>
  );
}
