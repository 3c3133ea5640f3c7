/* oxlint-disable no-console -- printing is what a benchmark is for */
/**
 * States per second of this project's walks, as ratios to @xstate/graph in the same run.
 *
 * The contestants take turns, several rounds over, and the best round of each is compared, so that whatever
 * else the computer does disturbs as little as can be. Nothing is asserted about time. Run with `npm run
 * bench`.
 */
import { getAdjacencyMap } from '@xstate/graph';
import { folderMachine } from '../../dist/machines/index.js';
import {
  explore,
  folderEvents,
  folderSystem,
  machineSystem,
  multiplicity,
} from '../../dist/src/explore/index.js';

const rounds = 7;
const maxStates = 1_000_000;
const bounds = { groups: 1, analyses: 5 };

const contestants = {
  '@xstate/graph on the machine': () => {
    const map = getAdjacencyMap(folderMachine, {
      events: (snapshot) => folderEvents(snapshot.context, bounds).filter((event) => snapshot.can(event)),
    });
    return Object.keys(map).length;
  },
  'explore on the machine': () =>
    explore(machineSystem(folderMachine, { events: ({ context }) => folderEvents(context, bounds) }), {
      maxStates,
    }).states.length,
  'explore on the model': () => explore(folderSystem(bounds), { maxStates }).states.length,
};

const seconds = (run) => {
  const start = performance.now();
  const value = run();
  return { value, seconds: (performance.now() - start) / 1000 };
};
const times = new Map(Object.keys(contestants).map((name) => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const [name, run] of Object.entries(contestants)) {
    const { value, seconds: taken } = seconds(run);
    if (value !== 1 + 5 ** 5) throw new Error(`${name} found ${value} states, not ${1 + 5 ** 5}`);
    times.get(name).push(taken);
  }
}
const baseline = Math.min(...times.get('@xstate/graph on the machine'));
console.log(`1 group of 5 analyses, ${1 + 5 ** 5} states, best of ${rounds} alternating runs`);
for (const [name, taken] of times) {
  const best = Math.min(...taken);
  console.log(
    `${name}: ${Math.round((1 + 5 ** 5) / best)} states/s, ${(baseline / best).toFixed(1)} x the baseline`,
  );
}

const folded = seconds(() => {
  const { states } = explore(folderSystem({ groups: 1, analyses: 8, canonical: true }), { maxStates });
  return {
    kept: states.length,
    stoodFor: states.reduce((total, folder) => total + multiplicity(folder), 0n),
  };
});
const plainRate = (1 + 5 ** 5) / baseline;
console.log(
  `1 group of 8 analyses in canonical form: ${folded.value.stoodFor} states through ${folded.value.kept} in ` +
    `${folded.seconds.toFixed(3)} s, ${Math.round(Number(folded.value.stoodFor) / folded.seconds / plainRate)} x the baseline`,
);
