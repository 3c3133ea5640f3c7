import { createActor, type AnyMachineSnapshot, type AnyStateMachine, type InspectionEvent } from 'xstate';
import {
  createAnalysisMachine,
  createFolderMachine,
  createGroupMachine,
  type Analysis,
  type ClauseId,
  type Folder,
  type FolderEvent,
  type FolderFields,
  type Group,
  type Settings,
} from '../../../machines/index.ts';
import { transitionId } from '../../diagrams/facts/statechart.ts';
import { refusalOf, type EventRefusal } from '../../explore/walk/refusal.ts';

/** Runs the machines of the specification on what was played and notes what they do, step by step. */

/** Where a machine stands, and how it came there. */
export interface ReplayPosition {
  /** The ids of the active states, those around them included. */
  readonly active: readonly string[];
  /** The ids of the transitions that the last event caused. */
  readonly taken: readonly string[];
  /** The clauses behind the active states, and behind those transitions. */
  readonly clauses: readonly ClauseId[];
  readonly takenClauses: readonly ClauseId[];
}

/** The folder after one event; the first step has none. */
export interface ReplayStep extends ReplayPosition {
  readonly event: FolderEvent | null;
  /** Why the event was refused, if it was: then nothing has changed. */
  readonly refusal: EventRefusal | undefined;
  readonly folder: Folder;
  readonly fields: FolderFields;
}

/** The folder as created, and after each of the events. */
export function playFolder(events: readonly FolderEvent[], settings: Settings): readonly ReplayStep[] {
  const run = new Run(createFolderMachine(settings), undefined);
  const stepOf = (event: FolderEvent | null, refusal: EventRefusal | undefined): ReplayStep => ({
    ...run.standing(),
    event,
    refusal,
    folder: run.snapshot.context as Folder,
    fields: run.snapshot.value,
  });
  const steps = [stepOf(null, undefined)];
  for (const event of events) {
    const refusal = refusalOf(run.snapshot.context as Folder, event, settings);
    run.send(event);
    steps.push(stepOf(event, refusal));
  }
  return steps;
}

/** Where the machine of one group stands after the steps of its folder. */
export function playGroup(
  { id, analyses }: Group,
  steps: readonly ReplayStep[],
  settings: Settings,
): ReplayPosition {
  const members = new Set(analyses.map((analysis) => analysis.id));
  const input = { id, analyses: analyses.map((each) => ({ ...each, resolution: 'PROCESSING' as const })) };
  return playMembers(new Run(createGroupMachine(settings), input), steps, members);
}

/** Where the machine of one analysis stands after the steps of its folder. */
export function playAnalysis(
  { id, kind }: Analysis,
  steps: readonly ReplayStep[],
  settings: Settings,
): ReplayPosition {
  return playMembers(new Run(createAnalysisMachine(settings), { id, kind }), steps, new Set([id]));
}

/** What the folder has refused, its parts never hear of. */
function playMembers(run: Run, steps: readonly ReplayStep[], members: ReadonlySet<string>): ReplayPosition {
  for (const { event, refusal } of steps) {
    const concerns = event !== null && event.type !== 'group.posted' && members.has(event.id);
    if (concerns && !refusal) run.send(event);
    else run.forget();
  }
  return run.standing();
}

/** One machine, run. */
class Run {
  snapshot: AnyMachineSnapshot;
  readonly #actor;
  #taken: string[] = [];
  #takenClauses: ClauseId[] = [];

  constructor(machine: AnyStateMachine, input: unknown) {
    this.#actor = createActor(machine, {
      input,
      inspect: (event) => {
        this.#note(event);
      },
    });
    this.snapshot = this.#actor.start().getSnapshot();
  }

  send(event: FolderEvent): void {
    this.forget();
    this.#actor.send(event);
    this.snapshot = this.#actor.getSnapshot();
  }

  /** What the last event caused belongs to it alone. */
  forget(): void {
    this.#taken = [];
    this.#takenClauses = [];
  }

  #note(event: InspectionEvent): void {
    if (event.type !== '@xstate.microstep') return;
    for (const { source, eventType, target, meta } of event._transitions) {
      const targets = (target ?? []).map((node) => node.id);
      this.#taken.push(transitionId(source.id, eventType === '' ? null : eventType, targets));
      this.#takenClauses.push(...clausesIn(meta));
    }
  }

  standing(): ReplayPosition {
    const meta = this.snapshot.getMeta() as Readonly<Record<string, unknown>>;
    return {
      active: [...new Set(Object.keys(meta).flatMap(withAncestors))],
      taken: this.#taken,
      clauses: [...new Set(Object.values(meta).flatMap(clausesIn))],
      takenClauses: [...new Set(this.#takenClauses)],
    };
  }
}

/** The id of a state and of the states around it; ids are paths. */
function withAncestors(id: string): readonly string[] {
  const keys = id.split('.');
  return keys.map((_, at) => keys.slice(0, at + 1).join('.'));
}

const clausesIn = (meta: unknown): readonly ClauseId[] =>
  (meta as { readonly clauses?: readonly ClauseId[] } | undefined)?.clauses ?? [];
