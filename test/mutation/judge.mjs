/**
 * Says of the specification built in DIRECTORY whether the test vectors notice that it is wrong: prints `noticed`,
 * `unnoticed`, or `equivalent` where it behaves as `right.json` there says. `vector-trial.mjs` starts it.
 *
 * Usage: node judge.mjs DIRECTORY [PART ...] where only PARTs can behave otherwise; --right writes `right.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { behaviours, folderSteps } from './behaviour.mjs';

const [directory, ...rest] = process.argv.slice(2);
const isRight = rest[0] === '--right';
/** Every part where nothing changed: then nothing may behave otherwise. */
const parts = rest.length === 0 || isRight ? Object.keys(behaviours) : rest;
const built = (path) => import(pathToFileURL(resolve(directory, path)).href);
const right = join(directory, 'right.json');
const spec = await built('machines/index.js');

if (isRight) {
  const folders = folderSteps(spec);
  const digests = Object.entries(behaviours).map(([part, digestOf]) => [part, digestOf(spec, folders)]);
  writeFileSync(right, JSON.stringify({ folders, digests: Object.fromEntries(digests) }));
}

/** Whether a replay disagrees with a vector, the quick ones first; what breaks is noticed as well. */
async function outcome() {
  try {
    const { replays } = await built('test/vector-runs/replay.js');
    const { observations, ...quick } = replays;
    if (Object.values(quick).some((replay) => replay().length > 0)) return 'noticed';
    const { folders, digests } = JSON.parse(readFileSync(right, 'utf8'));
    if (parts.every((part) => behaviours[part](spec, folders) === digests[part])) return 'equivalent';
    return observations().length > 0 ? 'noticed' : 'unnoticed';
  } catch {
    return 'noticed';
  }
}

process.stdout.write(await outcome());
