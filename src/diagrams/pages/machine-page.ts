import {
  analysisInvariants,
  analysisStepInvariants,
  answering,
  folderInvariants,
  folderStepInvariants,
  groupInvariants,
  groupStepInvariants,
  type Answer,
  type ClauseId,
  type Question,
  type Settings,
} from '../../../machines/index.ts';
import { code, page, table } from '../../text/markdown.ts';
import { countPaths, handlers, isStart, leavesOf } from '../facts/chart-facts.ts';
import {
  chartOf,
  machineDocument,
  type MachineDocument,
  type MachineName,
} from '../facts/machine-document.ts';
import { statePath } from '../facts/machine-words.ts';
import { ruleOf, rulesText } from '../facts/rules.ts';
import { apiOf, callText, clausesOf } from '../facts/statechart.ts';
import type { StateDescription, Statechart, TransitionDescription } from '../facts/statechart.ts';

/** The page of one machine: everything its picture shows, as tables, and what the picture cannot show. */

interface Named {
  readonly name: string;
  readonly clauses: readonly ClauseId[];
}

interface Subject {
  readonly domain: string;
  readonly invariants: readonly Named[];
  readonly steps: readonly Named[];
  /** Test files about this machine; a test of the diagrams sees to it that they exist. */
  readonly tests: readonly string[];
}

const subjects = {
  analysis: {
    domain:
      'One analysis is one check of what an applicant sent: is a living person in front of the camera, are two faces the same, is a document genuine. ' +
      'It runs until it fails or ends with a result. Two fields of the API show it, and they are the outer and the inner name of one state: ' +
      'while there is no result the second can only repeat the first.',
    invariants: analysisInvariants,
    steps: analysisStepInvariants,
    tests: ['test/machines/unit/analysis-and-group.test.ts', 'test/machines/paths/analysis-paths.test.ts'],
  },
  group: {
    domain:
      'A group is what one POST sent: some analyses that are judged together. It has no field of its own, but everything a folder shows is made of groups. ' +
      'Its result is the worst among its analyses, so it is PROCESSING until the last of them has settled.',
    invariants: groupInvariants,
    steps: groupStepInvariants,
    tests: ['test/machines/unit/analysis-and-group.test.ts', 'test/machines/paths/group-paths.test.ts'],
  },
  folder: {
    domain:
      'A folder holds the media of one applicant and the groups of analyses applied to them, one after another. Its two fields move on their own: ' +
      'one is the stage of the work, the other its result. Events only record what happened; each field then follows, along its legal moves. ' +
      'A folder is never final: another group may always be posted, and its good result can hide an earlier bad one.',
    invariants: folderInvariants,
    steps: folderStepInvariants,
    tests: [
      'test/machines/unit/folder.test.ts',
      'test/machines/paths/folder-paths.test.ts',
      'test/machines/paths/legal-moves.test.ts',
    ],
  },
} as const satisfies Record<MachineName, Subject>;

/** The test files that the page of a machine names. */
export function testsOf(machine: MachineName): readonly string[] {
  return [
    ...subjects[machine].tests,
    'test/machines/paths/coverage.test.ts',
    'test/machines/unit/invariants.test.ts',
  ];
}

/** docs/machines/NAME.md. */
export function machinePage(machine: MachineName): string {
  const { domain, invariants, steps } = subjects[machine];
  const document = machineDocument(machine);
  const name = `${machine.charAt(0).toUpperCase()}${machine.slice(1)}`;
  return page(
    `# ${name}`,
    domain,
    `[![Statechart of the ${machine} under the default reading](${machine}.svg)](${machine}.svg)`,
    `The same as [Mermaid](${machine}.mmd) and as [JSON](${machine}.json) ([schema](../schemas/machine.schema.json)). ` +
      `The source is [machines/${machine}/machine.ts](../../machines/${machine}/machine.ts).`,
    '## States',
    statesTable(document),
    '## Transitions',
    'Under the default reading. A transition without an event is taken at once, as soon as its guard holds.',
    transitionsTable(document, document.transitions),
    ...rulesSection(document),
    '## Refused events',
    `A refused event changes nothing. ${legalMeans[machine]} Under the default reading:`,
    refusedEvents(machine, document),
    '## What other readings change',
    readingsTable(document),
    '## Invariants',
    'In every reachable state:',
    invariantsTable(invariants),
    'In every step:',
    invariantsTable(steps),
    '## Numbers',
    numbersTable(document),
    '## Tests',
    testsOf(machine)
      .map((file) => `- \`${file}\``)
      .join('\n'),
  );
}

const clauseLinks = (ids: readonly string[]): string =>
  ids.map((id) => `[${id}](../clauses.md#${id.toLowerCase()})`).join(', ');

function statesTable(chart: Statechart): string {
  const rows = chart.states
    .filter(({ parent }) => parent !== null)
    .map((state) => [
      code(statePath(chart, state.id)),
      apiOf(state)
        .map(([field, status]) => `${code(field)} ${status}`)
        .join('<br>'),
      [state.description ?? '', ...notesOf(chart, state)].filter((text) => text !== '').join('; '),
      clauseLinks(clausesOf(state)),
    ]);
  return table(['State', 'Shows', 'Meaning', 'Clauses'], rows);
}

function notesOf(chart: Statechart, state: StateDescription): readonly string[] {
  const start = isStart(chart, state.id);
  const tags = state.tags.map((tag) => `tag ${tag}`);
  return [...(start ? ['_initial_'] : []), ...(state.kind === 'final' ? ['_final_'] : []), ...tags];
}

