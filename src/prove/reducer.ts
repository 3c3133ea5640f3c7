import { allReadings, type ClauseId, type Reading, type SystemResolution } from '../../machines/index.ts';
import type { Rules } from './rules.ts';

/**
 * The laws of the reducer. The order is finite, so that they are checked on all of it: for every two or three
 * statuses, and for every set of statuses. The last law is the step of an induction over the length of a list: the
 * worst of a list and one more member is the worse of the worst of the list and that member. With the first, the worst
 * of a list of any length is the worst of the set of its members.
 */

/** One law, and what breaks it: nothing where it holds. */
export interface ReducerLaw {
  readonly name: string;
  readonly clauses: readonly ClauseId[];
  /** How many cases were tried. */
  readonly cases: number;
  readonly broken: readonly string[];
}

type Worst = (members: readonly SystemResolution[]) => SystemResolution | undefined;

/** Something said of `arity` statuses; and of all sets of statuses that are not empty where `arity` is missing. */
interface Claim {
  readonly name: string;
  readonly clauses: readonly ClauseId[];
  readonly arity?: 1 | 2 | 3;
  readonly holds: (
    worst: Worst,
    members: readonly SystemResolution[],
    order: readonly SystemResolution[],
  ) => boolean;
}

const claims: readonly Claim[] = [
  {
    name: 'nothing has no worst: no pass that nobody gave',
    clauses: ['GROUP-SUCCESS-MEANS'],
    arity: 1,
    holds: (worst) => worst([]) === undefined,
  },
  {
    name: 'the worst of one is that one',
    clauses: ['GROUP-RESULT-WORST'],
    arity: 1,
    holds: (worst, [a]) => worst([a!]) === a,
  },
  {
    name: 'repetition does not matter',
    clauses: ['GROUP-RESULT-WORST'],
    arity: 2,
    holds: (worst, [a, b]) => worst([a!, a!]) === a && worst([a!, b!, a!, b!]) === worst([a!, b!]),
  },
  {
    name: 'order does not matter',
    clauses: ['GROUP-RESULT-WORST'],
    arity: 2,
    holds: (worst, [a, b]) => worst([a!, b!]) === worst([b!, a!]),
  },
  {
    name: 'grouping does not matter',
    clauses: ['GROUP-RESULT-WORST'],
    arity: 3,
    holds: (worst, [a, b, c]) => worst([worst([a!, b!])!, c!]) === worst([a!, worst([b!, c!])!]),
  },
  {
    name: 'the worst of two is the one that comes first in the order',
    clauses: ['WORST-ORDER'],
    arity: 2,
    holds: (worst, [a, b], order) => worst([a!, b!]) === (order.indexOf(a!) <= order.indexOf(b!) ? a : b),
  },
  {
    name: 'another member never makes it better',
    clauses: ['GROUP-RESULT-WORST'],
    arity: 3,
    holds: (worst, [a, b, c], order) =>
      order.indexOf(worst([a!, b!, c!])!) <= order.indexOf(worst([a!, b!])!),
  },
  {
    name: 'the worst of any statuses is one of them, and comes before all others of them',
    clauses: ['GROUP-RESULT-WORST', 'WORST-ORDER'],
    holds: (worst, members, order) => {
      const result = worst(members);
      return (
        result !== undefined &&
        members.includes(result) &&
        members.every((member) => order.indexOf(result) <= order.indexOf(member))
      );
    },
  },
  {
    name: 'it is SUCCESS exactly if all are',
    clauses: ['GROUP-SUCCESS-MEANS'],
    holds: (worst, members) =>
      (worst(members) === 'SUCCESS') === members.every((member) => member === 'SUCCESS'),
  },
  {
    name: 'one more member: the worse of it and of the worst before',
    clauses: ['GROUP-RESULT-WORST'],
    holds: (worst, members, order) =>
      order.every((more) => worst([...members, more]) === worst([worst(members)!, more])),
  },
];

/** The laws of the reducer, tried on the whole order under each order that a reading gives. */
export function reducerLaws(rules: Rules): readonly ReducerLaw[] {
  const readings = distinctOrders(rules);
  return claims.map(({ name, clauses, arity, holds }) => {
    const broken: string[] = [];
    let cases = 0;
    for (const reading of readings) {
      const order = rules.severityOrder(reading);
      const worst: Worst = (members) => rules.worst(members, reading);
      for (const members of arity === undefined ? setsOf(order) : listsOf(order, arity)) {
        cases += 1;
        if (!holds(worst, members, order)) broken.push(members.join(', '));
      }
    }
    return { name, clauses, cases, broken };
  });
}

/** One reading for each order that there is. */
function distinctOrders({ severityOrder }: Rules): readonly Reading[] {
  return [
    ...new Map(allReadings().map((reading) => [severityOrder(reading).join(), reading] as const)).values(),
  ];
}

function listsOf<S>(members: readonly S[], length: number): readonly (readonly S[])[] {
  return Array.from({ length }).reduce<readonly (readonly S[])[]>(
    (lists) => lists.flatMap((list) => members.map((member) => [...list, member])),
    [[]],
  );
}

function setsOf<S>(members: readonly S[]): readonly (readonly S[])[] {
  return members
    .reduce<readonly (readonly S[])[]>((sets, member) => sets.flatMap((set) => [set, [...set, member]]), [[]])
    .filter((set) => set.length > 0);
}
