import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createCompiler } from './compiler.mjs';
import { findMutants } from './mutants.mjs';

/**
 * What can become of a change. `equivalent`: nothing behaves otherwise, so that nobody can notice. `not tried`:
 * it does not compile.
 * @typedef {'noticed' | 'unnoticed' | 'equivalent' | 'not tried'} Outcome
 */

const none = { noticed: 0, unnoticed: 0, equivalent: 0, 'not tried': 0 };

/** What became of changes: counts by kind or file, and the labels of those that need an explanation. */
export class Tally {
  rows = new Map();
  unnoticed = [];
  /** With the reason why nothing behaves otherwise. */
  equivalent = [];

  /** How long they took, in all runs that were needed. */
  seconds = 0;

  /**
   * @param {number} all how many there are, tried or not
   * @param {string} [sample] how those were chosen that were tried
   */
  constructor(all, sample = 'as many as fit into the time, regardless of where they are') {
    this.all = all;
    this.sample = sample;
  }

  /** @param {string} row @param {string} label @param {Outcome} outcome @param {string} [reason] */
  count(row, label, outcome, reason) {
    const counts = this.rows.get(row) ?? { ...none };
    counts[outcome] += 1;
    this.rows.set(row, counts);
    if (outcome === 'unnoticed') this.unnoticed.push(label);
    if (outcome === 'equivalent') this.equivalent.push({ label, reason });
  }

  /** @param {Outcome} outcome */
  total(outcome) {
    return [...this.rows.values()].reduce((sum, row) => sum + row[outcome], 0);
  }

  /** Of the changes that can be noticed those that were, in per cent, rounded down to a tenth. */
  share() {
    const possible = this.total('noticed') + this.total('unnoticed');
    return Math.floor((1000 * this.total('noticed')) / possible) / 10;
  }

  /** `All of 20 changes were tried; 12 of 16 that can be noticed were (75 %).` */
  inWords() {
    const possible = this.total('noticed') + this.total('unnoticed');
    const tried = Object.keys(none).reduce((sum, outcome) => sum + this.total(outcome), 0);
    const share = `${this.total('noticed')} of ${possible} that can be noticed were (${this.share()} %)`;
    return tried === this.all
      ? `All of ${this.all} changes were tried; ${share}.`
      : `Of ${this.all} changes ${tried} were tried, ${this.sample}; ${share}.`;
  }

  /** The rows of a record: `engine` looked for changes; where `demanded`, all of them have to be noticed. */
  records(engine, demanded) {
    return [...this.rows]
      .toSorted(byName)
      .map(([name, { noticed, unnoticed, equivalent, 'not tried': untried }]) => ({
        name,
        bound: `${noticed + unnoticed + equivalent} changes that compile`,
        engine,
        result: !demanded ? 'measured' : unnoticed === 0 ? 'passed' : 'failed',
        measured: `${noticed} noticed, ${unnoticed} unnoticed, ${equivalent} change nothing, ${untried} do not compile`,
      }));
  }

  /** What a reader of the rows has to know: each change that nothing noticed, and why others cannot be. */
  remarks() {
    const reasons = new Set(this.equivalent.map(({ reason }) => reason));
    const alike = (reason) =>
      this.equivalent.filter((each) => each.reason === reason).map(({ label }) => label);
    return [
      ...this.unnoticed.map((label) => `Unnoticed: \`${label}\`.`),
      ...[...reasons].map(
        (reason) =>
          `Change nothing, since ${reason}: ${alike(reason)
            .map((label) => `\`${label}\``)
            .join(', ')}.`,
      ),
    ];
  }

  print() {
    console.table(Object.fromEntries(this.rows));
    for (const label of this.unnoticed) console.log(`unnoticed: ${label}`);
    console.log(this.inWords());
  }
}

const byName = ([left], [right]) => (left < right ? -1 : 1);

/** A number that has nothing to do with where a change is made: by it the first ones are a fair sample. */
const shuffled = ({ kind, label }) => createHash('sha256').update(`${kind}: ${label}`).digest('hex');

/** The arguments of a trial: parts of labels or kinds of the mutants to try, and for how long. */
export function readArguments() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { minutes: { type: 'string', default: 'Infinity' } },
  });
  const every = findMutants();
  const mutants = every.filter(
    ({ kind, label }) =>
      positionals.length === 0 || positionals.some((part) => `${kind}: ${label}`.includes(part)),
  );
  return { mutants, minutes: Number(values.minutes), isRecorded: mutants.length === every.length };
}

/**
 * Tries mutants one after another, each with `outcomeOf(mutant, mutated, original)`, which gets the texts of the
 * changed file and returns an outcome, and for `equivalent` the reason: `{ outcome, reason }`. Begins no further one
 * after so many minutes.
 */
export async function tryMutants({ mutants, minutes }, memory, outcomeOf) {
  const compiles = createCompiler();
  const tally = new Tally(mutants.length);
  const end = Date.now() + minutes * 60_000;
  for (const mutant of mutants.toSorted((left, right) => (shuffled(left) < shuffled(right) ? -1 : 1))) {
    const { kind, file, start, end: last, text } = mutant;
    const label = `${kind}: ${mutant.label}`;
    const original = readFileSync(file, 'utf8');
    const mutated = original.slice(0, start) + text + original.slice(last);
    if (!memory.get(label)) {
      if (Date.now() > end) continue;
      const began = Date.now();
      const result = compiles(file, mutated)
        ? await outcomeOf({ ...mutant, label }, mutated, original)
        : { outcome: 'not tried' };
      memory.set(label, { ...result, seconds: (Date.now() - began) / 1000 });
      console.log(`${result.outcome}: ${label}`);
    }
    const { outcome, reason, seconds } = memory.get(label);
    tally.count(kind, label, outcome, reason);
    tally.seconds += seconds;
  }
  tally.print();
  return tally;
}
