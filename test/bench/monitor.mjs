/**
 * Soaks a monitor: posts answers at a steady rate, and holds what it told against one check of the same lines, and its
 * memory late against early. node test/bench/monitor.mjs [SECONDS] [ANSWERS PER SECOND]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { bodies } from './recordings.mjs';

const [seconds = 600, rate = 2000] = process.argv.slice(2).map(Number);
const program = new URL('../../dist/cli/main.cjs', import.meta.url).pathname;
const directory = mkdtempSync(join(tmpdir(), 'oz-status-soak-'));
const findings = join(directory, 'findings.ndjson');
const perPost = 100;

/** Answers as `recordFetch` writes them, with the times at which they are to be sent. */
function* answers() {
  const begun = Date.now();
  let at = 0;
  for (const body of bodies({ count: seconds * rate, details: 'statuses' })) {
    const time = begun + (at++ * 1000) / rate;
    const [started, ended] = [time - 3, time].map((one) => new Date(one).toISOString());
    const [, id] = /"folder_id":"([^"]+)"/.exec(body);
    const url = `https://oz.example/api/folders/${id}?with_analyses=true`;
    yield `{"started":"${started}","time":"${ended}","method":"GET","url":"${url}","status":200,"body":${body}}`;
  }
}

/** The most memory that the process has had until now and has now, in megabytes. */
function memoryOf(pid) {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(text)[1]) / 1024;
}

/** Processor time of a process in seconds. */
function timeOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const said = ({ code, folderId, analysis }) => `${code} ${folderId} ${analysis}`;
const violationsIn = (text) =>
  text
    .split('\n')
    .filter((line) => line.includes('"severity":"violation"'))
    .map((line) => JSON.parse(line));

const monitor = spawn(
  process.execPath,
  [
    program,
    ...['monitor', '--listen', '0', '--journal', join(directory, 'journal'), '--findings', findings],
    ...['--rest', '5', '--forget', '60'],
  ],
  { stdio: ['ignore', 'inherit', 'pipe'] },
);
const recording = createWriteStream(join(directory, 'all.ndjson'));
const told = createInterface({ input: monitor.stderr });
const [ready] = await once(told, 'line');
told.on('line', (line) => process.stderr.write(`${line}\n`));
const url = ready.replace(/^ready /, '');

/** Posts some answers, again where the connection fails; the key sees to it that they count once. */
async function send(body, key) {
  for (let left = 3; ; left -= 1) {
    try {
      const headers = { 'idempotency-key': key };
      const response = await fetch(`${url}/answers`, { method: 'POST', body, headers });
      const { taken, known } = await response.json();
      if (response.status === 200 && (taken === perPost || known)) return;
      throw new Error(`a post was not taken: ${response.status}`);
    } catch (error) {
      if (left === 0 || error.message !== 'fetch failed') throw error;
      process.stderr.write(`posted again: ${error.cause?.code}\n`);
    }
  }
}

const memory = [];
const begun = performance.now();
let [sent, nextSample] = [0, 0];
let post = [];
for (const line of answers()) {
  post.push(line);
  if (post.length < perPost) continue;
  const body = `${post.join('\n')}\n`;
  post = [];
  recording.write(body);
  const response = await fetch(`${url}/answers`, { method: 'POST', body });
  const { taken } = await response.json();
  if (response.status !== 200 || taken !== perPost)
    throw new Error(`a post was not taken: ${response.status}`);
  sent += taken;
  const elapsed = (performance.now() - begun) / 1000;
  if (elapsed >= nextSample) {
    memory.push([Math.round(elapsed), Math.round(memoryOf(monitor.pid))]);
    nextSample += Math.max(1, seconds / 20);
  }
  const ahead = sent / rate - elapsed;
  if (ahead > 0) await pause(ahead * 1000);
}
const elapsed = (performance.now() - begun) / 1000;
await new Promise((resolve) => recording.end(resolve));
// Until the last folders have rested.
await pause(8000);
const health = await (await fetch(`${url}/metrics`)).text();
const used = timeOf(monitor.pid);
monitor.kill('SIGTERM');
const [code] = await once(monitor, 'exit');

const checker = spawn(process.execPath, [program, 'check', '--format', 'ndjson', recording.path], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
let expectedText = '';
checker.stdout.setEncoding('utf8').on('data', (text) => (expectedText += text));
await once(checker, 'close');
const expected = violationsIn(expectedText).map(said).toSorted();
const found = violationsIn(readFileSync(findings, 'utf8'));
const ids = new Set(found.map(({ id }) => id));
const got = found.map(said).toSorted();
const missing = expected.filter((one) => !got.includes(one));
const third = Math.ceil(memory.length / 3);
const mean = (some) => some.reduce((sum, [, size]) => sum + size, 0) / some.length;
const [early, late] = [mean(memory.slice(third, 2 * third)), mean(memory.slice(2 * third))];
process.stdout.write(
  [
    `answers: ${sent} in ${elapsed.toFixed(0)} s, ${Math.round(sent / elapsed)}/s (${rate} wanted)`,
    `processor time of the monitor: ${used.toFixed(0)} s, ${((used / sent) * 1e6).toFixed(0)} us an answer`,
    `violations: ${found.length} told, ${ids.size} ids, ${expected.length} by one check, ${missing.length} missing`,
    `memory in MB by second: ${memory.map(([at, size]) => `${at}:${size}`).join(' ')}`,
    `memory, last third beside the second: ${(late / early).toFixed(2)} (at most 1.20 wanted)`,
    `folders held: ${/^oz_status_folders (\d+)/m.exec(health)?.[1]}, journal: ${/^oz_status_journal_bytes (\d+)/m.exec(health)?.[1]} bytes, exit code ${code}`,
    '',
  ].join('\n'),
);
rmSync(directory, { recursive: true });
const isEqual = missing.length === 0 && got.length === expected.length && ids.size === got.length;
process.exitCode =
  isEqual && expected.length > 0 && late / early <= 1.2 && sent / elapsed >= 0.95 * rate ? 0 : 1;
