import type { Reading } from '../../../../machines/index.ts';
import type { CheckStep } from '../../../conformance/check/check-step.ts';
import type { Explanations } from '../../../conformance/folder/explanations.ts';
import { createChecker } from '../../../conformance/check/checker.ts';
import type { Finding } from '../../../observations/findings.ts';
import type { Observation, Where } from '../../../observations/observation.ts';
import {
  verdicts,
  type CheckOptions,
  type FolderResult,
  type Verdict,
} from '../../../observations/results.ts';
import { readRecording } from '../../../recordings/reader/read.ts';
import { addLeftAside, type LeftAside } from '../../../recordings/io/left-aside.ts';
import { exitCodeOf, summarize, type CheckSummary } from '../../../reports/check/outcome.ts';
import { conclusionOf, judgedBy, leftAside } from '../../../reports/check/text.ts';

/**
 * One check in the page. It holds all results where they were computed and hands out windows of them, so that the
 * page itself stays small however large the recording is.
 */

/** A recording as the page gets it: a file, or what stands in for one. */
export interface ChosenRecording {
  readonly name: string;
  readonly size: number;
  stream(): ReadableStream<Uint8Array>;
}

/** How far a check has come. */
export interface CheckProgress {
  readonly read: number;
  readonly size: number;
  readonly observations: number;
}

/** What a check came to, as a whole. */
export interface CheckDigest {
  readonly summary: CheckSummary;
  readonly conclusion: string;
  readonly passed: boolean;
  readonly judgedBy: string;
  /** What was read and left aside, as names and texts. */
  readonly leftAside: readonly (readonly [string, string])[];
  /** What was found in the input outside any folder: the first of it, and how much there is. */
  readonly input: readonly Finding[];
  readonly inputCount: number;
  /** Observations that verdicts rest on and that no timeline shows, for want of room. */
  readonly notKept: number;
}

/** One folder in a list of them. */
export interface FolderRow {
  /** Names the folder within the session. */
  readonly index: number;
  readonly folderId: string | null;
  /** As that of a result. */
  readonly name?: string;
  readonly verdict: Verdict;
  readonly observations: number;
  readonly findings: number;
  readonly hazards: number;
}

/** A window of a list, and how long the list is. */
export interface Window<Item> {
  readonly items: readonly Item[];
  readonly count: number;
}

/** One step of a timeline: observations that showed the same, one after the other. */
export interface TimelineStep {
  readonly at: number;
  readonly where: Where;
  readonly shows: readonly Observation[];
  /** How often it was seen in a row. */
  readonly times: number;
  readonly found: readonly Finding[];
  readonly followed: boolean;
}

/** A folder with its findings, those about the end of the recording apart. */
export interface FolderDetail extends FolderRow {
  readonly steps: number;
  readonly atEnd: readonly Finding[];
  /** The steps in which something was found. */
  readonly marked: readonly number[];
  readonly notKept: number;
  /** The nearest reading that explains a folder that violates; null: there is none, or it does not violate. */
  readonly explainedUnder: Reading | null;
}

interface Kept extends Pick<CheckStep, 'observations' | 'followed' | 'explanations'> {
  readonly findings: readonly [number, number];
  readonly hazards: readonly [number, number];
  readonly key: string;
  times: number;
}

interface Timeline {
  readonly steps: Kept[];
  notKept: number;
}

/** The most steps that are kept for timelines, over all folders. */
export const maxKept = 100_000;
/** The most findings outside folders that are shown. */
const maxInput = 50;
/** The most marks of one timeline. */
const maxMarked = 1000;

/** A check of recordings, from the first byte to what is shown of its results. */
export class CheckSession {
  readonly #options: CheckOptions;
  readonly #timelines = new Map<string, Timeline>();
  #ordered: readonly Timeline[] | undefined;
  #results: readonly FolderResult[] = [];
  #kept = 0;
  #notKept = 0;

  constructor(options: CheckOptions) {
    this.#options = options;
  }

