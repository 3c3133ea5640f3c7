/* oxlint-disable no-console -- what was tried is told */
/**
 * Runs the adapter for Spark as users do, and holds it against plain `check`: on one machine, on a cluster of a master
 * and two workers of which one is killed in the middle, without the program on the workers, and as a stream of which
 * the driver or a worker is killed. `node test/spark/run.mjs VENV [--lines N] [--skew N] [PART...]`; VENV has pyspark. The part
 * `speed` measures, and is only done where it is named.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { temporaryDirectory } from '../tidy/temporary.mjs';
import { writeArchive } from './archive.mjs';
import { trySpeed } from './speed.mjs';
import { tryLostWorker, trySeed, tryStream } from './stream.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lines: { type: 'string', default: '20000' },
    skew: { type: 'string', default: '4000' },
    kafka: { type: 'string' },
  },
});
const [venv, ...wanted] = positionals;
if (venv === undefined) throw new Error('expected the directory of a virtual environment with pyspark');
const bin = (name) => join(resolve(venv), 'bin', name);
const directory = temporaryDirectory('oz-status-spark-');
const program = fileURLToPath(new URL('../../dist/cli/main.cjs', import.meta.url));

/** How the program is called, which tells of each start: so it is seen when work has begun. */
const starts = join(directory, 'starts');
const ozStatus = join(directory, 'oz-status');
writeFileSync(starts, '');
writeFileSync(
  ozStatus,
  `#!/bin/sh\necho "$2" >> '${starts}'\nexec '${process.execPath}' '${program}' "$@"\n`,
);
chmodSync(ozStatus, 0o755);
const env = {
  ...process.env,
  PATH: `${directory}:${resolve(venv)}/bin:${process.env.PATH}`,
  PYTHONWARNINGS: 'ignore',
};

const startsOf = (task) =>
  readFileSync(starts, 'utf8')
    .split('\n')
    .filter((one) => one === task).length;
