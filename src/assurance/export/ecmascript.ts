import { liveness } from '../../../machines/index.ts';
import { postedAs } from '../../explore/walk/analysis-steps.ts';
import type { Blueprint, FieldBlueprint, FieldName } from './blueprint.ts';
import type { Condition, Scope } from '../../explore/readings/field-rules.ts';
import { allOf, decisionList } from './model-text.ts';

/**
 * What guards and actions of an SCXML document call, in the ECMAScript that every engine with that datamodel reads.
 * The statechart itself is not here: it is in the states and transitions of the document.
 */

const quoted = (text: string): string => `'${text}'`;

/** The steps of an analysis: `stepOf` gives the resolution after an event, or null where it is refused. */
export function stepFunctions({ steps }: Blueprint): string {
  const rows = steps.map(({ event, from, to, kinds }) => {
    const resolution = 'resolution' in event ? quoted(event.resolution) : 'null';
    return `  {event: '${event.type}', resolution: ${resolution}, from: '${from}', to: '${to}', kinds: [${kinds.map(quoted).join(', ')}]}`;
  });
  return `var steps = [
${rows.join(',\n')}
];
function kindClass(kind) {
  return kind.toLowerCase() === '${liveness.toLowerCase()}' ? 'liveness' : 'other';
}
function stepOf(member, event) {
  var data = event.data || {};
  var legal = steps.filter(function (one) {
    return one.event === event.name && one.from === member.resolution &&
      (one.resolution === null || one.resolution === data.resolution) &&
      one.kinds.indexOf(kindClass(member.kind)) >= 0;
  });
  return legal.length > 0 ? legal[0].to : null;
}
`;
}

/** A group after an event: `settle` gives it, or null where the event is refused. */
export function groupFunctions(blueprint: Blueprint): string {
  return `${stepFunctions(blueprint)}
function has(analyses, resolution) {
  return analyses.some(function (one) { return one.resolution === resolution; });
}
function settle(group, event) {
  var data = event.data || {};
  var legal = false;
  var analyses = group.analyses.map(function (one) {
    var to = one.id === data.id ? stepOf(one, event) : null;
    if (to === null) return one;
    legal = true;
    return {id: one.id, kind: one.kind, resolution: to};
  });
  return legal ? {id: group.id, analyses: analyses} : null;
}
`;
}

/** The worst resolution of the group in the datamodel, and the group after an event. */
export function groupScript(blueprint: Blueprint): string {
  return `${groupFunctions(blueprint)}
var order = [${blueprint.order.map(quoted).join(', ')}];
function worst() {
  return order.filter(function (resolution) { return has(context.analyses, resolution); })[0];
}
function reduce(event) {
  return settle(context, event);
}
`;
}

/** What each field of the folder in the datamodel shows, and the folder after an event. */
export function folderScript(blueprint: Blueprint): string {
  const names = Object.keys(blueprint.fields) as FieldName[];
  return [
    groupFunctions(blueprint),
    scopeFunctions,
    ...names.map((name) => projection(name, blueprint.fields[name])),
    reduction,
  ].join('\n');
}

const scopeNames: Readonly<Record<Scope, string>> = {
  folder: 'inFolder',
  'last-applied': 'inLastApplied',
  'last-settled': 'inLastSettled',
  'last-finished': 'inLastFinished',
};

const scopeFunctions = `function membersOf(groups) {
  return groups.reduce(function (all, group) { return all.concat(group.analyses); }, []);
}
function settledGroups() {
  return context.settled.map(function (id) {
    return context.groups.filter(function (group) { return group.id === id; })[0];
  });
}
function ${scopeNames.folder}(resolution) {
  return has(membersOf(context.groups), resolution);
}
function ${scopeNames['last-applied']}(resolution) {
  return has(membersOf(context.groups.slice(-1)), resolution);
}
function ${scopeNames['last-settled']}(resolution) {
  return has(membersOf(settledGroups().slice(-1)), resolution);
}
function ${scopeNames['last-finished']}(resolution) {
  var finished = settledGroups().filter(function (group) { return !has(group.analyses, 'FAILED'); });
  return has(membersOf(finished.slice(-1)), resolution);
}
`;

const has = ({ scope, holds }: Condition): string => `${scopeNames[scope]}('${holds}')`;
const and = { and: '&&', always: 'true' } as const;

function projection(name: FieldName, field: FieldBlueprint): string {
  const { first, otherwise } = decisionList(field.rules);
  const cases = first.map(({ when, shows }) => `  if (${allOf(when, has, and)}) return '${shows}';`);
  return `function ${showsFunction(name)}() {
  if (context.groups.length === 0) return '${field.start}';
${cases.join('\n')}
  return '${otherwise}';
}
`;
}

/** The function that says what a field shows. */
export const showsFunction = (name: FieldName): string => `shows_${name}`;

const reduction = `function post(data) {
  var taken = membersOf(context.groups).map(function (one) { return one.id; });
  var known = context.groups.some(function (group) { return group.id === data.groupId; });
  var fresh = data.analyses.every(function (one) { return taken.indexOf(one.id) < 0 && taken.push(one.id); });
  if (data.analyses.length === 0 || known || !fresh) return null;
  var analyses = data.analyses.map(function (one) {
    return {id: one.id, kind: one.kind, resolution: '${postedAs}'};
  });
  return {groups: context.groups.concat([{id: data.groupId, analyses: analyses}]), settled: context.settled};
}
function reduce(event) {
  if (event.name === 'group.posted') return post(event.data);
  var settled = context.settled;
  var legal = false;
  var groups = context.groups.map(function (group) {
    var after = settle(group, event);
    if (after === null) return group;
    legal = true;
    if (has(group.analyses, '${postedAs}') && !has(after.analyses, '${postedAs}')) settled = settled.concat([group.id]);
    return after;
  });
  return legal ? {groups: groups, settled: settled} : null;
}
`;
