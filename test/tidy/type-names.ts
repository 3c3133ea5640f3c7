import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { hiddenHomonyms, privateHomonyms, sharedHomonyms } from './homonyms.ts';
import { nodesIn, sources, type Source } from './sources.ts';

const isType = (
  node: ts.Node,
): node is ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassDeclaration =>
  ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node);

const isExported = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);

/** The types that a file declares at its top, each with whether others can import it. */
const typesOf = ({ tree }: Source): ReadonlyMap<string, boolean> =>
  new Map(
    tree.statements
      .filter(isType)
      .flatMap((node) => (node.name ? [[node.name.text, isExported(node)] as const] : [])),
  );

/** Whether the file takes a type of this name from another one. */
const imports = ({ tree }: Source, name: string): boolean =>
  nodesIn(tree, ts.isImportSpecifier).some((node) => (node.propertyName ?? node.name).text === name);

const declared = new Map<string, { readonly source: Source; readonly exported: boolean }[]>();
for (const source of sources.filter(({ path }) => /^(machines|src)\/.*[.]tsx?$/.test(path))) {
  for (const [name, exported] of typesOf(source)) {
    declared.set(name, [...(declared.get(name) ?? []), { source, exported }]);
  }
}

/** The homonyms of which so many files export one. */
const homonyms = (isSo: (exporting: number) => boolean): readonly string[] =>
  [...declared]
    .filter(([, files]) => files.length > 1 && isSo(files.filter(({ exported }) => exported).length))
    .map(([name]) => name)
    .toSorted();

describe('the name of a type', () => {
  const advice = 'stands in several files: choose another name, or give the reason in homonyms.ts';

  test('stands in one file, but for names that no other file sees', () => {
    expect(
      homonyms((exporting) => exporting === 0),
      advice,
    ).toEqual(privateHomonyms);
    expect(
      homonyms((exporting) => exporting === 1),
      advice,
    ).toEqual(hiddenHomonyms);
    const mixed = hiddenHomonyms.flatMap((name) =>
      declared.get(name)!.filter(({ source, exported }) => !exported && imports(source, name)),
    );
    expect(mixed.map(({ source }) => source.path)).toEqual([]);
  });

  test('is exported by one file, but for those with a reason', () => {
    expect(
      homonyms((exporting) => exporting > 1),
      advice,
    ).toEqual(Object.keys(sharedHomonyms).toSorted());
  });
});

/** A name as words: `FolderTable` is `folder table`. */
const wordsOf = (name: string): string => name.replaceAll(/(?<=.)([A-Z])/g, ' $1').toLowerCase();

/** The forms in which the glossary may have a noun. */
const formsOf = (words: string): readonly string[] => [
  words,
  words.replace(/ies$/, 'y'),
  words.replace(/s$/, ''),
];

const glossary = readFileSync('docs/glossary.md', 'utf8');
const terms = new Set(
  [...glossary.matchAll(/^\| ([^|]+?) +\|/gm)].flatMap(([, term = '']) => term.split(', ')),
);

describe('the glossary', () => {
  test('has a noun for every class of the checker', () => {
    const nouns = [...declared].flatMap(([name, files]) =>
      files
        .filter(({ source: { path, tree }, exported }) => {
          const isClass = tree.statements.some(
            (node) => ts.isClassDeclaration(node) && node.name?.text === name,
          );
          return exported && isClass && path.startsWith('src/conformance/');
        })
        .map(() => wordsOf(name)),
    );
    expect(nouns.length).toBeGreaterThan(20);
    expect(nouns.filter((words) => !formsOf(words).some((form) => terms.has(form)))).toEqual([]);
  });

  test('or the code map names every folder of the tools', () => {
    const text = [glossary, readFileSync('docs/architecture.md', 'utf8')].join('\n');
    const rooms = readdirSync('src', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.parentPath.includes('reviewer/page'))
      .map(({ name }) => name);
    expect(rooms.filter((room) => !new RegExp(`\\b${room}\\b`).test(text))).toEqual([]);
  });
});
