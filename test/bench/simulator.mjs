/** Requests per second of processor time: the simulator in the process, and behind a server beside a bare Hono handler. */
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { createSimulator } from '../../dist/src/simulator/index.js';
import { startSimulatorServer } from '../../dist/src/cli/simulate/server.js';

const rounds = 5;
const path = '/s/bench/api/folders';

/** The most requests per second of processor time in some rounds, as other programs take time as well. */
async function perSecond(count, once) {
  await once(count);
  let best = 0;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    await once(count);
    const { user, system } = process.cpuUsage(before);
    best = Math.max(best, count / ((user + system) / 1e6));
  }
  return Math.round(best);
}

const simulator = createSimulator();
const made = await simulator.fetch(
  new Request(`http://oz.test${path}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ analyses: [{ type: 'quality' }, { type: 'biometry' }] }),
  }),
);
const { folder_id: id } = await made.json();
const below = `${path}/${id}?with_analyses=true`;

const inProcess = await perSecond(20_000, async (count) => {
  for (let at = 0; at < count; at++)
    await (await simulator.fetch(new Request(`http://oz.test${below}`))).text();
});
process.stdout.write(`in the process: ${inProcess} requests/s of one core (at least 20000 wanted)\n`);

const body = await (await simulator.fetch(new Request(`http://oz.test${below}`))).text();
const app = new Hono();
app.all('*', (context) => context.body(body, 200, { 'content-type': 'application/json' }));
const bare = createAdaptorServer({ fetch: app.fetch });
await new Promise((resolve) => bare.listen(0, '127.0.0.1', resolve));
const ours = await startSimulatorServer({ simulator, host: '127.0.0.1', port: 0 });

const over = (url) =>
  perSecond(3_000, async (count) => {
    for (let at = 0; at < count; at += 20) {
      await Promise.all(Array.from({ length: 20 }, async () => (await fetch(url)).text()));
    }
  });
// One after the other and once more, so that neither has the warmer machine.
const bareUrl = `http://127.0.0.1:${bare.address().port}${below}`;
const figures = [
  await over(bareUrl),
  await over(`${ours.url}${below}`),
  await over(bareUrl),
  await over(`${ours.url}${below}`),
];
const [hono, served] = [Math.max(figures[0], figures[2]), Math.max(figures[1], figures[3])];
process.stdout.write(
  `over loopback, with the client in the same process: ${served} requests/s, a bare Hono handler ${hono}, share ${(served / hono).toFixed(2)} (at least 0.70 wanted)\n`,
);
await ours.close();
bare.closeAllConnections();
bare.close();
process.exitCode = inProcess >= 20_000 && served / hono >= 0.7 ? 0 : 1;
