import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import type { RunRecord } from './generate/index.ts';
import { packageRoot } from '../cli/package.ts';
import { writeWhole } from '../cli/io/output.ts';

/** Records of runs: `npm run generate` prints them in docs/verification.md. */

const place = 'test/results';

/** A digest of the sources of the specification: a record tells by it which specification was checked. */
export function specificationDigest(): string {
  const files = readdirSync(join(packageRoot, 'machines'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .toSorted();
  const hash = createHash('sha256');
  for (const name of files) {
    hash.update(`${name.split(sep).join('/')}\0`);
    hash.update(readFileSync(join(packageRoot, 'machines', name)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** The records of all runs, in the order of the names of the runs. */
export function readRecords(): readonly RunRecord[] {
  return readdirSync(join(packageRoot, place))
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => {
      const record = JSON.parse(readFileSync(join(packageRoot, place, name), 'utf8')) as RunRecord;
      const expected = basename(name, '.json');
      if (record.run === expected) return record;
      throw new Error(`${place}/${name}: expected the record of run ${expected}, received ${record.run}`);
    });
}

/** Seconds as a reader wants them: rounded up to 1, 2 or 5 times a power of ten, so that a repeated run says the same. */
function coarsely(seconds: number): string {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(seconds, 1))));
  const rounded = [1, 2, 5, 10].map((factor) => factor * power).find((limit) => seconds <= limit)!;
  return rounded < 120 ? `under ${rounded} s` : `under ${Math.ceil(rounded / 60)} min`;
}

/** Writes the record of a run that took `seconds`, replacing the one before it. */
export function writeRecord({
  seconds,
  ...record
}: Omit<RunRecord, 'took' | 'specification'> & { readonly seconds: number }): void {
  const { rows, remarks, ...head } = record;
  const whole: RunRecord = {
    ...head,
    took: coarsely(seconds),
    specification: specificationDigest(),
    rows,
    ...(remarks ? { remarks } : {}),
  };
  mkdirSync(join(packageRoot, place), { recursive: true });
  writeWhole(join(packageRoot, place, `${record.run}.json`), `${JSON.stringify(whole, null, 2)}\n`);
}
