import { maxOverlapping, ordersOf, type Homes, type Receiver } from './arrivals.ts';
import type { CheckStep } from './check-step.ts';
import type { Chunk } from './chunk.ts';
import { alone, Courses, untrodden } from './courses.ts';
import { createEngine, type Engine } from './engine.ts';
import { explanationsOf } from './explanations.ts';
import { finding, type Finding } from './findings.ts';
import { FolderCheck } from './folder-check.ts';
import { glanceAt, type Glance } from './glance.ts';
import { Glancer } from './glancing.ts';
import { everyReading } from './infer-admitted.ts';
import type { AnalysisView, Observation, Where } from './observation.ts';
import type { CheckOptions, FolderResult } from './results.ts';
import { Records } from './records.ts';
import { Roster } from './roster.ts';
import type { Teller } from './teller.ts';
import { Scratch } from './texts.ts';

/** Begins the key of a folder whose id is known; the rest of it is the id. */
const keyed = 'folder:';

/** Begins, in place of the first byte of a text, the name of a folder with a key of another kind. */
const otherKey = 0xfe;

const nothingFound: FolderResult['findings'] = [];

/** What is known of a folder: its course, how often and where it was seen last, as a line of a file. */
const field = { course: 0, observations: 1, line: 2, file: 3 } as const;

/**
 * The folders of a check. A folder is a few numbers as long as all that is seen of it is on a course; from the first
 * thing found on it has a check of its own.
 */
export class Folders implements Homes, Receiver {
  readonly #courses: Courses;
  readonly #teller: Teller | undefined;
  readonly #watch: ((step: CheckStep) => void) | undefined;
  readonly #roster = new Roster();
  readonly #folders = new Records(Object.keys(field).length);
  readonly #files: string[] = [];
  /** Where a folder was seen last, where that is more than a line. */
  readonly #places = new Map<number, Where>();
  /** The ids of folders whose keys do not say them. */
  readonly #ids = new Map<number, string | undefined>();
  readonly #checks = new Map<number, FolderCheck>();
  readonly #glancer = new Glancer();
  readonly #scratch = new Scratch();

