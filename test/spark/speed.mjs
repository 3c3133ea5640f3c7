/* oxlint-disable no-console -- printing is what a benchmark is for */
/**
 * How much faster two workers of one core each are than one, and what Spark takes beside plain `check`: the same archive
 * in turn, the least of two rounds each. On a machine that is busy with other work only the processor time says something.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';

const rounds = 2;
const ticks = 100;

/** Seconds of processor time of a process and of all that it has waited for. */
function processorTime(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return fields.slice(11, 15).reduce((sum, one) => sum + Number(one), 0) / ticks;
}

const least = (all, of) => Math.min(...all.map((one) => one[of]));

/** Measures, holds what is found against `check`, and prints the table. */
export async function trySpeed({ directory, archive, submit, startCluster, compare, ozStatus }) {
  const own = () => processorTime('self');
  const runs = { check: [], 1: [], 2: [] };
  for (let round = 1; round <= rounds; round += 1) {
    const [began, spent] = [performance.now(), own()];
    spawnSync(ozStatus, ['check', '--format', 'ndjson', archive], { maxBuffer: 2 ** 31 });
    runs.check.push({ seconds: (performance.now() - began) / 1000, processor: own() - spent });
    for (const count of [1, 2]) {
      const cluster = await startCluster(count);
      const before = cluster.workers.map(({ pid }) => processorTime(pid));
      const driver = own();
      const out = join(directory, `speed-${count}-${round}`);
      const ended = await submit(
        ['--input', archive, '--findings', out, '--partitions', '8', '--format', 'json'],
        {
          master: cluster.url,
        },
      );
      const taken = cluster.workers.map(({ pid }, at) => processorTime(pid) - before[at]);
      const processor = taken.reduce((sum, one) => sum + one, own() - driver);
      await compare(out, ended, `${count} of one core each, round ${round}`);
      runs[count].push({ seconds: ended.seconds, processor });
      cluster.end();
    }
  }
  for (const [name, all] of Object.entries(runs))
    console.log(
      `${name === 'check' ? 'plain check' : `workers: ${name}`}: ${least(all, 'seconds').toFixed(1)} s, processor ${least(all, 'processor').toFixed(1)} s`,
    );
  const ratio = least(runs[1], 'seconds') / least(runs[2], 'seconds');
  const overhead = least(runs[2], 'processor') / least(runs.check, 'processor');
  console.log(
    `two workers are ${ratio.toFixed(2)} times as fast as one, on ${cpus().length} cores with load ${loadavg()[1].toFixed(1)}`,
  );
  console.log(`Spark takes ${overhead.toFixed(1)} times the processor time of check`);
}
