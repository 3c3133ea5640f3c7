import { isStart } from './chart-facts.ts';
import type { ChangeKind } from '../figure/figure.ts';
import { apiOf, callText, clausesOf } from './statechart.ts';
import type { StateDescription, Statechart, TransitionDescription } from './statechart.ts';

const changeWords = {
  added: 'Only under the second reading: ',
  removed: 'Only under the first reading: ',
  changed: 'Different under the two readings: ',
} as const satisfies Record<ChangeKind, string>;

/** All that a picture of `chart` shows, in sentences, for those who do not see it. */
export function chartInWords(
  chart: Statechart,
  subtitle: string,
  changes: ReadonlyMap<string, ChangeKind> = new Map(),
): string {
  const [root, ...states] = chart.states;
  const opening = [`Statechart of ${chart.id} (${subtitle}).`, root?.description ?? ''];
  const change = (id: string): string => {
    const one = changes.get(id);
    return one ? changeWords[one] : '';
  };
  return [
    ...opening,
    ...states.map((state) => change(state.id) + stateInWords(chart, state)),
    ...chart.transitions.map((transition) => change(transition.id) + transitionInWords(chart, transition)),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** The path of keys below the root that names a state. */
export function statePath(chart: Statechart, id: string): string {
  const keys: string[] = [];
  let state = chart.states.find((one) => one.id === id);
  while (state && state.parent !== null) {
    const { parent, key } = state;
    keys.unshift(key);
    state = chart.states.find((one) => one.id === parent);
  }
  return keys.join('.') || id;
}

function stateInWords(chart: Statechart, state: StateDescription): string {
  const start = isStart(chart, state.id) ? 'initial ' : '';
  const kind = state.kind === 'atomic' ? '' : `${state.kind} `;
  const shows = apiOf(state).map(([field, status]) => `${field} is ${status}`);
  const details = [state.description ?? '', shows.join(', '), listClauses(state)].filter(
    (text) => text !== '',
  );
  return `${start || kind ? 'The ' : ''}${start}${kind}state ${statePath(chart, state.id)}: ${details.join('; ')}.`
    .replace(/^state/, 'State')
    .replace(/: \.$/, '.');
}

/** One transition as a sentence. */
export function transitionInWords(chart: Statechart, transition: TransitionDescription): string {
  const { source, event, guard, targets, actions } = transition;
  const goes = targets.map((target) => statePath(chart, target)).join(' and ');
  const parts = [
    `From ${statePath(chart, source)}`,
    event === null ? 'at once' : `on ${event}`,
    guard === null ? '' : `if ${callText(guard)}`,
    targets.length === 0 ? 'it stays' : `to ${goes}`,
    actions.length === 0 ? '' : `with ${actions.map(callText).join(', ')}`,
  ];
  const clauses = listClauses(transition);
  return `${parts.filter((part) => part !== '').join(' ')}${clauses === '' ? '' : ` (${clauses})`}.`;
}

function listClauses(one: Pick<StateDescription, 'meta'>): string {
  return clausesOf(one).join(', ');
}
