/**
 * Executions of folders that differ in ids, kinds, groups, results and the order in which analyses settle, the same for
 * the same arguments; and the lines that a client would see of them.
 */
import { emptyFolder, project, reduceFolder } from '../../dist/machines/index.js';
import { randomFrom, uuid } from './recordings.mjs';

const kinds = ['QUALITY', 'BIOMETRY', 'DOCUMENTS'];

/** The events of `count` folders: up to three analyses, now and then face matching later, which settle in any order. */
export function executions(count, seed = 1) {
  const random = randomFrom(seed);
  const below = (limit) => Math.trunc(random() * limit);
  const settled = ({ id, kind }) => {
    const chance = random();
    if (chance < 0.03) return { type: 'analysis.failed', id };
    const doubtful = chance < 0.08 && kind !== 'QUALITY' ? 'OPERATOR_REQUIRED' : 'DECLINED';
    return { type: 'analysis.finished', id, resolution: chance < 0.15 ? doubtful : 'SUCCESS' };
  };
  const group = (of) => {
    const analyses = of.map((kind) => ({ id: uuid(random), kind }));
    const order = analyses.map((analysis) => ({ analysis, key: random() }));
    const ends = order.toSorted((one, other) => one.key - other.key).map(({ analysis }) => settled(analysis));
    return [{ type: 'group.posted', groupId: uuid(random), analyses }, ...ends];
  };
  return Array.from({ length: count }, () => ({
    id: uuid(random),
    events: [
      ...group(kinds.slice(0, 1 + below(kinds.length))),
      ...(random() < 0.3 ? group(['BIOMETRY']) : []),
    ],
  }));
}

/** The folder after each event, as a line of its body. */
export function linesOf({ id, events }, reading) {
  let state = emptyFolder;
  return events.map((event) => {
    state = reduceFolder(state, event);
    const analyses = state.groups.flatMap((group) =>
      group.analyses.map(({ id: analysis, kind, resolution }) => ({
        analyse_id: analysis,
        group_id: group.id,
        type: kind,
        resolution_status: resolution,
      })),
    );
    return `${JSON.stringify({ folder_id: id, ...project(state, reading), analyses })}\n`;
  });
}
