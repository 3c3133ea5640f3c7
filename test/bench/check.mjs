/* oxlint-disable no-console -- printing is what a benchmark is for */
/**
 * What `oz-status check` takes, as ratios of whole processes that run in turn: against a plain loop over the same file,
 * against a start of Node, and against replaying the same executions in XState. Prints the table and writes it to
 * docs/benchmarks.md. `npm run bench` runs it; --small makes files of a tenth of the size, to try it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { againstActors } from './events.mjs';
import { bodies, writeTexts } from './recordings.mjs';
import { textsOf } from './shapes.mjs';
import { temporaryDirectory } from '../tidy/temporary.mjs';

const scale = process.argv.includes('--small') ? 10 : 1;
const rounds = 2;
/** A start takes so little that other work of the machine is most of what a single one shows. */
const starts = 30;
const program = fileURLToPath(new URL('../../dist/cli/main.cjs', import.meta.url));
const plainLoop = fileURLToPath(new URL('plain-loop.mjs', import.meta.url));
const directory = temporaryDirectory('oz-status-bench-');

/** Seconds of processor time, and the most memory, in MiB, that a process of Node takes. */
function measure(...args) {
  const script = `process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    process.stderr.write('RSS ' + maxRSS + ' CPU ' + (userCPUTime + systemCPUTime));
  })`;
  const { stderr, status } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(script)}`, ...args],
    { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' },
  );
  if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return {
    seconds: Number(/CPU (\d+)/.exec(stderr)[1]) / 1e6,
    mebibytes: Number(/RSS (\d+)/.exec(stderr)[1]) / 1024,
  };
}

/** The best round of each of two processes that run in turn. */
function compare(one, other) {
  return bestInTurn(rounds, (args) => measure(...args).seconds, [one, other]);
}

function bestInTurn(times, secondsOf, each) {
  const best = each.map(() => Infinity);
  for (let round = 0; round < times; round += 1) {
    each.forEach((args, at) => (best[at] = Math.min(best[at], secondsOf(args))));
  }
  return best;
}

/** Seconds of a process of Node with nothing loaded into it for the measuring. */
function startOf(args) {
  const begin = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  if (status !== 0) raise(`${args.join(' ')} ended with ${status}`);
  return (performance.now() - begin) / 1000;
}

/** Whether a figure is within its bar, such as `at most 1,024 MiB`; undefined where there is none. */
function isMet(bar, value) {
  const [, way, limit] = /^at (most|least) ([\d.,]+)/.exec(bar) ?? [];
  if (way === undefined) return undefined;
  const [most, figure] = [limit, String(value)].map((text) => parseFloat(text.replaceAll(',', '')));
  return way === 'most' ? figure <= most : figure >= most;
}

const rows = [];
function tell(what, bar, value, details) {
  const row = { what, bar, value, details, isMet: isMet(bar, value) };
  rows.push(row);
  console.log(`${what}: ${value} (bar: ${bar}); ${details}`);
}

const pathOf = (name) => join(directory, name);
const megabytes = (file) => `${(statSync(file).size / 1e6).toFixed(0)} MB`;

function againstLoop(what, bar, file, kind) {
  const [check, loop] = compare([program, 'check', '--quiet', file], [plainLoop, file, kind]);
  tell(
    what,
    bar,
    (check / loop).toFixed(2),
    `${megabytes(file)}, ${check.toFixed(2)} s beside ${loop.toFixed(2)} s`,
  );
}

function lines(name, how) {
  const file = pathOf(name);
  writeTexts(file, bodies({ ...how, count: Math.round(how.count / scale) }));
  return file;
}

/** The shapes in which users have recordings, each as long as the bars are said of, and five times as long. */
const shapes = [
  ['bare', 'bare lines of folders with up to three analyses', 'at most 0.6'],
  ['envelopes', 'envelopes', 'at most 0.6'],
  ['texts', 'envelopes with the body as text', 'none'],
  ['posts', 'answers to POSTs, in envelopes', 'at most 0.6'],
  ['pages', 'pages of 40 folders, in envelopes', 'at most 0.6'],
  ['lists', 'lists of 40 folders, bare lines', 'at most 0.6'],
  ['singles', 'single analyses that name their folder, bare lines', 'at most 0.6'],
  ['unnamed', 'POSTs, then single analyses that do not name their folder, in envelopes', 'at most 0.6'],
  ['har', 'HAR', 'at most 0.6'],
  ['escapes', 'envelopes with escapes in all texts that are wanted', 'at most 1.5'],
  ['callbacks', 'callbacks of the web plugin', 'at most 1.5'],
];

const sizes = [100, 400];
/** Longer ones take more memory to be parsed whole than many machines have. */
const harSizes = [100, 200];
const sizesOf = { har: harSizes };

function compareShapes() {
  for (const [shape, what, bar] of shapes) {
    for (const size of sizesOf[shape] ?? sizes) {
      const file = pathOf(shape);
      writeTexts(file, textsOf(shape, (size * 1e6) / scale), '');
      againstLoop(what, bar, file, shape === 'har' ? 'har' : 'lines');
      if (shape === 'bare') {
        writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 1 }));
        againstLoop(`the same, packed by gzip from ${megabytes(file)}`, bar, `${file}.gz`, 'gzip');
        rmSync(`${file}.gz`);
      }
      rmSync(file);
    }
  }
}

function compareAll() {
  compareShapes();
  const full = lines('full', { count: 180_000, details: 'full' });
  againstLoop('folders of 3 analyses, about 3 KB a line', 'at most 0.6', full, 'lines');
  rmSync(full);
  againstLoop(
    'folders without a list, about 120 bytes a line',
    'at most 0.7',
    lines('lean', { count: 3_000_000, details: 'lean' }),
    'lines',
  );
  rmSync(pathOf('lean'));
  memory();
  const ten = lines('ten', { count: 10 * scale, details: 'full' });
  const [start, node] = bestInTurn(starts, startOf, [
    [program, 'check', '--quiet', ten],
    ['-e', '0'],
  ]);
  tell(
    'start to verdict on 10 lines, beside node -e 0',
    'at most 1.5',
    (start / node).toFixed(2),
    `${start.toFixed(3)} s beside ${node.toFixed(3)} s`,
  );
  // Last, as it fills this process: one that is started counts what its starter held as its own memory.
  againstActors(tell, { rounds, count: 60_000 / scale });
}

compareAll();
writePage();

/** What ten times as many observations of the same folders add, and what a million folders take. */
function memory() {
  const few = lines('few', { count: 200_000, details: 'lean', open: 20_000, polls: Infinity });
  const many = lines('many', { count: 2_000_000, details: 'lean', open: 20_000, polls: Infinity });
  const [one, ten] = [few, many].map((file) => measure(program, 'check', '--quiet', file).mebibytes);
  tell(
    'memory of 10 times the observations of the same folders',
    'at most 1.1',
    (ten / one).toFixed(2),
    `${ten.toFixed(0)} MiB beside ${one.toFixed(0)} MiB`,
  );
  rmSync(few);
  rmSync(many);
  folders('folders of 3 settled analyses', 'at most 1,024 MiB', 'SUCCESS');
  folders('such folders that all end unsettled, each with a finding of it', 'none', 'PROCESSING');
}

function folders(what, bar, result) {
  const file = lines('folders', { count: 1_000_000, details: 'full', open: 1, polls: 1, result });
  const { mebibytes } = measure(program, 'check', '--quiet', file);
  const count = (1_000_000 / scale).toLocaleString('en');
  tell(`memory of ${count} ${what}`, bar, `${mebibytes.toFixed(0)} MiB`, megabytes(file));
  rmSync(file);
}

/** Which bars are missed, in a sentence. */
function missed() {
  const judged = rows.filter((row) => row.isMet !== undefined);
  const met = judged.filter((row) => row.isMet);
  return `${met.length} of ${judged.length} bars are met; those that are not are marked in the table.`;
}

function writePage() {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const text = `# Benchmarks

