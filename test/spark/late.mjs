/**
 * Answers whose requests overlap, with the times of these, as several clients record them that poll side by side: lines
 * come in the order in which answers ended, so that an answer may show what was so before what an earlier line shows.
 */
import { randomFrom } from '../bench/recordings.mjs';

const stages = ['INITIAL', 'PROCESSING', 'SUCCESS'];

function body(folder, stage) {
  const analysis = `{"analyse_id":"t-${folder}","type":"QUALITY","state":"${stage === 'SUCCESS' ? 'FINISHED' : stage}","resolution_status":"${stage}"}`;
  const own = `"folder_id":"timed-${folder}","resolution_status":"${stage === 'SUCCESS' ? 'FINISHED' : stage}","system_resolution":"${stage}"`;
  return `{${own},"analyses":[${stage === 'INITIAL' ? '' : analysis}]}`;
}

/** Of so many folders the answers to some clients; in every fifth folder a settled analysis is seen running again. */
export function overlappingAnswers(folders, { polls = 24, seed = 7, isTimed = true } = {}) {
  const random = randomFrom(seed);
  const all = [];
  for (let folder = 0; folder < folders; folder += 1) {
    const [posted, settled] = [4000 + 2000 * random(), 12_000 + 6000 * random()];
    for (let poll = 0; poll < polls; poll += 1) {
      const isWrong = folder % 5 === 0 && poll === 0;
      const start = Math.round(isWrong ? 22_000 : 24_000 * random());
      // One request in six takes long.
      const end = start + Math.round(random() < 1 / 6 ? 6000 * random() : 400 * random()) + 1;
      const seen = start + (end - start) * random();
      const stage = isWrong ? 'PROCESSING' : stages[Number(seen > posted) + Number(seen > settled)];
      all.push({ folder, start, end, stage });
    }
    // What is last waits for another that may overlap with it.
    all.push({ folder, start: 60_000, end: 60_001, stage: 'SUCCESS' });
  }
  all.sort((one, other) => one.end - other.end || one.start - other.start);
  return all.map(({ folder, start, end, stage }) => {
    const times = isTimed ? `"started":${start},"time":${end},` : '';
    return `{${times}"method":"GET","url":"/api/folders/timed-${folder}?with_analyses=true","status":200,"body":${body(folder, stage)}}`;
  });
}
