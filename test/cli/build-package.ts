import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { putInPlace, repository } from './built.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The directory of the package as it is installed. */
    readonly builtPackage: string;
  }
}

/** Builds the package once, before all tests. */
export async function setup({ provide }: TestProject): Promise<void> {
  provide('builtPackage', await builtPackage());
}

function sources(directory: string): string[] {
  return readdirSync(join(repository, directory), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(directory, name))
    .toSorted();
}

/** Kept in the temporary directory under the hash of its sources, so that the next run need not build it again. */
async function builtPackage(): Promise<string> {
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
  const { toJavaScript } = await import('./to-javascript.ts');
  const draft = mkdtempSync(join(tmpdir(), 'oz-status-draft-'));
  for (const { name, text } of files) {
    const path = join(draft, 'dist', name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, toJavaScript(text, name));
  }
  writeFileSync(join(draft, 'package.json'), manifest);
  symlinkSync(join(repository, 'node_modules'), join(draft, 'node_modules'));
  symlinkSync(join(repository, 'docs'), join(draft, 'docs'));
  execFileSync(process.execPath, [join(draft, 'dist/src/cli/bundle.js')]);
  putInPlace(draft, place);
  return place;
}
