import { getInitialSnapshot, getNextSnapshot } from 'xstate';
import {
  createAnalysisMachine,
  createFolderMachine,
  createGroupMachine,
  emptyFolder,
  groupResult,
  project,
  reduceFolder,
  reduceGroup,
  resolve,
  stateOf,
  worst,
  type Analysis,
  type AnalysisEvent,
  type FolderEvent,
  type Group,
  type MemberEvent,
  type Settings,
  type SystemResolution,
} from '../../machines/index.ts';
import { createChecker, type FolderResult } from '../../src/conformance/index.ts';
import { readRecordingText } from '../../src/recordings/index.ts';
import type { Vector } from '../../src/assurance/vectors/index.ts';
import { difference, settingsOf, vectors, wrongOf } from './vectors.ts';

const withStatuses = vectors.filter(({ given }) => given?.statuses);
const ofAnalysis = vectors.filter(({ given }) => given?.analysis);
const ofGroup = vectors.filter(({ given }) => given?.group);
const executions = vectors.filter(({ events, given }) => events && !given?.analysis && !given?.group);
const observed = vectors.filter(({ observations }) => observations);

/** How many vectors are replayed below. */
export const replayed = [withStatuses, ofAnalysis, ofGroup, executions, observed].reduce(
  (sum, list) => sum + list.length,
  0,
);

/** Makes a machine once for all vectors under the same settings. */
function oncePerSettings<M>(create: (settings: Settings) => M): (settings: Settings) => M {
  const known = new Map<string, M>();
  return (settings) => {
    const key = JSON.stringify(settings);
    const machine = known.get(key) ?? create(settings);
    known.set(key, machine);
    return machine;
  };
}

const analysisMachineUnder = oncePerSettings(createAnalysisMachine);
const groupMachineUnder = oncePerSettings(createGroupMachine);
const folderMachineUnder = oncePerSettings(createFolderMachine);

/** Runs vectors against the specification; returns those that disagree, each with the difference. */
type Replay = () => readonly string[];

