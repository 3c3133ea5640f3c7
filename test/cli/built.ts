import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** The directory of the repository. */
export const repository = fileURLToPath(new URL('../../', import.meta.url));

function sources(directory: string): string[] {
  return readdirSync(join(repository, directory), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(directory, name))
    .toSorted();
}

/**
 * A directory that holds the package as it is installed: built, with its own name resolvable inside. Kept in the
 * temporary directory under the hash of its sources, so that test files share it.
 */
export function builtPackage(): string {
  const files = ['machines', 'src']
    .flatMap(sources)
    .map((name) => ({ name, text: readFileSync(join(repository, name), 'utf8') }));
  const manifest = readFileSync(join(repository, 'package.json'), 'utf8');
  const hash = createHash('sha256')
    .update(JSON.stringify([repository, manifest, files]))
    .digest('hex')
    .slice(0, 16);
  const place = join(tmpdir(), `oz-status-spec-${hash}`);
  if (existsSync(place)) return place;
  const draft = mkdtempSync(join(tmpdir(), 'oz-status-draft-'));
  for (const { name, text } of files) {
    const path = join(draft, 'dist', name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, toJavaScript(text, name));
  }
  writeFileSync(join(draft, 'package.json'), manifest);
  symlinkSync(join(repository, 'node_modules'), join(draft, 'node_modules'));
  symlinkSync(join(repository, 'docs'), join(draft, 'docs'));
  try {
    renameSync(draft, place);
  } catch (error) {
    // Another test file was faster; its build is the same.
    rmSync(draft, { recursive: true });
    if (!existsSync(place)) throw error;
  }
  return place;
}

/** Every module of the package is an ES module; a text alone does not tell. */
const emitted = {
  noEmit: false,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

/** A TypeScript module as the compiler of the package emits it. */
export function toJavaScript(text: string, fileName: string): string {
  const { config } = ts.readConfigFile(join(repository, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, repository);
  return ts.transpileModule(text, { compilerOptions: { ...options, ...emitted }, fileName }).outputText;
}

/** What a process did. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Node on `args` until it ends; `input` goes to its standard input. */
export function runNode(
  args: readonly string[],
  { cwd = repository, input = '' }: { readonly cwd?: string; readonly input?: string | Uint8Array } = {},
): Promise<Ended> {
  const { NO_COLOR: _, ...env } = process.env;
  const child = spawn(process.execPath, args, { cwd, env });
  return new Promise((resolve, reject) => {
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    child.stdin.on('error', () => undefined).end(input);
  });
}

/** The path of the program in the built package. */
export function program(): string {
  return join(builtPackage(), 'dist/src/cli/main.js');
}
