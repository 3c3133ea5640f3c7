/* oxlint-disable no-console -- printing is what a campaign is for */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { differencesOf, isWrong, type Asked, type Compared, type Disagreement } from './batch.ts';
import { features, sizes, type Feature, type Sample } from './recordings/generate.ts';
import { traitsOf } from './judge.ts';
import { recordOf } from './recordings/record.ts';
import { shrink } from './recordings/shrink.ts';

/**
 * Compares verdicts of the check with those of the second oracle:
 * `npm run second-oracle -- --seed 1 --recordings 100000`. Each kind of disagreement is printed with the smallest
 * recordings that show it, one JSON object a line; what was counted goes to the other output. Ends with 1 if a
 * verdict is wrong. Interrupted once, it ends with the recordings that it has begun.
 */

const batchSize = 200;

interface Task extends Omit<Asked, 'from' | 'to'> {
  readonly first: number;
  readonly recordings: number;
  readonly processes: number;
  /** How many of each kind are made smaller and printed. */
  readonly examples: number;
}

interface Total {
  readonly counts: Record<string, number>;
  readonly holds: Record<string, number>;
  recordings: number;
}

function add(total: Total, { counts, holds }: Compared): void {
  for (const [kind, count] of Object.entries(counts)) total.counts[kind] = (total.counts[kind] ?? 0) + count;
  for (const [name, count] of Object.entries(holds)) total.holds[name] = (total.holds[name] ?? 0) + count;
}

const sizeOf = ({ sample }: Disagreement): number => sample.lines.join().length;

/** The smallest recording that shows the same for the same reasons, as a line of JSON. */
function printed({ number, sample, difference }: Disagreement, task: Task): string {
  const { folder, kind, said } = difference;
  const traits = traitsOf(sample.lines);
  const find = (one: Sample) =>
    differencesOf(one, { ...task, number }).find(
      (each) =>
        each.kind === kind && each.folder === folder && each.said?.codes.join() === said?.codes.join(),
    );
  const smallest = shrink(
    sample,
    (one) => traitsOf(one.lines).every((trait) => traits.includes(trait)) && find(one) !== undefined,
  );
  const now = find(smallest) ?? difference;
  const { settings, groups, fields, lines } = smallest;
  return JSON.stringify({
    number,
    kind,
    folder,
    said: now.said,
    oracle: now.oracle,
    ...settings,
    groups,
    fields,
    lines,
  });
}

async function run(task: Task): Promise<Total> {
  const total: Total = { counts: {}, holds: {}, recordings: 0 };
  const kept = new Map<string, readonly Disagreement[]>();
  let end = task.first + task.recordings;
  let next = task.first;
  process.once('SIGINT', () => (end = Math.min(end, next)));
  const take = (compared: Compared): void => {
    add(total, compared);
    for (const disagreement of compared.disagreements) {
      const { kind } = disagreement.difference;
      console.error(`recording ${disagreement.number}: ${kind}`);
      const all = [...(kept.get(kind) ?? []), disagreement];
      kept.set(kind, all.toSorted((one, other) => sizeOf(one) - sizeOf(other)).slice(0, task.examples));
    }
  };
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = fork(fileURLToPath(new URL('worker.js', import.meta.url)));
      const ask = (): void => {
        if (next >= end) {
          worker.disconnect();
          resolve();
          return;
        }
        const from = next;
        next = Math.min(end, from + batchSize);
        worker.send({ ...task, from, to: next } satisfies Asked);
      };
      worker.on('message', (compared: Compared) => {
        take(compared);
        total.recordings += batchSize;
        if (total.recordings % (batchSize * 25) === 0) console.error(`${total.recordings} recordings`);
        ask();
      });
      worker.on('exit', (code) => (code ? reject(new Error(`a worker ended with ${code}`)) : undefined));
      ask();
    });
  await Promise.all(Array.from({ length: task.processes }, work));
  total.recordings = end - task.first;
  for (const disagreement of [...kept.values()].flat()) console.log(printed(disagreement, task));
  return total;
}

function left(named: string | undefined): readonly Feature[] {
  const names = named?.split(',') ?? [];
  const unknown = names.filter((name) => !(features as readonly string[]).includes(name));
  if (unknown.length > 0) {
    throw new Error(`--without: expected ${features.join(', ')}, received ${unknown.join(', ')}`);
  }
  return names as Feature[];
}

function sizeNamed(name: string): keyof typeof sizes {
  if (Object.hasOwn(sizes, name)) return name as keyof typeof sizes;
  throw new Error(`--size: expected ${Object.keys(sizes).join(' or ')}, received ${name}`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      first: { type: 'string', default: '0' },
      recordings: { type: 'string', default: '10000' },
      processes: { type: 'string', default: '2' },
      work: { type: 'string', default: '50000' },
      examples: { type: 'string', default: '2' },
      size: { type: 'string', default: 'usual' },
      without: { type: 'string' },
      record: { type: 'boolean', default: false },
    },
  });
  const number = (name: 'seed' | 'first' | 'recordings' | 'processes' | 'work' | 'examples') =>
    Number(values[name]);
  const task = {
    seed: number('seed'),
    first: number('first'),
    recordings: number('recordings'),
    processes: number('processes'),
    work: number('work'),
    examples: number('examples'),
    size: sizeNamed(values.size),
    without: left(values.without),
  };
  const began = performance.now();
  console.error(`seed ${task.seed}, from recording ${task.first}`);
  const total = await run(task);
  console.error(Object.fromEntries(Object.entries(total.counts).toSorted(([, a], [, b]) => b - a)));
  const wrong = Object.keys(total.counts).filter(isWrong);
  console.error(
    `${total.recordings} recordings of seed ${task.seed}, ${wrong.length} kinds of wrong verdicts`,
  );
  if (values.record) recordOf({ ...task, ...total, seconds: (performance.now() - began) / 1000 });
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}
