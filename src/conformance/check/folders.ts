import type { Receiver } from './arrivals.ts';
import { underNames } from '../folder/before.ts';
import type { Budget } from '../belief/budget.ts';
import { stepOf, type CheckStep } from './check-step.ts';
import type { Chunk } from '../../observations/packed/chunk.ts';
import { CourseSteps, type Courser, type OnCourse, type Seen } from './course-steps.ts';
import { alone, Courses } from './courses.ts';
import { createEngine, type Engine } from '../belief/engine.ts';
import type { Finding } from '../../observations/findings.ts';
import { FolderCheck } from '../folder/folder-check.ts';
import { FolderKeys } from './folder-keys.ts';
import { glanceAt, type Glance, type Source } from '../../observations/packed/glance.ts';
import { Glancer } from '../../observations/packed/glancing.ts';
import { everyReading } from '../folder/infer-admitted.ts';
import { homesIn } from './homes.ts';
import type { Interval, Observation, Where } from '../../observations/observation.ts';
import { Orders } from './orders.ts';
import { overlaps } from './overlap.ts';
import { Places } from './places.ts';
import { Recents, type Recent } from './recent.ts';
import type { CheckOptions, FolderResult } from '../../observations/results.ts';
import { folderField as field, Roster } from './roster.ts';
import type { Teller } from './teller.ts';
import { Waiting } from './waiting.ts';

const nothingFound: FolderResult['findings'] = [];

/** What is kept of an observation as numbers beside itself. */
const unplaced = { shape: [], source: -1, at: 0 };

/** The results of as many folders are made at once, so that their names can be made together. */
const atOnce = 256;

/**
 * The folders of a check. A folder is a few numbers as long as all that is seen of it is on a course; from the first
 * thing found on it has a check of its own.
 */
export class Folders implements Receiver, Courser {
  readonly #courses: Courses;
  readonly #teller: Teller | undefined;
  readonly #watch: ((step: CheckStep) => void) | undefined;
  readonly #roster = new Roster();
  readonly #folders = this.#roster.folders;
  readonly #places = new Places();
  readonly #keys = new FolderKeys(this.#roster);
  /** What was found of folders that are on a course. */
  readonly #hazards = new Map<number, readonly Finding[]>();
  readonly #checks = new Map<number, Orders>();
  readonly #glancer = new Glancer();
  /** The last answers of folders on a course, and of those that have a check of their own. */
  readonly #steps = new CourseSteps(this);
  readonly #recents = new Recents();
  readonly #waiting: Waiting;
  /** In which folder each analysis was seen first. */
  readonly homes = homesIn(this.#roster, this.#keys);

  /** `budget` pays for all searches. With `watch` every folder has a check of its own, so that each step can be told. */
  constructor(options: CheckOptions, budget: Budget, teller?: Teller, watch?: (step: CheckStep) => void) {
    this.#teller = teller;
    this.#watch = watch;
    const engine = createEngine(options, budget);
    // Made for the first folder that violates: a recording without one pays nothing for it.
    let others: Engine | undefined;
    const engineOfAll = (): Engine => (others ??= createEngine(everyReading(options), budget));
    this.#courses = new Courses(
      () => new FolderCheck(engine, options, options.proposesReadings === false ? undefined : engineOfAll),
      (kind) => this.#roster.kindOf(kind),
    );
    this.#waiting = new Waiting(this.#roster, this.#courses);
  }

  /** The number of the folder of this key, which is added if it is new. */
  numberOf(key: string): number {
    return this.#keys.numberOf(key);
  }

  /** The key of the folder of this number, if it is one by its id. */
  keyOf(folder: number): string {
    return this.#keys.keyOf(folder);
  }

  /** The folder of an observation in numbers, which is added if it is new. */
  numberOfGlance(chunk: Chunk, glance: Glance): number {
    return this.#roster.folder(chunk, glance[glanceAt.folder]!, glance[glanceAt.folder + 1]!);
  }

  /** Takes an observation in numbers; false, with nothing taken, where its folder needs a check of its own. */
  glance(folder: number, chunk: Chunk, glance: Glance, source: Source, at: number): boolean {
    const course = this.#step(folder, chunk, glance);
    if (course === alone) return false;
    this.#steps.forget(folder);
    this.#goOn(folder, course, source, at);
    return true;
  }

