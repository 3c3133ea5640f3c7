import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { generateDiagramFiles } from '../diagrams/index.ts';
import { clausesPage, findingsPage, reportSchema, type ListedTest } from '../generate/index.ts';
import { commandsPage } from './commands-page.ts';
import { configSchema } from './config-schema.ts';
import { packageRoot } from './files.ts';

/** Every generated file of the repository, by its path in it. */
export async function generatedFiles(
  tests: readonly ListedTest[],
): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
  return new Map([
    ['docs/clauses.md', clausesPage(tests)],
    ['docs/findings.md', findingsPage()],
    ['docs/guide/commands.md', commandsPage()],
    ['docs/schemas/report.schema.json', json(reportSchema())],
    ['docs/schemas/config.schema.json', json(configSchema())],
    ...(await generateDiagramFiles()),
  ]);
}

const maxListing = 64 * 1024 * 1024;

/** What a file of tests holds that names a clause: an id in brackets, or names made from lists of clauses. */
const namesClauses = /\[(?:DELETION|[A-Z]+-[-_A-Z]+)[\],]|\$\{[^}]*clause/;

/** The files of tests whose names can carry a clause; the others need not be loaded to list them. */
function candidates(): string[] {
  return readdirSync(join(packageRoot, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .filter((name) => namesClauses.test(readFileSync(join(packageRoot, 'test', name), 'utf8')))
    .map((name) => `test/${name.split(sep).join('/')}`)
    .toSorted();
}

/** The tests of the repository whose names can carry a clause, as the test runner lists them. */
export async function listTests(): Promise<readonly ListedTest[]> {
  // A runner inside a runner has to forget the outer one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  const command = ['node_modules/vitest/vitest.mjs', 'list', ...candidates(), '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, command, {
    cwd: packageRoot,
    env,
    maxBuffer: maxListing,
  });
  const listed = JSON.parse(stdout) as readonly ListedTest[];
  return listed.map(({ name, file }) => ({
    name,
    file: relative(packageRoot, file).split(sep).join('/'),
  }));
}
