import { verdicts } from '../../observations/results.ts';
import type { FolderResult } from '../../observations/results.ts';
import { markup, printable } from '../../text/escape.ts';
import { htmlHead } from '../../text/html.ts';
import { htmlStyle } from './html-style.ts';
import { block, counted, grouped } from '../../text/layout.ts';
import { remarksOn, remarksOnInput, type ReportRemark } from './remarks.ts';
import {
  beforeText,
  clauseText,
  conclusionOf,
  folderName,
  judgedBy,
  knownText,
  longestFact,
  nearestText,
  place,
  severityName,
} from './text.ts';
import {
  exitCodeOf,
  summarize,
  worstFirst,
  type CheckOutcome,
  type Report,
  type ReportOptions,
  type CheckSummary,
} from './outcome.ts';

/** The report as one HTML file for people: no script, nothing loaded, light or dark as the reader's system is. */
export function htmlReport(outcome: CheckOutcome, options: ReportOptions = {}): Report {
  const summary = summarize(outcome);
  const exitCode = exitCodeOf(summary, options.strict);
  const conclusion = text(conclusionOf(summary, exitCode));
  const head = [
    ...htmlHead(`oz-status: ${conclusion}`, htmlStyle),
    '<body>',
    '<main>',
    `<h1>oz-status: <span class="${exitCode === 0 ? 'note' : 'error'}">${conclusion}</span></h1>`,
    `<p>${counted(summary.folders, 'folder')}, ${counted(summary.observations, 'observation')}. ` +
      `Judged by ${text(judgedBy(outcome.options))}.</p>`,
    countsTable(summary),
  ];
  return {
    exitCode,
    *output() {
      yield block(head);
      for (const folder of worstFirst(outcome)) {
        yield* section(folderHeading(folder), remarksOn(folder, options.strict), options.all);
      }
      yield* section('Outside any folder', remarksOnInput(outcome, options.strict));
      yield block(['</main>', '</body>', '</html>']);
    },
  };
}

/** Text of the input: printable and escaped. */
const text = (raw: string, limit?: number) => markup(printable(raw, limit));

function countsTable(summary: CheckSummary): string {
  const counts = [...verdicts, 'hazards', 'unreadable', 'known'] as const;
  return [
    '<table>',
    `<thead><tr>${counts.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>`,
    `<tbody><tr>${counts.map((name) => `<td>${grouped(summary[name])}</td>`).join('')}</tr></tbody>`,
    '</table>',
  ].join('\n');
}

function folderHeading(folder: FolderResult): string {
  const { verdict, observations } = folder;
  const level = verdict === 'violates' ? 'error' : verdict === 'conforms' ? 'note' : 'warning';
  const seen = counted(observations, 'observation');
  return `<bdi>${markup(folderName(folder))}</bdi>: <span class="${level}">${verdict}</span> <small>${seen}</small>`;
}

/** A heading, which is markup already, with remarks below it; nothing without a remark, unless it is to stand alone. */
function* section(
  heading: string,
  remarks: Iterable<ReportRemark>,
  mayStandAlone = false,
): Generator<string> {
  const opening = block(['<section>', `<h2>${heading}</h2>`]);
  let isOpen = mayStandAlone;
  if (isOpen) yield opening;
  for (const remark of remarks) {
    if (!isOpen) yield opening;
    isOpen = true;
    yield block(article(remark));
  }
  if (isOpen) yield block(['</section>']);
}

function article({ level, title, message, finding }: ReportRemark): string[] {
  const row = (label: string, value: string | null, limit?: number) =>
    value === null || value === '' ? [] : [`<dt>${label}</dt><dd><bdi>${text(value, limit)}</bdi></dd>`];
  const facts =
    finding === undefined
      ? []
      : [
          '<dl>',
          `<dt>where</dt><dd><bdi><code>${markup(place(finding.where))}</code></bdi></dd>`,
          ...row('observed', finding.observed),
          ...row('allowed', finding.allowed.join(', ')),
          ...row('nearest legal', nearestText(finding), longestFact),
          ...row('before', beforeText(finding), longestFact),
          ...row('clause', clauseText(finding)),
          ...row('hint', finding.hint, longestFact),
          ...row('known', knownText(finding)),
          '</dl>',
        ];
  return [
    `<article class="${level}">`,
    `<h3>${finding ? severityName(finding) : level} <code>${markup(title)}</code></h3>`,
    `<p><bdi>${text(message)}</bdi></p>`,
    ...facts,
    '</article>',
  ];
}
