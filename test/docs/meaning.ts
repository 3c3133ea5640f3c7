import type { Statechart } from '../../src/diagrams/index.ts';

/** What a machine means, apart from how it is described, and whether the changelog tells of a change of it. */

type Parts = Pick<Statechart, 'states' | 'transitions'>;
type Part = Parts['states'][number] | Parts['transitions'][number];

/** A published document of a machine, as far as it carries meaning. */
export interface Published extends Parts {
  readonly id: string;
  readonly readings: readonly {
    readonly reading: string;
    readonly changes: readonly { readonly id: string; readonly change: string; readonly now: Part | null }[];
  }[];
}

/** What only describes, or refers to the page: of states and transitions, and in their meta. */
const wordsOnly = new Set(['description', 'clauses']);

/** A state or transition without its texts and the clauses that it refers to. */
function bare(part: Part): string {
  return JSON.stringify(part, (key, value: unknown) => (wordsOnly.has(key) ? undefined : value));
}

/** Each state and transition in one line, those of other readings too. */
function factsOf({ states, transitions, readings }: Published): ReadonlySet<string> {
  const parts = [...states, ...transitions];
  const plain = new Map(parts.map((part) => [part.id, bare(part)]));
  const others = readings.flatMap(({ reading, changes }) =>
    changes
      .filter(({ id, now }) => now === null || bare(now) !== plain.get(id))
      .map(({ id, change, now }) => `${reading}: ${change} ${now === null ? id : bare(now)}`),
  );
  const groups = new Map<string, string[]>();
  for (const { id, source, event } of transitions) {
    const place = `${source} ${event ?? 'always'}`;
    groups.set(place, [...(groups.get(place) ?? []), id]);
  }
  const priorities = [...groups].map(([place, ids]) => `order at ${place}: ${ids.join(', ')}`);
  return new Set([...plain.values(), ...priorities, ...others]);
}

/** What one machine means and the other does not, each in one line: `- ` gone, `+ ` new. */
export function meaningChanges(before: Published, after: Published): readonly string[] {
  const [old, now] = [factsOf(before), factsOf(after)];
  return [
    ...[...old].filter((fact) => !now.has(fact)).map((fact) => `- ${fact}`),
    ...[...now].filter((fact) => !old.has(fact)).map((fact) => `+ ${fact}`),
  ];
}

/** The versions in a changelog, latest first. */
export function releasesIn(changelog: string): readonly string[] {
  return [...changelog.matchAll(/^## \[(\d[^\]]*)\]/gm)].map(([, version = '']) => version);
}

/** The lines below Unreleased that tell of a change of the machine `id` and of its kind. */
export function tellingLines(changelog: string, id: string): readonly string[] {
  const [, unreleased = ''] = /^## \[Unreleased\]\n(.*?)(?=^## |$(?![^]))/ms.exec(changelog) ?? [];
  return unreleased
    .split('\n')
    .filter((line) => /\b(?:widening|narrowing|breaking)\b/i.test(line))
    .filter((line) => new RegExp(`\\b${id}\\b`, 'i').test(line));
}
