import { createPackedChecker } from '../../src/conformance/check/checker.ts';
import type { FolderResult, Verdict } from '../../src/conformance/index.ts';
import { RecordingReader } from '../../src/recordings/reader/reader.ts';
import type { Sample } from './recordings/generate.ts';
import { judgeLines, type Judgement } from './judge.ts';
import { sameId } from './recordings/recording.ts';

/** What a checker says of one folder. */
export interface Checked {
  readonly verdict: Verdict;
  /** Of a violation: the number of the line of the first, from 0. */
  readonly line?: number;
  readonly codes: readonly string[];
  /** What limited the judgement, in the words of the findings that say so. */
  readonly limits: readonly string[];
}

/** Judges the lines of a recording: a name for each folder, and what is said of it. */
export type Check = (sample: Sample) => ReadonlyMap<string, Checked>;

/** The project's reader and checker, from the bytes of the recording to verdicts. */
export const check: Check = ({ lines, settings, groups, fields }) => {
  const checker = createPackedChecker({ settings, groups, fields, proposesReadings: false });
  const reader = new RecordingReader({ file: 'recording' }, { ...bound(checker), find: () => undefined });
  reader.push(new TextEncoder().encode(lines.join('\n')));
  reader.end();
  const results = new Map<string, Checked>();
  for (const result of checker.finish()) {
    const name = result.folderId === null ? '?' : sameId(result.folderId);
    const [checked, other] = [checkedOf(result), results.get(name)];
    results.set(name, other ? together(other, checked) : checked);
  }
  return results;
};

/** Verdicts from that which stands for several analyses in no folder to that which does not. */
const fromWorst = ['violates', 'undecided', 'unspecified', 'inconclusive', 'conforms'];

/** What is said of analyses that are in no folder, as of one. */
function together(one: Checked, other: Checked): Checked {
  const lines = [one, other].flatMap(({ line }) => line ?? []);
  const isWorse = fromWorst.indexOf(one.verdict) <= fromWorst.indexOf(other.verdict);
  return { ...(isWorse ? one : other), ...(lines.length > 0 && { line: Math.min(...lines) }) };
}

const bound = (checker: ReturnType<typeof createPackedChecker>) => ({
  observe: checker.observe.bind(checker),
  observePacked: checker.observePacked.bind(checker),
});

/** What limited a judgement: the same of however many answers. */
const causeOf = (message: string): string => message.split(':')[0]!.replace(/^\d+ answers? /, 'answers ');

function checkedOf({ verdict, findings }: FolderResult): Checked {
  const lines = findings.flatMap(({ severity, where }) =>
    severity === 'violation' && where.line !== undefined ? [where.line - 1] : [],
  );
  return {
    verdict,
    ...(lines.length > 0 && { line: Math.min(...lines) }),
    codes: [...new Set(findings.map(({ code }) => code))],
    limits: [
      ...new Set(
        findings.flatMap(({ code, message }) => (code === 'SEARCH_LIMIT' ? [causeOf(message)] : [])),
      ),
    ],
  };
}

/** How the two sides stand to each other on one folder. */
export interface Difference {
  readonly folder: string;
  /** `agree`, `inconclusive`, `undecided`, or what is wrong in words. */
  readonly kind: string;
  readonly said: Checked | undefined;
  readonly oracle: Judgement;
}

/** Compares what the checker says of each folder with what the oracle says. */
export function compare(sample: Sample, work: number, checking: Check = check): readonly Difference[] {
  const { lines, settings, groups, fields } = sample;
  const oracle = judgeLines(lines, { settings, groups, fields, work });
  const checked = checking(sample);
  const isLoose = sample.holds.includes('overlaps');
  return withoutFolder(oracle).map(([key, judgement]) => {
    const folder = key.replace(/^callback:/, '');
    const said = checked.get(folder);
    return { folder, kind: kindOf(said, judgement, isLoose), said, oracle: judgement };
  });
}

function kindOf(said: Checked | undefined, judgement: Judgement, isLoose: boolean): string {
  const { verdict } = judgement;
  if (!said) return `folder missing, oracle ${verdict}`;
  if (verdict === 'undecided') return 'undecided';
  if (said.verdict !== verdict) {
    const isGivenUp = said.verdict === 'inconclusive' && verdict !== 'inconclusive';
    return isGivenUp ? 'inconclusive' : `${said.verdict}, oracle ${verdict}`;
  }
  const { line } = judgement;
  if (verdict !== 'violates' || isLoose || line === undefined || line === said.line) return 'agree';
  // What a limit has left open may have hidden the first violation.
  return said.limits.length > 0 && said.line! > line ? 'inconclusive' : 'violates elsewhere';
}

/** The judgements by folder, with one for all analyses that are in none: of those the checker's names are all alike. */
function withoutFolder(oracle: ReadonlyMap<string, Judgement>): readonly (readonly [string, Judgement])[] {
  const [apart, named] = [true, false].map((is) => [...oracle].filter(([key]) => key.startsWith('?') === is));
  const worst = fromWorst.flatMap((verdict) =>
    apart!.map(([, judgement]) => judgement).filter((judgement) => judgement.verdict === verdict),
  );
  const line = Math.min(...worst.flatMap((one) => (one.verdict === 'violates' ? (one.line ?? []) : [])));
  const [first] = worst;
  if (!first) return named!;
  return [...named!, ['?', { ...first, ...(Number.isFinite(line) && { line }) }]];
}