  /** Reads and judges the recordings in order. */
  async run(
    recordings: readonly ChosenRecording[],
    progress: (made: CheckProgress) => void,
  ): Promise<CheckDigest> {
    const checker = createChecker(this.#options, undefined, (step) => {
      this.#keep(step);
    });
    const input: Finding[] = [];
    const aside: LeftAside = { ignored: {}, requests: new Map() };
    const made = { read: 0, size: recordings.reduce((sum, { size }) => sum + size, 0), observations: 0 };
    for (const recording of recordings) {
      const chunks = chunksOf(recording.stream(), (bytes) => {
        made.read += bytes;
        progress(made);
      });
      for await (const piece of readRecording(chunks, { file: recording.name })) {
        if (piece.type === 'finding') input.push(piece.finding);
        if (piece.type === 'summary') addLeftAside(aside, piece.summary);
        if (piece.type !== 'observation') continue;
        made.observations += 1;
        // Results come in the order in which folders first appear, steps maybe later.
        this.#timelineOf(piece.observation.folder);
        checker.observe(piece.observation);
      }
    }
    this.#results = checker.finish();
    const summary = summarize({
      options: this.#options,
      folders: this.#results,
      input,
      ignored: aside.ignored,
    });
    const exitCode = exitCodeOf(summary);
    return {
      summary,
      conclusion: conclusionOf(summary, exitCode),
      passed: exitCode === 0,
      judgedBy: judgedBy(this.#options),
      // How to map a request is a matter of the command line.
      leftAside: leftAside(aside, summary).filter(([name]) => name !== 'hint'),
      input: input.slice(0, maxInput),
      inputCount: input.length,
      notKept: this.#notKept,
    };
  }

  #timelineOf(folder: string): Timeline {
    const known = this.#timelines.get(folder);
    if (known) return known;
    const created = { steps: [], notKept: 0 };
    this.#timelines.set(folder, created);
    return created;
  }

  #keep({ folder, observations, findings, hazards, followed, explanations }: CheckStep): void {
    const timeline = this.#timelineOf(folder);
    const key = keyOf(observations);
    const last = timeline.steps.at(-1);
    const nothingFound = findings[0] === findings[1] && hazards[0] === hazards[1];
    if (last && nothingFound && last.key === key && last.followed === followed) {
      last.times += 1;
      return;
    }
    if (this.#kept >= maxKept) {
      timeline.notKept += observations.length;
      this.#notKept += observations.length;
      return;
    }
    this.#kept += 1;
    timeline.steps.push({ observations, findings, hazards, followed, explanations, key, times: 1 });
  }

  /** Folders with one of the verdicts, worst first. */
  folders(wanted: readonly Verdict[], from: number, count: number): Window<FolderRow> {
    const rows = verdicts
      .toReversed()
      .filter((verdict) => wanted.includes(verdict))
      .flatMap((verdict) => this.#results.flatMap((one, at) => (one.verdict === verdict ? [at] : [])));
    return { items: rows.slice(from, from + count).map((at) => this.#row(at)), count: rows.length };
  }

  #row(index: number): FolderRow {
    const { folderId, name, verdict, observations, findings, hazards } = this.#results[index]!;
    const counts = { observations, findings: findings.length, hazards: hazards.length };
    return { index, folderId, ...(name !== undefined && { name }), verdict, ...counts };
  }

  #timeline(index: number): Timeline {
    this.#ordered ??= [...this.#timelines.values()];
    return this.#ordered[index]!;
  }

  /** One folder. */
  folder(index: number): FolderDetail {
    const { hazards, explainedUnder = [] } = this.#results[index]!;
    const { steps, notKept } = this.#timeline(index);
    const last = Math.max(0, ...steps.slice(-1).map((step) => step.hazards[1]));
    const marked = steps.flatMap((step, at) => (this.#found(index, step).length > 0 ? [at] : []));
    return {
      ...this.#row(index),
      steps: steps.length,
      atEnd: notKept > 0 ? [] : hazards.slice(last),
      marked: marked.slice(0, maxMarked),
      notKept,
      explainedUnder: explainedUnder[0] ?? null,
    };
  }

  #found(index: number, { findings, hazards }: Kept): readonly Finding[] {
    const result = this.#results[index]!;
    return [...result.findings.slice(...findings), ...result.hazards.slice(...hazards)];
  }

  /** Steps of the timeline of a folder. */
  steps(index: number, from: number, count: number): Window<TimelineStep> {
    const { steps } = this.#timeline(index);
    const items = steps.slice(from, from + count).map((step, at) => ({
      at: from + at,
      where: step.observations[0]!.where,
      shows: step.observations,
      times: step.times,
      found: this.#found(index, step),
      followed: step.followed,
    }));
    return { items, count: steps.length };
  }

  /** What could be going on inside a folder after a step of its timeline. */
  explanations(index: number, at: number): Explanations {
    return this.#timeline(index).steps[at]!.explanations();
  }
}

/** Equal for observations that show the same. */
function keyOf(observations: readonly Observation[]): string {
  return JSON.stringify(
    observations.map(({ where: _where, interval: _interval, analyses, ...shown }) => [
      shown,
      analyses.map(({ pointer: _pointer, ...view }) => view),
    ]),
  );
}

async function* chunksOf(
  stream: ReadableStream<Uint8Array>,
  passed: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    passed(value.length);
    yield value;
  }
}