function transitionsTable(
  { settings, ...chart }: MachineDocument,
  transitions: readonly TransitionDescription[],
): string {
  const rows = transitions.map((one) => [
    code(statePath(chart, one.source)),
    one.event === null ? '' : code(one.event),
    one.guard === null ? '' : (ruleOf(one.guard, settings)?.text ?? callText(one.guard)),
    one.targets.length === 0 ? '_stays_' : one.targets.map((to) => code(statePath(chart, to))).join(', '),
    one.actions.map(callText).join(', '),
    clauseLinks(clausesOf(one)),
  ]);
  return table(['From', 'Event', 'Guard', 'To', 'Action', 'Clauses'], rows);
}

/** What makes an event legal, in words: the reducers say it in code. */
const legalMeans = {
  analysis: 'A running analysis takes how it ends; a settled one takes nothing.',
  group:
    'An event is legal if it is about an analysis of the group that still runs, and gives it a result that its kind may have.',
  folder:
    'An event is legal if it posts a group that is not empty, whose id and analyses are new; or if it is about an analysis of the folder that still runs, and gives it a result that its kind may have.',
} as const satisfies Record<MachineName, string>;

/** The rules that the guards of the machine ask. */
function rulesSection({ settings, ...chart }: MachineDocument): readonly string[] {
  const rules = rulesText(chart, settings);
  if (rules.length === 0) return [];
  return [
    '## Rules',
    'What the guards wait for, under the default reading. Another answer gives other rules: the page and `oz-status diagram folder --reading QUESTION=ANSWER` show them.',
    ...rules.flatMap(([heading, ...lines]) => [heading, lines.join('\n')]),
  ];
}

/** Every event that the machine knows under some reading, in every state; states that take the same share a line. */
function refusedEvents(machine: MachineName, document: MachineDocument): string {
  const others = document.readings.flatMap(({ changes }) => changes.map(({ now }) => now));
  const events = new Set([
    ...document.events,
    ...others.flatMap((one) => (one && 'event' in one && one.event !== null ? [one.event] : [])),
  ]);
  const chart = chartOf(machine);
  const leaves = leavesOf(chart);
  const sharing = new Map<string, string[]>();
  for (const leaf of leaves) {
    const takes = sentenceOn(chart, leaf, [...events]);
    sharing.set(takes, [...(sharing.get(takes) ?? []), code(statePath(chart, leaf.id))]);
  }
  return [...sharing]
    .map(
      ([takes, states]) =>
        `- ${states.length === leaves.length ? 'Every state' : states.join(', ')}: ${takes}.`,
    )
    .join('\n');
}

/** What happens to each event in a state, events that fare alike together. */
function sentenceOn(chart: Statechart, leaf: StateDescription, events: readonly string[]): string {
  const faring = new Map<string, string[]>();
  for (const event of events) {
    const taken = handlers(chart, leaf, event);
    const guards = taken.map(({ guard }) => (guard === null ? null : callText(guard)));
    const fares =
      taken.length === 0
        ? '**refused**'
        : guards.includes(null)
          ? 'taken'
          : `taken if ${guards.join(', or ')}, else refused`;
    faring.set(fares, [...(faring.get(fares) ?? []), code(event)]);
  }
  return [...faring].map(([fares, named]) => `${named.join(', ')} ${fares}`).join('; ');
}

function readingsTable(document: MachineDocument): string {
  const { readings, ...chart } = document;
  const rows = readings
    .filter(({ changes }) => changes.length > 0)
    .flatMap(({ reading, changes }) =>
      changes.map(({ id, change, now }) => {
        const one = now ?? [...chart.states, ...chart.transitions].find((known) => known.id === id)!;
        const under = change === 'removed' ? document.settings : settingsUnder(document, reading);
        const what = 'source' in one ? moveText(chart, one, under) : code(statePath(chart, id));
        return [code(reading), change, what];
      }),
    );
  if (rows.length === 0) return 'Nothing: the machine is the same under every neighbouring reading.';
  return table(['Answer', 'Change', 'Transition'], rows);
}

function moveText(
  chart: Statechart,
  { source, event, guard, targets }: TransitionDescription,
  settings: Settings,
): string {
  const to =
    targets.length === 0 ? 'stays' : targets.map((target) => code(statePath(chart, target))).join(', ');
  const why = [
    event === null ? '' : code(event),
    guard === null ? '' : (ruleOf(guard, settings)?.text ?? callText(guard)),
  ].filter((text) => text !== '');
  return `${code(statePath(chart, source))} → ${to}${why.length === 0 ? '' : ` (${why.join(', ')})`}`;
}

function invariantsTable(invariants: readonly Named[]): string {
  return table(
    ['Invariant', 'Clauses'],
    invariants.map(({ name, clauses }) => [name, clauseLinks(clauses)]),
  );
}

function numbersTable(document: MachineDocument): string {
  const charts: readonly (readonly [string, Statechart])[] = [
    ['default', document],
    ...document.readings.map(({ reading }) => [reading, chartUnder(document, reading)] as const),
  ];
  return table(
    ['Reading', 'Innermost states', 'Events', 'Transitions', 'Paths that enter no state twice'],
    charts.map(([reading, chart]) => [
      code(reading),
      String(leavesOf(chart).length),
      String(chart.events.length),
      String(chart.transitions.length),
      String(countPaths(chart) ?? 'too many to count'),
    ]),
  );
}

function settingsUnder({ settings }: MachineDocument, reading: string): Settings {
  const [question, answer] = reading.split('=') as [Question, Answer];
  return { ...settings, reading: answering(settings.reading, question, answer) };
}

const chartUnder = (document: MachineDocument, reading: string): Statechart =>
  chartOf(document.id as MachineName, settingsUnder(document, reading));
