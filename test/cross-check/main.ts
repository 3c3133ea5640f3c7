import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checks, type Check } from './checks.ts';
import { engines, type Engine } from './engines.ts';
import { failuresOf, tablesOf, type Outcome } from './outcome.ts';

const known: readonly Engine[] = Object.values(engines);

const help = `Usage: npm run cross-check -- [--require NAME,...] [--large]

Compares the specification with engines that this project did not write: those that are installed.

  --require NAME,...  fail if one of these is not installed: ${known.map(({ name }) => name).join(', ')}
  --large             also sizes that take minutes
`;

/** Where several checks run at once. */
const atOnce = 2;

/** Runs the cross-check; returns 0 if all that was run agrees, 1 if not, 2 if the arguments are wrong. */
export async function crossCheck(args: readonly string[], print: (text: string) => void): Promise<number> {
  const options = readOptions(args);
  if ('problem' in options) {
    print(`cross-check: ${options.problem}\n\n${help}`);
    return options.problem === '' ? 0 : 2;
  }
  const missing = known.filter((engine) => !engine.isInstalled());
  const outcomes = await runAll(checks(options.large), missing);
  print(`${tablesOf(outcomes)}\n`);
  for (const failure of failuresOf(outcomes)) print(`DISAGREES  ${failure}\n\n`);
  for (const { title, name, packages } of missing) {
    const verdict = options.require.includes(name) ? 'REQUIRED, but not installed' : 'not installed';
    print(`${title}: ${verdict}: nothing of it was run. Debian: apt-get install ${packages}\n`);
  }
  const counts = (['passed', 'failed', 'not run'] as const).map(
    (result) => `${outcomes.filter((one) => one.result === result).length} ${result}`,
  );
  print(`cross-check: ${counts.join(', ')}\n`);
  const isMissed = missing.some(({ name }) => options.require.includes(name));
  return isMissed || outcomes.some(({ result }) => result === 'failed') ? 1 : 0;
}

function readOptions(
  args: readonly string[],
): { readonly require: readonly string[]; readonly large: boolean } | { readonly problem: string } {
  const options = {
    require: { type: 'string' },
    large: { type: 'boolean' },
    help: { type: 'boolean' },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    if (values.help === true) return { problem: '' };
    const required = (values.require ?? '').split(',').filter((name) => name !== '');
    const strange = required.filter((name) => !known.some((engine) => engine.name === name));
    if (strange.length === 0) return { require: required, large: values.large === true };
    const names = known.map(({ name }) => name).join(', ');
    return { problem: `--require: expected names out of ${names}, received ${strange.join(', ')}` };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

/** Runs the checks, a few at once; those whose engine is missing are not run. */
async function runAll(all: readonly Check[], missing: readonly Engine[]): Promise<readonly Outcome[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'cross-check-'));
  const outcomes = new Map<Check, Outcome>();
  const waiting = all.values();
  const worker = async (): Promise<void> => {
    for (const check of waiting) {
      const isMissing = check.needs !== undefined && missing.includes(check.needs);
      const said = isMissing ? ({ result: 'not run', says: '' } as const) : await runOne(check, scratch);
      outcomes.set(check, { ...check.head, ...said });
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, worker));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return all.flatMap((check) => outcomes.get(check) ?? []);
}

/** A check that breaks has not agreed. */
async function runOne(check: Check, scratch: string): Promise<Pick<Outcome, 'result' | 'says' | 'detail'>> {
  try {
    return await check.run(scratch);
  } catch (error) {
    return { result: 'failed', says: '', detail: (error as Error).message };
  }
}
