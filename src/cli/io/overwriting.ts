import { resolve } from 'node:path';
import { printable } from '../../text/escape.ts';
import { standardInput } from './files.ts';
import { identityIn, identityOf } from './same-file.ts';
import type { Terminal } from './terminal.ts';

/** A file that a command reads or writes, and as what; standard output has no name. */
export interface FileUse {
  readonly name: string | undefined;
  readonly as: string;
}

/** Why a command cannot write what it would, in sentences: it would write over what it reads. */
export function overwriteProblems(
  written: readonly FileUse[],
  read: readonly FileUse[],
  io: Terminal,
): readonly string[] {
  const known = (name: string | undefined): string | undefined => {
    if (name !== undefined && name !== standardInput) return identityOf(resolve(io.cwd, name));
    const stats = io.standardStats?.(name === undefined ? 'output' : 'input');
    return stats?.isFile() === true ? identityIn(stats) : undefined;
  };
  const inputs = read.map((use) => ({ ...use, identity: known(use.name) }));
  return written.flatMap(({ name, as }) => {
    const identity = known(name);
    const input = identity === undefined ? undefined : inputs.find((one) => one.identity === identity);
    if (!input) return [];
    const same = name === input.name ? '' : `: it is the same file as ${shown(input.name)}`;
    return [`${as} cannot go to ${shown(name)}${same}, which is read as ${input.as}`];
  });
}

function shown(name: string | undefined): string {
  if (name === undefined) return 'standard output';
  return name === standardInput ? 'standard input' : printable(name, 200);
}
