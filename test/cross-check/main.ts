import { parseArgs } from 'node:util';
import { writeRecord } from '../../src/build/generated-records.ts';
import { checks, type Check } from './checks.ts';
import { engines, type Engine } from './engines.ts';
import { tablesOf, tellingOf, type Outcome } from './outcome.ts';
import { OutOfTime } from './programs.ts';
import { recordOf } from './record.ts';
import { temporaryDirectory } from '../tidy/temporary.mjs';

const known: readonly Engine[] = Object.values(engines);

const help = `Usage: npm run cross-check -- [--require NAME,...] [--large] [--record]
       npm run cross-check -- --packages

Compares the specification with engines that this project did not write: those that are installed.

  --require NAME,...  fail if something is not run of one of these: ${known.map(({ name }) => name).join(', ')}
  --large             also sizes that take minutes
  --record            as --large, and write what was found out into the records of runs, for docs/verification.md
  --packages          print the packages of Debian that bring the engines
`;

/** Where several checks run at once. */
const atOnce = 2;

/** What was asked for on the command line. */
interface Wanted {
  readonly require: readonly string[];
  readonly large: boolean;
  readonly record: boolean;
}

/** Runs the cross-check; returns 0 if all that was run agrees, 1 if not, 2 if the arguments are wrong. */
export async function crossCheck(args: readonly string[], print: (text: string) => void): Promise<number> {
  const asked = readArguments(args);
  if ('says' in asked) {
    print(asked.says);
    return asked.code;
  }
  const missing = known.filter((engine) => !engine.isInstalled());
  const begun = performance.now();
  const outcomes = await runAll(checks(asked.large), missing);
  const seconds = (performance.now() - begun) / 1000;
  print(report(outcomes, missing, asked));
  if (asked.record) writeRecord({ ...recordOf(outcomes), seconds });
  return isFailure(outcomes, asked) ? 1 : 0;
}

/** Whether something disagrees, or was not run of an engine that is required. */
export function isFailure(outcomes: readonly Outcome[], { require }: Pick<Wanted, 'require'>): boolean {
  const required = known.filter(({ name }) => require.includes(name)).map(({ title }) => title);
  return outcomes.some(
    ({ result, engine }) => result === 'failed' || (result === 'not run' && required.includes(engine)),
  );
}

/** What the cross-check prints: tables, what disagrees, what is missing, and how many checks ended how. */
export function report(
  outcomes: readonly Outcome[],
  missing: readonly Engine[],
  { require }: Pick<Wanted, 'require'>,
): string {
  const absent = missing.map(({ title, name, packages }) => {
    const verdict = require.includes(name) ? 'REQUIRED, but not installed' : 'not installed';
    return `${title}: ${verdict}: nothing of it was run. Debian: apt-get install ${packages}`;
  });
  const counts = (['passed', 'failed', 'not run'] as const).map(
    (result) => `${outcomes.filter((one) => one.result === result).length} ${result}`,
  );
  return [
    tablesOf(outcomes),
    ...tellingOf(outcomes, 'failed').map((text) => `DISAGREES  ${text}\n`),
    ...tellingOf(outcomes, 'not run').map((text) => `NOT RUN    ${text}\n`),
    ...absent,
    `cross-check: ${counts.join(', ')}\n`,
  ].join('\n');
}

/** Reads the command line: what is wanted, or what to say instead, and with which exit code. */
export function readArguments(
  args: readonly string[],
): Wanted | { readonly says: string; readonly code: number } {
  const wrong = (problem: string) => ({ says: `cross-check: ${problem}\n\n${help}`, code: 2 });
  const boolean = { type: 'boolean', default: false } as const;
  const options = {
    require: { type: 'string', default: '' },
    large: boolean,
    record: boolean,
    packages: boolean,
    help: boolean,
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    if (values.help) return { says: help, code: 0 };
    if (values.packages) {
      const packages = new Set(known.flatMap((engine) => engine.packages.split(' ')));
      return { says: `${[...packages].join('\n')}\n`, code: 0 };
    }
    const names = known.map(({ name }) => name);
    const required = values.require.split(',').filter((name) => name !== '');
    const strange = required.filter((name) => !(names as readonly string[]).includes(name));
    if (strange.length > 0)
      return wrong(`--require: expected ${names.join(', ')}, received ${strange.join(', ')}`);
    return { require: required, large: values.large || values.record, record: values.record };
  } catch (error) {
    return wrong((error as Error).message);
  }
}

/** Runs the checks, a few at once; those whose engine is missing are not run. */
async function runAll(all: readonly Check[], missing: readonly Engine[]): Promise<readonly Outcome[]> {
  const scratch = temporaryDirectory('cross-check-');
  const outcomes = new Map<Check, Outcome>();
  const waiting = all.values();
  const worker = async (): Promise<void> => {
    for (const check of waiting) {
      const isMissing = check.needs !== undefined && missing.includes(check.needs);
      const said = isMissing ? ({ result: 'not run', says: '' } as const) : await runOne(check, scratch);
      outcomes.set(check, { ...check.head, ...said });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return all.flatMap((check) => outcomes.get(check) ?? []);
}

/** A check that breaks has not agreed; one that runs out of time has neither agreed nor disagreed. */
export async function runOne(
  check: Pick<Check, 'run'>,
  scratch: string,
): Promise<Pick<Outcome, 'result' | 'says' | 'detail'>> {
  try {
    return await check.run(scratch);
  } catch (error) {
    const result = error instanceof OutOfTime ? 'not run' : 'failed';
    return { result, says: '', detail: (error as Error).message };
  }
}
