import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { clauses } from '../../machines/index.ts';
import { nodesIn, placeOf, sources } from './sources.ts';

interface TestName {
  readonly place: string;
  readonly callee: string;
  readonly name: string;
}

/** The beginning of a call chain: `test` of `test.each(table)('name')`. */
function rootOf(expression: ts.Expression): string {
  if (ts.isCallExpression(expression) || ts.isPropertyAccessExpression(expression))
    return rootOf(expression.expression);
  return ts.isIdentifier(expression) ? expression.text : '';
}

/** What a test is called; parts that are computed stand as `${}`. */
function textOf(node: ts.Expression | undefined): string | undefined {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map((span) => `\${}${span.literal.text}`).join('');
}

const names: readonly TestName[] = sources
  .filter(({ path }) => path.endsWith('.test.ts') || path.startsWith('test/tidy/'))
  .flatMap((source) =>
    nodesIn(source.tree, ts.isCallExpression).flatMap((call) => {
      const name = textOf(call.arguments[0]);
      const isTest = ['test', 'it', 'describe', 'prop'].includes(rootOf(call.expression));
      // The name is an argument of the outermost call only, and the test itself is one as well.
      if (!isTest || name === undefined || call.arguments.length < 2) return [];
      return [{ place: placeOf(source, call), callee: call.expression.getText(), name }];
    }),
  );

describe('the name of a test', () => {
  test('is found in every file of tests', () => {
    const files = sources.filter(({ path }) => path.endsWith('.test.ts')).map(({ path }) => path);
    const named = new Set(names.map(({ place }) => place.split(':')[0]));
    expect(
      files.filter((path) => !named.has(path)),
      'A file of tests without tests tests nothing.',
    ).toEqual([]);
  });

  test('states what is so, in the present tense', () => {
    const wishes = names.filter(({ name }) =>
      /\b(should|must|will)\b/i.test(name.replaceAll(/"[^"]*"/g, '')),
    );
    expect(wishes, 'A name that wishes does not say what the code does: use the present tense.').toEqual([]);
  });

  test('names only clauses that are in the registry', () => {
    const named = names.flatMap(({ place, name }) =>
      [...name.matchAll(/\[([A-Z][A-Z_-]+)\]/g)].map(([, clause]) => ({ place, clause })),
    );
    const unknown = named.filter(({ clause }) => !Object.hasOwn(clauses, clause ?? ''));
    expect(named.length).toBeGreaterThan(50);
    expect(unknown, 'A clause that is not in machines/clauses.ts cannot be looked up.').toEqual([]);
  });

  test('belongs to a test that runs', () => {
    const idle = names.filter(({ callee }) => /[.](skip|only|todo|fails|skipIf|runIf)\b/.test(callee));
    expect(idle, 'A test that does not run, or runs alone, makes the count of tests a lie.').toEqual([]);
  });
});
