import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';
import { describe, expect, test } from 'vitest';
import { repository } from '../cli/built.ts';

/** What a bundler makes of a client that uses these names of the room: the modules that count, and the code. */
async function bundled(...names: readonly string[]) {
  const entry = join(repository, 'src/verdict/index.ts');
  const client = 'client.ts';
  const bundle = await rolldown({
    input: client,
    platform: 'neutral',
    plugins: [
      {
        name: 'client',
        resolveId: (id) => (id === client ? id : null),
        load: (id) =>
          id === client ? `export { ${names.join(', ')} } from ${JSON.stringify(entry)};` : null,
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'es', minify: true });
  const { code, imports, modules } = output[0];
  const paths = Object.entries(modules).flatMap(([path, { renderedLength }]) =>
    renderedLength > 0 ? [path] : [],
  );
  return { bytes: gzipSync(code, { level: 9 }).length, code, imports, paths };
}

describe('a client that bundles the room', () => {
  test('carries less than 3 kB for the verdict, gzipped, with no import', async () => {
    const { bytes, code, imports } = await bundled('verdictOf');
    expect(bytes).toBeLessThan(3000);
    expect(imports).toEqual([]);
    expect(code).toContain('operator-required');
  });

  test('carries neither XState nor the texts of the register, whatever it uses', async () => {
    const { paths, imports } = await bundled(
      'verdictOf',
      'parseFolder',
      'verdictOfCallback',
      'waitForVerdict',
    );
    expect(imports).toEqual([]);
    const names = paths.map((path) => path.slice(repository.length));
    expect(names.filter((name) => name.startsWith('src/verdict/'))).not.toEqual([]);
    expect(
      names.filter((name) => /node_modules|machine\.ts$|questions\.ts$|clauses\.ts$/.test(name)),
    ).toEqual([]);
  });
});
