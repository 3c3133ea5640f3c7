import { groupings, type CheckOptions } from '../../observations/results.ts';
import type { Settings } from '../../../machines/readings.ts';
import type { WhereToRead } from '../../recordings/options.ts';
import { printable } from '../../text/escape.ts';
import { redactKeyVariable } from '../check/redact-key.ts';
import { whereToRead } from '../check/where-to-read.ts';
import type { CommandCall, Checked } from '../frame/options.ts';
import { overruledAnswers, parseAnswers, readingWith } from '../frame/reading.ts';
import { standardInput } from '../io/files.ts';
import { overwriteProblems } from '../io/overwriting.ts';
import type { Terminal } from '../io/terminal.ts';
import { numbers, secretVariables } from './options.ts';

/** What a monitor is asked to do. */
export interface Order {
  /** Files to follow, or standard input alone. */
  readonly files: readonly string[];
  readonly listen:
    | { readonly port: number; readonly host: string; readonly origins: readonly string[] }
    | undefined;
  readonly journal: string | undefined;
  readonly findings: string | undefined;
  readonly webhook: string | undefined;
  readonly otlp: string | undefined;
  readonly numbers: Readonly<Record<keyof typeof numbers, number>>;
  readonly check: CheckOptions;
  readonly read: WhereToRead;
  readonly isOnce: boolean;
  readonly isRedacted: boolean;
  readonly isStrict: boolean;
  readonly isQuiet: boolean;
  readonly secrets: Readonly<Partial<Record<keyof typeof secretVariables, string>>>;
}

const quoted = (text: string): string => `“${printable(text, 60)}”`;

const isUrl = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).username === '';

/** Reads what was typed. */
export function readOrder({ values, operands }: CommandCall, io: Terminal): Checked<Order> {
  const { env } = io;
  const given = values as Readonly<Record<string, string | undefined>>;
  const lists = values as Readonly<Record<string, readonly string[] | undefined>>;
  const answers = parseAnswers(lists['reading'] ?? []);
  const read = whereToRead({
    routePrefix: given['route-prefix'],
    route: lists['route'],
    at: lists['at'],
    maxLineBytes: given['max-line-bytes'],
  });
  const problems = [
    ...sourceProblems(given, operands, values['once'] === true),
    ...listenProblems(given, lists['allow-origin'] ?? []),
    ...outputProblems(given, operands, io),
    ...secretProblems(given, env),
    ...Object.entries(numbers).flatMap(([name, { most }]) =>
      given[name] === undefined || (/^\d{1,9}$/.test(given[name]) && isWithin(Number(given[name]), most))
        ? []
        : [`--${name}: expected a number from 1 to ${most}, received ${quoted(given[name])}`],
    ),
    ...(values['any-reading'] === true && !answers.problems ? overruledAnswers(answers.value) : []).map(
      (question) => `--reading ${question}: overruled by --any-reading`,
    ),
    ...(values['redact'] === true && given['journal'] !== undefined && (env[redactKeyVariable] ?? '') === ''
      ? [
          `--redact: with --journal, expected a key in ${redactKeyVariable}: without one ids are others after a restart`,
        ]
      : []),
    ...(answers.problems ?? []),
    ...(read.problems ?? []),
  ];
  if (problems.length > 0 || answers.problems || read.problems) return { problems };
  const secret = (name: keyof typeof secretVariables) => {
    const text = env[secretVariables[name]] ?? '';
    return text === '' ? {} : { [name]: text };
  };
  return {
    value: {
      files: operands,
      listen:
        given['listen'] === undefined
          ? undefined
          : {
              port: Number(given['listen']),
              host: given['host'] ?? '127.0.0.1',
              origins: lists['allow-origin'] ?? [],
            },
      journal: given['journal'],
      findings: given['findings'],
      webhook: given['webhook'],
      otlp: given['otlp'],
      numbers: Object.fromEntries(
        Object.entries(numbers).map(([name, { usual }]) => [name, Number(given[name] ?? usual)]),
      ) as Order['numbers'],
      check: judging(given, answers.value, values['any-reading'] === true),
      read: read.value,
      isOnce: values['once'] === true,
      isRedacted: values['redact'] === true,
      isStrict: values['strict'] === true,
      isQuiet: values['quiet'] === true,
      secrets: { ...secret('token'), ...secret('webhook'), ...secret('otlp') },
    },
  };
}

