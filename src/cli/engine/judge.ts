import { createChecker, type Finding, type FolderResult } from '../../conformance/index.ts';
import { Components } from '../../conformance/shards/components.ts';
import type { Observation } from '../../observations/observation.ts';
import { stepAnalysis } from '../../engines/analysis-steps.ts';
import { createSteps, noPart, writePart, type Steps } from '../../engines/index.ts';
import { hasNews } from '../../reports/check/outcome.ts';
import type { Checker, CheckOptions } from '../../observations/results.ts';
import { escapedJson } from '../../text/escape.ts';
import type { Terminal } from '../io/terminal.ts';
import { foundWithIds } from './finding-id.ts';
import { lineOf, listingsIn, observationsIn, placedFinding } from './records.ts';
import { lineTexts } from './whole-lines.ts';

/** So many groups are judged side by side, which is faster than one by one, and then forgotten. */
const perBatch = 1024;

/** How records are judged, and what is told. */
export interface Judging {
  readonly options: CheckOptions;
  /** Whether folders of which there is nothing to say are told one by one. */
  readonly all: boolean;
  /** Whether the states of the folders are told. */
  readonly states: boolean;
}

/**
 * Judges records that come group by group, those of a group in order of arrival:
 *
 *     O GROUP ORDER OBJECT BEFORE OBSERVATION   an observation; its line is one of OBJECT, BEFORE lines further down
 *     I GROUP ORDER OBJECT BEFORE FINDING       what is wrong with the input
 *
 * OBJECT is JSON; ORDER is any text, and comes back with what was found. What goes out:
 *
 *     H HEAD                  the head of a part of a check, which has no files yet
 *     P ORDER FOLDER          a folder in such a part, with the order of its first record
 *     N ORDER FINDING         a finding on the input
 *     F ORDER FINDING         any finding or hazard with its id
 *     Q ORDER FINDING         the same, of callbacks that say nothing: no loss where there is something to judge
 *     T [KEY] STATE           the state of a folder, for steps to go on with
 *     L [KEY] STATE           the same of an analysis that a folder lists
 *     E FOLDERS OBSERVATIONS JUDGED   how many folders conform and are not told, how often these were seen, and of how
 *                             many of the others something was judged
 */
export async function judgeRecords(judging: Judging, io: Terminal): Promise<string | undefined> {
  const write = (text: string) => io.stdout.write(text);
  const [head = ''] = writePart({
    ...noPart,
    of: 1,
    shards: [1],
    head: { options: judging.options, files: [] },
  });
  write(lineOf('H', head.trimEnd()));
  const groups = new Groups(judging, write);
  for await (const lines of lineTexts(io.stdin())) {
    for (const line of lines) {
      const problem = groups.take(line);
      if (problem !== undefined) return problem;
    }
    await io.stdout.ready();
  }
  groups.end();
  return undefined;
}

/** Judges the groups of a batch side by side. */
class Groups {
  readonly #judging: Judging;
  readonly #write: (text: string) => void;
  #checker: Checker;
  #components = new Components();
  /** The folders by their keys, in order of appearance, each with the order of its first record. */
  readonly #orders = new Map<string, string>();
  readonly #states: States | undefined;
  #group = '';
  #count = 0;
  #untold = { folders: 0, observations: 0 };
  #judged = 0;

  constructor(judging: Judging, write: (text: string) => void) {
    this.#judging = judging;
    this.#write = write;
    this.#checker = createChecker(judging.options);
    this.#states = judging.states ? new States(judging.options) : undefined;
  }

