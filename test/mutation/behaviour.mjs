import { createHash } from 'node:crypto';
import { getInitialSnapshot, getNextSnapshot } from 'xstate';

/**
 * What a specification can be seen to do: two with the same behaviour cannot be told apart by any test vector of
 * these sizes. Tables and descriptions that nothing follows are no behaviour.
 */

/** Large enough for every legal move of every reading to occur, which the tests of the moves make sure of. */
const bounds = [
  { groups: 2, kinds: ['QUALITY', 'BIOMETRY'] },
  { groups: 3, kinds: ['BIOMETRY'] },
  { groups: 1, kinds: ['QUALITY', 'BIOMETRY', 'BIOMETRY'] },
];

const results = ['SUCCESS', 'OPERATOR_REQUIRED', 'DECLINED'];

/** Everything that may be tried on an analysis, also what nobody may. */
const memberEvents = (id) => [
  { type: 'analysis.failed', id },
  ...[...results, 'FINISHED', 'FAILED'].flatMap((resolution) => [
    { type: 'analysis.finished', id, resolution },
    { type: 'operator.decided', id, resolution },
  ]),
];

function folderEvents({ groups, kinds }, folder) {
  const at = folder.groups.length;
  const analyses = kinds.map((kind, member) => ({ id: `a${at}.${member}`, kind }));
  const posts = at < groups ? [{ type: 'group.posted', groupId: `g${at}`, analyses }] : [];
  const again = at > 0 ? [{ type: 'group.posted', groupId: 'g0', analyses }] : [];
  const ids = folder.groups.flatMap((group) => group.analyses.map(({ id }) => id));
  return [...posts, ...again, ...ids.flatMap(memberEvents), ...memberEvents('unknown')];
}

/** Every folder within the bounds, and the events that lead from one to another. */
function explore(spec, settings) {
  const places = new Map();
  const edges = [];
  for (const bound of bounds) {
    const visited = [spec.emptyFolder];
    const own = new Map([[JSON.stringify(spec.emptyFolder), spec.emptyFolder]]);
    for (const folder of visited) {
      for (const event of folderEvents(bound, folder)) {
        const next = spec.reduceFolder(folder, event, settings);
        if (next === folder) continue;
        const text = JSON.stringify(next);
        if (!own.has(text)) visited.push(own.set(text, next).get(text));
        edges.push({ from: folder, event, to: own.get(text) });
      }
    }
    for (const [text, folder] of own) places.set(text, folder);
  }
  return { folders: [...places.values()], edges };
}

/** Whether the machine takes the event, and what it shows then. */
const step = (machine, before, event) =>
  `${before.can(event)} ${JSON.stringify(getNextSnapshot(machine, before, event).value)}`;

function analysisBehaviour(spec, settings) {
  const machine = spec.createAnalysisMachine(settings);
  const events = memberEvents('a');
  return ['QUALITY', 'quality', 'BIOMETRY'].flatMap((kind) =>
    ['PROCESSING', 'FAILED', ...results].flatMap((resolution) => {
      const value = results.includes(resolution) ? { FINISHED: resolution } : resolution;
      const before = machine.resolveState({ value, context: { id: 'a', kind } });
      return events.map(
        (event) =>
          `${spec.resolve({ id: 'a', kind, resolution }, event, settings)} ${step(machine, before, event)}`,
      );
    }),
  );
}

function groupBehaviour(spec, settings) {
  const machine = spec.createGroupMachine(settings);
  const analyses = ['QUALITY', 'BIOMETRY', 'BIOMETRY'].map((kind, at) => ({
    id: `a${at}`,
    kind,
    resolution: 'PROCESSING',
  }));
  const visited = [getInitialSnapshot(machine, { id: 'g', analyses })];
  const known = new Set();
  const lines = [];
  for (const snapshot of visited) {
    lines.push(`${JSON.stringify(snapshot.value)} ${spec.groupResult(snapshot.context, settings.reading)}`);
    for (const event of ['a0', 'a1', 'a2', 'unknown'].flatMap(memberEvents)) {
      lines.push(step(machine, snapshot, event));
      const next = getNextSnapshot(machine, snapshot, event);
      const text = JSON.stringify([next.value, next.context]);
      if (!known.has(text)) visited.push(next);
      known.add(text);
    }
  }
  return lines;
}

