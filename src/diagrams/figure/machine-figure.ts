import {
  cellClause,
  clauses as registry,
  fields,
  statuses,
  type ClauseId,
  type Field,
  type Settings,
  type Status,
} from '../../../machines/index.ts';
import { showsStart } from '../facts/chart-facts.ts';
import type { ChangeKind, Figure, FigureEdge, FigureNode, Row } from './figure.ts';
import { changeSigns, inferredSign } from './looks.ts';
import { chartInWords } from '../facts/machine-words.ts';
import { markedRules, ruleOf, type GuardRule, type MarkedRules } from '../facts/rules.ts';
import * as scenes from '../scene/scene.ts';
import type { Line } from '../scene/scene.ts';
import { apiOf, callText, clausesOf } from '../facts/statechart.ts';
import type { StateDescription, Statechart, TransitionDescription } from '../facts/statechart.ts';
import { elementId } from '../scene/svg.ts';
import { wrapText } from '../scene/text.ts';

/** A statechart as a figure: a box per state, an arrow per transition with a target. */

/** What a figure of a machine shows besides the chart itself. */
export interface MachineFigureOptions {
  /** Names the settings, or the two readings that are compared. */
  readonly subtitle: string;
  readonly changes?: ReadonlyMap<string, ChangeKind>;
  /** The settings whose rules stand below the picture and are named on its arrows. */
  readonly settings?: Settings;
  /** The settings with which those are compared. */
  readonly versus?: Settings;
}

const descriptionWidth = 190;
const clauseWidth = 200;
const headWidth = 860;
const smallSize = 10.5;

/** The figure of `chart`. */
export function machineFigure(chart: Statechart, options: MachineFigureOptions): Figure {
  const { changes = new Map<string, ChangeKind>(), settings, versus } = options;
  const builder = new FigureBuilder(chart, changes, options);
  const rules = markedRules(chart, settings, versus);
  const subtitle = [options.subtitle, ...(versus && changes.size === 0 ? [nothingDiffers(rules)] : [])].join(
    ' ',
  );
  const [root] = chart.states;
  const name = `${chart.id.charAt(0).toUpperCase()}${chart.id.slice(1)}`;
  return {
    id: chart.id,
    title: name,
    head: [
      ...wrapText(root?.description ?? '', headWidth, 12.5).map((text) => [
        scenes.run(text, { size: 12.5, colour: 'muted' }),
      ]),
      ...wrapText(subtitle, headWidth, 12.5).map((text) => [
        scenes.run(text, { size: 12.5, colour: 'muted', weight: 'bold' }),
      ]),
      ...builder.rootEvents(),
    ],
    foot: rules.flatMap(({ heading, rules: lines }) => [
      [scenes.run(' ', { size: 8 })],
      [scenes.run(heading, { size: 12, weight: 'bold' })],
      ...lines.map(({ text, change }) => [
        ...(change ? [scenes.run(changeSigns[change], { size: 12, weight: 'bold', colour: change })] : []),
        scenes.run(text, { size: 12, colour: change ?? 'derived' }),
      ]),
    ]),
    description: [
      chartInWords(chart, subtitle, options.changes),
      ...rules.flatMap((one) => [one.heading, ...one.rules.map(({ text }) => text)]),
    ].join(' '),
    root: builder.node(root!),
    edges: builder.edges(),
  };
}

/** What is said of a difference of which the picture shows nothing. */
const nothingDiffers = (rules: readonly MarkedRules[]): string =>
  rules.some((one) => one.rules.some(({ change }) => change !== null))
    ? 'No state and no arrow differs; the rules below do.'
    : 'No state and no arrow differs.';

class FigureBuilder {
  readonly #chart: Statechart;
  readonly #changes: ReadonlyMap<string, ChangeKind>;
  readonly #compared: Pick<MachineFigureOptions, 'settings' | 'versus'>;

  constructor(
    chart: Statechart,
    changes: ReadonlyMap<string, ChangeKind>,
    compared: Pick<MachineFigureOptions, 'settings' | 'versus'>,
  ) {
    this.#chart = chart;
    this.#changes = changes;
    this.#compared = compared;
  }

  /** Lines for what is handled in every state. */
  rootEvents(): readonly Line[] {
    const [root] = this.#chart.states;
    const lines = this.#inside(root!);
    if (lines.length === 0) return [];
    const opening = scenes.run('In every state:', {
      colour: 'muted',
    });
    return [[opening], ...lines.map((line) => [scenes.run('•', { colour: 'muted' }), ...line])];
  }

