import { verdicts } from '../../observations/results.ts';
import { markdownCode, markdownText } from '../../text/escape.ts';
import { counted, grouped } from '../../text/layout.ts';
import { remarks, type ReportRemark } from './remarks.ts';
import {
  conclusionOf,
  folderName,
  judgedBy,
  knownText,
  nearestText,
  place,
  severityName,
  shownIn,
} from './text.ts';
import {
  exitCodeOf,
  hasNews,
  summarize,
  type CheckOutcome,
  type Report,
  type ReportOptions,
} from './outcome.ts';

/** How long a table may be, in characters of up to three bytes: three of them fit a job summary, which holds 1 MiB. */
const maxTable = 100_000;
/** How much of one text of the input a cell shows. */
const maxText = 200;

/** The report as Markdown for the summary of a job: counts, folders and findings as tables. */
export function markdownReport(outcome: CheckOutcome, options: ReportOptions = {}): Report {
  const summary = summarize(outcome);
  const exitCode = exitCodeOf(summary, options.strict);
  const listed = outcome.folders.filter((folder) => options.all === true || hasNews(folder));
  const counts = [...verdicts, 'hazards', 'unreadable', 'known'] as const;
  const said = (areKnown: boolean) => remarksThat(areKnown, remarks(outcome, options.strict));
  const blocks = () => [
    `## oz-status: ${conclusionOf(summary, exitCode)}`,
    `${counted(summary.folders, 'folder')}, ${counted(summary.observations, 'observation')}, ` +
      `judged by ${cell(judgedBy(outcome.options))}.`,
    ...table(counts, [summary], () => counts.map((name) => grouped(summary[name])), 'counts'),
    ...table(
      ['Folder', 'Verdict', 'Observations', 'Findings', 'Hazards'],
      listed,
      ({ verdict, observations, findings, hazards, ...folder }) =>
        [cell(folderName(folder)), verdict, observations, findings.length, hazards.length].map(String),
      'folders',
    ),
    ...table(columns, said(false), remarkRow, 'findings'),
    ...table(
      [...columns, 'Known'],
      said(true),
      (one) => [...remarkRow(one), cell(knownText(one.finding!) ?? '')],
      'known findings',
    ),
  ];
  return { exitCode, output: () => [`${blocks().join('\n\n')}\n`] };
}

function* remarksThat(areKnown: boolean, all: Iterable<ReportRemark>): Generator<ReportRemark> {
  for (const remark of all) if ((remark.finding?.known !== undefined) === areKnown) yield remark;
}

const columns = [
  'Finding',
  'Folder',
  'Message',
  'Observed',
  'Allowed',
  'Nearest legal',
  'Where',
  'Before',
  'Clause',
];

const cell = (text: string) => markdownText(text, maxText);

function remarkRow({ level, title, message, folder, finding }: ReportRemark): string[] {
  const { observed = null, allowed = [], where, clause = null, evidence } = finding ?? {};
  return [
    `${finding ? severityName(finding) : level} ${cell(title)}`,
    folder?.folderId === undefined || folder.folderId === null ? '' : markdownCode(folder.folderId, maxText),
    cell(message),
    cell(observed ?? ''),
    cell(allowed.join(', ')),
    cell((finding && nearestText(finding)) ?? ''),
    where === undefined ? '' : markdownCode(place(where), maxText),
    finding?.before
      ? `${markdownCode(place(finding.before.where), maxText)} ${cell(shownIn(finding.before))}`
      : '',
    clause === null ? '' : `${cell(clause)} (${evidence ?? ''})`,
  ];
}

/** A table of things, a row of each, none without any; what exceeds the limit is left out, and the report says so. */
function table<T>(
  head: readonly string[],
  all: Iterable<T>,
  rowOf: (one: T) => readonly string[],
  things: string,
): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const shown: string[] = [];
  let [length, more] = [0, 0];
  for (const one of all) {
    const next = more > 0 ? '' : line(rowOf(one));
    length += next.length + 1;
    if (length > maxTable) more += 1;
    else shown.push(next);
  }
  if (shown.length + more === 0) return [];
  return [
    [line(head), line(head.map(() => '---')), ...shown].join('\n'),
    ...(more === 0 ? [] : [`${grouped(more)} more ${things} are left out here; the JSON report has all.`]),
  ];
}