  /** With `watch` every folder has a check of its own from the beginning, so that each step can be told. */
  constructor(options: CheckOptions, teller?: Teller, watch?: (step: CheckStep) => void) {
    this.#teller = teller;
    this.#watch = watch;
    const engine = createEngine(options);
    // Made for the first folder that violates: a recording without one pays nothing for it.
    let others: Engine | undefined;
    const engineOfAll = (): Engine => (others ??= createEngine(everyReading(options)));
    this.#courses = new Courses(
      () => new FolderCheck(engine, options, engineOfAll),
      (kind) => this.#roster.kindOf(kind),
    );
  }

  /** The number of the folder of this key, which is added if it is new. */
  numberOf(key: string): number {
    const scratch = this.#scratch;
    scratch.end = 0;
    if (key.startsWith(keyed)) scratch.write(key.slice(keyed.length));
    else {
      scratch.bytes[0] = otherKey;
      scratch.end = 1;
      scratch.write(key);
    }
    const folder = this.#numberOf(scratch, 0, scratch.end);
    if (scratch.bytes[0] === otherKey && !this.#ids.has(folder)) this.#ids.set(folder, undefined);
    return folder;
  }

  #numberOf(chunk: Chunk, from: number, to: number): number {
    const folder = this.#roster.folder(chunk, from, to);
    if (folder === this.#folders.size) this.#folders.set(this.#folders.add(0), field.course, untrodden);
    return folder;
  }

  strayIn({ analyses, folder: key }: Observation): AnalysisView | undefined {
    const folder = this.numberOf(key);
    return analyses.find(({ id }) => {
      const home = this.#homeOf(id);
      return home >= 0 && home !== folder;
    });
  }

  claim({ analyses, folder: key }: Observation): void {
    const folder = this.numberOf(key);
    for (const { id } of analyses) {
      if (this.#homeOf(id) < 0) this.#roster.settle(folder, this.#scratch, 0, this.#scratch.end);
    }
  }

  /** The folder of an analysis, or -1; its id stands in the scratch afterwards. */
  #homeOf(id: string): number {
    this.#scratch.end = 0;
    this.#scratch.write(id);
    return this.#roster.homeOf(this.#scratch, 0, this.#scratch.end);
  }

  /** Takes an observation in numbers; false, with nothing taken, where its folder needs a check of its own. */
  glance(chunk: Chunk, glance: Glance, file: string, line: number): boolean {
    const folder = this.#numberOf(chunk, glance[glanceAt.folder]!, glance[glanceAt.folder + 1]!);
    if (!this.#step(folder, chunk, glance)) return false;
    this.#folders.set(folder, field.line, line);
    this.#folders.set(folder, field.file, this.#numberOfFile(file));
    if (this.#places.size > 0) this.#places.delete(folder);
    return true;
  }

  #numberOfFile(file: string): number {
    if (this.#files.at(-1) !== file) this.#files.push(file);
    return this.#files.length - 1;
  }

  #step(folder: number, chunk: Chunk, glance: Glance): boolean {
    const course = this.#folders.get(folder, field.course);
    if (course === alone || this.#watch) return false;
    const length = this.#roster.shapeOf(folder, chunk, glance);
    const next = length === 0 ? alone : this.#courses.step(course, this.#roster.shape, length);
    if (next === alone) return false;
    this.#roster.admit(folder, chunk, glance);
    this.#folders.set(folder, field.course, next);
    this.#folders.set(folder, field.observations, this.#folders.get(folder, field.observations) + 1);
    return true;
  }

  /** Takes observations of one folder, several only if their requests overlap and have no order. */
  take(key: string, observations: readonly Observation[]): void {
    const folder = this.numberOf(key);
    const [first] = observations;
    if (observations.length === 1 && this.#takeAsNumbers(folder, first!)) return;
    this.#stepAlone(key, observations, (check) => inBestOrder(check, observations));
  }

  #takeAsNumbers(folder: number, observation: Observation): boolean {
    if (this.#folders.get(folder, field.course) === alone) return false;
    const { folderId, where } = observation;
    if (this.#ids.has(folder)) {
      const known = this.#ids.get(folder);
      if (known === undefined) this.#ids.set(folder, folderId);
    } else if (folderId !== this.#roster.nameOf(folder)) return false;
    if (!this.#glancer.take(observation)) return false;
    if (!this.#step(folder, this.#glancer.chunk, this.#glancer.glance)) return false;
    this.#places.set(folder, where);
    return true;
  }

  refuse(observation: Observation, because: Finding): void {
    this.#stepAlone(observation.folder, [observation], (check) => {
      check.refuse(because);
      return check;
    });
  }

  #stepAlone(
    key: string,
    observations: readonly Observation[],
    step: (check: FolderCheck) => FolderCheck,
  ): void {
    const folder = this.numberOf(key);
    const before = this.#alone(folder);
    const { findings, hazards } = before.found;
    const [findingsBefore, hazardsBefore] = [findings.length, hazards.length];
    const after = step(before);
    this.#checks.set(folder, after);
    this.#teller?.tell(folder, after.found);
    if (!this.#watch) return;
    const { belief, found } = after;
    this.#watch({
      folder: key,
      observations,
      findings: [findingsBefore, found.findings.length],
      hazards: [hazardsBefore, found.hazards.length],
      followed: belief.followed,
      explanations: () => explanationsOf(belief.track, belief.ids()),
    });
  }

  /** The check of a folder under its own names, from now on its own. */
  #alone(folder: number): FolderCheck {
    const known = this.#checks.get(folder);
    if (known) return known;
    const check = this.#checkOf(folder);
    this.#folders.set(folder, field.course, alone);
    this.#checks.set(folder, check);
    this.#places.delete(folder);
    return check;
  }

  #checkOf(folder: number): FolderCheck {
    const names = this.#roster.analysesOf(folder);
    const groups = this.#roster.groupsOf(folder);
    const observations = this.#folders.get(folder, field.observations);
    return this.#courses.checkUnder(this.#folders.get(folder, field.course), {
      nameOf: (id) => names[Number(id)]!,
      groupOf: (id) => groups[Number(id)]!,
      folderId: observations === 0 ? undefined : this.#idOf(folder),
      observations,
      where: this.#placeOf(folder),
    });
  }

  #idOf(folder: number): string | undefined {
    return this.#ids.has(folder) ? this.#ids.get(folder) : this.#roster.nameOf(folder);
  }

  #placeOf(folder: number): Where {
    const file = this.#files[this.#folders.get(folder, field.file)] ?? '';
    return this.#places.get(folder) ?? { file, line: this.#folders.get(folder, field.line), pointer: '' };
  }

  /** Results in the order in which the folders first appeared. */
  results(): readonly FolderResult[] {
    return Array.from({ length: this.#roster.size }, (_, folder) => {
      const result = this.#resultOf(folder);
      this.#teller?.tell(folder, result);
      return result;
    });
  }

  #resultOf(folder: number): FolderResult {
    const course = this.#folders.get(folder, field.course);
    if (course === alone) return this.#checks.get(folder)!.result();
    const end = this.#courses.endOf(course);
    if (end.findings.length + end.hazards.length > 0) return this.#checkOf(folder).result();
    const observations = this.#folders.get(folder, field.observations);
    return {
      folderId: observations === 0 ? null : (this.#idOf(folder) ?? null),
      verdict: end.verdict,
      observations,
      findings: nothingFound,
      hazards: nothingFound,
    };
  }
}

/** The folder after the observations, in the first order of their overlapping requests that breaks the least. */
function inBestOrder(folder: FolderCheck, observations: readonly Observation[]): FolderCheck {
  const [only] = observations;
  if (observations.length === 1) {
    folder.observe(only!);
    return folder;
  }
  const asRecorded = folder.copy();
  for (const observation of observations) asRecorded.observe(observation);
  if (asRecorded.found.findings.length === folder.found.findings.length) return asRecorded;
  if (observations.length > maxOverlapping) {
    const left = folder.copy();
    left.refuse(
      finding('SEARCH_LIMIT', {
        message: `${observations.length} answers whose requests overlap fit in no order that was tried: they are left out`,
        where: observations[0]!.where,
        hint: `of more than ${maxOverlapping} not every order is tried`,
      }),
    );
    return left;
  }
  let best = asRecorded;
  for (const order of ordersOf(observations)) {
    const tried = folder.copy();
    for (const observation of order) tried.observe(observation);
    if (tried.found.findings.length < best.found.findings.length) best = tried;
    if (best.found.findings.length === folder.found.findings.length) break;
  }
  return best;
}
