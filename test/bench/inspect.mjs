/* oxlint-disable no-console -- printing is what a benchmark is for */
/**
 * What an event with much in it costs its sender, and its copy afterwards, in milliseconds of processor time. Run with
 * `npm run bench`.
 */
import { createActor, createMachine } from 'xstate';
import { inspectTo } from '../../dist/src/inspect.js';

const bar = 5;
const loads = {
  'a Uint8Array of 5 MB': () => new Uint8Array(5_000_000),
  'a Map of a million': () => new Map(Array.from({ length: 1_000_000 }, (_, at) => [at, at])),
  'an object of 300,000 members': () =>
    Object.fromEntries(Array.from({ length: 300_000 }, (_, at) => [`key ${at}`, at])),
  'a list of a million objects': () => Array.from({ length: 1_000_000 }, () => ({ a: 1 })),
};
const spent = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const inspect = inspectTo('http://127.0.0.1:1/', { fetch: async () => new Response('') });
const actor = createActor(createMachine({}), { inspect }).start();
for (let count = 0; count < 1000; count += 1) actor.send({ type: 'warm', load: [count, { count }] });
await inspect.flushed();

const rounds = 5;
for (const [name, make] of Object.entries(loads)) {
  const load = make();
  let [sending, copying] = [Infinity, Infinity];
  for (let round = 0; round < rounds; round += 1) {
    const begin = spent();
    actor.send({ type: 'heavy', load });
    const sent = spent();
    // oxlint-disable-next-line no-await-in-loop -- one is measured at a time
    await inspect.flushed();
    sending = Math.min(sending, sent - begin);
    copying = Math.min(copying, spent() - sent);
  }
  console.log(`${name}: sent in ${sending.toFixed(2)} ms, copied in ${copying.toFixed(1)} ms`);
  if (sending > bar) process.exitCode = 1;
}
