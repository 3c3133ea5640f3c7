import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Builds `dist` where it is not made of the sources as they are now, and says so; `npm run build` runs it, and so does
 * all that needs `dist`. It is JavaScript, as it runs before anything is compiled.
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = join(root, 'dist');

/** What `dist` is made of: the sources but for the page, how they are compiled, and the versions of what compiles them. */
const madeOf = [
  'machines',
  'src',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
const page = join(root, 'src/reviewer/page');

/** Holds the fingerprint of what `dist` was made of, written when all of it was. */
const stamp = join(dist, '.made-of');

function filesBelow(path) {
  if (path === page) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => filesBelow(join(path, name)));
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const path of madeOf.flatMap((name) => filesBelow(join(root, name)))) {
    const content = readFileSync(path);
    hash.update(`${relative(root, path)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Runs a program of Node; what it prints is no output of whoever needs `dist`. Whether it succeeded. */
const succeeds = (...args) =>
  spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', process.stderr, process.stderr] })
    .status === 0;

function build(sources) {
  const why = existsSync(dist) ? 'is not made of the sources as they are now' : 'is not there';
  process.stderr.write(`dist ${why}: building it takes some seconds\n`);
  rmSync(dist, { recursive: true, force: true });
  if (!succeeds('node_modules/typescript-7/bin/tsc', '-p', 'tsconfig.build.json')) return false;
  if (!succeeds('dist/src/build/bundle.js')) return false;
  writeFileSync(stamp, sources);
  return true;
}

const sources = fingerprint();
const isBuilt = existsSync(stamp) && readFileSync(stamp, 'utf8') === sources;
process.exitCode = isBuilt || build(sources) ? 0 : 1;