/** What is not ended by itself. */
const running = new Set();
function start(command, args) {
  const child = spawn(command, args, {
    env,
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  running.add(child);
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => said.push(data));
  child.said = () => Buffer.concat(said).toString();
  child.once('exit', () => running.delete(child));
  return child;
}
function kill(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
// Before the directory goes in which they write.
process.prependListener('exit', () => running.forEach(kill));
const pause = (milliseconds) => new Promise((settle) => setTimeout(settle, milliseconds));
async function until(isSo, what, seconds = 120, child) {
  for (let left = seconds * 10; !isSo(); left -= 1) {
    if (child && (child.exitCode ?? child.signalCode) !== null)
      throw new Error(`expected ${what}, but it has ended: ${child.said().slice(-3000)}`);
    if (left === 0) throw new Error(`expected ${what} within ${seconds} s`);
    await pause(100);
  }
}

const adapter = spawnSync(ozStatus, ['engine', 'spark'], { encoding: 'utf8' }).stdout.trim();

/** Runs the adapter; its exit code and what it said. */
async function submit(args, { master = 'local[2]', whileRunning, more = [] } = {}) {
  const settings = ['spark.ui.enabled=false', 'spark.log.level=ERROR'].flatMap((one) => ['--conf', one]);
  const began = performance.now();
  const child = start(bin('spark-submit'), ['--master', master, ...settings, ...more, adapter, ...args]);
  const ended = once(child, 'exit');
  await whileRunning?.(child);
  const [code] = await ended;
  return { code, said: child.said(), seconds: (performance.now() - began) / 1000 };
}

const problems = [];
function expect(isSo, what) {
  if (!isSo) problems.push(what);
  console.log(`${isSo ? 'ok' : 'NOT OK'}: ${what}`);
}

/** Of an object that is torn, and of input that is wrong in more than one block, other things are said. */
const isOther = ({ severity, where }) =>
  severity === 'unreadable' && (where.file.includes('torn') || Number(values.lines) > 100_000);

/** The findings in files of lines as comparable texts, without what may differ: ids, and how an object is torn. */
async function findingsIn(files) {
  const found = [];
  for (const file of files) {
    for await (const line of createInterface({ input: createReadStream(file) })) {
      if (!line.startsWith('{"type":"finding"')) continue;
      const { id: _id, ...one } = JSON.parse(line);
      if (!isOther(one)) found.push(JSON.stringify(one));
    }
  }
  return found.toSorted();
}

const partsOf = (out) =>
  readdirSync(join(out, 'findings.ndjson'))
    .filter((name) => name.startsWith('part'))
    .map((name) => join(out, 'findings.ndjson', name));

const archive = join(directory, 'archive');
const plain = join(directory, 'plain.ndjson');
let expected;
let counts;
async function prepare() {
  writeArchive(archive, Number(values.lines), { skew: Number(values.skew) });
  const began = performance.now();
  spawnSync('sh', ['-c', `'${ozStatus}' check --format ndjson '${archive}' > '${plain}'`], { env });
  console.log(`plain check: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  expected = await findingsIn([plain]);
  ({ observations: counts } = JSON.parse(spawnSync('tail', ['-n', '1', plain], { encoding: 'utf8' }).stdout));
}

async function compare(out, { code, said, seconds }, what) {
  expect(
    code === 1,
    `${what}: ends with 1 as check does, in ${seconds.toFixed(1)} s${code === 1 ? '' : `: ${said.slice(-2000)}`}`,
  );
  if (!existsSync(join(out, 'report.json'))) return;
  const found = await findingsIn(partsOf(out));
  expect(
    found.join('\n') === expected.join('\n'),
    `${what}: ${found.length} findings are those of check, ${expected.length}`,
  );
  const { summary } = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
  const last = JSON.parse(spawnSync('tail', ['-n', '1', plain], { encoding: 'utf8' }).stdout);
  const same = ['folders', 'observations', 'conforms', 'violates', 'unspecified', 'inconclusive', 'hazards'];
  expect(
    same.every((name) => summary[name] === last[name]),
    `${what}: ${counts} observations are counted as by check`,
  );
}

/** A master and so many workers of one core each. */
async function startCluster(count = 2) {
  const port = await freePort();
  const url = `spark://127.0.0.1:${port}`;
  const master = start(bin('spark-class'), [
    'org.apache.spark.deploy.master.Master',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--webui-port',
    '0',
  ]);
  await until(() => master.said().includes('I have been elected leader'), 'a master');
  const workers = Array.from({ length: count }, (_, at) =>
    start(bin('spark-class'), [
      'org.apache.spark.deploy.worker.Worker',
      '--host',
      '127.0.0.1',
      '--cores',
      '1',
      '--memory',
      '1g',
      '--webui-port',
      '0',
      '--work-dir',
      mkdtempSync(join(directory, `work-${at}-`)),
      url,
    ]),
  );
  await until(() => workers.every((one) => one.said().includes('Successfully registered')), 'its workers');
  return { url, workers, end: () => [...workers, master].forEach(kill) };
}

const tools = {
  directory,
  submit,
  expect,
  kill,
  until,
  start,
  startsOf,
  freePort,
  startCluster,
  ozStatus,
  kafka: values.kafka,
};
const parts = {
  async local() {
    const out = join(directory, 'local');
    await compare(out, await submit(['--input', archive, '--findings', out]), 'one machine');
    const again = await submit(['--input', archive, '--findings', out]);
    expect(
      again.code === 2 && again.said.includes('not there yet'),
      'a directory that is there is not written over',
    );
  },
  async cluster() {
    const { url, workers, end } = await startCluster();
    const out = join(directory, 'cluster');
    const before = startsOf('judge');
    const ended = await submit(['--input', archive, '--findings', out, '--partitions', '8'], {
      master: url,
      // The first start judges nothing: it looks whether the options are right.
      whileRunning: async () => {
        await until(() => startsOf('judge') > before + 2, 'judging', 400);
        kill(workers[0]);
        console.log('one worker of two is killed');
      },
    });
    await compare(out, ended, 'a cluster of which a worker is killed');
    end();
  },
  async absent() {
    const path = join(directory, 'only-here');
    writeFileSync(path, `#!/bin/sh\ncase "$2" in read) exit 127;; *) exec '${ozStatus}' "$@";; esac\n`);
    chmodSync(path, 0o755);
    const { code, said } = await submit([
      '--input',
      archive,
      '--findings',
      join(directory, 'none'),
      '--oz-status',
      path,
    ]);
    expect(
      code === 2 && /a worker cannot run .*expected Node/.test(said),
      'a worker without Node is told clearly',
    );
    const gone = await submit(['--input', join(directory, 'nothing'), '--findings', join(directory, 'none')]);
    expect(gone.code === 3 && gone.said.includes('nothing'), 'an archive that is not there ends with 3');
  },
  stream: () => tryStream(tools),
  lost: () => tryLostWorker(tools),
  speed: () => trySpeed({ ...tools, archive, compare }),
  seed: () => trySeed(tools),
};

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

await (wanted.length > 0 && wanted.every((one) => ['stream', 'lost', 'seed'].includes(one))
  ? undefined
  : prepare());
const usual = Object.keys(parts).filter((name) => name !== 'speed');
for (const name of wanted.length > 0 ? wanted : usual) await parts[name]();
console.log(problems.length === 0 ? 'passed' : `failed: ${problems.length}`);
process.exit(problems.length === 0 ? 0 : 1);
