import { clauses, type Evidence } from '../../../machines/clauses.ts';
import { defaultReading, questionNames, type Reading } from '../../../machines/readings.ts';
import type { Before, Finding, Severity, Shown } from '../../observations/findings.ts';
import { verdicts, type CheckOptions, type FolderResult, type Verdict } from '../../observations/results.ts';
import type { Where } from '../../observations/observation.ts';
import { ignoredReasons, type IgnoredReason } from '../../recordings/io/piece.ts';
import { documentedRoutes, isLikeRead, routeKinds, routeLike } from '../../recordings/values/routes.ts';
import { printable } from '../../text/escape.ts';
import { block, counted, grouped, labelled, painter, type Paint, type Style } from '../../text/layout.ts';
import {
  exitCodeOf,
  foundOf,
  hasNews,
  interruptions,
  summarize,
  worstFirst,
  type CheckOutcome,
  type ExitCode,
  type Report,
  type ReportOptions,
  type CheckSummary,
} from './outcome.ts';
import { proposalLines } from './reading-proposal.ts';

const verdictStyle: Readonly<Record<Verdict, Style>> = {
  conforms: 'green',
  inconclusive: 'yellow',
  unspecified: 'yellow',
  violates: 'red',
};

const severityStyle: Readonly<Record<Severity, Style>> = {
  violation: 'red',
  unspecified: 'yellow',
  hazard: 'yellow',
  unreadable: 'red',
  note: 'cyan',
};

/** What the evidence of a clause lets a reader conclude. */
export const evidenceMeans: Readonly<Record<Evidence, string>> = {
  documented: 'the page says so',
  inferred: 'the page implies it',
  silent: 'the page is silent',
};

const conclusions: Readonly<Record<0 | 1 | 3, string>> = {
  0: 'passed: nothing violates the specification',
  1: 'failed',
  3: 'not passed: nothing violates, but not everything could be judged',
};

/** What is wrong with a check without observations. */
export const nothingToJudge = 'there was nothing to judge';

/** The report for people: folders worst first, each with what was found and why, and the summary at the end. */
export function textReport(outcome: CheckOutcome, options: ReportOptions = {}): Report {
  const paint = painter(options.colour === true, options.width);
  const summary = summarize(outcome);
  const exitCode = exitCodeOf(summary, options.strict);
  return {
    exitCode,
    *output() {
      if (options.quiet !== true) yield* body(outcome, options, paint);
      yield block(summaryLines(outcome, summary, exitCode, paint));
    },
  };
}

function* body(outcome: CheckOutcome, { all }: ReportOptions, paint: Paint): Generator<string> {
  for (const folder of worstFirst(outcome))
    if (all === true || hasNews(folder)) yield* folderBlocks(folder, paint);
  const { input } = outcome;
  if (input.length > 0) yield block([paint('bold', 'Found in the input, outside any folder'), '']);
  for (const one of input) yield block([...findingLines(one, paint), '']);
}

/** The name of a folder in text. */
export function folderName({ folderId, name }: Pick<FolderResult, 'folderId' | 'name'>): string {
  if (name !== undefined) return printable(name, 120);
  return folderId === null ? 'a folder without an id' : `folder ${printable(folderId, 80)}`;
}

function* folderBlocks(folder: FolderResult, paint: Paint): Generator<string> {
  const verdict = paint(verdictStyle[folder.verdict], folder.verdict);
  const heading = `${paint('bold', folderName(folder))}: ${verdict}`;
  yield block([`${heading} (${counted(folder.observations, 'observation')})`, '']);
  for (const one of foundOf(folder)) yield block([...findingLines(one, paint), '']);
}

/** One finding: what it is, where, what was seen, what would have been legal, and the clause it rests on. */
export function findingLines(one: Finding, paint: Paint): string[] {
  const optional = (label: string, text: string | null, limit?: number) =>
    text === null ? [] : labelled(4, label, printable(text, limit), paint.width);
  return [
    `  ${paint(one.known ? 'dim' : severityStyle[one.severity], `${severityName(one)} ${one.code}`)}`,
    ...labelled(4, '', printable(one.message), paint.width),
    ...labelled(4, 'where     ', place(one.where), paint.width),
    ...optional('observed  ', one.observed),
    ...optional('allowed   ', one.allowed.length === 0 ? null : one.allowed.join(', ')),
    ...optional('nearest   ', nearestText(one), longestFact),
    ...optional('before    ', beforeText(one), longestFact),
    ...optional('clause    ', clauseText(one)),
    ...optional('hint      ', one.hint, longestFact),
    ...optional('known     ', knownText(one)),
  ];
}

/** The severity of a finding, and whether a baseline knows it. */
export function severityName({ severity, known }: Pick<Finding, 'severity' | 'known'>): string {
  return known ? `known ${severity}` : severity;
}

/** What a baseline says of a finding; null: none knows it. */
export function knownText({ known }: Pick<Finding, 'known'>): string | null {
  if (!known) return null;
  const reason = known.reason.trim() === '' ? 'nobody has said why' : known.reason;
  return known.expires === null ? reason : `${reason} (until ${known.expires})`;
}

/** A place as `file:line:column pointer`, with the parts that are known. */
export function place({ file, line, column, pointer }: Where): string {
  const position = [printable(file, 200), line, column].filter((part) => part !== undefined).join(':');
  return pointer === undefined || pointer === '' ? position : `${position} ${printable(pointer, 200)}`;
}

/** How much reports for people show of what was before, of what is nearest, and of what to do, in characters. */
export const longestFact = 1000;

const nameOf = ({ field, analysis }: Shown) =>
  analysis === null ? field : `${field} of analysis ${analysis}`;

