import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** One source file. */
export interface Source {
  readonly path: string;
  readonly text: string;
  /** The text parsed, once somebody looks at it. */
  readonly tree: ts.SourceFile;
}

const skipped = /^(node_modules|dist|coverage|fixtures)$|^test\/vectors$/;

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (skipped.test(entry.name) || skipped.test(path)) return [];
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** Every source file of the project: specification, tools and tests. */
export const sources: readonly Source[] = ['machines', 'src', 'test']
  .flatMap(filesBelow)
  .filter((path) => /[.](ts|tsx|mjs|js)$/.test(path))
  .map((path) => {
    const text = readFileSync(path, 'utf8');
    let tree: ts.SourceFile | undefined;
    return {
      path,
      text,
      get tree() {
        return (tree ??= ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
      },
    };
  });

/** Every node of a tree that `is` accepts, in the order of the text. */
export function nodesIn<N extends ts.Node>(tree: ts.Node, is: (node: ts.Node) => node is N): readonly N[] {
  const found: N[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** The place of a node, as `path:line`. */
export function placeOf({ path, tree }: Source, node: ts.Node): string {
  return `${path}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** How many lines a node fills. */
export function linesOf({ tree }: Source, node: ts.Node): number {
  const lineAt = (position: number) => tree.getLineAndCharacterOfPosition(position).line;
  return lineAt(node.getEnd()) - lineAt(node.getStart()) + 1;
}
