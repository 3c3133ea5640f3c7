import {
  allAnalyses,
  decisions,
  isLegal,
  isLiveness,
  isSettled,
  operatorMayDecide,
  results,
  type Analysis,
  type ClauseId,
  type Folder,
  type FolderEvent,
  type MemberEvent,
  type Settings,
} from '../../../machines/index.ts';

/** Why a folder refuses an event, and the clause that says so. */
export interface EventRefusal {
  readonly because: string;
  readonly clause: ClauseId;
}

/** Why `event` is refused in `folder`, or undefined where it is legal. A refused event changes nothing. */
export function refusalOf(folder: Folder, event: FolderEvent, settings: Settings): EventRefusal | undefined {
  if (isLegal(folder, event, settings)) return undefined;
  return event.type === 'group.posted' ? refusedPost(folder, event) : refusedMember(folder, event, settings);
}

function refusedPost(folder: Folder, event: Extract<FolderEvent, { type: 'group.posted' }>): EventRefusal {
  const { groupId, analyses } = event;
  if (analyses.length === 0) return { because: 'a group is never empty', clause: 'GROUP-CONSTANT' };
  if (folder.groups.some(({ id }) => id === groupId)) {
    return {
      because: `group ${groupId} was posted before, and a group never grows`,
      clause: 'GROUP-CONSTANT',
    };
  }
  const taken = new Set(allAnalyses(folder).map(({ id }) => id));
  const again = analyses.find(({ id }, at) => {
    return taken.has(id) || analyses.findIndex((other) => other.id === id) < at;
  });
  return { because: `analysis ${again?.id} exists already`, clause: 'ANALYSIS-IDENTITY' };
}

function refusedMember(folder: Folder, event: MemberEvent, settings: Settings): EventRefusal {
  const analysis = allAnalyses(folder).find(({ id }) => id === event.id);
  if (!analysis) return { because: `the folder has no analysis ${event.id}`, clause: 'GROUP-IS-ONE-POST' };
  return event.type === 'operator.decided'
    ? refusedDecision(analysis, event, settings)
    : refusedEnd(analysis, event, settings);
}

function refusedDecision(
  { id, resolution }: Analysis,
  event: Extract<MemberEvent, { type: 'operator.decided' }>,
  settings: Settings,
): EventRefusal {
  if (!operatorMayDecide(settings)) {
    const answer = settings.reading['operator-decision'];
    return {
      because: `under this reading no person decides afterwards (operator-decision is ${answer})`,
      clause: 'OPERATOR-DECISION',
    };
  }
  if (resolution !== 'OPERATOR_REQUIRED') {
    return {
      because: `${id} is ${resolution}, and a person decides only on OPERATOR_REQUIRED`,
      clause: 'OPERATOR-DECISION',
    };
  }
  return {
    because: `a person decides ${decisions.join(' or ')}, not ${event.resolution}`,
    clause: 'OPERATOR-DECISION',
  };
}

function refusedEnd(
  { id, kind, resolution }: Analysis,
  event: Exclude<MemberEvent, { type: 'operator.decided' }>,
  { operatorRequired }: Settings,
): EventRefusal {
  if (isSettled(resolution)) {
    return { because: `${id} has settled as ${resolution} and stays so`, clause: 'ANALYSIS-FINAL' };
  }
  const result = event.type === 'analysis.finished' ? event.resolution : 'FAILED';
  if (result !== 'OPERATOR_REQUIRED') {
    return {
      because: `${result} is none of the results ${results.join(', ')}`,
      clause: 'RESULT-AFTER-FINISH',
    };
  }
  return isLiveness(kind) || operatorRequired === 'allowed'
    ? { because: 'a liveness analysis never needs an operator', clause: 'LIVENESS-NO-OPERATOR' }
    : { because: 'this installation does not enable OPERATOR_REQUIRED', clause: 'OPERATOR-SETTING' };
}
