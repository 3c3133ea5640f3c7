import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { repository } from '../cli/built.ts';
import { nodesIn, sources } from '../tidy/sources.ts';

const read = (path: string): string => readFileSync(join(repository, path), 'utf8');
const conformance = 'src/conformance';
const pages = {
  'docs/architecture.md': ['', 'src/', 'machines/', ...partsOf('src')],
  'docs/glossary.md': [''],
  '.github/CONTRIBUTING.md': ['', 'src/recordings/values/', 'src/reports/check/', 'src/reports/'],
  [`${conformance}/README.md`]: ['', `${conformance}/`, ...partsOf(conformance), 'test/conformance/'],
} as const;

/** Every file of a checkout. */
const files: readonly string[] = readdirSync(repository, { withFileTypes: true })
  .filter(({ name }) => !['node_modules', 'dist', 'coverage', '.git'].includes(name))
  .flatMap((entry) =>
    entry.isDirectory()
      ? readdirSync(join(repository, entry.name), { recursive: true, encoding: 'utf8' }).map(
          (path) => `${entry.name}/${path}`,
        )
      : [entry.name],
  );

function partsOf(room: string): readonly string[] {
  const entries = readdirSync(join(repository, room), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${room}/${name}/`);
}

describe.each(Object.entries(pages))('%s', (page, places) => {
  test('names only files and folders that there are', () => {
    const named = [...read(page).matchAll(/`([\w./-]+(?:\.[cm]?[jt]sx?|\.md|\/))`/g)].map(
      ([, path]) => path!,
    );
    const lost = named.filter((path) => !places.some((place) => existsSync(join(repository, place, path))));
    expect(lost).toEqual([]);
    expect(page === 'docs/glossary.md' || named.length > 4).toBe(true);
  });

  test('links only to what there is', () => {
    const links = [...read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, target]) => target!);
    expect(links.filter((link) => !existsSync(join(repository, page, '..', link)))).toEqual([]);
  });
});

/** Every page by hand, and the notes in the tree. */
const prose = files.filter(
  (path) => path.endsWith('.md') && !/^docs\/(?:api|machines|diagrams)\/|^test\/vectors\//.test(path),
);

test.each(prose)('%s names no source file that is not there', (page) => {
  const text = read(page).replaceAll(/^```.*?^```$/gms, '');
  const named = [...text.matchAll(/`([\w./-]*\w\.(?:[cm]?[jt]s|py|java))`/g)].map(([, path]) => path!);
  // One without a folder may be a file of the reader.
  const ours = named.filter((path) => path.includes('/') || path.endsWith('.ts'));
  const lost = ours.filter((path) => !files.some((one) => `/${one}`.endsWith(`/${path}`)));
  expect(lost.filter((path) => !path.startsWith('dist/'))).toEqual([]);
});

test('the code map has every room of src/ once, in the order in which they may be imported', async () => {
  const rows = [...read('docs/architecture.md').matchAll(/^\| `(\w+)\/` +\|/gm)].map(([, room]) => room!);
  expect(rows.toSorted()).toEqual(
    partsOf('src')
      .map((room) => room.slice('src/'.length, -1))
      .toSorted(),
  );
  const rules = read('.dependency-cruiser.js');
  const order = /const rooms = \[([^\]]*)\]/.exec(rules)![1]!.match(/\w+/g)!;
  expect(rows).toEqual(order.filter((room) => rows.includes(room)));
});

test('the table of limits has every limit of the checker', () => {
  const inTable = new Set(
    read(`${conformance}/README.md`)
      .match(/`max\w+`/g)!
      .map((name) => name.slice(1, -1)),
  );
  const limits = sources
    .filter(({ path, text }) => path.startsWith(`${conformance}/`) && /\bmax[A-Z]/.test(text))
    .flatMap(({ tree }) => nodesIn(tree, ts.isVariableDeclaration))
    .map(({ name }) => name.getText())
    .filter((name) => /^max[A-Z]/.test(name));
  const constants = new Set(limits);
  expect([...inTable].filter((name) => !constants.has(name))).toEqual([]);
  expect([...constants].filter((name) => !inTable.has(name)).toSorted()).toEqual([]);
});
