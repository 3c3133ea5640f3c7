import { markup, printable } from '../text/escape.ts';
import { htmlHead } from '../text/html.ts';
import { counted } from '../text/layout.ts';
import {
  basisOf,
  judgements,
  maxNote,
  progressOf,
  questionBasis,
  standingOfMark,
  type Marks,
  type Progress,
  type Standing,
  passagesIn,
  type Subject,
} from './marks.ts';
import { comparisonText, supportWords } from './page/annotate.ts';
import { placeText, standingOf } from './page/register.ts';
import type { ClauseRecord } from './record.ts';
import { remarks } from './remarks.ts';
import type { ClauseId } from '../../machines/index.ts';

/** The report for a sign-off: one HTML file for people, without a script, that prints well. */

/** The report. It names places on the page and holds none of its sentences. */
export function signOffReport(marks: Marks, subject: Subject): string {
  const { page } = subject.record;
  const progress = progressOf(marks, subject);
  return [
    ...htmlHead('Review of the specification of statuses', style),
    '<body><main>',
    '<h1>Review of the specification of statuses</h1>',
    `<p>Specified is <a href="${markup(page.address)}">${markup(page.title)}</a>, captured ${page.captured}. ` +
      `${markup(copyText(subject))}</p>`,
    `<p>${markup(progressText(progress))}</p>`,
    ...again(progress),
    questionsTable(marks, subject),
    remarksTable(),
    clausesTable(marks, subject),
    ...lostMarks(marks, subject),
    `<p class="sign">Reviewed by: <bdi>${text(marks.reviewer)}</bdi> <span>Date and signature:</span></p>`,
    '</main></body>',
    '</html>',
    '',
  ].join('\n');
}

const text = (raw: string): string => markup(printable(raw, maxNote));

const copyText = ({ comparison }: Subject): string =>
  comparison
    ? `Compared with a copy. ${comparisonText(comparison)}`
    : 'No copy of the page was compared: the places are those of the captured page.';

/** How far a review has come, in sentences. */
export function progressText({
  clauses,
  judged,
  agree,
  object,
  note,
  questions,
  answered,
}: Progress): string {
  return (
    `${judged} of ${counted(clauses, 'clause')} judged: ${agree} agreed, ${object} objected to, ` +
    `${note} with a note. ${answered} of ${counted(questions, 'question')} answered.`
  );
}

const again = ({ again: ids }: Progress): readonly string[] =>
  ids.length === 0
    ? []
    : [
        `<p class="again"><strong>To be judged again</strong>, as what they are about has changed: ${ids.join(', ')}.</p>`,
      ];

const standingWords = {
  open: 'not judged',
  judged: '',
  again: 'changed since: judge again; before: ',
} as const satisfies Record<Standing, string>;

function questionsTable({ answers }: Marks, subject: Subject): string {
  const rows = Object.entries(subject.record.questions).map(([name, question]) => {
    const given = answers[name];
    const [first = ''] = Object.keys(question.answers);
    const standing = standingOfMark(given, questionBasis(name, subject));
    const answer = given?.answer ?? first;
    const says = question.answers[answer] ?? 'no answer of this specification any more';
    const isDefault = answer === first ? ' (default)' : '';
    return row(
      `<code>${name}</code><br>${code(question.asks)}`,
      `${standing === 'again' ? standingWords.again : ''}<code>${text(answer)}</code>${isDefault}: ${code(says)}`,
      given ? `<bdi>${text(given.reason)}</bdi>` : 'not answered: the default stands',
    );
  });
  return section('Open questions', ['Question', 'Answer', 'Reason'], rows);
}

/** What is held where the page could be read otherwise and nobody can choose. */
function remarksTable(): string {
  const rows = Object.values(remarks).map(({ asks, answers: [held, other], because }) =>
    row(code(asks), `${code(held)}<br><small>otherwise: ${code(other)}</small>`, code(because)),
  );
  return section(
    'Other unclear places, and why they are not questions',
    ['Place', 'Held', 'Why it is no question'],
    rows,
  );
}

