import { allReadings, type ClauseId, type Reading, type SystemResolution } from '../../../machines/index.ts';
import type { Rules } from './rules.ts';

/**
 * The laws of the reducer, for lists of any length. It goes through a list once and keeps one status: the worst of a
 * list and one more member is the worst of what it kept and that member. This is read off its loop, and tried on every
 * list of up to four members. All else follows by induction over the length from what is kept and one more member, of
 * which there are finitely many: if the worst of a list is one of its members and none comes before it, then so it is
 * of the longer list. As the order is total, it depends on nothing but which statuses occur.
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

/** The longest lists that are tried. */
const mostMembers = 4;

/** Something said of so many statuses, of all sets of statuses that are not empty, or of all lists up to a length. */
interface Claim {
  readonly name: string;
  readonly clauses: readonly ClauseId[];
  readonly of: 1 | 2 | 3 | 'sets' | 'lists';
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
    of: 1,
    holds: (worst) => worst([]) === undefined,
  },
  {
    name: 'the worst of one is that one',
    clauses: ['GROUP-RESULT-WORST'],
    of: 1,
    holds: (worst, [a]) => worst([a!]) === a,
  },
  {
    name: 'repetition does not matter',
    clauses: ['GROUP-RESULT-WORST'],
    of: 2,
    holds: (worst, [a, b]) => worst([a!, a!]) === a && worst([a!, b!, a!, b!]) === worst([a!, b!]),
  },
  {
    name: 'order does not matter',
    clauses: ['GROUP-RESULT-WORST'],
    of: 2,
    holds: (worst, [a, b]) => worst([a!, b!]) === worst([b!, a!]),
  },
  {
    name: 'grouping does not matter',
    clauses: ['GROUP-RESULT-WORST'],
    of: 3,
    holds: (worst, [a, b, c]) => worst([worst([a!, b!])!, c!]) === worst([a!, worst([b!, c!])!]),
  },
  {
    name: 'the worst of two is the one that comes first in the order',
    clauses: ['WORST-ORDER'],
    of: 2,
    holds: (worst, [a, b], order) => worst([a!, b!]) === (order.indexOf(a!) <= order.indexOf(b!) ? a : b),
  },
  {
    name: 'another member never makes it better',
    clauses: ['GROUP-RESULT-WORST'],
    of: 3,
    holds: (worst, [a, b, c], order) =>
      order.indexOf(worst([a!, b!, c!])!) <= order.indexOf(worst([a!, b!])!),
  },
  {
    name: 'the worst of any statuses is one of them, and comes before all others of them',
    clauses: ['GROUP-RESULT-WORST', 'WORST-ORDER'],
    of: 'sets',
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
    clauses: ['GROUP-SUCCESS-MEANS', 'SUCCESS-OF-EVERY-ANALYSIS'],
    of: 'sets',
    holds: (worst, members) =>
      (worst(members) === 'SUCCESS') === members.every((member) => member === 'SUCCESS'),
  },
  {
    name: 'of a list and one more member: the worse of it and of the worst of the list',
    clauses: ['GROUP-RESULT-WORST'],
    of: 'lists',
    holds: (worst, members, order) =>
      order.every((more) => worst([...members, more]) === worst([worst(members)!, more])),
  },
  {
    name: 'step of the induction: no member of a list comes before its worst, nor does one of the longer list',
    clauses: ['GROUP-RESULT-WORST', 'WORST-ORDER'],
    of: 3,
    holds: (worst, [kept, more, member], order) => {
      if (order.indexOf(member!) < order.indexOf(kept!)) return true;
      const result = worst([kept!, more!])!;
      const isFirst = [more!, member!].every((one) => order.indexOf(result) <= order.indexOf(one));
      return isFirst && (result === kept || result === more);
    },
  },
  {
    name: 'step of the induction: a list stays SUCCESS by SUCCESS only, and becomes it by nothing',
    clauses: ['GROUP-SUCCESS-MEANS', 'SUCCESS-OF-EVERY-ANALYSIS'],
    of: 2,
    holds: (worst, [kept, more]) =>
      (worst([kept!, more!]) === 'SUCCESS') === (kept === 'SUCCESS' && more === 'SUCCESS'),
  },
];

/** The laws of the reducer, tried on the whole order under each order that a reading gives. */
export function reducerLaws(rules: Rules): readonly ReducerLaw[] {
  const readings = distinctOrders(rules);
  return claims.map(({ name, clauses, of, holds }) => {
    const broken: string[] = [];
    let cases = 0;
    for (const reading of readings) {
      const order = rules.orderUnder(reading);
      const worst: Worst = (members) => rules.worstUnder(members, reading);
      for (const members of domainOf(of, order)) {
        cases += 1;
        if (!holds(worst, members, order)) broken.push(members.join(', '));
      }
    }
    return { name, clauses, cases, broken };
  });
}

/** One reading for each order that there is. */
function distinctOrders({ orderUnder }: Rules): readonly Reading[] {
  return [
    ...new Map(allReadings().map((reading) => [orderUnder(reading).join(), reading] as const)).values(),
  ];
}

function domainOf<S>(of: Claim['of'], order: readonly S[]): readonly (readonly S[])[] {
  if (of === 'sets') return setsOf(order);
  const lengths = of === 'lists' ? Array.from({ length: mostMembers }, (_, at) => at + 1) : [of];
  return lengths.flatMap((length) => listsOf(order, length));
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