  /** The same for the answer to a request, which waits for the next of the folder. */
  await(
    folder: number,
    chunk: Chunk,
    glance: Glance,
    source: Source,
    at: number,
    interval: Interval,
    arrival: number,
  ): boolean {
    const course = this.#step(folder, chunk, glance);
    // What is found is told in the order of arrival, in which observations are handed over.
    if (course === alone || this.#courses.foundAt(course)) return false;
    this.#waiting.put(folder, { course, shape: this.#roster.shaped(glance), source, at, interval, arrival });
    return true;
  }

  /** Takes what waits in numbers of the folder, unless it overlaps with a request with this interval; whether not. */
  settle(folder: number, interval?: Interval): boolean {
    const waited = this.#waiting.get(folder);
    if (!waited) return true;
    if (interval && overlaps(waited.interval.end, interval)) return false;
    this.#waiting.drop(folder);
    const source = this.#places.numberOf(waited.source);
    this.#steps.note(
      this.#standingOf(folder),
      { shape: waited.shape, source, at: waited.at },
      waited.interval,
    );
    this.#goOn(folder, waited.course, waited.source, waited.at);
    return true;
  }

  /** What waits in numbers of the folder as an observation, and the number of its arrival; it waits here no longer. */
  release(folder: number): { readonly observation: Observation; readonly arrival: number } {
    return this.#waiting.release(folder, this.keyOf(folder));
  }

  /** The course of the folder after an observation in numbers, its analyses and groups noted; `alone`: nothing is. */
  #step(folder: number, chunk: Chunk, glance: Glance): number {
    const course = this.#folders.get(folder, field.course);
    if (course === alone || this.#watch) return alone;
    const length = this.#roster.shapeOf(folder, chunk, glance);
    const next = length === 0 ? alone : this.#courses.step(course, this.#roster.shape, length);
    if (next !== alone) this.#roster.admit(folder, chunk, glance);
    return next;
  }

