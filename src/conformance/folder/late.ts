import type { Engine } from '../belief/engine.ts';
import type { Finding } from '../../observations/findings.ts';
import type { History } from './history.ts';
import type { Identities } from './identities.ts';
import type { AnalysisView, Observation } from '../../observations/observation.ts';
import { lateKindFinding, wholeFinding } from '../blame/static-rules.ts';

/**
 * The finding on what `views` show late, which what was seen before contradicts; `before`: what was known then. A kind
 * is to blame if it is enough by itself, else the groups are.
 */
export function lateFinding(
  history: History,
  engine: Engine,
  before: Identities,
  observation: Observation,
  views: readonly AnalysisView[],
): Finding {
  const { where } = observation;
  const late = views.filter((view) => before.showsLateLiveness(view));
  const contradict = (blamed: readonly AnalysisView[]): boolean => {
    const shown = views.map((view) =>
      late.includes(view) && !blamed.includes(view) ? bare(view) : named(view),
    );
    const { members } = before.learn({ ...observation, wholeGroup: false }, shown);
    const { empty, truncated } = history.followAgain(engine, (known) => members.facts(known));
    return empty && !truncated;
  };
  const culprit = late.find((view) => contradict([view])) ?? (contradict(late) ? late[0] : undefined);
  return culprit
    ? lateKindFinding(culprit, 'without it nothing explains what was seen before', where)
    : wholeFinding('GROUP_CHANGED', where);
}

/** A view without its group. */
const named = ({ groupId: _groupId, ...view }: AnalysisView): AnalysisView => view;

/** A view without its group and its kind. */
const bare = ({ groupId: _groupId, kind: _kind, ...view }: AnalysisView): AnalysisView => view;
