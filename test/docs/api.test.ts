import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { directoryWith } from '../cli/fake-terminal.ts';
import { repository, runNode } from '../cli/built.ts';

/** The files below a directory with their texts. */
function textsIn(directory: string): Readonly<Record<string, string>> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.md'),
  );
  return Object.fromEntries(
    names.toSorted().map((name) => [name, readFileSync(join(directory, name), 'utf8')]),
  );
}

test('the reference of the API is that of the sources: npm run api writes it', async () => {
  const cwd = directoryWith({});
  const out = join(cwd, 'api');
  const { code, stdout, stderr } = await runNode([join(repository, 'src/build/api.mjs'), out], { cwd });
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
  const written = textsIn(out);
  const stale = Object.entries(textsIn(join(repository, 'docs/api'))).filter(
    ([name, text]) => written[name] !== text,
  );
  expect(stale.map(([name]) => name)).toEqual([]);
  expect(Object.keys(textsIn(join(repository, 'docs/api')))).toEqual(Object.keys(written));
});
