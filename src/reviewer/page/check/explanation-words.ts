import type {
  ExplainedAnalysis,
  ExplainedGroup,
  Explanation,
} from '../../../conformance/folder/explanations.ts';

/** What could be going on inside a folder, in plain words. */

const list = (words: readonly string[], last: string): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;

function analysisWords({ id, is }: ExplainedAnalysis): string {
  switch (is) {
    case 'open':
      return `${id} runs, or has ended unseen`;
    case 'ended':
      return `${id} has ended, how was not seen`;
    case 'PROCESSING':
      return `${id} runs`;
    default:
      return `${id} is ${is}`;
  }
}

function hiddenWords({ hides, mayHide, unseen, running }: ExplainedGroup): readonly string[] {
  const unnamed = {
    none: [],
    perhaps: ['it may hold analyses that the recording does not name'],
    surely: ['it holds analyses that the recording does not name'],
  }[unseen];
  const certain =
    hides.length > 0 ? [`among what was not seen to end is ${list(hides, 'and')} for certain`] : [];
  const open = !running && mayHide.length > 0;
  const possible = open ? [`what was not seen to end may be ${list(mayHide, 'or')}`] : [];
  const passed = !running && unseen !== 'none' && hides.length === 0 && mayHide.length === 0;
  return [...unnamed, ...certain, ...possible, ...(passed ? ['what was not seen to end is SUCCESS'] : [])];
}

function groupWords(group: ExplainedGroup, name: string): string {
  const state = group.running ? 'runs' : 'has settled';
  const inside = [...group.analyses.map(analysisWords), ...hiddenWords(group)];
  return `${name} ${state}: ${inside.length > 0 ? inside.join('; ') : 'nothing more is known of it'}.`;
}

function nameOf({ undivided, analyses }: ExplainedGroup, count: number): string {
  if (undivided && analyses.length > 1) return 'What was posted together, as one group or several,';
  return count > 1 ? 'One group' : 'A group';
}

/** One explanation as sentences. */
export function explanationWords(explanation: Explanation): readonly string[] {
  const { groups, earlier, toCome, others, decided, apart } = explanation;
  const isEmpty = groups.length === 0 && !earlier && others === 'none';
  return [
    ...(isEmpty ? ['The folder has no analyses yet.'] : []),
    ...(earlier
      ? [groupWords(earlier, groups.length > 0 ? 'What was posted earlier' : 'What was posted')]
      : []),
    ...groups.map((group) => groupWords(group, nameOf(group, groups.length))),
    ...(others === 'none' ? [] : [othersWords(others)]),
    ...(toCome.length > 0 ? [`Still to be posted: ${list(toCome, 'and')}.`] : []),
    ...(decided ? ['A person has decided on an OPERATOR_REQUIRED.'] : []),
    ...(apart ? ['Analyses that were first seen together were posted apart.'] : []),
  ];
}

const othersWords = (others: 'some' | 'failed'): string =>
  `Another group runs of which nothing was seen${others === 'failed' ? ', and an analysis in it has failed' : ''}.`;