function judging(given: Given, answers: Readonly<Record<string, string>>, anyReading: boolean): CheckOptions {
  const operatorRequired = (given['operator-required'] ?? 'allowed') as Settings['operatorRequired'];
  const groups = (given['groups'] ?? 'known') as (typeof groupings)[number];
  // To propose readings would be a search of its own for every folder, again and again.
  return {
    settings: { reading: readingWith(answers), operatorRequired },
    anyReading,
    groups,
    proposesReadings: false,
  };
}

const isWithin = (number: number, most: number): boolean => number >= 1 && number <= most;

type Given = Readonly<Record<string, string | undefined>>;

function sourceProblems(given: Given, operands: readonly string[], isOnce: boolean): readonly string[] {
  const problems: string[] = [];
  if (operands.length === 0 && given['listen'] === undefined)
    problems.push('expected files, - for standard input, or --listen PORT, received nothing to read');
  if (operands.includes(standardInput) && operands.length > 1)
    problems.push('expected files or - for standard input, received both');
  const twice = operands.find((name, at) => operands.indexOf(name) < at);
  if (twice !== undefined) problems.push(`expected each file once, received ${quoted(twice)} twice`);
  if (isOnce && (given['listen'] !== undefined || operands.length === 0 || operands.includes(standardInput)))
    problems.push('--once: expected files, and no --listen');
  return problems;
}

function listenProblems({ listen, host }: Given, origins: readonly string[]): readonly string[] {
  const problems: string[] = [];
  if (listen !== undefined && !(/^\d{1,5}$/.test(listen) && Number(listen) <= 65_535))
    problems.push(`--listen: expected a number up to 65535, received ${quoted(listen)}`);
  if (host !== undefined && !/^[\w.:-]{1,100}$/.test(host))
    problems.push(`--host: expected an address, received ${quoted(host)}`);
  if (listen === undefined && (host !== undefined || origins.length > 0))
    problems.push('--host, --allow-origin: expected with --listen');
  for (const origin of origins)
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      problems.push(
        `--allow-origin: expected an origin such as http://localhost:5173, received ${quoted(origin)}`,
      );
  return problems;
}

function outputProblems(given: Given, operands: readonly string[], io: Terminal): readonly string[] {
  const problems: string[] = [];
  for (const name of ['journal', 'findings'] as const)
    if (given[name] === '') problems.push(`--${name}: expected a file, received nothing`);
  if (problems.length > 0) return problems;
  const { journal } = given;
  const findings = { name: given['findings'], as: 'findings' };
  const kept = journal === undefined ? [] : [{ name: journal, as: 'the journal' }];
  const recordings = operands.map((name) => ({ name, as: 'a recording' }));
  problems.push(
    ...overwriteProblems([...kept, findings], recordings, io),
    ...overwriteProblems([findings], kept, io),
  );
  for (const name of ['webhook', 'otlp'] as const)
    if (given[name] !== undefined && !isUrl(given[name]))
      problems.push(
        `--${name}: expected a URL of http or https without a user name, received ${quoted(given[name])}`,
      );
  return problems;
}

/** What a header can hold. */
const isHeader = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** The headers in a text of pairs, as OpenTelemetry writes them; undefined where it is none. */
export function headersIn(text: string): Readonly<Record<string, string>> | undefined {
  try {
    const pairs = text.split(',').flatMap((pair): [string, string][] => {
      const at = pair.indexOf('=');
      return pair.trim() === ''
        ? []
        : [[pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())]];
    });
    return pairs.every(([name, value]) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && isHeader(value))
      ? Object.fromEntries(pairs)
      : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with the secrets that are used; what they hold is not told. */
function secretProblems({ listen, webhook, otlp }: Given, env: Terminal['env']): readonly string[] {
  const used = { token: listen, webhook };
  const tokens = Object.entries(used).flatMap(([name, use]) =>
    use === undefined ? [] : [secretVariables[name as keyof typeof used]],
  );
  const isWrong = otlp !== undefined && !headersIn(env[secretVariables.otlp] ?? '');
  return [
    ...tokens
      .filter((name) => !isHeader(env[name] ?? ''))
      .map((name) => `${name}: expected visible characters, received others, such as a line break`),
    ...(isWrong ? [`${secretVariables.otlp}: expected name=value,name=value, received something else`] : []),
  ];
}
