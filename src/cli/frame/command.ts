import type { CommandCall, Options } from './options.ts';
import type { Terminal } from '../io/terminal.ts';

/** Runs a command and returns its exit code. */
export type CommandAction = (call: CommandCall, io: Terminal) => Promise<number>;

/** One command: the same entry runs it, helps with it and documents it. */
export interface Command {
  readonly about: string;
  /** The operands as the help shows them. */
  readonly operands: string;
  /** What its first operand may name, each with the operands behind it and what the help says of it. */
  readonly parts?: Readonly<Record<string, { readonly operands: string; readonly details: string }>>;
  /** How many operands there may be. */
  readonly least: number;
  readonly most: number;
  /** What the help says beyond the options. */
  readonly details: string;
  readonly options: Options;
  /** How it is typed, each with what that does. */
  readonly examples: readonly (readonly [command: string, means: string])[];
  readonly exits: Readonly<Record<number, string>>;
  /** Loads what only this command needs. */
  load(): Promise<CommandAction>;
}

/** The exit code of wrong use, before all others. */
export const wrongUse = 2;

/** Tells the user what is wrong and returns the exit code of wrong use. */
export function refuse(io: Terminal, problems: readonly string[], command?: string): number {
  const help = command === undefined ? 'oz-status --help' : `oz-status ${command} --help`;
  io.stderr.write([...problems.map((problem) => `oz-status: ${problem}`), `Help: ${help}`, ''].join('\n'));
  return wrongUse;
}
