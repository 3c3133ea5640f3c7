import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { builtPackage, repository, runNode } from '../cli/built.ts';
import { toJavaScript } from '../cli/to-javascript.ts';
import { blocksOf, pages, type Block } from './blocks.ts';

const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
};

const blocks = pages.flatMap((page) => blocksOf(page, 'ts'));
const nameOf = ({ file, line }: Block) => `${file}:${line}`;

/** Those that a test runner runs, where the matchers are tested; the others are modules that print. */
const isTest = ({ text }: Block) => text.includes("from 'vitest'");
const printing = blocks.filter((block) => !isTest(block));

/** The sources of the entries of the package. */
const entries = Object.fromEntries(
  Object.entries(manifest.exports).flatMap(([entry, target]) =>
    typeof target === 'string'
      ? []
      : [[manifest.name + entry.slice(1), [target.default.replace(/^.\/dist\/(.*)\.js$/, './$1.ts')]]],
  ),
);

/** What the comments of a block promise that it prints, line by line. */
function promised(text: string): string[] {
  return [...text.matchAll(/\/\/ → (.*)$/gm)].map(([, output = '']) => output);
}

/** The complaints of the compiler about the blocks, as if each were a module in the repository. */
function complaints(): string[] {
  const { config } = ts.readConfigFile(join(repository, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.convertCompilerOptionsFromJson(
    {
      ...config.compilerOptions,
      paths: entries,
    },
    repository,
  );
  const texts = new Map(blocks.map((block, at) => [join(repository, `block-${at}.ts`), block]));
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.readFile = (name) => texts.get(name)?.text ?? readFile(name);
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.getSourceFile = (name, language) => {
    const text = host.readFile(name);
    return text === undefined ? undefined : ts.createSourceFile(name, text, language);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return program
    .getSourceFiles()
    .filter(({ fileName }) => texts.has(fileName))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map((diagnostic) => {
      const block = texts.get(diagnostic.file?.fileName ?? '');
      return `${block ? nameOf(block) : ''} ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`;
    });
}

describe('TypeScript in the documentation', () => {
  test('is there, and promises output', () => {
    expect(blocks.length).toBeGreaterThan(3);
    expect(printing.filter(({ text }) => promised(text).length === 0).map(nameOf)).toEqual([]);
  });

  test('compiles', () => {
    expect(complaints()).toEqual([]);
  });

  test.each(printing.map((block) => [nameOf(block), block] as const))(
    'prints what its comments say: %s',
    async (_name, { text }) => {
      const directory = join(builtPackage(), 'blocks');
      mkdirSync(directory, { recursive: true });
      const path = join(directory, `${blocks.findIndex((block) => block.text === text)}-${process.pid}.js`);
      writeFileSync(path, toJavaScript(text, 'block.ts'));
      const { code, stdout, stderr } = await runNode([path]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.trimEnd().split('\n')).toEqual(promised(text));
    },
  );
});
