import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { linesOf, nodesIn, placeOf, sources, type Source } from './sources.ts';
// oxlint-disable import/no-unassigned-import -- tests of this file as well, so that the sources are parsed once
import './test-names.ts';
import './type-names.ts';
// oxlint-enable import/no-unassigned-import

const longestFile = 300;
const longestFunction = 70;
const largestFolder = 20;

/** Fails with every offence, each in one line, under the reason for the rule. */
function expectNone(offences: readonly string[], reason: string): void {
  expect(offences, `${reason}\n${offences.join('\n')}`).toEqual([]);
}

const isFunction = (node: ts.Node): node is ts.FunctionLikeDeclaration =>
  ts.isFunctionDeclaration(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isArrowFunction(node) ||
  ts.isFunctionExpression(node) ||
  ts.isConstructorDeclaration(node);

/** Suites are lists of tests, not functions that somebody has to hold in mind at once. */
const isSuite = (node: ts.Node): boolean =>
  ts.isCallExpression(node.parent) && /^describe\b/.test(node.parent.expression.getText());

const isExported = (node: ts.Node): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);

const isDeclaration = (node: ts.Node): node is ts.DeclarationStatement | ts.VariableStatement =>
  ts.isVariableStatement(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isClassDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isEnumDeclaration(node);

/** A declaration whose only comment stands before an earlier overload is documented there. */
const hasComment = (node: ts.Node): boolean => ts.getJSDocCommentsAndTags(node).length > 0;

function undocumented(source: Source): readonly string[] {
  const exported = source.tree.statements.filter((node) => isDeclaration(node) && isExported(node));
  const overloads = new Set(
    exported
      .filter(hasComment)
      .flatMap((node) => (ts.isFunctionDeclaration(node) ? (node.name?.text ?? []) : [])),
  );
  const isOverload = (node: ts.Node) =>
    ts.isFunctionDeclaration(node) && overloads.has(node.name?.text ?? '');
  return exported
    .filter((node) => !hasComment(node) && !isOverload(node))
    .map((node) => `${placeOf(source, node)} ${node.getText().split('\n')[0]}`);
}

describe('a source file', () => {
  test('has at most 300 lines', () => {
    expectNone(
      sources
        .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
        .filter(({ lines }) => lines > longestFile)
        .map(({ path, lines }) => `${path} has ${lines} lines`),
      `A file of more than ${longestFile} lines holds more than one concept: divide it.`,
    );
  });

  test('has functions of at most 70 lines', () => {
    const offences = sources.flatMap((source) =>
      nodesIn(source.tree, isFunction)
        .filter(
          (node) => !isSuite(node) && linesOf(source, node) > longestFunction && !isMachine(source, node),
        )
        .map((node) => `${placeOf(source, node)} has ${linesOf(source, node)} lines`),
    );
    expectNone(
      offences,
      `A function of more than ${longestFunction} lines cannot be read at one glance: divide it.`,
    );
  });

  test('stands beside at most 19 others', () => {
    const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/'));
    const folders = sources.map(({ path }) => folderOf(path));
    expectNone(
      [...new Set(folders)]
        .map((folder) => ({ folder, files: folders.filter((one) => one === folder).length }))
        .filter(({ files }) => files > largestFolder)
        .map(({ folder, files }) => `${folder} has ${files} files`),
      `A folder of more than ${largestFolder} files is no room any more: say which parts it has.`,
    );
  });

  test('documents every export', () => {
    expectNone(
      sources.filter(({ path }) => path.endsWith('.ts')).flatMap(undocumented),
      'A reader who meets an export elsewhere has only its doc comment: write what the types cannot say.',
    );
  });

  test('exports by name', () => {
    // A runner of tests asks for the default export of its configuration.
    const modules = sources.filter(({ path }) => !path.endsWith('.config.ts'));
    const offences = modules.flatMap((source) =>
      source.tree.statements
        .filter((node) => ts.isExportAssignment(node) || /^export default\b/.test(node.getText()))
        .map((node) => placeOf(source, node)),
    );
    expectNone(offences, 'A default export has another name in every file that imports it: export by name.');
  });

  test('has a kebab-case name that says its concept', () => {
    const names = sources.map(({ path }) => path.split(/[/\\]/)).map((parts) => parts.join('/'));
    expectNone(
      names.filter(
        (path) =>
          !/^([a-z0-9]+(-[a-z0-9]+)*\/)+[a-z0-9]+(-[a-z0-9]+)*([.](test|property|d|browser|config))*[.](ts|tsx|mjs|js)$/.test(
            path,
          ),
      ),
      'Names differ in case on some systems and not on others: use kebab-case.',
    );
    expectNone(
      names.filter((path) => /(^|[/-])(utils?|misc|common|stuff)([/.-]|$)/.test(path)),
      'A file without a concept of its own collects everything: name the concept.',
    );
  });

  test('names no path of one computer, no host of a registry and nothing left to do', () => {
    const offences = sources.flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, at) =>
          forbidden.filter((each) => each.test(line)).map(() => `${path}:${at + 1} ${line.trim()}`),
        ),
    );
    expectNone(offences, 'The project has to mean the same everywhere, and to be finished: take it out.');
  });

  test('imports the specification and its exploration alone, if it tries wrong specifications', () => {
    const isForeign = /(?:\.\.\/){3}(?!machines\/|src\/explore\/)/;
    const offences = sources
      .filter(({ path }) => path.startsWith('test/machines/'))
      .flatMap((source) =>
        nodesIn(source.tree, ts.isImportDeclaration)
          .filter(({ moduleSpecifier }) => isForeign.test(moduleSpecifier.getText()))
          .map((node) => placeOf(source, node)),
      );
    expectNone(offences, 'These tests are run in a copy that holds nothing else: `npm run mutants`.');
  });

  test('needs nothing that an earlier build has left, if it is a test', () => {
    const isOfAnotherBuild = /\brepository, 'dist\b|(?:\.\.\/)+dist\/|\bresolve\('dist\b/;
    const offences = sources
      .filter(({ path }) => path.endsWith('.test.ts'))
      .flatMap((source) =>
        nodesIn(source.tree, ts.isStringLiteralLike)
          .filter((node) => isOfAnotherBuild.test(node.parent.getText()))
          .map((node) => placeOf(source, node)),
      );
    expectNone(offences, 'Who installs and tests has built nothing yet: take `builtPackage()`.');
  });
});

