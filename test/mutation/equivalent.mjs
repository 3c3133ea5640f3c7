/** Changes that leave every behaviour as it is, by a part of their label, each with the reason. */
const equivalent = [
  {
    part: 'order.indexOf(member) < order.indexOf(best) with <=',
    reason: 'of two equal statuses either is the worst',
  },
  {
    part: 'order.indexOf(member) < order.indexOf(best) → order.indexOf(member) <= order.indexOf(best)',
    reason: 'of two equal statuses either is the worst',
  },
];

const twoAnswers = 'it needs two answers at once that are not the default, and vectors change one';
const noGroup = 'vectors speak of an analysis and of a folder, and of no group by itself';

/** Changes of the specification that no vector notices, by a part of their label, each with the reason. */
const beyondVectors = [
  { part: 'groupMoves: FAILED -> DECLINED', reason: twoAnswers },
  { part: 'statusMoves: FINISHED -> FAILED', reason: twoAnswers },
  { part: 'statusMoves: FAILED -> FINISHED', reason: twoAnswers },
  { part: 'systemMoves: FAILED -> DECLINED', reason: twoAnswers },
  { part: ', { ...held, ', reason: twoAnswers },
  { part: 'failed-group-finishes: ', reason: twoAnswers },
  { part: 'machines/group/machine.ts', reason: noGroup },
  {
    part: 'group.analyses.some with every',
    reason: 'no trace that takes every transition needs a failure beside another result in one group',
  },
];

const reasonIn = (list) => (label) => list.find(({ part }) => label.includes(part))?.reason;

/** Why the change with that label changes nothing; undefined where it does change something. */
export const equivalentOf = reasonIn(equivalent);
/** Why no vector notices the change with that label. */
export const unnoticedByVectors = reasonIn(beyondVectors);