/** Every way in which the specification is held against the vectors, the quickest first. */
export const replays = {
  worstOfLists: () => {
    return wrongOf(withStatuses, (vector) => {
      const list = vector.given!.statuses as readonly SystemResolution[];
      return difference(vector.expected.worst, worst(list, settingsOf(vector).reading) ?? null);
    });
  },
  analyses: () => {
    return wrongOf(ofAnalysis, (vector) => {
      const settings = settingsOf(vector);
      const analysis = vector.given!.analysis as Analysis;
      const [event] = vector.events as readonly [AnalysisEvent];
      const next = resolve(analysis, event, settings);
      const resolution = next ?? analysis.resolution;
      const model = {
        accepted: next !== undefined,
        state: stateOf(resolution),
        resolution_status: resolution,
      };
      const machine = analysisMachineUnder(settings);
      const { id, kind } = analysis;
      const without = analysis.resolution === 'PROCESSING' || analysis.resolution === 'FAILED';
      const value = without ? analysis.resolution : { FINISHED: analysis.resolution };
      const before = machine.resolveState({ value, context: { id, kind } });
      const after = getNextSnapshot(machine, before, event);
      const [meta] = Object.values(after.getMeta());
      const shown = {
        accepted: before.can(event),
        state: meta?.api['analyse.state'],
        resolution_status: meta?.api['analyse.resolution_status'],
      };
      const [expected] = vector.expected.projections!;
      return difference(expected, model) ?? difference(expected, shown);
    });
  },
  groups: () => {
    return wrongOf(ofGroup, (vector) => {
      const settings = settingsOf(vector);
      const machine = groupMachineUnder(settings);
      let group = vector.given!.group!;
      let snapshot = getInitialSnapshot(machine, group);
      for (const [at, event] of (vector.events as readonly MemberEvent[]).entries()) {
        const accepted = snapshot.can(event);
        const next = reduceGroup(group, event, settings);
        const model = { accepted: next !== group, group_result: groupResult(next, settings.reading) };
        group = next;
        snapshot = getNextSnapshot(machine, snapshot, event);
        const expected = vector.expected.projections![at];
        const found =
          difference(expected, model) ?? difference(expected, { accepted, group_result: snapshot.value });
        if (found) return `event ${at + 1}: ${found}`;
      }
      return undefined;
    });
  },
  groupMachines: () => {
    return wrongOf(withStatuses, (vector) => {
      const list = vector.given!.statuses as readonly Analysis['resolution'][];
      // No analysis is ever INITIAL, and no group is empty.
      if (list.length === 0 || vector.given!.statuses!.includes('INITIAL')) return undefined;
      const input: Group = {
        id: 'g',
        analyses: list.map((_, at) => ({ id: `a${at}`, kind: 'BIOMETRY', resolution: 'PROCESSING' })),
      };
      const machine = groupMachineUnder(settingsOf(vector));
      let snapshot = getInitialSnapshot(machine, input);
      for (const [at, resolution] of list.entries()) {
        if (resolution === 'PROCESSING') continue;
        const id = `a${at}`;
        const event =
          resolution === 'FAILED'
            ? { type: 'analysis.failed' as const, id }
            : { type: 'analysis.finished' as const, id, resolution };
        snapshot = getNextSnapshot(machine, snapshot, event);
      }
      return difference(vector.expected.worst, snapshot.value);
    });
  },
  folders: () => {
    return wrongOf(executions, (vector) => {
      const settings = settingsOf(vector);
      const machine = folderMachineUnder(settings);
      let snapshot = getInitialSnapshot(machine);
      let folder = emptyFolder;
      for (const [at, event] of (vector.events as readonly FolderEvent[]).entries()) {
        const accepted = snapshot.can(event);
        const next = reduceFolder(folder, event, settings);
        const model = { accepted: next !== folder, ...project(next, settings.reading) };
        folder = next;
        snapshot = getNextSnapshot(machine, snapshot, event);
        const { resolution_status, system_resolution } = snapshot.value;
        const expected = vector.expected.projections![at];
        const found =
          difference(expected, model) ??
          difference(expected, { accepted, resolution_status, system_resolution });
        if (found) return `event ${at + 1}: ${found}`;
      }
      return undefined;
    });
  },
  observations: () => {
    const bySettings = new Map<string, Vector[]>();
    for (const vector of observed) {
      const key = JSON.stringify(settingsOf(vector));
      bySettings.set(key, [...(bySettings.get(key) ?? []), vector]);
    }
    return [...bySettings.values()].flatMap((alike) => {
      const results = resultsOf(alike);
      const found = new Map(alike.map((vector, at) => [vector, judgementOf(results[at]!)]));
      return wrongOf(alike, (vector) => {
        const { verdict, findings = [] } = vector.expected;
        return difference({ verdict, findings }, found.get(vector));
      });
    });
  },
} as const satisfies Readonly<Record<string, Replay>>;

const names = { conforms: 'valid', violates: 'invalid', unspecified: 'unspecified', inconclusive: 'none' };

/** A result in the words of the vectors: the verdict, and the codes that decide it. */
function judgementOf({ verdict, findings }: FolderResult) {
  const decisive = { violates: 'violation', unspecified: 'unspecified', conforms: '', inconclusive: '' };
  const codes = findings
    .filter(({ severity }) => severity === decisive[verdict])
    .map(({ code }) => code as string);
  return { verdict: names[verdict], findings: [...new Set(codes)].toSorted() };
}

/** What the checker says of each vector, all of them under the settings of the first. */
function resultsOf(alike: readonly Vector[]): readonly FolderResult[] {
  // A vector says nothing of other readings.
  const checker = createChecker({ settings: settingsOf(alike[0]!), proposesReadings: false });
  // Ids are unique within a vector only: here each vector is a folder of its own.
  const own = (body: object, at: number) =>
    JSON.stringify(body).replaceAll(/"(\w+_id)":"([^"]*)"/g, `"$1":"$2-${at}"`);
  const lines = alike.flatMap(({ observations }, at) => observations!.map((body) => own(body, at)));
  for (const piece of readRecordingText(lines.join('\n'), { file: 'vectors' })) {
    if (piece.type === 'observation') checker.observe(piece.observation);
  }
  return checker.finish();
}
