import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtPackage, repository, runNode } from './built.ts';

const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
};

/** The sources of the entries of the package, by what a user imports. */
const entries = Object.fromEntries(
  Object.entries(manifest.exports).flatMap(([entry, target]) =>
    typeof target === 'string'
      ? []
      : [
          [
            manifest.name + entry.slice(1),
            [join(repository, target.default.replace(/^.\/dist\/(.*)\.js$/, '$1.ts'))],
          ],
        ],
  ),
);

/**
 * What the compiler says of each of some modules of a user of the package, under the options of this repository: as if
 * the modules stood side by side in one project.
 */
export async function complaints(modules: readonly string[]): Promise<readonly (readonly string[])[]> {
  const directory = mkdtempSync(join(builtPackage(), 'modules-'));
  try {
    modules.forEach((text, at) => writeFileSync(join(directory, `module-${at}.ts`), text));
    const config = {
      extends: join(repository, 'tsconfig.json'),
      compilerOptions: { paths: entries },
      include: ['*.ts'],
    };
    writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(config));
    const compiler = join(repository, 'node_modules/typescript-7/bin/tsc');
    // Several checkers would do together some half more than one.
    const options = ['--pretty', 'false', '--singleThreaded'];
    const { stdout, stderr } = await runNode([compiler, '-p', '.', ...options], { cwd: directory });
    const said = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
    const ofModule = (at: number) => said.filter((line) => line.startsWith(`module-${at}.ts(`));
    const found = modules.map((_, at) => ofModule(at));
    // What is said of anything else says that the compiler was asked wrongly.
    const others = said.filter((line) => !/^module-\d+\.ts\(|^ /.test(line));
    if (others.length > 0) throw new Error(`of no module: ${others.join('\n')}`);
    return found;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
