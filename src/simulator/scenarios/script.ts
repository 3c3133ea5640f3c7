import { scenarios } from '../../explore/walk/scenarios.ts';
import type { FolderEvent, Reading } from '../../../machines/index.ts';
import { suggestion } from '../../../machines/nearest.ts';
import { isPathName, namedPath } from './named-paths.ts';

/** One event of a script: analyses are named by the number of their group and of their place in it, from 0. */
export type ScriptEvent =
  | { readonly is: 'post'; readonly kinds: readonly string[] }
  | {
      readonly is: 'member';
      readonly slot: string;
      readonly event: Exclude<FolderEvent, { readonly type: 'group.posted' }>;
    };

/** What is to happen in a folder, in this order. */
export interface Script {
  readonly name: string;
  readonly title: string;
  readonly lesson: string;
  readonly events: readonly ScriptEvent[];
  /** The same as the events of the model. */
  readonly execution: readonly FolderEvent[];
  /** The answers without which one of its events would be refused. */
  readonly answers: Partial<Reading>;
}

/** The place of an analysis in a script. */
export const slotOf = (group: number, member: number): string => `${group}.${member}`;

function scriptEvents(execution: readonly FolderEvent[]): readonly ScriptEvent[] {
  const slots = new Map<string, string>();
  let groups = 0;
  return execution.map((event) => {
    if (event.type !== 'group.posted') return { is: 'member', slot: slots.get(event.id) ?? '', event };
    for (const [at, { id }] of event.analyses.entries()) slots.set(id, slotOf(groups, at));
    groups += 1;
    return { is: 'post', kinds: event.analyses.map(({ kind }) => kind) };
  });
}

/** A script of an execution. */
export function scriptFrom(
  { id, title, lesson, events, answers = {} }: (typeof scenarios)[number],
  name = id,
): Script {
  return { name, title, lesson, events: scriptEvents(events), execution: events, answers };
}

const bundled: ReadonlyMap<string, Script> = new Map(
  scenarios.map((scenario) => [scenario.id, scriptFrom(scenario)]),
);

/** The names of the bundled scenarios, in their order. */
export const bundledNames: readonly string[] = [...bundled.keys()];

/** The scripts of the bundled scenarios, in their order. */
export const bundledScripts: readonly Script[] = [...bundled.values()];

/** The script of that name, bundled or a path, or what is wrong with the name. */
export function scriptNamed(name: string): Script | { readonly problem: string } {
  const known = bundled.get(name);
  if (known) return known;
  if (!isPathName(name)) {
    return {
      problem: `expected a scenario (${bundledNames.join(', ')}) or a path such as post-face.1-success, received ${name.slice(0, 60)}${suggestion(name, bundledNames)}`,
    };
  }
  const execution = namedPath(name);
  if ('problem' in execution) return execution;
  const decides = execution.some(({ type }) => type === 'operator.decided');
  return {
    name,
    title: 'An execution by its name',
    lesson: 'What happens stands in the name, in this order.',
    events: scriptEvents(execution),
    execution,
    answers: decides ? { 'operator-decision': 'allowed' } : {},
  };
}
