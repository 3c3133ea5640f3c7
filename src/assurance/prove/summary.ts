import type { Resolution, Status, Summary } from '../../../machines/index.ts';
import type { Rules } from './rules.ts';
import { tabulate, termOf } from './tabulate.ts';
import { and, eq, not, or, type Term } from './term.ts';
import { askedReading, oneOfEach, resolutions, wordingOf, type Variable } from './vocabulary.ts';

/**
 * Formulas on summaries of groups. What a group comes to depends only on which resolutions occur in it (the laws of
 * the reducer say so), and of those sets there are finitely many: the rules are asked about every one of them.
 */

/** What a summary says, by part; INITIAL is the worst of no analyses. */
export const summaryParts = [
  { part: 'running', sort: 'Bool', none: false },
  { part: 'failed', sort: 'Bool', none: false },
  { part: 'worst', sort: 'Status', none: 'INITIAL' },
] as const satisfies readonly { readonly part: keyof Summary; readonly sort: string; readonly none: Term }[];

/** The names of the parts of the summary `owner`. */
export const summaryVariables = (owner: string): readonly Variable[] =>
  summaryParts.map(({ part, sort }) => ({ name: `${owner}.${part}`, sort }));

/** Both summaries are the same. */
export const sameSummary = (left: string, right: string): Term =>
  and(...summaryParts.map(({ part }) => eq(`${left}.${part}`, `${right}.${part}`)));

/** The summary `owner` says this. */
export const summaryIs = (owner: string, summary: Summary | undefined): Term =>
  and(
    ...summaryParts.map(({ part, none }) => {
      const value = summary?.[part] ?? none;
      if (typeof value === 'boolean') return value ? `${owner}.${part}` : not(`${owner}.${part}`);
      return eq(`${owner}.${part}`, value);
    }),
  );

/** One part of the summary of the analyses for which `anyOf` says which resolutions occur. */
export function partOfSummary(
  { summarize }: Rules,
  { part, none }: (typeof summaryParts)[number],
  anyOf: (resolution: Resolution) => string,
): Term {
  const decisions = tabulate((ask) => {
    const present = resolutions.filter((resolution) => ask(anyOf(resolution), [true, false]));
    return summarize(oneOfEach(present), askedReading(ask))?.[part] ?? none;
  });
  return termOf(decisions, (value) => value, wordingOf());
}

/** A settled group with the summary `owner` counts as finished. */
export function countsTerm({ countsAsFinished }: Rules, owner: string): Term {
  const decisions = tabulate((ask) =>
    countsAsFinished(
      {
        get failed() {
          return ask(`${owner}.failed`, [true, false]);
        },
      },
      askedReading(ask),
    ),
  );
  return termOf(decisions, (counts) => counts, wordingOf());
}

/** Every set of resolutions that the analyses of a group can have. */
export const resolutionSets: readonly (readonly Resolution[])[] = resolutions
  .reduce<Resolution[][]>((sets, resolution) => sets.flatMap((set) => [set, [...set, resolution]]), [[]])
  .filter((set) => set.length > 0);

/** Some group comes to the summary `owner`. */
export function isPossibleSummary({ summarize }: Rules, owner: string): Term {
  const decisions = tabulate((ask) => {
    const reading = askedReading(ask);
    return distinct(resolutionSets.map((set) => summarize(oneOfEach(set), reading)));
  });
  return termOf(
    decisions,
    (summaries) => or(...summaries.map((summary) => summaryIs(owner, summary))),
    wordingOf(),
  );
}

/** Some group with an analysis `from` comes to `before`, and to `after` once that analysis is `to`. */
export function isPossibleStep(
  { summarize }: Rules,
  [from, to]: readonly [Resolution, Status],
  [before, after]: readonly [string, string],
): Term {
  const decisions = tabulate((ask) => {
    const reading = askedReading(ask);
    const summary = (set: readonly Status[]) =>
      summarize(oneOfEach(resolutions.filter((one) => set.includes(one))), reading);
    return distinct(
      resolutionSets
        .filter((set) => set.includes(from))
        .flatMap((set) => {
          // Another analysis of the group may have been `from` as well.
          const rest = set.filter((one) => one !== from);
          return [
            [summary(set), summary([...set, to])],
            [summary(set), summary([...rest, to])],
          ] as const;
        }),
    );
  });
  return termOf(
    decisions,
    (steps) => or(...steps.map(([left, right]) => and(summaryIs(before, left), summaryIs(after, right)))),
    wordingOf(),
  );
}

function distinct<T>(list: readonly T[]): readonly T[] {
  return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
}
