import { Budget } from '../belief/budget.ts';
import { createEngine, type Engine } from '../belief/engine.ts';
import { everyReading } from '../folder/admitted-readings.ts';
import { FolderCheck } from '../folder/folder-check.ts';
import { resultOf } from '../folder/folder-result.ts';
import type { Finding } from '../../observations/findings.ts';
import { codeBits, statusOf } from '../../observations/packed/packed-observation.ts';
import type { Identity } from '../folder/identities.ts';
import type { AnalysisView, Observation } from '../../observations/observation.ts';
import { PairTable } from '../../observations/packed/pair-table.ts';
import { metLimit, type CheckOptions, type FolderResult } from '../../observations/results.ts';

/** In place of a course: the folder has to be followed by itself. */
export const unshared = 0;

/** The course of a folder of which nothing has been seen yet. */
export const beginning = 1;

/** Steps between courses beyond this many are not remembered: folders that take another one are followed alone. */
const maxSteps = 1 << 20;

/** Checks of courses beyond this many are forgotten, and followed again when they are needed. */
const maxChecks = 1024;

const flagBits = 1;
const viewsBits = 8;
const orderBits = 8;
const kindBits = 6;
const groupBits = 8;

/** Makes checks of single folders; they share their engines. */
export function checksBy(options: CheckOptions, budget = new Budget()): () => FolderCheck {
  const engine = createEngine(options, budget);
  // Made for the first folder that violates: a recording without one pays nothing for it.
  let others: Engine | undefined;
  const engineOfAll = (): Engine => (others ??= createEngine(everyReading(options), budget));
  return () => new FolderCheck(engine, options, options.proposesReadings === false ? undefined : engineOfAll);
}

/** How many analyses, kinds and groups can be told apart on a course. */
export const historyLimits = {
  analyses: 1 << orderBits,
  kinds: (1 << kindBits) - 1,
  groups: (1 << groupBits) - 1,
};

/** What is seen of the folder itself as one number: the codes of its statuses, the flags, how many views follow. */
export function packHead(
  status: number,
  system: number,
  complete: number,
  wholeGroup: number,
  views: number,
): number {
  const statusesAndFlags =
    (((((status << codeBits) | system) << flagBits) | complete) << flagBits) | wholeGroup;
  return (statusesAndFlags << viewsBits) | views;
}

/** What is seen of one analysis as one number: which of the folder it is, kind and group (-1: not seen), its codes. */
export function packView(order: number, kind: number, group: number, codes: number): number {
  return (((((codes << groupBits) | (group + 1)) << kindBits) | (kind + 1)) << orderBits) | order;
}

interface Course {
  /** Which course it goes on, and by what observation: the numbers of its head and its views. */
  readonly from: number;
  readonly shape: readonly number[];
}

/**
 * Ways that folders have gone, each followed once. Folders live alike but for their names: of a folder on a course it
 * is enough to know which, and its next observation is a step in a table. A hazard is found on a course with places and
 * names of nobody. At anything else that is found a course ends: that comes from a check under the folder's own names.
 */
export class SharedHistories {
  readonly #fresh: () => FolderCheck;
  readonly #kindOf: (kind: number) => string;
  readonly #courses = new Map<number, Course>();
  /** Checks of some courses, the one longest unused first. */
  readonly #checks = new Map<number, FolderCheck>();
  /** From a course by the numbers of an observation, one by one, to a course: what lies between is numbered alike. */
  readonly #steps = new PairTable();
  /** Courses of which all that matters is told, by that: from them others that are told alike go on. */
  readonly #told = new Map<string, number>();
  /** The hazards found at the last step of some courses, to which no other step leads. */
  readonly #found = new Map<number, readonly Finding[]>();
  readonly #ends = new Map<number, FolderResult>();
  #numbers = beginning + 1;

  /** `kindOf` spells the kinds that are numbers in shapes. */
  constructor(fresh: () => FolderCheck, kindOf: (kind: number) => string) {
    this.#fresh = fresh;
    this.#kindOf = kindOf;
  }

  /** The course after an observation of the first `length` numbers of `shape`, or `alone`. */
  step(course: number, shape: Int32Array, length: number): number {
    let place = course;
    for (let at = 0; at < length; at += 1) {
      const next = this.#steps.get(place, shape[at]!);
      if (next < 0) return this.#learn(course, [...shape.subarray(0, length)]);
      place = next;
    }
    return place;
  }

