import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { runDirectory } from '../tidy/run-directory.ts';
import { repository } from './built.ts';
import { toJavaScript } from './to-javascript.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The directory of the package as it is installed. */
    readonly builtPackage: string;
  }
}

/** Builds the package once, before all tests. */
export function setup({ provide }: TestProject): void {
  const place = join(runDirectory(), 'package');
  if (!existsSync(place)) buildPackage(place);
  provide('builtPackage', place);
}

function sources(directory: string): string[] {
  return readdirSync(join(repository, directory), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(directory, name));
}

function buildPackage(place: string): void {
  for (const name of ['machines', 'src'].flatMap(sources)) {
    const path = join(place, 'dist', name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, toJavaScript(readFileSync(join(repository, name), 'utf8'), name));
  }
  writeFileSync(join(place, 'package.json'), readFileSync(join(repository, 'package.json')));
  for (const name of ['node_modules', 'docs']) symlinkSync(join(repository, name), join(place, name));
  execFileSync(process.execPath, [join(place, 'dist/src/build/bundle.js')]);
}