  /** Transitions that do not leave `state`, one line each. */
  #inside(state: StateDescription): readonly Line[] {
    return this.#chart.transitions
      .filter(({ source, targets }) => source === state.id && targets.length === 0)
      .map((transition) => [
        ...this.#sign(transition.id, 12),
        scenes.run(eventText(transition), { weight: 'bold', colour: 'event' }),
        ...[guardText(transition, null), actionsText(transition)].flatMap((text) =>
          text === null ? [] : [scenes.run(text, { colour: 'event' })],
        ),
        ...clausesOf(transition).map((clause) => clauseRun(clause)),
      ]);
  }

  #sign(id: string, size: number): readonly scenes.Run[] {
    const change = this.#changes.get(id);
    return change ? [scenes.run(changeSigns[change], { size, weight: 'bold', colour: change })] : [];
  }

  node(state: StateDescription): FigureNode {
    const children = this.#chart.states.filter(({ parent }) => parent === state.id);
    return {
      id: state.id,
      elementId: elementId('state', state.id),
      className: `state ${state.kind}`,
      tooltip: [state.key, state.description ?? ''].filter((text) => text !== '').join(': '),
      rows: this.#rows(state),
      final: state.kind === 'final',
      initial: showsStart(this.#chart, state) ? state.initial : null,
      parallel: state.kind === 'parallel',
      children: children.map((child) => this.node(child)),
      change: this.#changes.get(state.id) ?? null,
      warning: false,
    };
  }

  #rows(state: StateDescription): readonly Row[] {
    const api = apiOf(state);
    const cells = new Map(api.map(([field, status]) => [field, cellOf(field, status)]));
    const clauses = clausesOf(state);
    const links = clauses.filter((clause) => ![...cells.values()].includes(clause));
    const description = wrapText(state.description ?? '', descriptionWidth, 11.5);
    const calls = [
      ...state.entry.map((call) => `entry / ${callText(call)}`),
      ...state.exit.map((call) => `exit / ${callText(call)}`),
    ];
    const tags = state.tags.length > 0 && state.kind !== 'final' ? [`tags: ${state.tags.join(', ')}`] : [];
    return [
      { line: [...this.#sign(state.id, 14), scenes.run(state.key, { size: 14, weight: 'bold' })] },
      ...description.map((text) => ({ line: [scenes.run(text, { size: 11.5, colour: 'muted' })] })),
      ...api.map(([label, value]) => {
        const clause = cells.get(label);
        return { pill: { label, value, ...(clause && clauses.includes(clause) ? { clause } : {}) } };
      }),
      ...[...calls, ...tags].map((text) => ({ line: [scenes.run(text, { size: 11, colour: 'muted' })] })),
      ...(state.parent === null ? [] : this.#inside(state)).map((line) => ({ line })),
      ...(links.length > 0 && api.length > 0 ? [{ gap: 4 }] : []),
      ...flowClauses(links).map((line) => ({ line })),
    ];
  }

  edges(): readonly FigureEdge[] {
    return this.#chart.transitions.flatMap((transition) =>
      transition.targets.map((target, at) => this.#edge(transition, target, at)),
    );
  }

  /** The rules behind a transition under each reading that has it. */
  #rulesOf({ id, guard }: TransitionDescription): readonly GuardRule[] {
    const { settings, versus = settings } = this.#compared;
    const change = this.#changes.get(id);
    const under = [...(change === 'added' ? [] : [settings]), ...(change === 'removed' ? [] : [versus])];
    return under.flatMap((one) => ruleOf(guard, one) ?? []);
  }

  #edge(transition: TransitionDescription, target: string, at: number): FigureEdge {
    const { id, source, event } = transition;
    const region = this.#chart.states.find((state) => state.id === source)?.parent ?? null;
    const regionKey = this.#chart.states.find((state) => state.id === region)?.key ?? null;
    const rules = this.#rulesOf(transition);
    const names = [...new Set(rules.map(({ name }) => name))];
    const guard = names.length === 0 ? guardText(transition, regionKey) : `[${names.join(' → ')}]`;
    const texts = [eventText(transition), guard, actionsText(transition)];
    const colour = event === null ? 'derived' : 'event';
    const words = texts
      .filter((text) => text !== null && text !== '')
      .map((text) => [scenes.run(text!, { colour })]);
    const [first = [], ...others] = words;
    return {
      id: at === 0 ? id : `${id}--${at + 1}`,
      elementId: elementId('move', at === 0 ? id : `${id}--${at + 1}`),
      from: source,
      to: target,
      derived: event === null,
      lines: [
        ...(first.length > 0 ? [[...this.#sign(id, 12), ...first]] : []),
        ...others,
        ...flowClauses(clausesOf(transition)),
      ],
      tooltip: transition.description ?? rules.at(-1)?.text ?? texts.filter(Boolean).join(' '),
      change: this.#changes.get(id) ?? null,
    };
  }
}

const isInferred = (clause: string): boolean =>
  Object.hasOwn(registry, clause) && registry[clause as ClauseId].evidence !== 'documented';

const clauseRun = (clause: string) =>
  scenes.run(isInferred(clause) ? `${inferredSign}${clause}` : clause, {
    size: smallSize,
    colour: isInferred(clause) ? 'derived' : 'link',
    clause,
  });

function flowClauses(clauses: readonly string[]): readonly Line[] {
  return scenes.flowRuns(clauses.map(clauseRun), clauseWidth);
}

function cellOf(field: string, status: string): string | undefined {
  const known =
    (fields as readonly string[]).includes(field) && (statuses as readonly string[]).includes(status);
  return known ? cellClause(field as Field, status as Status) : undefined;
}

/** The event of a transition; empty for a derived one. */
export function eventText({ event }: TransitionDescription): string {
  return event ?? '';
}

/** The guard in brackets. Inside the region of a field its name need not be repeated. */
export function guardText({ guard }: TransitionDescription, region: string | null): string | null {
  if (guard === null) return null;
  const text = callText(guard);
  return `[${region !== null && text.startsWith(`${region} `) ? text.slice(region.length + 1) : text}]`;
}

/** The actions after a stroke. */
export function actionsText({ actions }: TransitionDescription): string | null {
  return actions.length === 0 ? null : `/ ${actions.map(callText).join(', ')}`;
}
