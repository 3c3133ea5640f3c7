import { Budget } from '../belief/budget.ts';
import { createEngine, type Engine } from '../belief/engine.ts';
import { FolderCheck } from '../folder/folder-check.ts';
import { ofTwoMoments } from '../folder/stale-fields.ts';
import { proposalsFor } from '../folder/under-any.ts';
import type { Finding } from '../../observations/findings.ts';
import type { Identity } from '../folder/identities.ts';
import { unpackObservation } from './history-shapes.ts';
import type { Observation } from '../../observations/observation.ts';
import { RowTable } from '../../observations/packed/pair-table.ts';
import {
  checkOptionsFrom,
  type CheckOptions,
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

/** So many steps are not followed one after the other: then what was seen is looked through again. */
const maxUnfollowed = 32;

/** Checks of histories beyond this many are forgotten, and followed again when they are needed. */
const maxChecks = 1024;

/** Makes checks of single folders; they share their engines. */
export function checksBy(given: GivenCheckOptions, budget = new Budget()): () => FolderCheck {
  const options = checkOptionsFrom(given);
  const engineFor = (asked: CheckOptions): Engine => {
    const engine = createEngine(asked, budget);
    return asked.fields === 'stale' ? ofTwoMoments(engine) : engine;
  };
  const engine = engineFor(options);
  const proposals = options.proposesReadings === false ? undefined : proposalsFor(options, engineFor);
  return () => new FolderCheck(engine, options, proposals);
}

/** How much a check has cost, and how much it remembers of what it has seen. */
interface Cost {
  readonly spent: number;
  readonly size: number;
  /** The size at which what it remembers is looked through next. */
  readonly due: number;
}

interface SharedHistory extends Cost {
  /** Which history it follows, and by what observation: the numbers of its head and its views. */
  readonly from: number;
  readonly shape: readonly number[];
  /** The number of its prospect, which is all that matters as long as nothing is shown late. */
  readonly prospect: number;
  /** How many steps before it were not followed, but known from other histories of the same prospect. */
  readonly unfollowed: number;
}

/** What an observation does to every history of one prospect. */
interface KnownStep {
  readonly prospect: number;
  /** Nothing at all. */
  readonly isNone: boolean;
  readonly effort: number;
  /** By how much there is more to remember. */
  readonly growth: number;
  readonly found: readonly Finding[];
}

/**
 * Histories of folders, each followed once. Folders live alike but for their names: of a folder with a shared history it
 * is enough to know which, and its next observation is a step in a table. A hazard is found in a history with places and
 * names of nobody. At anything else that is found a history ends: that comes from a check under the folder's own names.
 *
 * Many histories differ only in the order in which things have come, and go on alike as long as nobody has to look back.
 * What an observation does to one of them is known of all of the same prospect, so that a step is followed once for these.
 */
export class SharedHistories {
  /** The check of a folder of which nothing was seen. */
  readonly #first: FolderCheck;
  readonly #kindOf: (kind: number) => string;
  readonly #histories = new Map<number, SharedHistory>();
  /** Checks of some histories, the one longest unused first. */
  readonly #checks = new Map<number, FolderCheck>();
  /** From a history by the numbers of an observation to a history. */
  readonly #steps = new RowTable();
  /** From a prospect by the numbers of an observation to the place of what that does. */
  readonly #knownStepsOf = new RowTable();
  readonly #knownSteps: KnownStep[] = [];
  readonly #prospects = new Map<string, number>();
  /** Histories of which all that matters is told, by that: from them others that are told alike go on. */
  readonly #told = new Map<string, number>();
  /** The hazards found at the last step of some histories, to which no other step leads. */
  readonly #found = new Map<number, readonly Finding[]>();
  /** By prospect. */
  readonly #ends = new Map<number, FolderResult>();
  #numbers = beginning + 1;

  /** `kindOf` spells the kinds that are numbers in shapes. */
  constructor(fresh: () => FolderCheck, kindOf: (kind: number) => string) {
    this.#first = fresh();
    this.#kindOf = kindOf;
  }

  /** The history after an observation of the first `length` numbers of `shape`, or `unshared`. */
  step(history: number, shape: Int32Array, length: number): number {
    const next = this.#steps.get(history, shape, length);
    return next < 0 ? this.#learn(history, [...shape.subarray(0, length)]) : next;
  }

  /** What is found of a folder by the step that leads it to this history, under the names of nobody. */
  foundAt(history: number): readonly Finding[] | undefined {
    return this.#found.get(history);
  }

  /** What a check of a folder of this history would say at its end, under the names of nobody. */
  endOf(history: number): FolderResult {
    const { prospect } = this.#at(history);
    const known = this.#ends.get(prospect);
    if (known) return known;
    const check = apart(this.#checkOf(history));
    check.end();
    const end = check.result();
    this.#ends.set(prospect, end);
    return end;
  }

  /** The check of a folder of this history. Analyses and groups have their numbers in the folder as names here. */
  checkUnder(history: number, identity: Identity): FolderCheck {
    return this.#checkOf(history).under(identity);
  }

  #learn(history: number, shape: readonly number[]): number {
    if (this.#steps.size + shape.length > maxSteps) return unshared;
    const reached = this.#stepAsKnown(history, shape) ?? this.#follow(history, shape);
    // What was not searched for want of effort may be found another time.
    if (reached === undefined) return unshared;
    this.#steps.set(history, shape, reached);
    return reached;
  }

  /** What is known of a history. */
  #at(history: number): SharedHistory {
    const known = this.#histories.get(history);
    if (known) return known;
    const first = this.#first;
    const begun = {
      from: unshared,
      shape: [],
      prospect: this.#prospectOf(first),
      unfollowed: 0,
      ...costOf(first),
    };
    this.#histories.set(history, begun);
    return begun;
  }

  #prospectOf({ signature: { prospect, left } }: FolderCheck): number {
    const text = `${prospect};${left}`;
    const known = this.#prospects.get(text) ?? this.#prospects.size;
    this.#prospects.set(text, known);
    return known;
  }

  /** The history after an observation of which it is known what it does; undefined where it has to be followed. */
  #stepAsKnown(from: number, shape: readonly number[]): number | undefined {
    const before = this.#at(from);
    const known = this.#knownSteps[this.#knownStepsOf.get(before.prospect, shape)];
    if (!known) return undefined;
    const [spent, size] = [before.spent + known.effort, before.size + known.growth];
    const isAmple = this.#first.engine.isAmple(spent);
    if (!isAmple || size >= before.due || before.unfollowed >= maxUnfollowed) return undefined;
    if (known.isNone) return from;
    const { due, unfollowed } = before;
    const after = { from, shape, prospect: known.prospect, spent, size, due, unfollowed: unfollowed + 1 };
    return this.#add(after, known.found);
  }

  #add(history: SharedHistory, found: readonly Finding[]): number {
    const number = this.#numbers++;
    this.#histories.set(number, history);
    if (found.length > 0) this.#found.set(number, found);
    return number;
  }

  #follow(from: number, shape: readonly number[]): number | undefined {
    const before = this.#checkOf(from);
    const observation = this.observationOf(shape);
    const after = apart(before);
    const steps = after.attempt(observation);
    const findings = steps.flatMap(({ detected }) => detected.map(({ finding }) => finding));
    if (metLimit(findings)) return undefined;
    if (findings.some(({ severity }) => severity !== 'hazard')) return unshared;
    after.take(observation, steps);
    const found = after.found.hazards.slice(before.found.hazards.length);
    const { signature } = after;
    const prospect = this.#prospectOf(after);
    const isNone = prospect === this.#at(from).prospect && signature.seen === before.signature.seen;
    const cost = costOf(after);
    const looksBack = steps.some((each) => each.looksBack);
    if (!looksBack && cost.due === this.#at(from).due && after.engine.isAmple()) {
      const effort = cost.spent - before.engine.spent;
      this.#note(from, shape, { prospect, isNone, effort, growth: cost.size - this.#at(from).size, found });
    }
    if (isNone) return from;
    const told = signature.isTold && found.length === 0 ? `${prospect};${signature.seen}` : undefined;
    const known = told === undefined ? undefined : this.#told.get(told);
    if (known !== undefined) return known;
    const history = this.#add({ from, shape, prospect, unfollowed: 0, ...cost }, found);
    this.#keep(history, after);
    if (told !== undefined) this.#told.set(told, history);
    return history;
  }

  #note(from: number, shape: readonly number[], known: KnownStep): void {
    const { prospect } = this.#at(from);
    if (this.#knownStepsOf.size + shape.length > maxSteps || this.#knownStepsOf.get(prospect, shape) >= 0)
      return;
    this.#knownStepsOf.set(prospect, shape, this.#knownSteps.push(known) - 1);
  }

  #checkOf(history: number): FolderCheck {
    const missing: SharedHistory[] = [];
    let known = this.#checks.get(history);
    for (let at = history; !known && at !== beginning; known = this.#checks.get(at)) {
      const step = this.#histories.get(at)!;
      missing.push(step);
      at = step.from;
    }
    let check = known ?? this.#first;
    if (missing.length > 0) check = apart(check);
    for (const { shape } of missing.toReversed()) check.observe(this.observationOf(shape));
    this.#keep(history, check);
    return check;
  }

  #keep(history: number, check: FolderCheck): void {
    this.#checks.delete(history);
    this.#checks.set(history, check);
    if (this.#checks.size > maxChecks) this.#checks.delete(this.#checks.keys().next().value!);
  }

  /** The observation of this shape, under the names of nobody. */
  observationOf(shape: readonly number[]): Observation {
    return unpackObservation(shape, this.#kindOf);
  }
}

const costOf = ({ engine, standing }: FolderCheck): Cost => ({
  spent: engine.spent,
  ...standing.history.extent,
});

/** A copy for another folder, independent also in what it may cost. */
const apart = (check: FolderCheck): FolderCheck => check.with({}, check.engine.forked());
