import { Ajv2020 } from 'ajv/dist/2020.js';
import { JSDOM } from 'jsdom';
import { run } from '../../src/cli/run.ts';
import type { PartProblem } from '../../src/reports/baseline/index.ts';
import { reportFormats } from '../../src/reports/index.ts';
import { demand } from './oracle.ts';

/** What a command line did. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line on what its standard input holds. */
export type Run = (args: readonly string[], stdin: Uint8Array) => Promise<Ran>;

/** Runs it in this process, in a directory that holds nothing. */
export const runIn =
  (cwd: string): Run =>
  async (args, stdin) => {
    const written = { stdout: '', stderr: '' };
    const sink = (name: keyof typeof written) => ({
      write: (text: string | Uint8Array) =>
        void (written[name] += typeof text === 'string' ? text : Buffer.from(text).toString('latin1')),
      ready: () => Promise.resolve(),
      isOpen: true,
      isTerminal: false,
    });
    const code = await run(args, {
      cwd,
      env: {},
      async *stdin() {
        yield await Promise.resolve(stdin);
      },
      stdout: sink('stdout'),
      stderr: sink('stderr'),
      interrupts: () => new AbortController().signal,
      today: () => '2030-06-15',
      now: () => 0,
      time: () => 0,
    });
    return { code, ...written };
  };

/** The formats of reports. */
export const formats = Object.keys(reportFormats);

/** What no terminal and no log may be sent: controls, invisible and bidirectional formats, halves of characters. */
const dangerous = /[\p{Bidi_Control}\u200b-\u200d\u2028\u2029\u2060\ufeff]|(?!\n)\p{Cc}|\p{Cs}/u;

/** Nothing of an input is shown as it is where it could be obeyed. */
export function judgeText({ stdout, stderr }: Ran): void {
  const found = dangerous.exec(stdout) ?? dangerous.exec(stderr);
  demand(found === null, 'nothing that a terminal obeys', found?.input.slice(found.index, found.index + 40));
}

const parser = new new JSDOM('').window.DOMParser();

const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  json: (text) => JSON.parse(text),
  sarif: (text) => JSON.parse(text),
  ndjson: (text) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  junit: (text) =>
    demand(!parser.parseFromString(text, 'text/xml').querySelector('parsererror'), 'XML', text),
};

interface Report {
  readonly summary: Readonly<Record<string, number>>;
  readonly unreadable: readonly unknown[];
  readonly folders: readonly { readonly verdict: string; readonly findings: readonly unknown[] }[];
}

/** The exit code that the documentation promises for what a report says. */
function promisedCode({ summary }: Report, strict: boolean): number {
  const count = (name: string): number => {
    const counted = summary[name];
    demand(typeof counted === 'number', `a count of ${name}`, summary);
    return counted;
  };
  if (count('violates') > 0) return 1;
  if (strict && count('unspecified') + count('inconclusive') + count('hazards') > 0) return 1;
  return count('unreadable') > 0 || count('observations') === 0 ? 3 : 0;
}

/** A check ends with the code that its report justifies, says the same again, and the same in every format. */
export async function judgeCheck(
  bytes: Uint8Array,
  { options, format }: { readonly options: readonly string[]; readonly format: string },
  running: Run,
): Promise<Report> {
  const call = (name: string) => running(['check', '--all', '--format', name, ...options, '-'], bytes);
  const ran = await call('json');
  judgeText(ran);
  demand(ran.stderr === '' || ran.code === 2, 'no complaint', ran.stderr);
  const report = JSON.parse(ran.stdout) as Report;
  const strict = options.includes('--strict');
  const promised = promisedCode(report, strict);
  demand(ran.code === promised, `exit code ${promised}`, ran.code);
  const violating = report.folders.filter(({ verdict }) => verdict === 'violates').length;
  demand(violating === report.summary['violates'], 'violating folders counted', report.summary);
  const other = await call(format);
  judgeText(other);
  demand(other.code === promised, `exit code ${promised} of ${format}`, other.code);
  parsers[format]?.(other.stdout);
  // Ids are hashed with another key in every run.
  const again = options.includes('--redact') ? other : await call(format);
  demand(again.stdout === other.stdout, `the same ${format} again`);
  return report;
}

/** A command line ends with a code that its help names, says why if it is wrong, and shows nothing that is obeyed. */
export async function judgeArguments(
  args: readonly string[],
  codes: ReadonlySet<number>,
  running: Run,
): Promise<void> {
  const ran = await running(args, new Uint8Array());
  judgeText(ran);
  demand(codes.has(ran.code), `one of the exit codes ${[...codes].join(', ')}`, ran.code);
  demand((ran.code === 2) === ran.stderr.includes('Help:'), 'help where the command is wrong', ran);
}

/** What is asked about one config: the problems that were found, none if it is accepted. */
export type FindProblems = (config: unknown) => readonly PartProblem[];

/** A config file is refused if and only if its published schema refuses it. */
export function configOracle(schema: object): (config: unknown, problemsOf: FindProblems) => void {
  const validate = new Ajv2020({ strict: false }).compile(schema);
  return (config, problemsOf) => {
    const problems = problemsOf(config);
    demand(validate(config) === (problems.length === 0), 'what the schema says of the config file', {
      config,
      problems,
    });
  };
}
