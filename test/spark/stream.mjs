/**
 * A stream whose driver is killed in the middle of a batch and started anew: from Kafka where its programs are there,
 * else from files that come one by one.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answers, askedFolder } from './archive.mjs';
import { overlappingAnswers } from './late.mjs';

const count = 3000;
const folders = 60;
const producer = fileURLToPath(new URL('Producer.java', import.meta.url));

const crossing = 'ANALYSIS_IDENTITY_CHANGED';

/**
 * What is found in a stream wherever a line lies, each once; not what only the end shows. Which of two folders that show
 * one analysis was first is not known where they are in two partitions.
 */
const comparable = (found) => [
  ...new Set(
    found
      .filter(({ code }) => code !== 'ENDS_UNSETTLED' && code !== 'SEARCH_LIMIT')
      .map(({ code, folderId, analysis, observed }) =>
        JSON.stringify(code === crossing ? [code, analysis] : [code, folderId, observed]),
      ),
  ),
];

/** Both in their order, the second spread over the first. */
function mixed(one, other) {
  const lines = one.map((line, at) => [at / one.length, line]);
  lines.push(...other.map((line, at) => [at / other.length, line]));
  return lines.toSorted(([left], [right]) => left - right).map(([, line]) => line);
}

/** What was seen, and what check finds in it; `isAsFound`: whether other findings say the same. */
function recorded({ directory, ozStatus }) {
  const plain = [...answers(count, { open: 100, changes: 7, crossing: 11, back: 7 })];
  const whole = join(directory, 'whole.ndjson');
  const checked = (lines) => {
    writeFileSync(whole, `${lines.join('\n')}\n`);
    const { stdout } = spawnSync(ozStatus, ['check', '--format', 'ndjson', whole], { encoding: 'utf8' });
    return linesOf(stdout).filter(({ type }) => type === 'finding');
  };
  const all = mixed(plain, overlappingAnswers(folders));
  const findings = checked(all);
  // Without their times more of them seem wrong.
  if (
    comparable(checked(mixed(plain, overlappingAnswers(folders, { isTimed: false })))).length <=
    comparable(findings).length
  )
    throw new Error('expected answers that are no violations by their times alone, found none');
  const wanted = comparable(findings);
  // Of a folder that shows the analysis of another one, check does not judge what it shows; a stream does.
  const crossed = new Set(findings.filter(({ code }) => code === crossing).map(({ folderId }) => folderId));
  const isAsFound = (found) => {
    const those = new Set(comparable(found));
    const more = comparable(found.filter(({ folderId }) => !crossed.has(folderId)));
    return wanted.every((one) => those.has(one)) && more.every((one) => wanted.includes(one));
  };
  const third = Math.ceil(all.length / 3);
  const portions = [0, 1, 2].map((at) => all.slice(at * third, (at + 1) * third));
  return {
    all,
    portions,
    isAsFound,
    told: `${wanted.length} findings, ${crossed.size} folders that cross others`,
  };
}

const linesOf = (text) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

function findingsIn(out) {
  const batches = join(out, 'findings.ndjson');
  if (!existsSync(batches)) return [];
  return readdirSync(batches)
    .map((name) => join(batches, name))
    .filter((batch) => existsSync(join(batch, '_SUCCESS')))
    .flatMap(linesIn);
}

/** The lines that Spark has written to a directory. */
const linesIn = (written) =>
  readdirSync(written)
    .filter((part) => part.startsWith('part'))
    .flatMap((part) => linesOf(readFileSync(join(written, part), 'utf8')));

/** Lines that are sent to a directory, each portion as a file that is whole when it appears. */
function files({ directory }) {
  const input = mkdtempSync(join(directory, 'arriving-'));
  let number = 0;
  return {
    what: 'files',
    options: ['--input', input],
    jars: [],
    send(lines) {
      const name = `${(number += 1)}.ndjson`;
      writeFileSync(join(directory, name), `${lines.join('\n')}\n`);
      renameSync(join(directory, name), join(input, name));
    },
  };
}

