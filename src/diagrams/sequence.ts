import {
  allAnalyses,
  defaultSettings,
  emptyFolder,
  project,
  reduceFolder,
  type Analysis,
  type Folder,
  type FolderEvent,
  type FolderFields,
  type Settings,
} from '../../machines/index.ts';
import { stackScene, type GridCell } from './figure/grid.ts';
import { statusColours } from './scene/palette.ts';
import { problem, type Outcome } from './facts/problem.ts';
import * as scenes from './scene/scene.ts';
import type { Scene } from './scene/scene.ts';
import { settingsText } from './facts/settings-text.ts';

/** A scenario step by step: what happens, and what a client then sees. */

/** One step; the first has no event and shows the folder as created. */
export interface SequenceStep {
  readonly event: FolderEvent | null;
  /** A refused event changes nothing. */
  readonly refused: boolean;
  readonly fields: FolderFields;
  readonly analyses: readonly Analysis[];
}

/** A scenario under one reading. */
export interface Sequence {
  readonly settings: Settings;
  readonly steps: readonly SequenceStep[];
}

/** The most events of one picture. */
export const maxEvents = 200;

/** Runs `events` on an empty folder and notes what it shows after each. */
export function sequenceOf(
  events: readonly FolderEvent[],
  settings: Settings = defaultSettings,
): Outcome<Sequence> {
  if (events.length > maxEvents) {
    const received = `${events.length}`;
    const found = problem('EVENTS_TOO_MANY', 'sequence', `at most ${maxEvents} events`, received);
    return { ok: false, problems: [found] };
  }
  let folder = emptyFolder;
  const steps = [stepOf(folder, null, false, settings)];
  for (const event of events) {
    const after = reduceFolder(folder, event, settings);
    steps.push(stepOf(after, event, after === folder, settings));
    folder = after;
  }
  return { ok: true, value: { settings, steps } };
}

function stepOf(
  folder: Folder,
  event: FolderEvent | null,
  refused: boolean,
  { reading }: Settings,
): SequenceStep {
  return { event, refused, fields: project(folder, reading), analyses: allAnalyses(folder) };
}

/** What happened, in a few words. */
export function eventWords(event: FolderEvent): string {
  switch (event.type) {
    case 'group.posted': {
      const analyses = event.analyses.map(({ id, kind }) => `${id} ${kind}`);
      return `group.posted ${event.groupId}: ${analyses.join(', ')}`;
    }
    case 'analysis.failed':
      return `analysis.failed ${event.id}`;
    default:
      return `${event.type} ${event.id}: ${event.resolution}`;
  }
}

/** The picture of a scenario: a row per step. */
export function sequenceScene(sequence: Sequence, title = 'Scenario'): Scene {
  const heads = ['', 'event', 'resolution_status', 'system_resolution', 'analyses'];
  const head = heads.map((text): GridCell => ({
    lines: [[scenes.run(text, { size: 11.5, weight: 'bold', colour: 'muted' })]],
  }));
  const subtitle = settingsText(sequence.settings);
  return stackScene({ id: 'sequence', title, description: inWords(sequence) }, [
    [[scenes.run(subtitle, { size: 12.5, weight: 'bold', colour: 'muted' })]],
    { rows: [head, ...sequence.steps.map(rowOf)] },
  ]);
}

function rowOf({ event, refused, fields, analyses }: SequenceStep, at: number): readonly GridCell[] {
  const words = event === null ? 'folder created' : eventWords(event);
  const refusal = scenes.run('refused: changes nothing', { size: 11, weight: 'bold', colour: 'warning' });
  const number = scenes.run(String(at), { size: 11.5, colour: 'muted' });
  return [
    { lines: [[number]], group: { id: `step--${at}`, className: 'step', data: { step: String(at) } } },
    {
      lines: [
        ...chunks(words).map((text) => [scenes.run(text, { size: 11.5 })]),
        ...(refused ? [[refusal]] : []),
      ],
    },
    pills([[fields.resolution_status, fields.resolution_status]]),
    pills([[fields.system_resolution, fields.system_resolution]]),
    pills(analyses.map(({ id, kind, resolution }) => [resolution, `${id} ${kind} ${resolution}`])),
  ];
}

/** Long lists of analyses break after each comma. */
const chunks = (words: string): readonly string[] => words.split(/(?<=,) /);

function pills(values: readonly (readonly [status: string, text: string])[]): GridCell {
  const looks = values.map(([status]) => statusColours(status));
  return {
    pills: looks.map(([, pill]) => pill),
    lines: values.map(([, text], at) => [
      scenes.run(text, { size: 10.5, weight: 'bold', colour: looks[at]![0] }),
    ]),
  };
}

function inWords({ settings, steps }: Sequence): string {
  const sentences = steps.map(({ event, refused, fields }, at) => {
    const happened = event === null ? 'the folder is created' : eventWords(event);
    const shows = `resolution_status ${fields.resolution_status}, system_resolution ${fields.system_resolution}`;
    return `Step ${at}: ${happened}${refused ? ' (refused)' : ''}; ${shows}.`;
  });
  return [`${settingsText(settings)}.`, ...sentences].join(' ');
}
