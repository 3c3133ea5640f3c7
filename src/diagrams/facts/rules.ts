import type { Settings } from '../../../machines/index.ts';
import { fieldAskedBy, rulesFor, spokenRules } from '../../explore/readings/rule-words.ts';
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