Written by \`npm run bench\` (version ${version}, commit ${commit}), Node ${process.version}, ${cpus().length} cores. The
data is made by \`test/bench/shapes.mjs\`, of executions of the model, and \`test/bench/recordings.mjs\`: the same bytes in every run. Whole
processes run in turn, ${rounds} times each, and the least processor time of each counts, of all its threads (of starts the least time, of ${starts});
"beside" is the plain loop of \`test/bench/plain-loop.mjs\` over the same file unless the row says otherwise. What a check learns of the
histories of folders, and what Node compiles for it, is a fixed part, however long a recording is: hence two lengths. The smaller figure is
the better one, but for events per second.

${missed()}

| what | bar | measured | met | details |
| --- | --- | --- | --- | --- |
${rows.map(({ what, bar, value, details, isMet: is }) => `| ${what} | ${bar} | ${value} | ${is === undefined ? '' : is ? 'yes' : 'no'} | ${details} |`).join('\n')}

## Where the time goes

Of a recording of 100 MB about half is fixed: the start of Node and the loading of the program, the steps of the search, which are
taken once for all folders that live alike, and the compiling of what is used often, on other threads, which takes as long as both. What is
left grows with the bytes: reading them, proving that they are JSON, finding who is who, and looking up the step of each folder. Profiles:
\`node --cpu-prof --cpu-prof-interval 200 dist/cli/main.cjs check --quiet FILE\`, and \`--trace-opt\` and \`--trace-deopt\` for what is compiled.

- Answers to POSTs: most are the first of a folder, so that each adds names, and there are nearly as many results as answers.
- gzip: unpacking is work of another thread, and its bytes come from the memory of another processor.
- Callbacks of the plugin: they are so short that a megabyte holds three times as many as of other answers, from four times as many
  folders; and as they name no groups, each step of the search has more to look at.
- The start: beside that of Node itself it is the compiling of the program, the first steps of the search before those are compiled, and all
  else, a third each.
`;
  writeFileSync(new URL('../../docs/benchmarks.md', import.meta.url), text);
}
