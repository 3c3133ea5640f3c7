import { verdicts } from '../conformance/results.ts';
import { markdownCode, markdownText } from './escape.ts';
import { counted, grouped } from './layout.ts';
import { remarks, type Remark } from './remarks.ts';
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
  const all = remarks(outcome, options.strict);
  const blocks = [
    `## oz-status: ${conclusionOf(summary, exitCode)}`,
    `${counted(summary.folders, 'folder')}, ${counted(summary.observations, 'observation')}, ` +
      `judged by ${cell(judgedBy(outcome.options))}.`,
    ...table(counts, [counts.map((name) => grouped(summary[name]))], 'counts'),
    ...table(
      ['Folder', 'Verdict', 'Observations', 'Findings', 'Hazards'],
      listed.map(({ folderId, verdict, observations, findings, hazards }) =>
        [cell(folderName(folderId)), verdict, observations, findings.length, hazards.length].map(String),
      ),
      'folders',
    ),
    ...table(columns, all.filter(({ finding }) => !finding?.known).map(remarkRow), 'findings'),
    ...table(
      [...columns, 'Known'],
      all
        .filter(({ finding }) => finding?.known)
        .map((one) => [...remarkRow(one), cell(knownText(one.finding!) ?? '')]),
      'known findings',
    ),
  ];
  return { output: `${blocks.join('\n\n')}\n`, exitCode };
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

function remarkRow({ level, title, message, folder, finding }: Remark): string[] {
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

/** A table, none without rows; what exceeds the limit is left out, and the report says so. */
function table(head: readonly string[], rows: readonly (readonly string[])[], things: string): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const shown: string[] = [];
  for (let length = 0; shown.length < rows.length;) {
    const next = line(rows[shown.length] ?? []);
    length += next.length + 1;
    if (length > maxTable) break;
    shown.push(next);
  }
  const more = rows.length - shown.length;
  return [
    [line(head), line(head.map(() => '---')), ...shown].join('\n'),
    ...(more === 0 ? [] : [`${grouped(more)} more ${things} are left out here; the JSON report has all.`]),
  ];
}
