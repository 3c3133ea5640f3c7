import { planExperiments, type Plan } from '../../src/explore/index.ts';

/** The plan of experiments within the usual bounds: made once for all tests of a process, as it takes a second. */
let known: Plan | undefined;

/** That plan. */
export function defaultPlan(): Plan {
  if (known) return known;
  const plan = planExperiments();
  if ('reason' in plan) throw new Error(`no plan: ${plan.reason}`);
  known = plan;
  return plan;
}