/** Every reading with every biometry setting. */
const settingsOf = (spec) =>
  spec
    .allReadings()
    .flatMap((reading) => ['allowed', 'never'].map((operatorRequired) => ({ reading, operatorRequired })));

const once = (items, keyOf) => [...new Map(items.map((item) => [keyOf(item), item])).values()];

/** Vocabulary, order, readings, and what the pure model does with every folder. */
function modelBehaviour(spec) {
  const lines = [];
  for (const field of spec.fields) {
    lines.push(
      `${field} ${spec.startOf(field)} ${spec.statuses.filter((status) => spec.isStatusOf(field, status)).join()}`,
    );
  }
  const all = settingsOf(spec);
  const ranked = spec.statuses.filter((status) => status !== 'FINISHED');
  for (const reading of spec.allReadings()) {
    lines.push(JSON.stringify([reading, spec.normalizeReading(reading)]));
    for (const left of ranked) for (const right of ranked) lines.push(spec.worst([left, right], reading));
  }
  const graphs = once(
    all,
    ({ reading, operatorRequired }) => `${reading['operator-decision']} ${operatorRequired}`,
  );
  for (const settings of graphs) {
    const { folders, edges } = explore(spec, settings);
    for (const { from, event, to } of edges) lines.push(JSON.stringify([from, event, to]));
    if (settings.operatorRequired === 'never') continue;
    for (const reading of spec.allReadings()) {
      if (reading['operator-decision'] !== settings.reading['operator-decision']) continue;
      for (const folder of folders) {
        lines.push(`${spec.resolutionStatus(folder, reading)} ${spec.systemResolution(folder, reading)}`);
      }
    }
  }
  return lines;
}

/**
 * For every reading one step of a folder for each change of its fields that occurs. The next state of the machine
 * follows from the present one and the statuses that the model gives: so these steps stand for all.
 */
export function folderSteps(spec) {
  const byDecision = new Map();
  return spec.allReadings().map((reading) => {
    const decision = reading['operator-decision'];
    const settings = { reading, operatorRequired: 'allowed' };
    const graph = byDecision.get(decision) ?? explore(spec, settings);
    byDecision.set(decision, graph);
    const shown = new Map(graph.folders.map((folder) => [folder, spec.project(folder, reading)]));
    const text = (folder) => Object.values(shown.get(folder) ?? spec.project(folder, reading)).join();
    const steps = once(graph.edges, ({ from, to }) => `${text(from)} ${text(to)}`);
    return {
      reading,
      steps: steps.map(({ from, event }) => ({ from, event, value: spec.project(from, reading) })),
    };
  });
}

/** What the machine of folders does in the given steps. */
function folderBehaviour(spec, folders) {
  return folders.flatMap(({ reading, steps }) => {
    const machine = spec.createFolderMachine({ reading, operatorRequired: 'allowed' });
    const refused = { type: 'analysis.failed', id: 'unknown' };
    return [
      JSON.stringify(getInitialSnapshot(machine).value),
      ...steps.map(({ from, event, value }) => {
        const before = machine.resolveState({ value, context: from });
        return `${step(machine, before, event)} ${before.can(refused)}`;
      }),
    ];
  });
}

/** Settings that give pairwise different analyses and groups: only two questions reach so far down. */
const fewSettings = (spec) =>
  once(
    settingsOf(spec),
    ({ reading, operatorRequired }) =>
      `${reading['operator-decision']} ${reading['failed-beside-declined']} ${operatorRequired}`,
  );

const digest = (lines) => createHash('sha256').update(lines.join('\n')).digest('hex');

/**
 * Digests of all that the specification does: of its models and of each machine. `folders` are the steps of the
 * specification it is compared with: where the models behave alike they are its own.
 */
export const behaviours = {
  analysis: (spec) => digest(fewSettings(spec).flatMap((settings) => analysisBehaviour(spec, settings))),
  group: (spec) => digest(fewSettings(spec).flatMap((settings) => groupBehaviour(spec, settings))),
  models: (spec) => digest(modelBehaviour(spec)),
  folder: (spec, folders) => digest(folderBehaviour(spec, folders)),
};
