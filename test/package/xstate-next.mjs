/* oxlint-disable no-console -- printing is what a smoke test is for */
/**
 * Tries the machines on the newest version of XState 6 that the npm registry serves: walks each there and on the
 * version that is installed, event by event, and compares what they show. Where that version cannot be had, it is
 * not run, and says so.
 */
import { execFile } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import * as present from 'xstate';
import { interrupted, temporaryDirectory } from '../tidy/temporary.mjs';

const run = promisify(execFile);
const limit = { timeout: 120_000, signal: interrupted };
const repository = fileURLToPath(new URL('../../', import.meta.url));

/** The newest version of the next major one, or undefined where it cannot be had. */
async function newest() {
  const { stdout } = await run('npm', ['view', 'xstate', 'versions', '--json'], limit);
  return JSON.parse(stdout).findLast((version) => version.startsWith('6.'));
}

/** The machines of the package on that version, installed into a directory of its own. */
async function machinesOn(version, place) {
  writeFileSync(join(place, 'package.json'), '{ "private": true, "type": "module" }');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  await run('npm', ['install', ...options, `xstate@${version}`], { ...limit, cwd: place });
  const copy = join(place, 'machines');
  cpSync(join(repository, 'dist/machines'), copy, { recursive: true });
  cpSync(join(repository, 'test/package/six.mjs'), join(copy, 'six.mjs'));
  for (const name of readdirSync(copy, { recursive: true })) {
    if (!name.endsWith('machine.js')) continue;
    const path = join(copy, name);
    writeFileSync(path, readFileSync(path, 'utf8').replace("from 'xstate'", "from '../six.mjs'"));
  }
  // How its entry is called is the version's own business.
  writeFileSync(join(place, 'engine.mjs'), "export * from 'xstate';\n");
  const load = async (file) => import(pathToFileURL(join(place, file)).href);
  return { engine: await load('engine.mjs'), machines: await load('machines/index.js') };
}

const results = ['SUCCESS', 'DECLINED', 'OPERATOR_REQUIRED'];
const settlings = (ids) =>
  ids.flatMap((id) => [
    { type: 'analysis.failed', id },
    ...results.map((resolution) => ({ type: 'analysis.finished', id, resolution })),
  ]);
const groups = ['g', 'h'].map((id) => ({
  type: 'group.posted',
  groupId: id,
  analyses: [
    { id: `${id}-liveness`, kind: 'QUALITY' },
    { id: `${id}-face`, kind: 'BIOMETRY' },
  ],
}));
const events = {
  folderMachine: [...groups, ...settlings(groups.flatMap(({ analyses }) => analyses.map(({ id }) => id)))],
  groupMachine: settlings(['liveness', 'face']),
  analysisMachine: settlings(['analysis']),
};

/** Walks a machine on both engines at once; how many states it has, and where the engines differ. */
function compare(name, engines) {
  const shown = (snapshot) => JSON.stringify([snapshot.value, snapshot.context]);
  const start = engines.map(({ engine, machines }) => engine.initialTransition(machines[name])[0]);
  const seen = new Map([[shown(start[0]), start]]);
  const differences = [];
  for (const pair of seen.values()) {
    for (const event of events[name]) {
      const next = engines.map(
        ({ engine, machines }, at) => engine.transition(machines[name], pair[at], event)[0],
      );
      const [one, other] = next.map(shown);
      if (one !== other) differences.push(`${name}, ${JSON.stringify(event)}: ${one}, ${other}`);
      else if (!seen.has(one)) seen.set(one, next);
    }
  }
  return { states: seen.size, differences };
}

const place = temporaryDirectory('xstate-next-');
const had = await newest()
  .then(async (version) => version && { version, ...(await machinesOn(version, place)) })
  .catch((error) => ({ problem: error.message }));
if (!had || 'problem' in had) {
  const reason = had?.problem.split('\n')[0] ?? 'the registry serves none';
  console.log(`XState 6: not run, as it cannot be had: ${reason}`);
} else {
  const machines = await import(pathToFileURL(join(repository, 'dist/machines/index.js')).href);
  const engines = [{ engine: present, machines }, had];
  const compared = Object.keys(events).map((name) => compare(name, engines));
  const states = compared.reduce((sum, one) => sum + one.states, 0);
  const differences = compared.flatMap((one) => one.differences);
  console.log(`XState ${had.version}: ${states} states of the machines, ${differences.length} differences`);
  for (const difference of differences.slice(0, 20)) console.error(`  ${difference}`);
  if (differences.length > 0 || states < 100) process.exitCode = 1;
}
