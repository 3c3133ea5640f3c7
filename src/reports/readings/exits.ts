/** What each exit code of `readings infer` says. Where several apply: 2 before all, then 1 before 3. */
export const inferenceExits = {
  0: 'Some reading explains the recordings.',
  1: 'No reading explains them: they contradict each other, or every folder breaks what all readings have in common.',
  2: 'The command was used wrongly.',
  3: 'Some input was unreadable, or no folder says anything of the readings.',
} as const;
