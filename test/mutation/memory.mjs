import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../tidy/temporary.mjs';

const filesBelow = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .toSorted()
        .flatMap((name) => filesBelow(join(path, name)))
    : [path];

/**
 * What an earlier run found out, so that one that was interrupted goes on: outcomes by label, kept where
 * the next run finds them. They are forgotten as soon as one of the files changes that the outcomes rest on.
 */
export function openMemory(run, paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesBelow)) hash.update(`${path}\0`).update(readFileSync(path));
  const place = join(cacheDirectory(), `${run}-${hash.digest('hex').slice(0, 16)}.jsonl`);
  const lines = existsSync(place) ? readFileSync(place, 'utf8').split('\n').slice(0, -1) : [];
  const known = new Map(lines.map((line) => JSON.parse(line)));
  return {
    get: (label) => known.get(label),
    set(label, result) {
      known.set(label, result);
      appendFileSync(place, `${JSON.stringify([label, result])}\n`);
    },
  };
}