/** Lines that are sent to a broker. A folder is a key: its answers stay in order. */
async function broker({ directory, kafka, start, freePort }) {
  const [port, controller] = [await freePort(), await freePort()];
  const servers = `127.0.0.1:${port}`;
  const settings = join(directory, 'broker.properties');
  writeFileSync(
    settings,
    [
      'process.roles=broker,controller',
      'node.id=1',
      `controller.quorum.voters=1@127.0.0.1:${controller}`,
      `listeners=PLAINTEXT://${servers},CONTROLLER://127.0.0.1:${controller}`,
      'controller.listener.names=CONTROLLER',
      `log.dirs=${join(directory, 'broker')}`,
      'offsets.topic.replication.factor=1',
      '',
    ].join('\n'),
  );
  const path = ['-cp', join(kafka, '*')];
  const format = ['kafka.tools.StorageTool', 'format', '-t', 'MkU3OEVBNTcwNTJENDM2Qg', '-c', settings];
  spawnSync('java', [...path, ...format], { stdio: 'ignore' });
  const server = start('java', [...path, '-Xmx300m', 'kafka.Kafka', settings]);
  const wanted = 'spark-sql-kafka|spark-token-provider-kafka|kafka-clients|commons-pool2';
  const jars = readdirSync(kafka).filter((name) => new RegExp(`^(${wanted})`).test(name));
  return {
    what: 'Kafka',
    server,
    options: ['--kafka', servers, '--topic', 'answers'],
    jars: ['--jars', jars.map((name) => join(kafka, name)).join(',')],
    send(lines) {
      const keyed = lines.map((line) => `${askedFolder(line)}\t${line}`);
      const { status, stderr } = spawnSync('java', [...path, producer, servers, 'answers'], {
        input: `${keyed.join('\n')}\n`,
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(stderr);
    },
  };
}

/** Lets a stream run until enough was found. */
const untilFound =
  ({ until, expect, kill }, from, isEnough) =>
  async (child) => {
    const isThere = () => isEnough(findingsIn(from));
    await until(isThere, 'all findings', 400, child).catch((error) => expect(false, error.message));
    kill(child);
  };

/** Whether all was found that check finds, and nothing twice. */
function expectFound({ expect }, out, isAsFound, what) {
  const found = findingsIn(out);
  const ids = new Set(found.map(({ id }) => id));
  expect(isAsFound(found), `${what}: finds what check finds, ${found.length} findings`);
  expect(ids.size === found.length, `${what}: finds nothing twice`);
}

/** Runs a stream on a cluster, one of whose two workers is killed in a batch. */
export async function tryLostWorker(tools) {
  const { directory, submit, kill, until, startsOf, startCluster } = tools;
  const { url, workers, end } = await startCluster();
  const source = files(tools);
  const { portions, isAsFound, told } = recorded(tools);
  const out = join(directory, 'lost');
  source.send(portions[0]);
  await submit(['--stream', ...source.options, '--findings', out, '--partitions', '4', '--every', '1'], {
    master: url,
    whileRunning: async (child) => {
      await until(() => existsSync(join(out, 'checkpoint/commits/0')), 'a first batch', 400, child);
      const before = startsOf('read');
      for (const portion of portions.slice(1)) source.send(portion);
      await until(() => startsOf('read') > before, 'a second batch', 400, child);
      kill(workers[0]);
      await untilFound(tools, out, isAsFound)(child);
    },
  });
  expectFound(tools, out, isAsFound, `a stream of which a worker is killed, ${told}`);
  end();
}

/**
 * Runs the stream, kills its driver in a batch, lets it go on, and holds what was found against plain `check`. Another
 * stream over the same ends each folder when nothing was heard of it for a second.
 */
export async function tryStream(tools) {
  const { directory, submit, expect, kill, until, startsOf, kafka } = tools;
  const source = kafka ? await broker(tools) : files(tools);
  const { portions, isAsFound, told: planted } = recorded(tools);
  const run = (out, more, whileRunning) =>
    submit(['--stream', ...source.options, '--findings', out, '--partitions', '2', '--every', '1', ...more], {
      more: source.jars,
      whileRunning,
    });
  const out = join(directory, 'stream');
  source.send(portions[0]);
  await run(out, [], async (child) => {
    await until(() => existsSync(join(out, 'checkpoint/commits/0')), 'a first batch', 300, child);
    const before = startsOf('read');
    source.send(portions[1]);
    await until(() => startsOf('read') > before, 'a second batch', 300, child);
    kill(child);
  });
  const midway = findingsIn(out).length;
  source.send(portions[2]);
  await run(out, [], untilFound(tools, out, isAsFound));
  expectFound(
    tools,
    out,
    isAsFound,
    `a stream from ${source.what} that is killed after ${midway} findings, ${planted}`,
  );
  const ended = join(directory, 'ended');
  const isEnd = ({ code }) => code === 'ENDS_UNSETTLED';
  await run(
    ended,
    ['--idle', '1'],
    untilFound(tools, ended, (these) => these.some(isEnd)),
  );
  expect(findingsIn(ended).some(isEnd), 'a stream tells folders that never settle');
  if (source.server) kill(source.server);
}

/** Judges the first half as an archive, and lets a stream over the rest begin with the states that it leaves. */
export async function trySeed(tools) {
  const { directory, submit, expect } = tools;
  const { all, isAsFound, told } = recorded(tools);
  const half = all.length / 2;
  const [before, after] = ['before', 'after'].map((name, at) => {
    mkdirSync(join(directory, name));
    const lines = at === 0 ? all.slice(0, half) : all.slice(half);
    writeFileSync(join(directory, name, 'answers.ndjson'), `${lines.join('\n')}\n`);
    return join(directory, name);
  });
  const [first, second, states] = ['first', 'second', 'states'].map((name) => join(directory, name));
  await submit(['--input', before, '--findings', first, '--states', states, '--format', 'json']);
  const seeded = ['--seed', states, '--partitions', '2', '--until-end'];
  const { code, said } = await submit(['--stream', '--input', after, '--findings', second, ...seeded]);
  expect(
    code === 0,
    `a stream that begins with the states of an archive ends where its input does${code === 0 ? '' : `: ${said.slice(-2000)}`}`,
  );
  const found = [...linesIn(join(first, 'findings.ndjson')), ...findingsIn(second)];
  expect(isAsFound(found), `an archive and the stream that goes on find what check finds in both, ${told}`);
}