  /** Notes the course of a folder after an observation; `where`: its place, if it is no number in a source. */
  #goOn(folder: number, course: number, source: Source | undefined, at: number, where?: Where): void {
    const isNew = course !== this.#folders.get(folder, field.course);
    const found = isNew ? this.#courses.foundAt(course) : undefined;
    const before = found && this.#places.whereOf(this.#standingOf(folder));
    this.#folders.set(folder, field.course, course);
    this.#folders.set(folder, field.observations, this.#observationsOf(folder) + 1);
    this.#folders.set(folder, field.at, at);
    this.#folders.set(folder, field.source, this.#places.numberOf(source));
    this.#places.note(folder, where);
    if (found) this.#find(folder, found, before!);
  }

  /** Takes in what was found at the last observation of a folder on a course; `before`: the place of the one before. */
  #find(folder: number, found: readonly Finding[], before: Where): void {
    const names = this.#roster.analysesOf(folder);
    const where = this.#places.whereOf(this.#standingOf(folder));
    const own = found.map((each) => underNames(each, (id) => names[Number(id)]!, where, before));
    const hazards = [...this.#hazardsOf(folder), ...own];
    this.#hazards.set(folder, hazards);
    this.#teller?.tell(folder, {
      folderId: this.#keys.idOf(folder) ?? null,
      findings: nothingFound,
      hazards,
    });
  }

  #hazardsOf(folder: number): readonly Finding[] {
    return (this.#hazards.size > 0 && this.#hazards.get(folder)) || nothingFound;
  }

  /** Takes observations of one folder, several only if their requests overlap and have no order. */
  take(key: string, observations: readonly Observation[]): void {
    const folder = this.numberOf(key);
    const [first] = observations;
    if (observations.length === 1 && this.takeAsNumbers(folder, first!)) return;
    const recent = this.#recentBefore(folder, first!);
    this.#stepAlone(key, observations, (orders) => orders.take(observations, recent));
  }

  /** What may still have its place after the next observation of a folder, which has a check of its own from now on. */
  #recentBefore(folder: number, { interval }: Observation): Recent | undefined {
    this.#alone(folder);
    return this.#recents.before(folder, interval, this.#observationsOf(folder) === 0);
  }

  /** Takes an observation as numbers; false, with nothing taken, where its folder needs a check of its own. */
  takeAsNumbers(folder: number, observation: Observation): boolean {
    if (this.#folders.get(folder, field.course) === alone) return false;
    const { folder: key, folderId, where } = observation;
    if (!this.#keys.fits(folder, key, folderId) || !this.#glancer.take(observation)) return false;
    const course = this.#step(folder, this.#glancer.chunk, this.#glancer.glance);
    if (course === alone) return false;
    this.#keys.note(folder, folderId);
    const { interval } = observation;
    if (!interval) this.#steps.forget(folder);
    else this.#steps.note(this.#standingOf(folder), unplaced, interval, observation);
    this.#goOn(folder, course, undefined, 0, where);
    return true;
  }

  refuse(observation: Observation, because: Finding): void {
    const recent = this.#recentBefore(this.numberOf(observation.folder), observation);
    this.#stepAlone(observation.folder, [observation], (orders) => orders.refuse(because, recent));
  }

  #stepAlone(key: string, observations: readonly Observation[], step: (orders: Orders) => void): void {
    const folder = this.numberOf(key);
    const orders = this.#alone(folder);
    const { findings, hazards } = orders.found;
    const before = { findings: findings.length, hazards: hazards.length };
    step(orders);
    this.#folders.set(folder, field.observations, this.#observationsOf(folder) + observations.length);
    this.#teller?.tell(folder, orders.found);
    this.#watch?.(stepOf(key, observations, before, orders));
  }

  /** The check of a folder under its own names, from now on its own. */
  #alone(folder: number): Orders {
    const known = this.#checks.get(folder);
    if (known) return known;
    const orders = new Orders(this.checkAt(this.#standingOf(folder)));
    const recent = this.#steps.recentOf(folder, this.#recents.count);
    if (recent) this.#recents.adopt(folder, recent);
    this.#folders.set(folder, field.course, alone);
    this.#checks.set(folder, orders);
    this.#places.note(folder, undefined);
    return orders;
  }

  /** Where a folder stands that is on a course. */
  #standingOf(folder: number): OnCourse {
    return {
      folder,
      course: this.#folders.get(folder, field.course),
      observations: this.#observationsOf(folder),
      source: this.#folders.get(folder, field.source),
      at: this.#folders.get(folder, field.at),
      own: this.#places.ownOf(folder),
      hazards: this.#hazardsOf(folder).length,
    };
  }

  checkAt({ folder, course, observations, hazards, ...seen }: OnCourse): FolderCheck {
    const names = this.#roster.analysesOf(folder);
    const groups = this.#roster.groupsOf(folder);
    const check = this.#courses.checkUnder(course, {
      nameOf: (id) => names[Number(id)]!,
      groupOf: (id) => groups[Number(id)]!,
      folderId: observations === 0 ? undefined : this.#keys.idOf(folder),
      observations,
      where: this.#places.whereOf(seen),
      hazards: this.#hazardsOf(folder).slice(0, hazards),
    });
    check.engine.grant(this.#observationsOf(folder) - observations);
    return check;
  }

  observationOf(seen: Seen, folder: number): Observation {
    const source = this.#places.sourceOf(seen.source);
    return this.#waiting.observationOf({ ...seen, source }, folder, this.keyOf(folder));
  }

  #observationsOf(folder: number): number {
    return this.#folders.get(folder, field.observations);
  }

  /** Results in the order in which the folders first appeared. */
  results(): readonly FolderResult[] {
    const results: FolderResult[] = [];
    while (results.length < this.#folders.size) {
      const first = results.length;
      const names = this.#roster.namesOf(first, Math.min(atOnce, this.#folders.size - first));
      for (const [at, name] of names.entries()) {
        this.settle(first + at);
        const result = this.#resultOf(first + at, name);
        this.#teller?.tell(first + at, result);
        results.push(result);
      }
    }
    return results;
  }

  #resultOf(folder: number, name: string): FolderResult {
    const course = this.#folders.get(folder, field.course);
    if (course === alone) return this.#checks.get(folder)!.result();
    const end = this.#courses.endOf(course);
    const hazards = this.#hazardsOf(folder);
    if (end.findings.length > 0 || end.hazards.length > hazards.length)
      return new Orders(this.checkAt(this.#standingOf(folder))).result();
    const observations = this.#observationsOf(folder);
    const folderId = observations === 0 ? null : (this.#keys.idOf(folder, name) ?? null);
    return { folderId, verdict: end.verdict, observations, findings: nothingFound, hazards };
  }
}
