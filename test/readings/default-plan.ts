import { planExperiments, type Plan } from '../../src/explore/index.ts';

/** The plan of experiments within the usual bounds. */
export function defaultPlan(): Plan {
  const plan = planExperiments();
  if ('reason' in plan) throw new Error(`no plan: ${plan.reason}`);
  return plan;
}
