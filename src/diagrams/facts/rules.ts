import type { Settings } from '../../../machines/index.ts';
import { fieldAskedBy, rulesFor, spokenRules } from '../../explore/readings/rule-words.ts';
import type { ChangeKind } from '../figure/figure.ts';
import type { Call, Statechart } from './statechart.ts';

/** The rules behind the guards of a chart: a guard that asks what a field is says nothing by itself. */

/** The rule that a guard waits for: its short name, and what it says. */
export interface GuardRule {
  readonly name: string;
  readonly text: string;
}

/** The rule behind a guard under `settings`; null for a guard that says itself what it waits for. */
export function ruleOf(guard: Call | null, settings: Settings | undefined): GuardRule | null {
  const field = guard === null ? undefined : fieldAskedBy(guard.name);
  const status = (guard?.params as { readonly is?: unknown } | null)?.is;
  if (field === undefined || settings === undefined || typeof status !== 'string') return null;
  const rules = rulesFor(field, status, settings.reading);
  const numbers = rules.map(({ number }) => number).join(' or ');
  return {
    name: `rule ${numbers}`,
    text: `rule ${numbers}: ${rules.map(({ when }) => when).join('; or ')}`,
  };
}

/** A heading, and a line for each rule. */
export type RuleLines = readonly [heading: string, ...rules: readonly string[]];

/** By field that the guards of `chart` ask, its rules in their order. */
export function rulesText({ transitions }: Statechart, settings: Settings | undefined): readonly RuleLines[] {
  if (settings === undefined) return [];
  const asked = new Set(transitions.flatMap(({ guard }) => (guard ? (fieldAskedBy(guard.name) ?? []) : [])));
  return [...asked].map((field) => [
    `${field} follows the first of these rules that holds:`,
    ...spokenRules(field, settings.reading).map(({ shows, when }, at) => `${at + 1}. ${shows}: ${when}.`),
  ]);
}

/** The rules of one field, each with whether only one of two readings has it at its place. */
export interface MarkedRules {
  readonly heading: string;
  readonly rules: readonly { readonly text: string; readonly change: ChangeKind | null }[];
}

/** The rules of the fields that `chart` asks, under one reading, or under two where they differ. */
export function markedRules(
  chart: Statechart,
  first: Settings | undefined,
  second: Settings | undefined = first,
): readonly MarkedRules[] {
  const after = rulesText(chart, second);
  const mark = (lines: readonly string[], others: readonly string[], change: ChangeKind) =>
    lines.map((text) => ({ text, change: others.includes(text) ? null : change }));
  return rulesText(chart, first).flatMap(([heading, ...lines], at) => {
    const [, ...others] = after[at]!;
    const [before, now] = [mark(lines, others, 'removed'), mark(others, lines, 'added')];
    if ([...before, ...now].every(({ change }) => change === null)) return [{ heading, rules: before }];
    return [
      { heading: `Under the first reading ${heading}`, rules: before },
      { heading: `Under the second reading ${heading}`, rules: now },
    ];
  });
}
