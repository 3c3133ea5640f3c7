import { spawn, spawnSync } from 'node:child_process';
import { interrupted } from '../tidy/temporary.mjs';

/** What a program did: `code` is null where it had to be ended. */
export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** No program of the cross-check needs longer, on a busy machine either; one that does hangs. */
const timeLimit = 600_000;

/** A program did not end in time: that says nothing of what it was to find out. */
export class OutOfTime extends Error {}

/** Runs a program to its end, with both of its outputs in one text. */
export function runProgram(
  command: string,
  args: readonly string[],
  { cwd, input = '' }: { readonly cwd: string; readonly input?: string },
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd,
      timeout: timeLimit,
      signal: interrupted,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', reject).on('close', (code) => {
      if (child.killed) reject(new OutOfTime(`${command} was ended after ${timeLimit / 1000} s`));
      else resolve({ code, output });
    });
    // A program that ends early says so by its code.
    child.stdin.on('error', () => {}).end(input);
  });
}

/** Runs a program that has to succeed. */
export async function runWell(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly input?: string },
): Promise<string> {
  const { code, output } = await runProgram(command, args, options);
  if (code === 0) return output;
  throw new Error(`${command}: expected exit code 0, received ${code}:\n${output.slice(-2000)}`);
}

/** Whether a program is there and ends well with these arguments. */
export function isThere(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, [...args], { stdio: 'ignore', timeout: timeLimit }).status === 0;
}
