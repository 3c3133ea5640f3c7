/* oxlint-disable no-console, no-await-in-loop -- a run of trials that says how each ended, one after the other */
/**
 * Does in WebKit, from a disk, what a reviewer does in the page: other engines allow a page from a disk more. Needs
 * WebKitWebDriver and a display: `.ci/webkit` brings both.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { temporaryDirectory } from '../tidy/temporary.mjs';

const [browser = ''] = process.argv.slice(2);
const port = 4567;
const place = temporaryDirectory('oz-status-webkit-');
const recording = join(import.meta.dirname, '../../docs/examples/recordings/finality-violated.ndjson');
const packed = join(place, 'packed.ndjson.gz');
writeFileSync(packed, gzipSync(readFileSync(recording)));

const driver = spawn('WebKitWebDriver', [`--port=${port}`], { stdio: 'ignore' });
process.on('exit', () => driver.kill());
driver.on('error', (error) => {
  console.error(`WebKitWebDriver: ${error.message}`);
  process.exit(1);
});

/** What is asked every tenth of a second until it holds; the last answer if it never does. */
async function until(ask, holds, tries = 300) {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask();
    if (holds(answer) || attempt >= tries) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A command of WebDriver; throws what it answers as an error. */
async function command(method, path, body) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  });
  const { value } = await response.json();
  if (value?.error) throw new Error(`${path}: ${value.error}: ${value.message}`);
  return value;
}

const isReady = () =>
  command('GET', '/status').then(
    ({ ready }) => ready,
    () => false,
  );
if (!(await until(isReady, Boolean))) throw new Error('WebKitWebDriver does not answer');
const options = { binary: browser, args: ['--automation'] };
const { sessionId } = await command('POST', '/session', {
  capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
});
const session = `/session/${sessionId}`;
const run = (script, ...args) => command('POST', `${session}/execute/sync`, { script, args });
const shown = () => run('return document.querySelector("main")?.innerText ?? ""');
const view = (name) => run('location.hash = arguments[0]', `#1/${name}`);
const press = (text) =>
  run(
    '[...document.querySelectorAll("main button")].find((one) => one.innerText.includes(arguments[0])).click()',
    text,
  );
const isThere = (css) => run('return document.querySelector(arguments[0]) !== null', css);

async function choose(file) {
  await until(() => isThere('main input[type=file]'), Boolean);
  const found = await command('POST', `${session}/element`, {
    using: 'css selector',
    value: 'main input[type=file]',
  });
  await command('POST', `${session}/element/${Object.values(found)[0]}/value`, { text: file });
}

/** What is tried, by name: how it begins, and what the page then shows. */
const trials = {
  'a recording is checked': [
    async () => (await view('check'), await choose(recording)),
    /finality-violated\.ndjson: failed/,
  ],
  'a packed recording is checked': [() => choose(packed), /packed\.ndjson\.gz: failed/],
  'a recording that comes with the project is checked': [
    () => press('Check it'),
    /ordinary-life\.ndjson: passed/,
  ],
  'a request is answered': [
    async () => {
      await view('simulate');
      await until(shown, (text) => text.includes('Create an empty folder'));
      await press('Create an empty folder');
      await press('Send');
    },
    /POST \/api\/folders\/ 201/,
  ],
  'a mark of a review is kept over a reload': [
    async () => {
      await view('review');
      await until(() => isThere('main input[type=radio]'), Boolean);
      await run('document.querySelector("main input[type=radio]").click()');
      await until(shown, (text) => /\b1 agreed/.test(text));
      await command('POST', `${session}/refresh`, {});
    },
    /\b1 agreed/,
  ],
};

let failed = 0;
try {
  await command('POST', `${session}/url`, {
    url: pathToFileURL(join(import.meta.dirname, '../../docs/index.html')).href,
  });
  await until(shown, (text) => text !== '');
  for (const [name, [begin, expected]] of Object.entries(trials)) {
    await begin();
    const text = await until(shown, (one) => expected.test(one));
    const isRight = expected.test(text);
    if (!isRight) failed += 1;
    console.log(
      isRight
        ? `passed  ${name}`
        : `FAILED  ${name}: expected ${String(expected)}, received\n${text.slice(0, 1500)}`,
    );
  }
} finally {
  await command('DELETE', session).catch(() => undefined);
  driver.kill();
}
process.exitCode = failed === 0 ? 0 : 1;
