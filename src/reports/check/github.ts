import { commandProperty, commandText, printable } from '../../text/escape.ts';
import { isInFile, remarks, type Level, type ReportRemark } from './remarks.ts';
import {
  beforeText,
  clauseText,
  folderName,
  knownText,
  longestFact,
  nearestText,
  textReport,
} from './text.ts';
import type { CheckOutcome, Report, ReportOptions } from './outcome.ts';

const commandOf: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/** The longest path that an annotation can name. */
const maxPath = 4096;

/** The report as workflow commands of GitHub, which annotate the recordings; then the summary as text. */
export function githubReport(outcome: CheckOutcome, options: ReportOptions = {}): Report {
  const summary = textReport(outcome, { quiet: true, strict: options.strict === true });
  return {
    exitCode: summary.exitCode,
    *output() {
      for (const remark of remarks(outcome, options.strict)) yield `${command(remark)}\n`;
      yield* summary.output();
    },
  };
}

function command(remark: ReportRemark): string {
  const where = remark.finding?.where;
  const { file, line, column } = where && isInFile(where) ? where : {};
  const properties = [
    ['file', file === undefined ? undefined : printable(file, maxPath)],
    ['line', line],
    ['col', column],
    ['title', remark.finding?.known ? `${remark.title} (known)` : remark.title],
  ] as const;
  const given = properties
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${commandProperty(String(value))}`);
  return `::${commandOf[remark.level]} ${given.join(',')}::${commandText(body(remark))}`;
}

function body({ message, folder, finding }: ReportRemark): string {
  const line = (label: string, text: string | null, limit?: number) =>
    text === null || text === '' ? [] : [`${label}${printable(text, limit)}`];
  const { where, observed = null, allowed = [], hint = null } = finding ?? {};
  return [
    ...line('', message),
    ...line('at ', where?.pointer ?? null),
    ...line('observed: ', observed),
    ...line('allowed: ', allowed.join(', ')),
    ...line('nearest legal: ', finding ? nearestText(finding) : null, longestFact),
    ...line('before: ', finding ? beforeText(finding) : null, longestFact),
    ...line('clause: ', finding ? clauseText(finding) : null),
    ...line('hint: ', hint, longestFact),
    ...line('known: ', finding ? knownText(finding) : null),
    ...(folder && finding ? [`in ${folderName(folder)}`] : []),
  ].join('\n');
}