function clausesTable({ clauses: marks }: Marks, subject: Subject): string {
  const rows = Object.entries(subject.record.clauses).map(([id, clause]) => {
    const mark = marks[id];
    const standing = standingOfMark(mark, basisOf(id, subject));
    const places = standingOf(id as ClauseId, passagesIn(subject)).map(placeText);
    const judged = mark
      ? `<strong class="${mark.judgement}">${mark.judgement}</strong> <bdi>${text(mark.note)}</bdi>`
      : '';
    return row(
      `<code id="${id}">${id}</code><br>${clause.evidence === 'documented' ? clause.evidence : `<strong>${clause.evidence}</strong>`}`,
      `${code(clause.text)}<br><small>${markup(places.length > 8 ? clause.where : places.join('; ') || clause.where)}</small>`,
      supportList(clause),
      `${standingWords[standing]}${judged}`,
    );
  });
  const meanings = Object.entries(judgements).map(([name, means]) => `${name}: ${means}`);
  return `${section('Clauses', ['Clause', 'Says', 'Rests on it', 'Judgement'], rows)}\n<p>${meanings.join('; ')}.</p>`;
}

const kinds = Object.keys(supportWords) as (keyof typeof supportWords)[];

/** What rests on a clause, one of a line. */
function supportList(clause: ClauseRecord): string {
  const lines = kinds.flatMap((kind) =>
    clause[kind].map((name) => `<li>${supportWords[kind]}: ${markup(name)}</li>`),
  );
  return lines.length === 0 ? '' : `<ul>${lines.join('')}</ul>`;
}

/** Marks on what this specification no longer has: nothing that was said gets lost. */
function lostMarks({ clauses, answers }: Marks, { record }: Subject): readonly string[] {
  const rows = [
    ...Object.entries(clauses)
      .filter(([id]) => !Object.hasOwn(record.clauses, id))
      .map(([id, { judgement, note, of }]) => row(text(id), text(of.says), `${judgement} ${text(note)}`)),
    ...Object.entries(answers)
      .filter(([name]) => !Object.hasOwn(record.questions, name))
      .map(([name, { answer, reason, of }]) =>
        row(text(name), text(of.says), `${text(answer)} ${text(reason)}`),
      ),
  ];
  return rows.length === 0
    ? []
    : [section('Marks on what is no longer there', ['Name', 'Said', 'Mark'], rows)];
}

const row = (...cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

function section(title: string, head: readonly string[], rows: readonly string[]): string {
  const cells = head.map((cell) => `<th scope="col">${cell}</th>`).join('');
  return `<h2>${title}</h2>\n<table class="of-${head.length}"><thead><tr>${cells}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`;
}

/** Text in which words between backticks are code. */
const code = (raw: string): string =>
  markup(raw).replaceAll(/`([^`]*)`/g, (_, inside: string) => `<code>${inside}</code>`);

const style = `
:root { color-scheme: light dark; --line: #8886; }
body { margin: 0; font: 15px/1.45 system-ui, sans-serif; }
main { max-width: 75rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; overflow-wrap: anywhere; }
a { color: inherit; } h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: 1px solid var(--line); padding: .35rem .5rem; text-align: left; vertical-align: top; }
.of-4 th:first-child { width: 20%; } .of-4 th:nth-child(2) { width: 24%; } .of-4 th:last-child { width: 14%; }
ul { margin: 0; padding-left: 1rem; font-size: .85em; }
.object, .again { text-decoration: underline; }
.sign { margin-top: 3rem; } .sign span { margin-left: 4rem; }
.sign::after { content: ''; display: inline-block; width: 14rem; border-bottom: 1px solid; }
@page { margin: 15mm; }
@media print { body { font-size: 10px; } main { padding: 0; max-width: none; } tr { break-inside: avoid; }
  thead { display: table-header-group; } }
@media screen and (max-width: 40rem) { table, tbody, tr, td { display: block; } thead { display: none; } tr { margin-bottom: 1rem; } }
`;
