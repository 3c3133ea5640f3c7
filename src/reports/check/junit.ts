import { markup, printable } from '../../text/escape.ts';
import { isInFile, remarksOn, remarksOnInput, type ReportRemark } from './remarks.ts';
import { conclusionOf, findingLines, folderName, judgedBy, knownText, place } from './text.ts';
import { block, painter } from '../../text/layout.ts';
import { exitCodeOf, summarize, type CheckOutcome, type Report, type ReportOptions } from './outcome.ts';

/** A testcase: what makes it fail, if anything does, and what there is to read beside it. */
interface Case {
  readonly name: string;
  readonly group: 'folder' | 'input';
  readonly remarks: readonly ReportRemark[];
}

/**
 * The report as JUnit XML: one suite for the check, in it a testcase for every folder and one for every finding outside
 * a folder. A case has one `failure` or one `error` at most, because readers take the first only: it tells all.
 */
export function junitReport(outcome: CheckOutcome, options: ReportOptions = {}): Report {
  const summary = summarize(outcome);
  const exitCode = exitCodeOf(summary, options.strict);
  const suite = 'oz-status check';
  const property = (name: string, value: string) =>
    `      <property name="${name}" value="${markup(printable(value))}"/>`;
  return {
    exitCode,
    *output() {
      const counts = countsOf(casesOf(outcome, options));
      yield block([
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites name="${suite}" ${counts} time="0">`,
        `  <testsuite name="${suite}" ${counts} time="0">`,
        '    <properties>',
        property('judged by', judgedBy(outcome.options)),
        property('conclusion', conclusionOf(summary, exitCode)),
        '    </properties>',
      ]);
      for (const one of withDistinctNames(casesOf(outcome, options))) yield* caseBlocks(one);
      yield block(['  </testsuite>', '</testsuites>']);
    },
  };
}

function* casesOf(outcome: CheckOutcome, { strict }: ReportOptions): Generator<Case> {
  for (const folder of outcome.folders) {
    yield { name: folderName(folder), group: 'folder', remarks: [...remarksOn(folder, strict)] };
  }
  for (const remark of remarksOnInput(outcome, strict)) {
    const { title, finding } = remark;
    const at = finding === undefined ? '' : ` ${place(finding.where)}`;
    yield { name: `${title}${at}`, group: 'input', remarks: [remark] };
  }
}

/** How many cases there are of each kind, as attributes of a suite. */
function countsOf(cases: Iterable<Case>): string {
  const counts = { failure: 0, error: 0, skipped: 0, passed: 0 };
  for (const one of cases) counts[kindOf(one)] += 1;
  const { failure, error, skipped, passed } = counts;
  const tests = failure + error + skipped + passed;
  return `tests="${tests}" failures="${failure}" errors="${error}" skipped="${skipped}"`;
}

/** The same cases; of several with one name the later are numbered, because readers keep the first and drop the rest. */
function* withDistinctNames(cases: Iterable<Case>): Generator<Case> {
  // By each name that is taken, the number at which to look for the next.
  const taken = new Map<string, number>();
  for (const one of cases) {
    let { name } = one;
    let number = taken.get(name) ?? 1;
    for (; taken.has(name); name = `${one.name} (${number})`) number += 1;
    taken.set(name, 1);
    taken.set(one.name, number);
    yield { ...one, name };
  }
}

type Kind = 'failure' | 'error' | 'skipped' | 'passed';

const isUnreadable = ({ finding, title }: ReportRemark) =>
  finding === undefined
    ? title === 'NOTHING_TO_JUDGE' || title === 'PARTIAL'
    : finding.severity === 'unreadable';

const isKnown = ({ finding }: ReportRemark) => finding?.known !== undefined;

/** What kept a case from passing; a failure before an error, as exit code 1 stands before 3. */
function kindOf({ remarks }: Case): Kind {
  const errors = remarks.filter(({ level }) => level === 'error');
  if (errors.length === 0) return remarks.some(isKnown) ? 'skipped' : 'passed';
  return errors.every(isUnreadable) ? 'error' : 'failure';
}

function* caseBlocks(one: Case): Generator<string> {
  const { name, group, remarks } = one;
  const kind = kindOf(one);
  const where = remarks.find(({ finding }) => finding && isInFile(finding.where))?.finding?.where;
  const attributes = [
    `name="${markup(name)}"`,
    `classname="oz-status.${group}"`,
    // A check of recordings takes no time that means anything, but some readers want one.
    'time="0"',
    ...(where === undefined ? [] : [`file="${markup(printable(where.file))}"`]),
    ...(where?.line === undefined ? [] : [`line="${where.line}"`]),
  ].join(' ');
  const open = `    <testcase ${attributes}`;
  if (remarks.length === 0) return yield block([`${open}/>`]);
  yield block([`${open}>`]);
  if (kind === 'skipped') {
    const reasons = remarks.flatMap(({ finding }) => (finding && knownText(finding)) ?? []);
    yield block([`      <skipped message="${markup(printable(`known: ${reasons.join('; ')}`))}"/>`]);
  }
  const isBad = kind === 'failure' || kind === 'error';
  const tag = isBad ? kind : 'system-out';
  yield `      <${tag}${isBad ? causeOf(one, kind) : ''}>`;
  for (const [at, remark] of remarks.entries()) {
    yield (at === 0 ? '' : '\n') + markup(remarkLines(remark).join('\n'));
  }
  yield block([`</${tag}>`, '    </testcase>']);
}

/** What made a case this kind of bad, in short, as attributes. */
function causeOf({ remarks }: Case, kind: 'failure' | 'error'): string {
  const cause = remarks.find((one) => one.level === 'error' && isUnreadable(one) === (kind === 'error'));
  return ` type="${markup(cause?.title ?? '')}" message="${markup(printable(cause?.message ?? ''))}"`;
}

function remarkLines({ finding, message }: ReportRemark): string[] {
  return finding === undefined ? [printable(message)] : findingLines(finding, painter(false));
}
