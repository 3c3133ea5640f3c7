import { showsStart } from './facts/chart-facts.ts';
import type { ChangeKind } from './figure/figure.ts';
import { changeSigns } from './figure/looks.ts';
import { actionsText, eventText, guardText } from './figure/machine-figure.ts';
import type { PairView } from './facts/pairs-view.ts';
import { eventTexts, foldersText, pairName } from './facts/pairs-view.ts';
import { eventWords, type Sequence } from './sequence.ts';
import { settingsText } from './facts/settings-text.ts';
import { orderTitle, severityOrders } from './severity-scene.ts';
import type { StateDescription, Statechart, TransitionDescription } from './facts/statechart.ts';

/** The same diagrams as Mermaid text, for places that draw it themselves; it carries no links and no layout. */

/** Text that Mermaid takes literally: its own signs become entities, line ends spaces. */
export function escapeMermaid(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[#;:"<>{}|`\\%&]/g, (sign) => `#${sign.codePointAt(0)};`)
    .replace(/--/g, '#45;#45;');
}

/** Text of an accessible title or description, which ends with its line. */
function accessibleText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[#;{}]/g, (sign) => `#${sign.codePointAt(0)};`);
}

/** Names for ids that Mermaid takes: letters, digits and underscores, distinct for distinct ids. */
function mermaidNames(ids: readonly string[]): (id: string) => string {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const id of ids) {
    const plain = `s_${id.replace(/[^A-Za-z0-9]+/g, '_')}`;
    let name = plain;
    for (let count = 2; taken.has(name); count += 1) name = `${plain}_${count}`;
    taken.add(name);
    names.set(id, name);
  }
  return (id) => names.get(id)!;
}

/** A statechart as a Mermaid state diagram. */
export function machineMermaid(
  chart: Statechart,
  subtitle: string,
  changes: ReadonlyMap<string, ChangeKind> = new Map(),
): string {
  const writer = new StateWriter(chart, changes);
  const [root] = chart.states;
  return [
    'stateDiagram-v2',
    `  accTitle: ${accessibleText(chart.id)}`,
    `  accDescr: ${accessibleText([root!.description ?? '', subtitle].join(' '))}`,
    ...writer.rootEvents().map((text) => `  %% in every state: ${text}`),
    ...writer.body(root!),
    ...writer.arrows(),
    '',
  ].join('\n');
}

class StateWriter {
  readonly #chart: Statechart;
  readonly #changes: ReadonlyMap<string, ChangeKind>;
  readonly #name: (id: string) => string;

  constructor(chart: Statechart, changes: ReadonlyMap<string, ChangeKind>) {
    this.#chart = chart;
    this.#changes = changes;
    this.#name = mermaidNames(chart.states.map(({ id }) => id));
  }

  rootEvents(): readonly string[] {
    const [root] = this.#chart.states;
    return this.#staying(root!).map((transition) => this.#label(transition, null));
  }

  #staying({ id }: StateDescription): readonly TransitionDescription[] {
    return this.#chart.transitions.filter(({ source, targets }) => source === id && targets.length === 0);
  }

  #label(transition: TransitionDescription, region: string | null): string {
    const change = this.#changes.get(transition.id);
    const parts = [eventText(transition), guardText(transition, region), actionsText(transition)];
    const text = parts.filter(Boolean).join(' ');
    return escapeMermaid(change ? `${changeSigns[change]} ${text}` : text);
  }

  /** Regions can only be separated inside a state: a parallel root becomes one. */
  body(root: StateDescription): readonly string[] {
    if (root.kind !== 'parallel') return this.#inside(root, '  ');
    const opening = `  state "${escapeMermaid(root.key)}" as ${this.#name(root.id)}`;
    return [`${opening} {`, ...this.#inside(root, '    '), '  }'];
  }

  #inside(state: StateDescription, indent: string): readonly string[] {
    const children = this.#chart.states.filter(({ parent }) => parent === state.id);
    const starts = state.initial !== null && showsStart(this.#chart, state);
    const start = !starts ? [] : [`${indent}[*] --> ${this.#name(state.initial)}`];
    const parts = children.map((child) => this.#state(child, indent));
    if (state.kind !== 'parallel') return [...start, ...parts.flat()];
    return parts.flatMap((part, at) => (at === 0 ? part : [`${indent}--`, ...part]));
  }

  #state(state: StateDescription, indent: string): readonly string[] {
    const name = this.#name(state.id);
    const opening = `${indent}state "${escapeMermaid(state.key)}" as ${name}`;
    if (this.#chart.states.some(({ parent }) => parent === state.id)) {
      return [`${opening} {`, ...this.#inside(state, `${indent}  `), `${indent}}`];
    }
    const lines = [
      ...(state.description === null ? [] : [escapeMermaid(state.description)]),
      ...this.#staying(state).map((transition) => this.#label(transition, null)),
    ];
    const final = state.kind === 'final' ? [`${indent}${name} --> [*]`] : [];
    return [opening, ...lines.map((text) => `${indent}${name} : ${text}`), ...final];
  }

  arrows(): readonly string[] {
    const stateOf = new Map(this.#chart.states.map((state) => [state.id, state]));
    return this.#chart.transitions.flatMap((transition) => {
      const region = stateOf.get(stateOf.get(transition.source)?.parent ?? '')?.key ?? null;
      const label = this.#label(transition, region);
      return transition.targets.map((target) => {
        const arrow = `  ${this.#name(transition.source)} --> ${this.#name(target)}`;
        return label === '' ? arrow : `${arrow} : ${label}`;
      });
    });
  }
}

