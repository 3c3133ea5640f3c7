import type { Finding } from '../observations/findings.ts';
import { createChecker } from '../conformance/index.ts';
import { readRecordingText } from '../recordings/index.ts';
import {
  exitCodeOf,
  summarize,
  textReport,
  wholeText,
  type CheckOutcome,
  type ExitCode,
} from '../reports/index.ts';
import { checkOptionsOf, optionProblems, type ConformOptions } from './conform-options.ts';
import { textOf } from './received.ts';

/** What a matcher answers to vitest and jest. */
export interface MatcherAnswer {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What `expect` gains; `R` is what its matchers return there. */
export interface OzStatusMatchers<R = void> {
  /**
   * Whether a recording conforms to the specification: the text of one, a list of its lines (what `recordFetch`
   * writes) or of answers of the API in order of arrival, one answer, or a HAR.
   */
  toConformToOzStatuses(options?: ConformOptions): R;
}

const name = 'toConformToOzStatuses';

/**
 * A matcher for `expect.extend` of vitest and jest. Passes where `check` would end with 0. A recording that holds
 * nothing to judge, or something unreadable, fails with `.not` as well: nobody knows whether it conforms.
 */
export function toConformToOzStatuses(
  this: { readonly isNot?: boolean } | void,
  received: unknown,
  options?: ConformOptions,
): MatcherAnswer {
  const isNot = this?.isNot === true;
  const problems = optionProblems(options);
  const recording = textOf(received);
  if (problems.length > 0 || 'problem' in recording) {
    throw new TypeError(
      [name, ...problems, ...('problem' in recording ? [recording.problem] : [])].join('\n  '),
    );
  }
  const outcome = judge(recording.text, options ?? {});
  const strict = options?.strict === true;
  const summary = summarize(outcome);
  const exitCode = exitCodeOf(summary, strict);
  const isUnjudged = exitCode === 3;
  return {
    pass: isUnjudged ? isNot : exitCode === 0,
    message: () => {
      const call = `expect(recording)${isNot ? '.not' : ''}.${name}()`;
      return `${call}\n\n${headline(exitCode, summary.observations)}\n\n${report(outcome, strict)}`;
    },
  };
}

/** What a test expected that fails for a recording of which `check` would end with this exit code. */
function headline(exitCode: ExitCode, observations: number): string {
  if (exitCode === 3) {
    const received = observations === 0 ? 'holds nothing to judge' : 'cannot be read throughout';
    return `Expected a recording that can be judged, received one that ${received}:`;
  }
  const [expected, received] = exitCode === 0 ? ['does not conform', 'does'] : ['conforms', 'does not'];
  return `Expected a recording that ${expected} to the statuses of the Oz API, received one that ${received}:`;
}

function judge(text: string, options: ConformOptions): CheckOutcome {
  const { file = 'received', routePrefix } = options;
  const checkOptions = checkOptionsOf(options);
  const checker = createChecker(checkOptions);
  const input: Finding[] = [];
  let ignored: CheckOutcome['ignored'] = {};
  const prefix = routePrefix === undefined ? {} : { routePrefix };
  for (const piece of readRecordingText(text, { file, ...prefix })) {
    if (piece.type === 'observation') checker.observe(piece.observation);
    else if (piece.type === 'finding') input.push(piece.finding);
    else ignored = piece.summary.ignored;
  }
  return { options: checkOptions, folders: checker.finish(), input, ignored };
}

/** The text report without its last line, which speaks of the exit code of a command. */
function report(outcome: CheckOutcome, strict: boolean): string {
  const text = wholeText(textReport(outcome, { strict }));
  return text.trimEnd().split('\n').slice(0, -1).join('\n');
}
