import type { AnyMachineSnapshot, EventObject } from 'xstate';
import { defaultSettings, type Settings } from '../../../machines/index.ts';
import { suggestion } from '../../../machines/nearest.ts';
import { coverageCriteria, type CoverageCriterion, type PathMachine } from './coverage-criteria.ts';
import {
  coveredSteps,
  listedTargets,
  shownBy,
  type CoveredMachine,
  type CoveredStep,
  type CoveredSteps,
  type Refusal,
} from './covered-machine.ts';
import { inertScope } from '../walk/machine-system.ts';
import { coveredMachines } from './path-machines.ts';
import { coverTargets } from './path-set.ts';
import type { PlaceGraph } from './places.ts';

/** One event of a path. */
export interface PathStep {
  readonly event: EventObject;
  /** Whether the machine takes the event; one that it does not take changes nothing. */
  readonly accepted: boolean;
  /** What the machine shows afterwards. */
  readonly shows: string;
}

/** One path: what the machine is told at its start, if anything, and the events one after another. */
export interface TestPath {
  readonly input?: unknown;
  /** What the machine shows before the first event. */
  readonly shows: string;
  readonly steps: readonly PathStep[];
}

/** A small set of paths that meets every target of a criterion. */
export interface PathSet {
  readonly machine: PathMachine;
  readonly criterion: CoverageCriterion;
  readonly bounds: string;
  readonly paths: readonly TestPath[];
  /** The targets that the paths meet: all that can be met within the bounds. */
  readonly met: readonly string[];
  /** Targets that the chart lists and that nothing within the bounds meets. */
  readonly unmet: readonly string[];
  /** No set of fewer paths meets all of them. */
  readonly least: number;
  /** No path meets two of these, so every set of paths has a path for each of them. */
  readonly apart: readonly string[];
  /** Where `apart` does not prove `least`: so many largest sets of targets were searched for fewer that suffice. */
  readonly searched?: number;
}

/** For each number of a place, the step that it stands for. */
interface Numbered {
  readonly graph: PlaceGraph;
  readonly stepAt: readonly number[];
  readonly names: readonly string[];
}

function numbered(steps: CoveredSteps, criterion: CoverageCriterion): Numbered {
  const numbers = new Map<string, number>();
  const numberOf = (name: string): number => {
    if (!numbers.has(name)) numbers.set(name, numbers.size);
    return numbers.get(name)!;
  };
  const distinct = (list: readonly string[]) => [...new Set(list.map(numberOf))];
  if (criterion !== 'transition-pairs') {
    const places = steps.steps.map(({ meets, next }) => ({ targets: distinct(meets[criterion]), next }));
    return {
      graph: { places, starts: steps.starts },
      stepAt: places.map((_, at) => at),
      names: [...numbers.keys()],
    };
  }
  // A place for every two steps that follow each other: a path through pairs is a path through steps.
  const pairsFrom: number[][] = steps.steps.map(() => []);
  const stepAt: number[] = steps.steps.map((_, at) => at);
  const places = steps.steps.map((_, at) => ({ targets: [] as readonly number[], next: pairsFrom[at]! }));
  for (const [at, { meets, next }] of steps.steps.entries()) {
    for (const after of next) {
      const following = steps.steps[after]!.meets.transitions;
      const both = meets.transitions.flatMap((one) => following.map((two) => `${one}, then ${two}`));
      pairsFrom[at]!.push(places.push({ targets: distinct(both), next: pairsFrom[after]! }) - 1);
      stepAt.push(after);
    }
  }
  return { graph: { places, starts: steps.starts }, stepAt, names: [...numbers.keys()] };
}

/** Chooses the refused events that are worth trying where a path passes. */
type Tries = (refused: readonly Refusal[]) => readonly Refusal[];

