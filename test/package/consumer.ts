import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, runNode } from '../cli/built.ts';

/** A library that hands on everything it has of the machines, types left to the compiler. */
export const library = `
import * as machines from 'oz-status-spec/machines';
import { createAnalysisMachine, createFolderMachine, createGroupMachine } from 'oz-status-spec/machines';
export { machines };
export const failedFirst = createFolderMachine({ 'status-precedence': 'failed-first' });
export const { analysisMachine, folderMachine, groupMachine } = machines;
export const analysis = createAnalysisMachine();
export const group = createGroupMachine({ operatorRequired: 'never' });
export const moves = [machines.statusMoves, machines.groupMoves] as const;
export const cell = machines.cellOf('system_resolution', 'SUCCESS');
export const laws = machines.folderInvariants;
export const metaOf = () => Object.values(folderMachine.states).map((state) => state.meta);
`;

/** The compilers of the repository, by the name that a reader knows. */
const compilers = { 'TypeScript 6': 'typescript/bin/tsc', 'TypeScript 7': 'typescript-7/bin/tsc' } as const;

const resolutions = {
  NodeNext: { module: 'NodeNext', moduleResolution: 'NodeNext' },
  Bundler: { module: 'ESNext', moduleResolution: 'Bundler' },
} as const;

/** Every compiler with every way to resolve modules. */
export const projects = (Object.keys(compilers) as (keyof typeof compilers)[]).flatMap((compiler) =>
  (Object.keys(resolutions) as (keyof typeof resolutions)[]).map(
    (resolution) => [compiler, resolution] as const,
  ),
);

/**
 * Compiles a library inside a directory where the package is installed, all types of its dependencies checked: what
 * the compiler says, and the declarations that it writes.
 */
export async function compileLibrary(
  parent: string,
  [compiler, resolution]: (typeof projects)[number],
  text: string,
): Promise<{ readonly code: number | null; readonly said: string; readonly declarations: string }> {
  const directory = mkdtempSync(join(parent, 'library-'));
  writeFileSync(join(directory, 'package.json'), '{ "name": "library", "type": "module" }');
  writeFileSync(join(directory, 'library.ts'), text);
  const compilerOptions = {
    ...resolutions[resolution],
    target: 'ES2023',
    lib: ['ES2023', 'DOM'],
    types: [],
    strict: true,
    declaration: true,
    skipLibCheck: false,
    outDir: 'out',
    rootDir: '.',
  };
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['library.ts'] }));
  const { code, stdout } = await runNode(
    [join(repository, 'node_modules', compilers[compiler]), '-p', '.', '--pretty', 'false'],
    { cwd: directory },
  );
  const declarations = code === 0 ? readFileSync(join(directory, 'out/library.d.ts'), 'utf8') : '';
  return { code, said: stdout, declarations };
}
