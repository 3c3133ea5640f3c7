import type { Blueprint } from './blueprint.ts';
import type { Condition, Rule } from '../../explore/readings/field-rules.ts';

/** What a model says of itself at its head, line by line: how it was made, and of which settings and sizes. */
export function headOf(
  subject: string,
  { settings }: Blueprint,
  made: Readonly<Record<string, string | number>>,
): readonly string[] {
  const { reading, operatorRequired } = settings;
  const facts = { ...made, ...reading, 'operator-required': operatorRequired };
  return [
    `The statuses of ${subject}, generated from the specification by oz-status export.`,
    ...Object.entries(facts).map(([name, value]) => `  ${name}: ${value}`),
  ];
}

/** Numbers from 0 on, `count` of them. */
export const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

/** The conditions of a rule or a law, joined; `always` where there are none. */
export function allOf(
  conditions: readonly Condition[],
  write: (condition: Condition) => string,
  { and, always }: { readonly and: string; readonly always: string },
): string {
  return conditions.length === 0 ? always : conditions.map(write).join(` ${and} `);
}

/** The rules of a field that come before the one that always applies, and what that one shows. */
export function decisionList<S>(rules: readonly Rule<S>[]): {
  readonly first: readonly Rule<S>[];
  readonly otherwise: S;
} {
  const last = rules.at(-1);
  if (last === undefined || last.when.length > 0)
    throw new RangeError('the last rule of a field has to apply always');
  return { first: rules.slice(0, -1), otherwise: last.shows };
}
