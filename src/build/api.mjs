import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, ReferenceType } from 'typedoc';

/**
 * Writes the reference of every public entry as Markdown to docs/api, or to the directory that it is given; `npm run
 * api` runs it. It is JavaScript, as it needs nothing that is compiled. It takes seconds, so `npm run generate` leaves
 * it out, and a deep test asks that it was run.
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const out = resolve(process.argv[2] ?? join(root, 'docs/api'));
// Types are looked up from here, so that the result is the same wherever it is asked for.
process.chdir(root);

/** The name under which each entry is imported, by the source of the entry. */
const entries = new Map(
  Object.entries(manifest.exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([entry, { types }]) => [
      types.replace(/^\.\/dist\/(.*)\.d\.ts$/, '$1.ts'),
      entry === '.' ? manifest.name : entry.slice('./'.length),
    ]),
);

/** So many arguments of a machine's type are shown: the others, of XState, fill pages. */
const shownArguments = 2;

const app = await Application.bootstrapWithPlugins({
  entryPoints: [...entries.keys()],
  plugin: ['typedoc-plugin-markdown'],
  tsconfig: 'tsconfig.build.json',
  // `npm run types` finds errors, in a fifth of the time.
  skipErrorChecking: true,
  logLevel: 'Warn',
  name: manifest.name,
  readme: 'none',
  router: 'module',
  entryFileName: 'README',
  disableSources: true,
  disableGit: true,
  hideGenerator: true,
  hidePageHeader: true,
  hideBreadcrumbs: true,
  excludeInternal: true,
  excludeExternals: true,
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  parametersFormat: 'table',
  tableColumnSettings: { hideSources: true, hideInherited: true, hideDefaults: true },
});
const project = await app.convert();
if (!project) throw new Error('the entries cannot be read');

const names = new Map([...entries].map(([source, name]) => [source.replace(/(\/index)?\.ts$/, ''), name]));
for (const module of project.children ?? []) module.name = names.get(module.name) ?? module.name;
for (const { type } of Object.values(project.reflections)) {
  if (type instanceof ReferenceType && type.name === 'StateMachine') {
    type.typeArguments = type.typeArguments?.slice(0, shownArguments);
  }
}

rmSync(out, { recursive: true, force: true });
app.options.setValue('out', out);
await app.generateOutputs(project);
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1;
