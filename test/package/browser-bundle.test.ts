import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { expect, test } from 'vitest';
import { builtPackage, repository } from '../cli/built.ts';

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
}
const { exports } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as Manifest;
/** The entries that are code, but for those that are loaded by a test runner, and what draws with native code. */
const entries = Object.entries(exports).flatMap(([name, target]) =>
  typeof target === 'string' || /matchers\/|diagrams/.test(name) ? [] : [[name, target.default] as const],
);

test('every entry can be bundled for a browser: it imports nothing of Node that it cannot do without', async () => {
  const input = Object.fromEntries(entries.map(([name, path]) => [name.slice(2) || 'main', path]));
  const bundle = await rolldown({ cwd: builtPackage(), input, platform: 'browser', logLevel: 'silent' });
  const { output } = await bundle.generate({ format: 'es' });
  const chunks = output.filter((part) => part.type === 'chunk');
  expect(chunks.filter(({ isEntry }) => isEntry)).toHaveLength(entries.length);
  expect(chunks.flatMap(({ imports }) => imports).filter((id) => id.startsWith('node:'))).toEqual([]);
  // What is loaded on use may fail: bundlers let that pass in a `try`, webpack where it is told so.
  const onUse = chunks.flatMap(({ dynamicImports }) => dynamicImports).filter((id) => id.startsWith('node:'));
  expect(onUse).toEqual(['node:zlib']);
  const source = readFileSync(join(repository, 'src/recordings/io/gzip.ts'), 'utf8');
  expect(source).toMatch(/try \{[^}]*import\(\/\* webpackIgnore: true \*\/ 'node:zlib'\)/);
});
