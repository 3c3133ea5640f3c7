/**
 * A stream whose driver is killed in the middle of a batch and started anew: from Kafka where its programs are there,
 * else from files that come one by one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answers, askedFolder } from './archive.mjs';

const count = 3000;
const producer = fileURLToPath(new URL('Producer.java', import.meta.url));

const crossing = 'ANALYSIS_IDENTITY_CHANGED';

/**
 * What is found in a stream wherever a line lies, each once; not what only the end shows. Which of two folders that show
 * one analysis was first is not known where they are in two partitions.
 */
const comparable = (found) => [
  ...new Set(
    found
      .filter(({ code }) => code !== 'ENDS_UNSETTLED')
      .map(({ code, folderId, analysis, observed }) =>
        JSON.stringify(code === crossing ? [code, analysis] : [code, folderId, observed]),
      ),
  ),
];

/** What was seen, and what check finds in it; `isAsFound`: whether other findings say the same. */
function recorded({ directory, ozStatus }) {
  const all = [...answers(count, { open: 100, changes: 7, crossing: 11, back: 7 })];
  const whole = join(directory, 'whole.ndjson');
  writeFileSync(whole, `${all.join('\n')}\n`);
  const plain = spawnSync(ozStatus, ['check', '--format', 'ndjson', whole], { encoding: 'utf8' }).stdout;
  const findings = linesOf(plain).filter(({ type }) => type === 'finding');
  const wanted = comparable(findings);
  // Of a folder that shows the analysis of another one, check does not judge what it shows; a stream does.
  const crossed = new Set(findings.filter(({ code }) => code === crossing).map(({ folderId }) => folderId));
  const isAsFound = (found) => {
    const those = new Set(comparable(found));
    const more = comparable(found.filter(({ folderId }) => !crossed.has(folderId)));
    return wanted.every((one) => those.has(one)) && more.every((one) => wanted.includes(one));
  };
  return { all, isAsFound, told: `${wanted.length} findings, ${crossed.size} folders that cross others` };
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
  const input = join(directory, 'arriving');
  mkdirSync(input);
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

/**
 * Runs the stream, kills its driver in a batch, lets it go on, and holds what was found against plain `check`. Another
 * stream over the same ends each folder when nothing was heard of it for a second.
 */
export async function tryStream(tools) {
  const { directory, submit, expect, kill, until, startsOf, kafka } = tools;
  const source = kafka ? await broker(tools) : files(tools);
  const { all, isAsFound, told: planted } = recorded(tools);
  const portions = [all.slice(0, 1000), all.slice(1000, 2000), all.slice(2000)];
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
  /** Lets a stream run until enough was found. */
  const untilFound = (from, isEnough) => async (child) => {
    const isThere = () => isEnough(findingsIn(from));
    await until(isThere, 'all findings', 300, child).catch((error) => expect(false, error.message));
    kill(child);
  };
  await run(out, [], untilFound(out, isAsFound));
  const found = findingsIn(out);
  const ids = new Set(found.map(({ id }) => id));
  const told = `a stream from ${source.what} that is killed after ${midway} of ${found.length} findings`;
  expect(isAsFound(found), `${told}: finds what check finds, ${planted}`);
  expect(ids.size === found.length, `${told}: finds nothing twice`);
  const ended = join(directory, 'ended');
  const isEnd = ({ code }) => code === 'ENDS_UNSETTLED';
  await run(
    ended,
    ['--idle', '1'],
    untilFound(ended, (these) => these.some(isEnd)),
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