  /** What is found of a folder by the step that leads it to this course, under the names of nobody. */
  foundAt(course: number): readonly Finding[] | undefined {
    return this.#found.get(course);
  }

  /** What a check of a folder on this course would say at its end, under the names of nobody. */
  endOf(course: number): FolderResult {
    const known = this.#ends.get(course);
    if (known) return known;
    const check = apart(this.#checkOf(course));
    check.end();
    const end = resultOf(check);
    this.#ends.set(course, end);
    return end;
  }

  /** The check of a folder on this course. Analyses and groups have their numbers in the folder as names here. */
  checkUnder(course: number, identity: Identity): FolderCheck {
    return this.#checkOf(course).under(identity);
  }

  #learn(course: number, shape: readonly number[]): number {
    if (this.#steps.size + shape.length > maxSteps) return unshared;
    let place = course;
    for (const number of shape.slice(0, -1)) {
      const next = this.#steps.get(place, number);
      if (next < 0) this.#steps.set(place, number, this.#numbers);
      place = next < 0 ? this.#numbers++ : next;
    }
    const reached = this.#follow(course, shape);
    // What was not searched for want of effort may be found another time.
    if (reached === undefined) return unshared;
    this.#steps.set(place, shape.at(-1)!, reached);
    return reached;
  }

  #follow(from: number, shape: readonly number[]): number | undefined {
    const before = this.#checkOf(from);
    const after = apart(before);
    after.observe(this.observationOf(shape));
    if (metLimit(after.found.findings)) return undefined;
    if (after.found.findings.length > 0) return unshared;
    const found = after.found.hazards.slice(before.found.hazards.length);
    const { text, isTold, left } = after.signature;
    if (text === before.signature.text) return from;
    const told = isTold && found.length === 0 ? `${text};${left}` : undefined;
    const known = told === undefined ? undefined : this.#told.get(told);
    if (known !== undefined) return known;
    const course = this.#numbers++;
    this.#courses.set(course, { from, shape });
    this.#keep(course, after);
    if (told !== undefined) this.#told.set(told, course);
    if (found.length > 0) this.#found.set(course, found);
    return course;
  }

  #checkOf(course: number): FolderCheck {
    const missing: Course[] = [];
    let known = this.#checks.get(course);
    for (let at = course; !known && at !== beginning; known = this.#checks.get(at)) {
      const step = this.#courses.get(at)!;
      missing.push(step);
      at = step.from;
    }
    let check = known ?? this.#fresh();
    for (const { shape } of missing.toReversed()) {
      check = apart(check);
      check.observe(this.observationOf(shape));
    }
    this.#keep(course, check);
    return check;
  }

  #keep(course: number, check: FolderCheck): void {
    this.#checks.delete(course);
    this.#checks.set(course, check);
    if (this.#checks.size > maxChecks) this.#checks.delete(this.#checks.keys().next().value!);
  }

  /** The observation of this shape. Analyses and groups have their numbers in the folder as names. */
  observationOf([head = 0, ...views]: readonly number[]): Observation {
    const status = statusOf(head >> (viewsBits + 2 * flagBits + codeBits));
    const system = statusOf(head >> (viewsBits + 2 * flagBits));
    return {
      folder: '',
      ...(status && { resolutionStatus: status }),
      ...(system && { systemResolution: system }),
      analyses: views.map((view) => this.#viewOf(view)),
      complete: ((head >> (viewsBits + flagBits)) & 1) === 1,
      wholeGroup: ((head >> viewsBits) & 1) === 1,
      where: { file: '' },
    };
  }

  #viewOf(view: number): AnalysisView {
    const kind = ((view >> orderBits) & ((1 << kindBits) - 1)) - 1;
    const group = ((view >> (orderBits + kindBits)) & ((1 << groupBits) - 1)) - 1;
    const codes = view >> (orderBits + kindBits + groupBits);
    const state = statusOf(codes);
    const resolutionStatus = statusOf(codes >> codeBits);
    return {
      id: String(view & (historyLimits.analyses - 1)),
      ...(kind >= 0 && { kind: this.#kindOf(kind) }),
      ...(group >= 0 && { groupId: String(group) }),
      ...(state && { state }),
      ...(resolutionStatus && { resolutionStatus }),
      pointer: '',
    };
  }
}

/** A copy for another folder, independent also in what it may cost. */
const apart = (check: FolderCheck): FolderCheck => check.with({}, check.engine.forked());
