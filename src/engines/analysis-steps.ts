import { createChecker } from '../conformance/index.ts';
import type { Observation } from '../observations/observation.ts';
import type { Found } from '../observations/results.ts';
import { emptyHistory } from './history.ts';
import { readState, writeState } from './state-bytes.ts';

/** The version of the bytes of what is known of an analysis: it grows when they mean something else. */
export const analysisStateVersion = 1;

/** No more folders that have shown the analysis of another one are remembered than this. */
export const maxStrays = 64;

/** What was seen of one analysis: that a folder lists it, or the analysis by itself. */
export interface Sighting {
  /** What it says of this analysis alone. */
  readonly observation: Observation;
  /** The object that it is in: only of what is in one object it is known what came first, if `isInOrder` says so. */
  readonly object: string;
  /** Where in the object it is: behind so many lines, with this number among what is in the next ones. */
  readonly before: number;
  readonly number: number;
}

/** What a step on an analysis came to. */
export interface CrossingStep {
  readonly state: Uint8Array;
  /** That other folders show the analysis as well: told once of each, with its key. */
  readonly findings: readonly (Found & { readonly folder: string })[];
  /** What was seen of the analysis by itself, for the folder that it belongs to, as far as that is known. */
  readonly placed: readonly Sighting[];
  /** Whether what was seen of it by itself before is to be judged no longer, as its folder is known now. */
  readonly isJoined: boolean;
}

interface AnalysisHistory {
  /** Where a folder listed it first. */
  readonly home: Sighting | undefined;
  /** How it had settled when it was seen by itself before that. */
  readonly settled: Sighting | undefined;
  /** Whether it was seen by itself before that. */
  readonly wasAlone: boolean;
  /** The keys of other folders that have shown it. */
  readonly strays: readonly string[];
}

/** Results that no later answer may change. */
const final: ReadonlySet<string | undefined> = new Set(['FAILED', 'DECLINED', 'SUCCESS']);

/**
 * What crosses folders, step by step, with a state for each analysis: the folder that has listed it first. Takes what
 * was seen of one analysis in order of arrival; `isInOrder`: across objects too. Throws a TypeError for bytes that are
 * no such state.
 */
export function stepAnalysis(
  state: Uint8Array | null,
  sightings: readonly Sighting[],
  isInOrder: boolean,
): CrossingStep {
  let { home, settled, wasAlone, strays } = readAnalysis(state);
  const findings: (Found & { readonly folder: string })[] = [];
  const placed: Sighting[] = [];
  let isJoined = false;
  const mayJoin = ({ object }: Sighting): boolean => isInOrder || object === home?.object;
  for (const sighting of sightings) {
    const { observation } = sighting;
    const { folder, unnamed, analyses } = observation;
    // What it was before it had settled says nothing of other times.
    const isFinal = final.has(analyses[0]?.resolutionStatus);
    if (unnamed === true) {
      if (home && mayJoin(sighting)) placed.push(inFolderOf(home, sighting));
      else if (!home || isFinal) placed.push(sighting);
      wasAlone ||= !home;
      if (!home && isFinal) settled = sighting;
    } else if (!home) {
      home = sighting;
      isJoined = wasAlone;
      if (settled && mayJoin(settled)) placed.push(inFolderOf(home, stillSettled(settled, observation)));
      settled = undefined;
    } else if (folder !== home.observation.folder && !strays.includes(folder)) {
      findings.push(...crossing(home.observation, observation).map((found) => ({ ...found, folder })));
      strays = [...strays, folder].slice(-maxStrays);
    }
  }
  return { state: writeAnalysis({ home, settled, wasAlone, strays }), findings, placed, isJoined };
}

/** What a check finds in two folders that show one analysis. */
function crossing(home: Observation, stray: Observation): readonly Found[] {
  const told: Found[] = [];
  const checker = createChecker({}, (found) => told.push(found));
  for (const { interval: _, ...seen } of [home, stray]) checker.observe(seen);
  return told.filter(({ finding }) => finding.code === 'ANALYSIS_IDENTITY_CHANGED');
}

function inFolderOf({ observation: home }: Sighting, sighting: Sighting): Sighting {
  const { folder, folderId } = home;
  const { unnamed: _, ...seen } = sighting.observation;
  return { ...sighting, observation: { ...seen, folder, ...(folderId !== undefined && { folderId }) } };
}

/** What settled stays so: the same is seen when the folder lists it, whatever was seen of the folder meanwhile. */
function stillSettled(sighting: Sighting, { interval }: Observation): Sighting {
  const { interval: _, ...seen } = sighting.observation;
  return { ...sighting, observation: { ...seen, ...(interval && { interval }) } };
}

const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];

const cellsOf = (sighting: Sighting | undefined) => {
  if (!sighting) return null;
  const { object, before, number, observation } = sighting;
  const { folder } = observation;
  return [
    object,
    before,
    number,
    decoder.decode(writeState({ ...emptyHistory, folder, kept: [observation] })),
  ];
};

function writeAnalysis({ home, settled, wasAlone, strays }: AnalysisHistory): Uint8Array {
  const cells = [analysisStateVersion, cellsOf(home), cellsOf(settled), wasAlone ? 1 : 0, strays];
  return encoder.encode(JSON.stringify(cells));
}

function readAnalysis(bytes: Uint8Array | null): AnalysisHistory {
  if (bytes === null) return { home: undefined, settled: undefined, wasAlone: false, strays: [] };
  try {
    const [version, home, settled, wasAlone, strays] = JSON.parse(
      decoder.decode(bytes),
    ) as readonly unknown[];
    if (version !== analysisStateVersion)
      throw new TypeError(`expected version ${analysisStateVersion}, received ${JSON.stringify(version)}`);
    return {
      home: sightingIn(home),
      settled: sightingIn(settled),
      wasAlone: wasAlone === 1,
      strays: strays as readonly string[],
    };
  } catch (error) {
    throw new TypeError(
      `state of an analysis: expected the bytes that a step gave, received others: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

function sightingIn(value: unknown): Sighting | undefined {
  if (value === null) return undefined;
  const [object, before, number, text] = value as readonly [string, number, number, string];
  return { object, before, number, observation: readState(encoder.encode(text)).kept[0]! };
}