function triesFor(criterion: CoverageCriterion, steps: readonly CoveredStep[]): Tries {
  if (criterion !== 'refused-pairs' && criterion !== 'guard-outcomes') return () => [];
  const seen = new Set(criterion === 'guard-outcomes' ? steps.flatMap(({ outcomes }) => outcomes) : []);
  const newIn = ({ name, outcomes }: Refusal): readonly string[] =>
    (criterion === 'refused-pairs' ? [name] : outcomes).filter((each) => !seen.has(each));
  return (refused) =>
    refused.filter((refusal) => {
      const found = newIn(refusal);
      for (const each of found) seen.add(each);
      return found.length > 0;
    });
}

/**
 * Follows steps on the machine itself. The walk merges snapshots that are alike, so the ids of an event can differ:
 * the first event that leads where the step leads is taken.
 */
function follow(covered: CoveredMachine, path: readonly CoveredStep[], tries: Tries): TestPath {
  const { machine, events, key, nameRefusal } = covered;
  const scope = inertScope();
  const [start, ...rest] = path as [CoveredStep, ...CoveredStep[]];
  const steps: PathStep[] = [];
  const tryRefused = (snapshot: AnyMachineSnapshot, { refused }: CoveredStep) => {
    for (const { name } of tries(refused)) {
      const event = events(snapshot).find(
        (one) => !snapshot.can(one) && nameRefusal(one, snapshot) === name,
      )!;
      steps.push({ event, accepted: false, shows: shownBy(snapshot) });
    }
  };
  let at = start.after;
  tryRefused(at, start);
  for (const step of rest) {
    const wanted = key(step.after);
    const moves = events(at)
      .filter((event) => event.type === step.event!.type && at.can(event))
      .map((event) => ({ event, next: machine.transition(at, event, scope) as AnyMachineSnapshot }));
    const { event, next } = moves.find((one) => key(one.next) === wanted)!;
    steps.push({ event, accepted: true, shows: shownBy(next) });
    at = next;
    tryRefused(at, step);
  }
  const input = start.input === undefined ? {} : { input: start.input };
  return { ...input, shows: shownBy(start.after), steps };
}

/** Everything that a machine can do within its bounds, for one or several sets of paths. */
export interface MachineWalk {
  readonly machine: PathMachine;
  readonly bounds: string;
  readonly covered: CoveredMachine;
  readonly steps: CoveredSteps;
}

/** Walks a machine within its bounds. */
export function walkMachine(machine: PathMachine, settings: Settings = defaultSettings): MachineWalk {
  expectOneOf('machine', Object.keys(coveredMachines), machine);
  const { bounds, covered: coveredUnder } = coveredMachines[machine];
  const covered = coveredUnder(settings);
  return { machine, bounds, covered, steps: coveredSteps(covered) };
}

function expectOneOf(what: string, known: readonly string[], given: string): void {
  if (known.includes(given)) return;
  const received = typeof given === 'string' ? `${given}${suggestion(given, known)}` : typeof given;
  throw new TypeError(`${what}: expected ${known.join(' or ')}, received ${received}`);
}

/** A small set of paths that meets every target of the criterion. Throws a TypeError for a criterion that there is not. */
export function pathSet(
  { machine, bounds, covered, steps }: MachineWalk,
  criterion: CoverageCriterion,
): PathSet {
  expectOneOf('criterion', Object.keys(coverageCriteria), criterion);
  const { graph, stepAt, names } = numbered(steps, criterion);
  const { paths, least, apart, searched } = coverTargets(graph);
  const walked = paths.map((path) => path.map((place) => steps.steps[stepAt[place]!]!));
  const tries = triesFor(criterion, walked.flat());
  const met = new Set(names);
  return {
    machine,
    criterion,
    bounds,
    paths: walked.map((path) => follow(covered, path, tries)),
    met: names.toSorted(),
    unmet: [...new Set(listedTargets(covered.machine, criterion))]
      .filter((name) => !met.has(name))
      .toSorted(),
    least,
    apart: apart.map((target) => names[target]!).toSorted(),
    ...(searched === undefined ? {} : { searched }),
  };
}
