import { parseArgs } from 'node:util';
import { printable } from '../../text/escape.ts';
import { suggestion } from './nearest.ts';

/** One option of a command: the same entry parses it, helps with it and documents it. */
export interface Option {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  readonly multiple?: true;
  /** What stands for the value in the help. */
  readonly value?: string;
  /** The only values there are, the default first. */
  readonly choices?: readonly string[];
  /** Each choice may be followed by `=FILE`. */
  readonly toFile?: true;
  /** Names the file that is written instead of standard output. */
  readonly isOutput?: true;
  readonly about: string;
  /** What can be given, one a line, where it needs more than the placeholder says. */
  readonly listing?: readonly string[];
  /** The part of the command that it is for, where it is not for all of it. */
  readonly part?: string;
  /** Cannot be set in a config file. */
  readonly commandLineOnly?: true;
}

/** Options by their name on the command line. */
export type Options = Readonly<Record<string, Option>>;

/** What was given on the command line, after the name of the command. */
export interface CommandCall {
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly operands: readonly string[];
}

/** Either a value, or what is wrong with the input in sentences for the user. */
export type Checked<T> =
  | { readonly value: T; readonly problems?: undefined }
  | { readonly problems: readonly string[] };

/** The options that every command has. */
export const commonOptions = {
  help: { type: 'boolean', short: 'h', about: 'show this help', commandLineOnly: true },
  version: { type: 'boolean', short: 'v', about: 'show the version', commandLineOnly: true },
} as const satisfies Options;

/** Reads arguments against a table of options. Booleans can be undone with `--no-…`; the last one counts. */
export function parseCall(args: readonly string[], table: Options): Checked<CommandCall> {
  const options = Object.fromEntries(
    Object.entries(table).map(([name, { type, short, multiple = false }]) => [
      name,
      { type, multiple, ...(short === undefined ? {} : { short }) },
    ]),
  );
  const shared = { args: [...args], options, allowPositionals: true, allowNegative: true } as const;
  const { tokens } = parseArgs({ ...shared, strict: false, tokens: true });
  const misused = [...unknownOptions(tokens, table), ...valueProblems(tokens, table)];
  if (misused.length > 0) return { problems: misused };
  try {
    const { values, positionals } = parseArgs({ ...shared, strict: true });
    const problems = Object.entries(table).flatMap(([name, option]) =>
      wrongChoice(name, option, values[name]),
    );
    if (problems.length > 0) return { problems };
    return { value: { values: outputsResolved(values, table), operands: positionals } as CommandCall };
  } catch (error) {
    const [first = ''] = (error as Error).message.split('\n');
    return { problems: [printable(first)] };
  }
}

/** The same values, where `-` in the place of a file that is written stands for standard output, as without a file. */
export function outputsResolved<Values extends Readonly<Record<string, unknown>>>(
  values: Values,
  table: Options,
): Values {
  const resolved = Object.entries(values).map(([name, value]) => {
    const { isOutput, toFile } = ownOption(table, name) ?? {};
    if (isOutput === true && value === '-') return [];
    return [[name, toFile === true ? withoutDash(value) : value] as const];
  });
  return Object.fromEntries(resolved.flat()) as Values;
}

const withoutDash = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(withoutDash)
    : typeof value === 'string'
      ? value.replace(/=-$/, '')
      : value;

interface Token {
  readonly kind: string;
  readonly name?: string;
  readonly rawName?: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function unknownOptions(tokens: readonly Token[], table: Options): string[] {
  const known = Object.keys(table).map((name) => `--${name}`);
  const isKnown = (name: string, rawName: string) =>
    rawName.startsWith('--no-')
      ? ownOption(table, rawName.slice('--no-'.length))?.type === 'boolean'
      : ownOption(table, name) !== undefined;
  return tokens.flatMap(({ kind, name = '', rawName = '' }) =>
    kind !== 'option' || isKnown(name, rawName)
      ? []
      : [`there is no option ${printable(rawName, 60)}${suggestion(rawName, known)}`],
  );
}

/** Options without the value that they need, or with one that they do not take. */
function valueProblems(tokens: readonly Token[], table: Options): string[] {
  return tokens.flatMap(({ kind, name = '', value, inlineValue }) => {
    const option = kind === 'option' ? ownOption(table, name) : undefined;
    if (option?.type === 'boolean') {
      return inlineValue === true
        ? [`--${name}: expected no value, received ${printable(value ?? '', 60)}`]
        : [];
    }
    if (option === undefined) return [];
    if (value === undefined) return [`--${name}: expected a value, received nothing`];
    const isLikeOption = inlineValue !== true && value.length > 1 && value.startsWith('-');
    return isLikeOption
      ? [
          `--${name}: expected a value, received ${printable(value, 60)}; if that is the value, write --${name}=${printable(value, 60)}`,
        ]
      : [];
  });
}

const ownOption = (table: Options, name: string) => (Object.hasOwn(table, name) ? table[name] : undefined);

function wrongChoice(name: string, option: Option, given: unknown): string[] {
  const each = Array.isArray(given) ? (given as readonly unknown[]) : [given];
  return each.flatMap((one) =>
    typeof one !== 'string' || isChoice(option, one)
      ? []
      : [
          `--${name}: expected ${choicesOf(option)}, received "${printable(one, 60)}"${suggestedChoice(option, one)}`,
        ],
  );
}

/** Whether an option admits a value, as far as its choices say. */
export function isChoice({ choices, toFile }: Option, given: string): boolean {
  if (choices === undefined || choices.includes(given)) return true;
  return (
    toFile === true && choices.some((choice) => given.startsWith(`${choice}=`) && given !== `${choice}=`)
  );
}

/** The choices of an option in words. */
export function choicesOf({ choices = [], toFile }: Option): string {
  return `${choices.join(' or ')}${toFile === true ? ', alone or with =FILE' : ''}`;
}

/** The choice that was meant, as the end of a sentence. */
export function suggestedChoice({ choices = [], toFile }: Option, given: string): string {
  const [name = ''] = toFile === true ? given.split('=', 1) : [given];
  return choices.includes(name) ? '' : suggestion(name, choices);
}