const arrowSigns = {
  added: '==>',
  removed: '-.->',
  changed: '-->',
} as const satisfies Record<ChangeKind, string>;

/** A view of pairs as a Mermaid flowchart. */
export function pairsMermaid(view: PairView): string {
  const name = mermaidNames(view.pairs.map(({ id }) => id));
  const sign = (change: ChangeKind | null): string => (change === null ? '' : `${changeSigns[change]} `);
  const nodes = view.pairs.map(({ id, first, second, change }) => {
    const surprise = second.surprising
      ? ['surprising', ...second.goneUnder.map((one) => `not under ${one}`)]
      : [];
    const lines = [`${sign(change)}${pairName(second)}`, foldersText(first, second), ...surprise];
    return `  ${name(id)}["${lines.map(escapeMermaid).join('<br/>')}"]`;
  });
  const arrows = view.moves.map((move) => {
    const { from, to } = move.second;
    const label = `${sign(move.change)}${eventTexts(move).join(', ')}`;
    const arrow = move.change === null ? '-->' : arrowSigns[move.change];
    return `  ${name(from)} ${arrow}|"${escapeMermaid(label)}"| ${name(to)}`;
  });
  const surprising = view.pairs.filter(({ second }) => second.surprising).map(({ id }) => name(id));
  return [
    'flowchart LR',
    '  accTitle: Reachable pairs of resolution_status and system_resolution',
    `  accDescr: ${accessibleText(view.heading.join(' '))}`,
    ...nodes,
    ...arrows,
    ...(surprising.length > 0
      ? [
          '  classDef surprising stroke-width:3px,stroke-dasharray:6 3',
          `  class ${surprising.join(',')} surprising`,
        ]
      : []),
    '',
  ].join('\n');
}

/** Both orders of severity as a Mermaid flowchart, worst first. */
export function severityMermaid(): string {
  const chains = severityOrders().flatMap((one) => [
    `  subgraph ${one.answer}["${escapeMermaid(orderTitle(one))}"]`,
    '    direction LR',
    ...one.order.map((status) => `    ${one.answer}_${status}["${status}"]`),
    ...one.order
      .slice(1)
      .map((status, at) => `    ${one.answer}_${one.order[at]} -->|"worse than"| ${one.answer}_${status}`),
    '  end',
  ]);
  return ['flowchart TB', '  accTitle: Order of severity', ...chains, ''].join('\n');
}

const actors = {
  'group.posted': 'client',
  'analysis.failed': 'analysis',
  'analysis.finished': 'analysis',
  'operator.decided': 'operator',
} as const;

/** A scenario as a Mermaid sequence diagram. */
export function sequenceMermaid({ settings, steps }: Sequence, title = 'Scenario'): string {
  const used = new Set(steps.flatMap(({ event }) => (event ? [actors[event.type]] : [])));
  const order = ['client', 'analysis', 'operator'] as const;
  const lines = steps.flatMap(({ event, refused, fields }) => {
    const note = `resolution_status ${fields.resolution_status}, system_resolution ${fields.system_resolution}`;
    const message =
      event === null ? [] : [`  ${actors[event.type]}->>folder: ${escapeMermaid(eventWords(event))}`];
    const refusal = refused && event ? [`  folder--x${actors[event.type]}: refused`] : [];
    return [...message, ...refusal, `  Note over folder: ${note}`];
  });
  return [
    'sequenceDiagram',
    `  accTitle: ${accessibleText(title)}`,
    `  accDescr: ${accessibleText(settingsText(settings))}`,
    ...order.filter((actor) => used.has(actor)).map((actor) => `  participant ${actor}`),
    '  participant folder',
    ...lines,
    '',
  ].join('\n');
}
