import type { FolderResult } from '../conformance/results.ts';
import { markup, printable } from './escape.ts';
import { isInFile, remarksOn, remarksOnInput, type Remark } from './remarks.ts';
import { conclusionOf, findingLines, folderName, judgedBy, knownText, place } from './text.ts';
import { painter } from './layout.ts';
import { exitCodeOf, summarize, type CheckOutcome, type Report, type ReportOptions } from './outcome.ts';

/** A testcase: what makes it fail, if anything does, and what there is to read beside it. */
interface Case {
  readonly name: string;
  readonly group: 'folder' | 'input';
  readonly remarks: readonly Remark[];
}

/**
 * The report as JUnit XML: one suite for the check, in it a testcase for every folder and one for every finding outside
 * a folder. A case has one `failure` or one `error` at most, because readers take the first only: it tells all.
 */
export function junitReport(outcome: CheckOutcome, options: ReportOptions = {}): Report {
  const summary = summarize(outcome);
  const exitCode = exitCodeOf(summary, options.strict);
  const cases = withDistinctNames([
    ...outcome.folders.map((folder) => folderCase(folder, options.strict)),
    ...remarksOnInput(outcome, options.strict).map(inputCase),
  ]);
  const kinds = cases.map((one) => kindOf(one));
  const count = (kind: Kind) => kinds.filter((one) => one === kind).length;
  const counts = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  const suite = 'oz-status check';
  const property = (name: string, value: string) =>
    `      <property name="${name}" value="${markup(printable(value))}"/>`;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${suite}" ${counts}>`,
    `  <testsuite name="${suite}" ${counts}>`,
    '    <properties>',
    property('judged by', judgedBy(outcome.options)),
    property('conclusion', conclusionOf(summary, exitCode)),
    '    </properties>',
    ...cases.flatMap(caseLines),
    '  </testsuite>',
    '</testsuites>',
  ];
  return { output: `${lines.join('\n')}\n`, exitCode };
}

function folderCase(folder: FolderResult, strict: boolean | undefined): Case {
  return { name: folderName(folder.folderId), group: 'folder', remarks: remarksOn(folder, strict) };
}

function inputCase(remark: Remark): Case {
  const { title, finding } = remark;
  const at = finding === undefined ? '' : ` ${place(finding.where)}`;
  return { name: `${title}${at}`, group: 'input', remarks: [remark] };
}

/** The same cases; of several with one name the later are numbered, because readers keep the first and drop the rest. */
function withDistinctNames(cases: readonly Case[]): Case[] {
  const taken = new Set<string>();
  const numbers = new Map<string, number>();
  return cases.map((one) => {
    let { name } = one;
    let number = numbers.get(one.name) ?? 1;
    for (; taken.has(name); name = `${one.name} (${number})`) number += 1;
    taken.add(name);
    numbers.set(one.name, number);
    return { ...one, name };
  });
}

type Kind = 'failure' | 'error' | 'skipped' | 'passed';

const isUnreadable = ({ finding, title }: Remark) =>
  finding === undefined
    ? title === 'NOTHING_TO_JUDGE' || title === 'PARTIAL'
    : finding.severity === 'unreadable';

const isKnown = ({ finding }: Remark) => finding?.known !== undefined;

/** What kept a case from passing; a failure before an error, as exit code 1 stands before 3. */
function kindOf({ remarks }: Case): Kind {
  const errors = remarks.filter(({ level }) => level === 'error');
  if (errors.length === 0) return remarks.some(isKnown) ? 'skipped' : 'passed';
  return errors.every(isUnreadable) ? 'error' : 'failure';
}

function caseLines(one: Case): string[] {
  const { name, group, remarks } = one;
  const kind = kindOf(one);
  const where = remarks.find(({ finding }) => finding && isInFile(finding.where))?.finding?.where;
  const attributes = [
    `name="${markup(name)}"`,
    `classname="oz-status.${group}"`,
    ...(where === undefined ? [] : [`file="${markup(printable(where.file))}"`]),
    ...(where?.line === undefined ? [] : [`line="${where.line}"`]),
  ].join(' ');
  const open = `    <testcase ${attributes}`;
  if (remarks.length === 0) return [`${open}/>`];
  const told = markup(remarks.flatMap(remarkLines).join('\n'));
  if (kind === 'skipped') {
    const reasons = remarks.flatMap(({ finding }) => (finding && knownText(finding)) ?? []);
    const skipped = `      <skipped message="${markup(printable(`known: ${reasons.join('; ')}`))}"/>`;
    return [`${open}>`, skipped, `      <system-out>${told}</system-out>`, '    </testcase>'];
  }
  if (kind === 'passed') return [`${open}>`, `      <system-out>${told}</system-out>`, '    </testcase>'];
  const cause = remarks.find(
    (remark) => remark.level === 'error' && isUnreadable(remark) === (kind === 'error'),
  );
  const short = `type="${markup(cause?.title ?? '')}" message="${markup(printable(cause?.message ?? ''))}"`;
  return [`${open}>`, `      <${kind} ${short}>${told}</${kind}>`, '    </testcase>'];
}

function remarkLines({ finding, message }: Remark): string[] {
  return finding === undefined ? [printable(message)] : findingLines(finding, painter(false));
}
