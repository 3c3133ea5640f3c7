/** What a set of paths can be asked to meet, each with what counts as one target. */
export const coverageCriteria = {
  states: 'every state that the machine can show; of the folder: every pair of statuses',
  transitions: 'every transition of the chart, eventless ones included',
  'transition-pairs': 'every two transitions that one step and the step after it can take',
  'refused-pairs': 'every state with every event that is refused in it',
  clauses: 'every clause that a state or a transition names',
  'guard-outcomes': 'every guard, with its parameters, both true and false',
} as const;

/** The name of a criterion. */
export type CoverageCriterion = keyof typeof coverageCriteria;

/** The machines whose paths can be asked for, the default first. */
export const pathMachines = ['folder', 'group', 'analysis'] as const;
/** One of them. */
export type PathMachine = (typeof pathMachines)[number];
