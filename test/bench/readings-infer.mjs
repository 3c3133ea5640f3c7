/* oxlint-disable no-console -- printing is what a benchmark is for */
/**
 * What inferring all readings at once costs over a plain check, and what a check costs whose every folder violates
 * and is judged again. Run with `npm run build && node test/bench/readings-infer.mjs`.
 */
import { defaultReading } from '../../dist/machines/index.js';
import { createChecker, createInferrer } from '../../dist/src/conformance/index.js';

const folders = 2000;

const view = (id, kind, resolution) => ({
  id,
  kind,
  state: ['PROCESSING', 'FAILED'].includes(resolution) ? resolution : 'FINISHED',
  resolutionStatus: resolution,
  pointer: '',
});

/** Two steps in one folder, polled after each event; every other folder shows a failure beside a running analysis. */
function* recording() {
  for (let number = 0; number < folders; number++) {
    const folder = `folder-${number}`;
    const [first, second] = [`${folder}.a`, `${folder}.b`];
    let line = 0;
    const seen = (more) => ({
      folder,
      folderId: folder,
      analyses: [],
      complete: false,
      wholeGroup: false,
      ...more,
      where: { file: 'bench', line: ++line },
    });
    const poll = (resolutionStatus, systemResolution, ...analyses) =>
      seen({ resolutionStatus, systemResolution, analyses, complete: true });
    const failed = number % 2 === 1;
    const end = failed ? 'FAILED' : 'DECLINED';
    yield poll('INITIAL', 'INITIAL');
    yield seen({ analyses: [view(first, 'QUALITY', 'PROCESSING')], wholeGroup: true });
    yield poll('PROCESSING', 'PROCESSING', view(first, 'QUALITY', 'PROCESSING'));
    yield poll(failed ? 'FAILED' : 'FINISHED', end, view(first, 'QUALITY', end));
    yield seen({ analyses: [view(second, 'BIOMETRY', 'PROCESSING')], wholeGroup: true });
    yield poll(
      'PROCESSING',
      'PROCESSING',
      view(first, 'QUALITY', end),
      view(second, 'BIOMETRY', 'PROCESSING'),
    );
    yield poll(
      failed ? 'FAILED' : 'FINISHED',
      'SUCCESS',
      view(first, 'QUALITY', end),
      view(second, 'BIOMETRY', 'SUCCESS'),
    );
  }
}

function timed(receiver) {
  const observations = [...recording()];
  const start = performance.now();
  for (const observation of observations) receiver.observe(observation);
  const result = receiver.finish();
  return { seconds: (performance.now() - start) / 1000, count: observations.length, result };
}

const check = (reading) => () => timed(createChecker({ settings: { reading, operatorRequired: 'allowed' } }));
const best = (run) => [run(), run(), run()].toSorted((one, other) => one.seconds - other.seconds)[0];

const plain = best(check(defaultReading));
const inferred = best(() => timed(createInferrer()));
const violated = best(check({ ...defaultReading, 'status-precedence': 'failed-first' }));
const again = violated.result.filter(({ explainedUnder }) => explainedUnder).length;

const line = ({ seconds, count }) =>
  `${seconds.toFixed(2)} s, ${Math.round(count / seconds).toLocaleString('en-US')} observations/s`;
console.log(`plain check:      ${line(plain)}`);
console.log(
  `all readings:     ${line(inferred)}, ${(inferred.seconds / plain.seconds).toFixed(1)} times as long`,
);
console.log(
  `check, ${again} judged again: ${line(violated)}, ${(violated.seconds / plain.seconds).toFixed(1)} times as long`,
);