/** Written so that this file does not match itself. */
const forbidden = [
  /(?<![\w.*])[/](?:home|work|root|Users)[/]/,
  /[/]registry[.]\w+[.]\w+/,
  /\b(?:TO)DO\b|\b(?:FIX)ME\b|\b(?:XX)X\b/,
];

/** A statechart is one literal: dividing it hides what it says. */
function isMachine(source: Source, node: ts.Node): boolean {
  return /^machines\/\w+\/machine[.]ts$/.test(source.path) && node.getText().includes('createMachine({');
}

describe('the lock file', () => {
  test('names no host', () => {
    const lock = readFileSync('package-lock.json', 'utf8');
    const offences = lock.split('\n').filter((line) => line.includes('"resolved"'));
    expectNone(offences, 'Whoever installs decides from where: see .npmrc.');
  });

  test('knows every package that another one wants on some platform, or npm ci refuses it', () => {
    interface Locked {
      readonly optionalDependencies?: Readonly<Record<string, string>>;
    }
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Readonly<Record<string, Locked>>;
    };
    const wanted = Object.values(packages).flatMap(({ optionalDependencies }) =>
      Object.keys(optionalDependencies ?? {}),
    );
    const known = new Set(
      Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)),
    );
    expect(wanted.filter((name) => !known.has(name))).toEqual([]);
  });
});
