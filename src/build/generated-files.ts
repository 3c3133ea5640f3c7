import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { generateDiagramFiles } from '../diagrams/index.ts';
import { readingRegister } from '../explore/index.ts';
import {
  baselineSchema,
  clausesPage,
  countsPage,
  findingsPage,
  pathsSchema,
  readingsSchema,
  readingsPage,
  reportSchema,
  specificationSchema,
  vectorsSchema,
  decisionFiles,
  decisionsSchema,
  verificationPage,
  mitmproxyAddon,
  codesTable,
  mistakesTable,
  testedClauses,
  type ClientMistake,
  type ListedTest,
} from './generate/index.ts';
import { buildPage } from '../reviewer/build-page.ts';
import { defaultSettings } from '../../machines/index.ts';
import { readManifest, recordingsDirectory } from '../cli/commands/bundled.ts';
import { behaviourUnder, reviewed, specificationRecord, supportOf } from '../review/index.ts';
import { openApi } from '../simulator/contract/openapi.ts';
import { vectorFiles } from '../assurance/vectors/index.ts';
import { commandsPage } from './commands-page.ts';
import { configSchema } from '../cli/check/config-schema.ts';
import { packageRoot } from '../cli/package.ts';
import { readRecords, specificationDigest } from './generated-records.ts';

const pageParts = {
  sources: join(packageRoot, 'src/reviewer/page'),
  recordings: join(packageRoot, recordingsDirectory),
};

/** Every generated file of the repository, by its path in it. */
export async function generatedFiles(
  tests: readonly ListedTest[],
): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
  const support = supportOf(testedClauses(tests));
  const judged = Object.fromEntries(
    readManifest().map(({ file, expected: { verdicts, codes } }) => [file, { verdicts, codes }]),
  );
  const behaviour = behaviourUnder(defaultSettings, judged);
  return new Map([
    ['docs/clauses.md', clausesPage(support)],
    ['docs/specification.json', json(specificationRecord(support, behaviour))],
    ['docs/counts.md', countsPage()],
    ['docs/findings.md', findingsPage()],
    ['docs/readings.md', readingsPage(readingRegister())],
    ['docs/guide/commands.md', commandsPage()],
    ...[
      ['docs/guide/developer.md', 'mistakes', clientMistakes()] as const,
      ['docs/guide/simulator.md', 'codes', codesTable()] as const,
    ].map(([path, mark, made]) => [path, withTable(path, mark, made)] as const),
    ['docs/verification.md', verificationPage(readRecords(), specificationDigest())],
    ['docs/examples/mitmproxy/oz_status_recorder.py', mitmproxyAddon],
    ['docs/schemas/report.schema.json', json(reportSchema())],
    ['docs/schemas/specification.schema.json', json(specificationSchema())],
    ['docs/schemas/vectors.schema.json', json(vectorsSchema())],
    ['docs/schemas/decisions.schema.json', json(decisionsSchema())],
    ['docs/schemas/baseline.schema.json', json(baselineSchema())],
    ['docs/schemas/paths.schema.json', json(pathsSchema())],
    ['docs/schemas/readings.schema.json', json(readingsSchema())],
    ['docs/schemas/simulator.openapi.json', json(openApi())],
    ['docs/index.html', await buildPage({ ...pageParts, reviewed: reviewed(support) })],
    ['docs/schemas/config.schema.json', json(configSchema())],
    ...[...decisionFiles()].map(([name, text]) => [`test/vectors/verdicts/${name}`, text] as const),
    ...[...vectorFiles()].map(([name, text]) => [`test/vectors/${name}`, text] as const),
    ...(await generateDiagramFiles()),
  ]);
}

/** A guide that is written by hand but for one table, which stands after a mark. */
function withTable(path: string, mark: string, made: string): string {
  const written = readFileSync(join(packageRoot, path), 'utf8');
  const place = new RegExp(`(<!-- ${mark} -->\\n\\n)(?:\\|.*\\n)*`);
  if (!place.test(written)) throw new Error(`${path}: expected <!-- ${mark} -->`);
  return written.replace(place, (_, kept: string) => `${kept}${made}\n`);
}

/** The table of the mistakes that the tests make. */
function clientMistakes(): string {
  const text = readFileSync(join(packageRoot, 'test/verdict/mistakes.json'), 'utf8');
  return mistakesTable(JSON.parse(text) as readonly ClientMistake[]);
}

/** A name where it is written: the first argument of `test` or `describe`, also after a table of cases. */
const writtenName = /(?:\b(?:test|it|describe)(?:\.\w+)*|\))\(\s*(?:'([^'\n]+)'|"([^"\n]+)"|`([^`]+)`)/g;
/** Brackets that a program fills in: what stands there then is not known before the tests are loaded. */
const filledIn = /\[[^\]]*[$%]/;

/** The tests of the repository whose names carry clauses; only files that fill clauses in are loaded for it. */
export async function listTests(): Promise<readonly ListedTest[]> {
  const files = readdirSync(join(packageRoot, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/${name.split(sep).join('/')}`)
    .toSorted();
  const written = files.flatMap((file) =>
    [...readFileSync(join(packageRoot, file), 'utf8').matchAll(writtenName)].map(
      ([, single, double, template]) => ({ file, name: single ?? double ?? template ?? '' }),
    ),
  );
  const dynamic = new Set(written.filter(({ name }) => filledIn.test(name)).map(({ file }) => file));
  const loaded = dynamic.size === 0 ? [] : await loadedTests([...dynamic]);
  return [...written.filter(({ file }) => !dynamic.has(file)), ...loaded];
}

const maxListing = 64 * 1024 * 1024;

/** The tests of `files` as the test runner lists them. */
async function loadedTests(files: readonly string[]): Promise<readonly ListedTest[]> {
  // A runner inside a runner has to forget the outer one.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  const command = ['node_modules/vitest/vitest.mjs', 'list', ...files, '--json'];
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
