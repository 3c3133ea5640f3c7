import { defaultReading, questionNames, type Question } from '../../../machines/index.ts';
import {
  hindrances,
  itinerary,
  type AnswersLeft,
  type Hindrance,
  type NumberedExperiment,
  type Plan,
} from '../../explore/index.ts';
import type { Effort } from '../../explore/readings/effort.ts';
import { quoted, type TextBlock } from './document.ts';
import { boundsWords } from './register.ts';

/** The plan for the person who will run it against an installation. */
export function planBlocks(plan: Plan): readonly TextBlock[] {
  const { bounds, classes, worst, least } = plan;
  const experiments = itinerary(plan.fields);
  return [
    { heading: 'Plan: by which reading does an installation work?', level: 1 },
    {
      text:
        'Start with experiment 1 in a new folder. Do the steps, look at the folder once, and go on where its two ' +
        `fields say. It finds which of ${classes} classes of readings the installation follows; what is then still ` +
        'open no observation of these fields tells.',
    },
    {
      text:
        `The worst path takes ${effortWords(worst)}. ${optimality(worst, least)} This is exact for the moves below ` +
        `(post a group, wait for one analysis or for the rest of a group) in folders of ${boundsWords(bounds)}.`,
    },
    { text: 'Steps marked in brackets cannot be brought about at will:' },
    {
      list: (Object.keys(hindrances) as Hindrance[]).map(
        (name) => `${name}: ${hindrances[name].what} ${hindrances[name].how}`,
      ),
    },
    {
      text:
        'Record every answer, and poll the folder with its analyses after every step: then ' +
        '`oz-status readings infer FILE...` says the same from the recording.',
    },
    { heading: 'The two fields of the folder', level: 2 },
    ...experiments.flatMap((experiment) => experimentBlocks(experiment, 'operator-decision')),
    ...(plan.operator
      ? [
          { heading: 'Operators', level: 2 } as const,
          { text: 'Independent of the experiments above: whether a person may decide.' },
          ...itinerary(plan.operator).flatMap((experiment) => operatorBlocks(experiment)),
        ]
      : []),
  ];
}

function effortWords({ unforced, folders, steps }: Effort): string {
  return `${unforced} steps that cannot be forced, ${folders} folders and ${steps} steps in all`;
}

function optimality(worst: Effort, least: Effort): string {
  const same = (['unforced', 'folders', 'steps'] as const).every((kind) => worst[kind] === least[kind]);
  return same
    ? 'No plan has a worst path with less of any of the three.'
    : `Taken by itself each may be less: no plan needs less than ${effortWords(least)}.`;
}

function stepWords({ toDo, hindrances: marks }: NumberedExperiment['steps'][number]): string {
  return marks.length === 0 ? toDo : `${toDo} [${marks.join(', ')}]`;
}

function experimentBlocks(experiment: NumberedExperiment, elsewhere: Question): readonly TextBlock[] {
  const { number, folder, steps, outcomes } = experiment;
  const where = folder === 'new' ? 'in a new folder' : 'in the same folder';
  return [
    { heading: `Experiment ${number}, ${where}`, level: 3 },
    ...(steps.length === 0 ? [] : [{ list: steps.map(stepWords), numbered: true }]),
    {
      head: [quoted('resolution_status'), quoted('system_resolution'), 'then'],
      rows: outcomes.map(({ shows, next }) => [
        shows.resolution_status,
        shows.system_resolution,
        typeof next === 'number' ? `go on with experiment ${next}` : `found: ${foundWords(next, elsewhere)}`,
      ]),
    },
  ];
}

/** What is found, as far as it is not the default; questions that no look at the fields answers are found elsewhere. */
function foundWords(left: AnswersLeft, elsewhere: Question): string {
  const words = questionNames.flatMap((question) => {
    const answers = left[question] ?? [];
    if (question === elsewhere || (answers.length === 1 && answers[0] === defaultReading[question]))
      return [];
    return [answers.length === 1 ? quoted(`${question}=${answers[0]}`) : `${quoted(question)} stays open`];
  });
  return words.length === 0 ? 'the default answers' : words.join(', ');
}

function operatorBlocks({ steps, outcomes }: NumberedExperiment): readonly TextBlock[] {
  const decides = 'operator-decision' as const;
  const byAnswers = new Map<string, string[]>();
  for (const { shows, next } of outcomes) {
    const answers = typeof next === 'number' ? [] : (next[decides] ?? []);
    const found = answers.map((answer) => quoted(answer)).join(' or ');
    const shown = `${shows.resolution_status}, ${shows.system_resolution}`;
    byAnswers.set(found, [...(byAnswers.get(found) ?? []), shown]);
  }
  return [
    { heading: 'Experiment 1, in a new folder', level: 3 },
    { list: steps.map(stepWords), numbered: true },
    {
      head: ['the folder shows', 'then'],
      rows: [...byAnswers].map(([found, shown]) => [
        shown.join(' or '),
        `found: ${quoted(decides)} is ${found}`,
      ]),
    },
  ];
}
