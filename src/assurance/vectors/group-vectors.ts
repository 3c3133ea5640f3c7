import {
  defaultReading,
  groupResult,
  isLegalInGroup,
  operatorRequiredSettings,
  reduceGroup,
  type ClauseId,
  type Group,
  type MemberEvent,
  type Settings,
} from '../../../machines/index.ts';
import { pathSet, walkMachine, type CoverageCriterion } from '../../explore/index.ts';
import { countEvents, expectedOf } from './executed.ts';
import { combinations, nameReading, underReading } from './field-readings.ts';
import { enabling, type Expected, type Vector, type VectorSet } from './vector.ts';

const criteria: readonly (readonly [CoverageCriterion, readonly ClauseId[]])[] = [
  ['transition-pairs', ['GROUP-RESULT-WORST', 'WORST-ORDER', 'GROUP-SUCCESS-MEANS']],
  ['refused-pairs', ['ANALYSIS-FINAL', 'GROUP-CONSTANT', 'LIVENESS-NO-OPERATOR', 'OPERATOR-SETTING']],
];

/** Every combination of the answers that reach a group; and where OPERATOR_REQUIRED never occurs the default. */
const settingsOfGroups = operatorRequiredSettings.flatMap((operatorRequired): readonly Settings[] =>
  (operatorRequired === 'never'
    ? [defaultReading]
    : combinations(['failed-beside-declined', 'operator-decision'])
  ).map((reading) => ({ reading, operatorRequired })),
);

/** What is expected of a group by itself to which `events` happen. */
function expectedOfGroup(start: Group, events: readonly MemberEvent[], under: Settings): Expected {
  return expectedOf((settings) => {
    let group = start;
    return events.map((event) => {
      const accepted = isLegalInGroup(group, event, settings);
      group = reduceGroup(group, event, settings);
      return { accepted, group_result: groupResult(group, settings.reading) };
    });
  }, under);
}

function vectorsUnder(settings: Settings): readonly Vector[] {
  const { reading, operatorRequired } = settings;
  const walk = walkMachine('group', settings);
  return criteria.flatMap(([criterion, clauses]) =>
    pathSet(walk, criterion).paths.map(({ input, steps }, at): Vector => {
      const group = input as Group;
      const events = steps.map(({ event }) => event as MemberEvent);
      const kinds = group.analyses.map(({ kind }) => kind).join(' and ');
      const expected = expectedOfGroup(group, events, settings);
      return {
        id: `group-events/${operatorRequired}/${nameReading(reading)}/${criterion}/${at + 1}`,
        description: `A group of ${kinds}: ${countEvents(expected.projections!)}`,
        clauses,
        ...underReading(reading),
        given: { ...enabling(operatorRequired), group },
        events,
        expected,
      };
    }),
  );
}

/** A group by itself, event by event. */
export const groupEventVectors = (): VectorSet => ({
  name: 'group-events',
  about:
    'One group by itself, of liveness and another kind or of two of another kind: traces that take every two successive transitions, and every refused event in every result of the group, under every combination of the answers that reach a group; and where the biometry settings do not enable OPERATOR_REQUIRED.',
  vectors: settingsOfGroups.flatMap(vectorsUnder),
});
