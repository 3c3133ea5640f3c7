import { emptyFolder, sampleAnalysis, sampleGroup } from '../../../machines/index.ts';
import type { Call, StateDescription, Statechart, TransitionDescription } from '../../diagrams/index.ts';
import { markup } from '../../text/escape.ts';
import { postedAs } from '../../explore/walk/analysis-steps.ts';
import type { Blueprint } from './blueprint.ts';
import { folderScript, groupScript, showsFunction, stepFunctions } from './ecmascript.ts';
import { headOf } from './model-text.ts';

/** What one machine keeps beside its state, and the functions that its guards and actions call. */
interface Datamodel {
  readonly context: object;
  readonly script: (blueprint: Blueprint) => string;
}

const datamodels: Readonly<Record<string, Datamodel>> = {
  analysis: { context: sampleAnalysis, script: stepFunctions },
  group: { context: sampleGroup, script: groupScript },
  folder: { context: emptyFolder, script: folderScript },
};

/** Guards by their names in the machines, as conditions; `is` is the parameter. */
const conditions: Readonly<Record<string, (is: string) => string>> = {
  'the event is legal': () => 'reduce(_event) !== null',
  'resolution_status is': (is) => `${showsFunction('resolution_status')}() === '${is}'`,
  'system_resolution is': (is) => `${showsFunction('system_resolution')}() === '${is}'`,
  'the worst is': (is) => `worst() === '${is}'`,
  'the result is': (is) => `_event.data.resolution === '${is}'`,
  'the decision is': (is) => `_event.data.resolution === '${is}'`,
  'the result is OPERATOR_REQUIRED, enabled and not of liveness': () =>
    `_event.data.resolution === 'OPERATOR_REQUIRED' && ` +
    `stepOf({kind: context.kind, resolution: '${postedAs}'}, _event) !== null`,
};

const actions: Readonly<Record<string, string>> = {
  record: '<assign location="context" expr="reduce(_event)"/>',
};

/**
 * A machine of the specification as an SCXML document (W3C): the same states and transitions, guards and actions as
 * functions of an ECMAScript datamodel that is made from the tables. Not bounded: it takes any number of groups and
 * analyses. Events carry in `_event.data` what those of the machine carry beside their type.
 */
export function scxmlDocument(chart: Statechart, blueprint: Blueprint): string {
  const datamodel = datamodels[chart.id];
  const [root] = chart.states;
  if (!datamodel || !root) throw new RangeError(`there is no datamodel for the machine ${chart.id}`);
  const head = headOf(`the ${chart.id}`, blueprint, { format: 'scxml', machine: chart.id });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<!--\n${head.map((line) => `  ${line}`).join('\n')}\n-->`,
    `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript" name="${chart.id}">`,
    '  <datamodel>',
    `    <data id="context" expr="${attribute(literal(datamodel.context))}"/>`,
    '  </datamodel>',
    `  <script><![CDATA[\n${datamodel.script(blueprint)}]]></script>`,
    ...stateElement(chart, root, '  '),
    '</scxml>',
    '',
  ].join('\n');
}

/** Text of an attribute in double quotes, where an apostrophe is just that. */
const attribute = (text: string): string => markup(text).replaceAll('&#39;', "'");

/** An object as an expression: in brackets, or it would be read as a block. */
const literal = (value: object): string => `(${JSON.stringify(value).replaceAll('"', "'")})`;

const elementOf: Readonly<Record<StateDescription['kind'], string>> = {
  atomic: 'state',
  compound: 'state',
  parallel: 'parallel',
  final: 'final',
  history: 'history',
};

function stateElement(chart: Statechart, state: StateDescription, indent: string): readonly string[] {
  const name = elementOf[state.kind];
  const children = chart.states.filter(({ parent }) => parent === state.id);
  const transitions = chart.transitions.filter(({ source }) => source === state.id);
  const initial = state.initial === null ? '' : ` initial="${attribute(state.initial)}"`;
  const open = `${indent}<${name} id="${attribute(state.id)}"${initial}`;
  if (children.length === 0 && transitions.length === 0) return [`${open}/>`];
  return [
    `${open}>`,
    ...transitions.map((one) => transitionElement(one, children.length > 0, `${indent}  `)),
    ...children.flatMap((child) => stateElement(chart, child, `${indent}  `)),
    `${indent}</${name}>`,
  ];
}

/**
 * A transition of XState stays inside its source unless it says `reenter`; one of SCXML leaves a compound source
 * unless it says `internal`.
 */
function transitionElement(
  { event, guard, targets, reenter, actions: calls }: TransitionDescription,
  isCompound: boolean,
  indent: string,
): string {
  const attributes = [
    event === null ? '' : ` event="${attribute(event)}"`,
    guard === null ? '' : ` cond="${attribute(conditionOf(guard))}"`,
    targets.length === 0 ? '' : ` target="${attribute(targets.join(' '))}"`,
    isCompound && targets.length > 0 && !reenter ? ' type="internal"' : '',
  ].join('');
  const content = calls.map(actionOf);
  if (content.length === 0) return `${indent}<transition${attributes}/>`;
  const lines = content.map((line) => `${indent}  ${line}`);
  return [`${indent}<transition${attributes}>`, ...lines, `${indent}</transition>`].join('\n');
}

function conditionOf({ name, params }: Call): string {
  const write = conditions[name];
  if (!write) throw new RangeError(`there is no condition for the guard ${JSON.stringify(name)}`);
  const { is = '' } = (params ?? {}) as { readonly is?: string };
  return write(is);
}

function actionOf({ name }: Call): string {
  const text = actions[name];
  if (text === undefined) throw new RangeError(`there is no element for the action ${JSON.stringify(name)}`);
  return text;
}
