/* oxlint-disable no-console -- printing is what a benchmark is for */
/**
 * How many readings can be told apart at growing bounds, and what the plan of experiments takes at two of
 * them. Run with `npm run bench`.
 */
import { allReadings } from '../../dist/machines/index.js';
import { planExperiments, readingClasses } from '../../dist/src/explore/index.js';

const growing = [
  [1, 1],
  [1, 2],
  [2, 1],
  [3, 1],
  [2, 2],
  [2, 3],
  [3, 2],
];

console.log(
  `${allReadings().length} readings, folders in canonical form with groups of any size up to the bound`,
);
for (const [groups, analyses] of growing) {
  const { states, complete, classes } = readingClasses({ groups, analyses, sizes: 'up-to' });
  console.log(
    `${groups} x ${analyses}: ${classes.length} classes in ${states} folders${complete ? '' : ' (cut short)'}`,
  );
}

const effort = ({ unforced, folders, steps }) =>
  `${unforced} unforced steps, ${folders} folders, ${steps} steps`;
for (const [groups, analyses] of growing.slice(4, 6)) {
  const plan = planExperiments({ groups, analyses, sizes: 'up-to' });
  console.log(
    'reason' in plan
      ? `no plan within ${groups} x ${analyses}: ${plan.reason}`
      : `plan within ${groups} x ${analyses}: ${plan.classes} classes of fields by at most ${effort(plan.worst)}; ` +
          `no plan needs less than ${effort(plan.least)}`,
  );
}