/** What would have to be otherwise for the observation to be legal; null where nothing is known to help. */
export function nearestText({ nearest }: Pick<Finding, 'nearest'>): string | null {
  const changes = nearest.map((one) => `${nameOf(one)} ${one.value} instead of ${one.observed}`);
  return changes.length === 0 ? null : changes.join(', and ');
}

/** The observation before that of a finding: its place and what it showed; null where there is none. */
export function beforeText({ before }: Pick<Finding, 'before'>): string | null {
  return before && `${place(before.where)} (${shownIn(before)})`;
}

/** What an observation showed. */
export function shownIn({ shown, more }: Before): string {
  const all = shown.map(
    ({ field, analysis, value }) => `${analysis === null ? field : `analysis ${analysis}`} ${value}`,
  );
  const rest = more === 0 ? [] : [`${grouped(more)} more`];
  return all.length === 0 ? 'no status' : [...all, ...rest].join(', ');
}

/** The clause of a finding with its text and evidence, if it rests on one. */
export function clauseText({ clause }: Pick<Finding, 'clause'>): string | null {
  if (clause === null) return null;
  const { text, evidence } = clauses[clause];
  return `${clause} (${evidence}: ${evidenceMeans[evidence]}). ${text}`;
}

/** How a check judges, in words: the answers that differ from the default ones, and the biometry setting. */
export function judgedBy(options: CheckOptions): string {
  const { settings, anyReading, otherReadings = [], groups, fields, decidedGroup } = options;
  const { reading, operatorRequired } = settings;
  const operator = 'operator-decision' as const;
  const inWords = (each: Reading): string => {
    const answers = questionNames
      .filter((question) => (anyReading === true ? question === operator : true))
      .filter((question) => each[question] !== defaultReading[question])
      .map((question) => `${question}=${each[question]}`);
    const base = anyReading === true ? 'any reading' : 'the default reading';
    return answers.length === 0 ? base : `${base} but ${answers.join(', ')}`;
  };
  return [
    [reading, ...otherReadings].map(inWords).join(' or '),
    ...(operatorRequired === 'never' ? ['OPERATOR_REQUIRED never enabled'] : []),
    ...(groups === 'first-seen' ? ['analyses first seen together taken as one group'] : []),
    ...(fields === 'stale' ? ['fields may be older than lists'] : []),
    ...(decidedGroup === 'last' ? ['a group in which an operator decides finishes last'] : []),
  ].join('; ');
}

/** Of so many requests that were left aside a report says what they are. */
const maxListed = 5;

/** What was left aside, as names and texts: how much and why, which requests it was, and what to do. */
export function leftAside(
  { ignored, requests }: Pick<CheckOutcome, 'ignored' | 'requests'>,
  { observations }: Pick<CheckSummary, 'observations'>,
): readonly (readonly [name: string, text: string])[] {
  const reasons = Object.entries(ignored) as [IgnoredReason, number][];
  const counts = reasons
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => ['left aside', `${grouped(count)}: ${ignoredReasons[reason]}`] as const);
  const seen = [...(requests ?? [])].toSorted(([, one], [, other]) => other - one);
  if (seen.length === 0) return counts;
  const more = seen.length > maxListed ? `, and ${seen.length - maxListed} others` : '';
  const listed = seen.slice(0, maxListed).map(([request, count]) => `${request} (${grouped(count)})`);
  const told = [...counts, ['requests', printable(`${listed.join(', ')}${more}`)] as const];
  const [first] = seen.find(([request]) => isLikeRead(request)) ?? (observations === 0 ? seen[0]! : []);
  if (first === undefined) return told;
  const kinds = Object.keys(routeKinds).join(', ');
  const hint = `if one of them gives on what the API answers: --route '${routeLike(first)}', or another of ${kinds}`;
  return [
    ...told,
    ['read are', `${documentedRoutes.join(', ')}, below any prefix`],
    ['hint', printable(hint)],
  ];
}

/** How a check ended, in words and with its exit code. */
export function conclusionOf({ observations, partial, known }: CheckSummary, exitCode: ExitCode): string {
  if (partial !== null) return `partial: ${interruptions[partial].means} (exit code ${exitCode})`;
  const nothing = exitCode === 3 && observations === 0;
  const conclusion = nothing ? `not passed: ${nothingToJudge}` : conclusions[exitCode as 0 | 1 | 3];
  const butKnown = known > 0 && exitCode === 0 ? ' but what the baseline knows' : '';
  return `${conclusion}${butKnown} (exit code ${exitCode})`;
}

function summaryLines(
  outcome: CheckOutcome,
  summary: CheckSummary,
  exitCode: ExitCode,
  paint: Paint,
): string[] {
  const rows = [
    ...verdicts.map((verdict) => [verdict, summary[verdict], verdictStyle[verdict]] as const),
    ['hazards', summary.hazards, 'yellow'] as const,
    ['unreadable', summary.unreadable, 'red'] as const,
    ['known', summary.known, 'dim'] as const,
  ];
  return [
    `${counted(summary.folders, 'folder')}, ${counted(summary.observations, 'observation')}`,
    ...rows
      .filter(([, count]) => count > 0)
      .map(([name, count, style]) => paint(style, `  ${name.padEnd(12)} ${grouped(count)}`)),
    ...leftAside(outcome, summary).flatMap(([name, text]) => labelled(2, name.padEnd(13), text, paint.width)),
    ...labelled(0, 'judged by ', judgedBy(outcome.options), paint.width),
    ...proposalLines(outcome.folders, outcome.options),
    paint('bold', conclusionOf(summary, exitCode)),
  ];
}
