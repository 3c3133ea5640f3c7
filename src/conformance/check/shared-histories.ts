import { Budget } from '../belief/budget.ts';
import { createEngine, type Engine } from '../belief/engine.ts';
import { everyReading } from '../folder/admitted-readings.ts';
import { FolderCheck } from '../folder/folder-check.ts';
import { resultOf } from '../folder/folder-result.ts';
import type { Finding } from '../../observations/findings.ts';
import { codeBits, statusOf } from '../../observations/packed/packed.ts';
import type { Identity } from '../folder/identities.ts';
import type { AnalysisView, Observation } from '../../observations/observation.ts';
import { PairTable } from '../../observations/packed/pair-table.ts';
import {
  checkOptionsFrom,
  metLimit,
  type FolderResult,
  type GivenCheckOptions,
} from '../../observations/results.ts';

/** In place of a history: the folder has to be followed by itself. */
export const unshared = 0;

/** The history of a folder of which nothing has been seen yet. */
export const beginning = 1;

/** Steps between histories beyond this many are not remembered: folders that take another one are followed alone. */
const maxSteps = 1 << 20;

/** Checks of histories beyond this many are forgotten, and followed again when they are needed. */
const maxChecks = 1024;

const flagBits = 1;
const viewsBits = 8;
const orderBits = 8;
const kindBits = 6;
const groupBits = 8;

/** Makes checks of single folders; they share their engines. */
export function checksBy(given: GivenCheckOptions, budget = new Budget()): () => FolderCheck {
  const options = checkOptionsFrom(given);
  const engine = createEngine(options, budget);
  // Made for the first folder that violates: a recording without one pays nothing for it.
  let others: Engine | undefined;
  const engineOfAll = (): Engine => (others ??= createEngine(everyReading(options), budget));
  return () => new FolderCheck(engine, options, options.proposesReadings === false ? undefined : engineOfAll);
}

/** How many analyses, kinds and groups can be told apart in a history. */
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

interface SharedHistory {
  /** Which history it follows, and by what observation: the numbers of its head and its views. */
  readonly from: number;
  readonly shape: readonly number[];
}

/**
 * Histories of folders, each followed once. Folders live alike but for their names: of a folder with a shared history it
 * is enough to know which, and its next observation is a step in a table. A hazard is found in a history with places and
 * names of nobody. At anything else that is found a history ends: that comes from a check under the folder's own names.
 */
export class SharedHistories {
  readonly #fresh: () => FolderCheck;
  readonly #kindOf: (kind: number) => string;
  readonly #histories = new Map<number, SharedHistory>();
  /** Checks of some histories, the one longest unused first. */
  readonly #checks = new Map<number, FolderCheck>();
  /** From a history by the numbers of an observation, one by one, to a history: what lies between is numbered alike. */
  readonly #steps = new PairTable();
  /** Courses of which all that matters is told, by that: from them others that are told alike go on. */
  readonly #told = new Map<string, number>();
  /** The hazards found at the last step of some histories, to which no other step leads. */
  readonly #found = new Map<number, readonly Finding[]>();
  readonly #ends = new Map<number, FolderResult>();
  #numbers = beginning + 1;

  /** `kindOf` spells the kinds that are numbers in shapes. */
  constructor(fresh: () => FolderCheck, kindOf: (kind: number) => string) {
    this.#fresh = fresh;
    this.#kindOf = kindOf;
  }

  /** The history after an observation of the first `length` numbers of `shape`, or `unshared`. */
  step(history: number, shape: Int32Array, length: number): number {
    let place = history;
    for (let at = 0; at < length; at += 1) {
      const next = this.#steps.get(place, shape[at]!);
      if (next < 0) return this.#learn(history, [...shape.subarray(0, length)]);
      place = next;
    }
    return place;
  }

  /** What is found of a folder by the step that leads it to this history, under the names of nobody. */
  foundAt(history: number): readonly Finding[] | undefined {
    return this.#found.get(history);
  }

  /** What a check of a folder of this history would say at its end, under the names of nobody. */
  endOf(history: number): FolderResult {
    const known = this.#ends.get(history);
    if (known) return known;
    const check = apart(this.#checkOf(history));
    check.end();
    const end = resultOf(check);
    this.#ends.set(history, end);
    return end;
  }

  /** The check of a folder of this history. Analyses and groups have their numbers in the folder as names here. */
  checkUnder(history: number, identity: Identity): FolderCheck {
    return this.#checkOf(history).under(identity);
  }

  #learn(history: number, shape: readonly number[]): number {
    if (this.#steps.size + shape.length > maxSteps) return unshared;
    let place = history;
    for (const number of shape.slice(0, -1)) {
      const next = this.#steps.get(place, number);
      if (next < 0) this.#steps.set(place, number, this.#numbers);
      place = next < 0 ? this.#numbers++ : next;
    }
    const reached = this.#follow(history, shape);
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
    const history = this.#numbers++;
    this.#histories.set(history, { from, shape });
    this.#keep(history, after);
    if (told !== undefined) this.#told.set(told, history);
    if (found.length > 0) this.#found.set(history, found);
    return history;
  }

  #checkOf(history: number): FolderCheck {
    const missing: SharedHistory[] = [];
    let known = this.#checks.get(history);
    for (let at = history; !known && at !== beginning; known = this.#checks.get(at)) {
      const step = this.#histories.get(at)!;
      missing.push(step);
      at = step.from;
    }
    let check = known ?? this.#fresh();
    for (const { shape } of missing.toReversed()) {
      check = apart(check);
      check.observe(this.observationOf(shape));
    }
    this.#keep(history, check);
    return check;
  }

  #keep(history: number, check: FolderCheck): void {
    this.#checks.delete(history);
    this.#checks.set(history, check);
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
