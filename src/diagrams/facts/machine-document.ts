import {
  answering,
  createAnalysisMachine,
  createFolderMachine,
  createGroupMachine,
  defaultSettings,
  neighbouringReadings,
  type Answer,
  type Question,
  type Settings,
} from '../../../machines/index.ts';
import type { AnyStateMachine } from 'xstate';
import { compareCharts } from './compare-charts.ts';
import type { ChangeKind } from '../figure/figure.ts';
import { expectDrawn } from './problem.ts';
import { describeMachine } from './statechart.ts';
import type { StateDescription, Statechart, TransitionDescription } from './statechart.ts';

/** The machines of the specification, by name, for any settings. */
const makers = {
  analysis: createAnalysisMachine,
  group: createGroupMachine,
  folder: createFolderMachine,
} as const satisfies Record<string, (settings: Settings) => AnyStateMachine>;

/** The name of a machine of the specification. */
export type MachineName = keyof typeof makers;

/** The names of the machines, the smallest subject first. */
export const machineNames = Object.keys(makers) as MachineName[];

/** The statechart of one of the machines under `settings`. */
export function chartOf(machine: MachineName, settings: Settings = defaultSettings): Statechart {
  return expectDrawn(describeMachine(makers[machine](settings)));
}

/** What differs in a statechart where one answer differs. */
export interface ReadingChange {
  /** The answer, as `question=answer`. */
  readonly reading: string;
  readonly changes: readonly {
    readonly id: string;
    readonly change: ChangeKind;
    /** The state or transition as it is under that answer; null where it is removed. */
    readonly now: StateDescription | TransitionDescription | null;
  }[];
}

/** A machine as a document for other programs; its JSON Schema is published beside it. */
export interface MachineDocument extends Statechart {
  readonly $schema: string;
  readonly format: 'oz-status-machine';
  readonly version: 1;
  readonly settings: Settings;
  /** How every reading that differs from these settings in one answer changes the machine. */
  readonly readings: readonly ReadingChange[];
}

/** The document of one of the machines under `settings`. */
export function machineDocument(machine: MachineName, settings: Settings = defaultSettings): MachineDocument {
  const chart = chartOf(machine, settings);
  const readings = neighbouringReadings()
    .filter(([name]) => name !== 'default')
    .map(([name]): ReadingChange => {
      const [question, answer] = name.split('=') as [Question, Answer];
      const other = { ...settings, reading: answering(settings.reading, question, answer) };
      return { reading: name, changes: changesOf(chart, chartOf(machine, other)) };
    });
  return {
    $schema: '../schemas/machine.schema.json',
    format: 'oz-status-machine',
    version: 1,
    settings,
    ...chart,
    readings,
  };
}

function changesOf(first: Statechart, second: Statechart): ReadingChange['changes'] {
  const now = new Map([...second.states, ...second.transitions].map((one) => [one.id, one]));
  return [...compareCharts(first, second).changes]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, change]) => ({ id, change, now: now.get(id) ?? null }));
}

/** A value as JSON text, as it is written to files. */
export function toJsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