  /** Takes a record; what is wrong with it, or undefined. */
  take(line: string): string | undefined {
    const [kind, group, order, object, before, content] = line.split('\t');
    if ((kind !== 'O' && kind !== 'I') || content === undefined)
      return 'expected records of a group, received another line';
    try {
      const at = { object: JSON.parse(object!) as string, before: Number(before) };
      if (kind === 'I') {
        this.#tellInput(placedFinding(JSON.parse(content) as Finding, at), order!);
        return undefined;
      }
      if (group !== this.#group) this.#begin(group!);
      for (const one of observationsIn(content, at)) this.#observe(one, order!, at.object);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }

  end(): void {
    this.#finish();
    const { folders, observations } = this.#untold;
    this.#write(lineOf('E', folders, observations, this.#judged));
  }

  #begin(group: string): void {
    this.#group = group;
    this.#count += 1;
    if (this.#count % perBatch === 0) this.#finish();
  }

  #observe(observation: Observation, order: string, object: string): void {
    if (!this.#orders.has(observation.folder)) this.#orders.set(observation.folder, order);
    this.#components.observe(observation);
    this.#checker.observe(observation);
    this.#states?.observe(observation, object);
  }

  #finish(): void {
    const results = this.#checker.finish();
    const seen = this.#components.foldersIn(1, 1);
    const folders = [...this.#orders];
    results.forEach((result, at) => this.#tell(result, folders[seen[at]!.order]!, seen[at]!.standIn));
    for (const [kind, key, state] of this.#states?.taken() ?? [])
      this.#write(lineOf(kind, escapedJson([key], 0), state));
    this.#checker = createChecker(this.#judging.options);
    this.#components = new Components();
    this.#orders.clear();
  }

  #tell(result: FolderResult, [key, order]: readonly [string, string], standIn: string | undefined): void {
    if (!hasNews(result) && result.verdict === 'conforms' && !this.#judging.all) {
      this.#untold.folders += 1;
      this.#untold.observations += result.observations;
      return;
    }
    const { folderId, findings, hazards } = result;
    this.#write(lineOf('P', order, escapedJson({ ...(standIn && { standIn }), result }, 0)));
    const isSilent = findings.some(({ code }) => code === 'NO_STATUS_SEEN');
    if (!isSilent) this.#judged += 1;
    const isNoLoss = standIn !== undefined && standIn !== 'analysis';
    const found = [...findings, ...hazards].map((finding) => ({ finding, folderId }));
    for (const one of foundWithIds(found, key)) {
      const kind = isNoLoss && one.code === 'NO_STATUS_SEEN' ? 'Q' : 'F';
      this.#write(lineOf(kind, order, escapedJson(one, 0)));
    }
  }

  #tellInput(finding: Finding, order: string): void {
    this.#write(lineOf('N', order, escapedJson(finding, 0)));
    const [found] = foundWithIds([{ finding, folderId: null }], null);
    this.#write(lineOf('F', order, escapedJson(found, 0)));
  }
}

/** The states of the folders of a batch, and of the analyses that they list. */
class States {
  readonly #steps: Steps;
  readonly #folders = new Map<string, { state: Uint8Array | null; pending: Observation[] }>();
  readonly #analyses = new Map<string, Uint8Array>();

  constructor(options: CheckOptions) {
    this.#steps = createSteps(options);
  }

  observe(observation: Observation, object: string): void {
    const { folder } = observation;
    for (const [key, listing] of listingsIn(observation)) {
      if (this.#analyses.has(key)) continue;
      const sighting = { object, before: 0, number: 0, observation: listing };
      this.#analyses.set(key, stepAnalysis(null, [sighting], true).state);
    }
    const held = this.#folders.get(folder) ?? { state: null, pending: [] };
    this.#folders.set(folder, held);
    held.pending.push(observation);
    if (held.pending.length < perBatch) return;
    held.state = this.#steps.step(held.state, held.pending).state;
    held.pending = [];
  }

  /** By key its state, and of what it is; all are forgotten then. */
  *taken(): Generator<readonly ['T' | 'L', string, string]> {
    for (const [folder, { state, pending }] of this.#folders)
      yield ['T', folder, new TextDecoder().decode(this.#steps.step(state, pending).state)];
    for (const [key, state] of this.#analyses) yield ['L', key, new TextDecoder().decode(state)];
    this.#folders.clear();
    this.#analyses.clear();
  }
}
