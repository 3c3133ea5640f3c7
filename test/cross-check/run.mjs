import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

/**
 * Runs the cross-check; `npm run cross-check` does. Vite loads the sources as the tests load them, since Node 20 reads
 * no TypeScript.
 */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { module } = await runnerImport(here('main.ts'), { configFile: false, root: here('../..') });
process.exitCode = await module.crossCheck(process.argv.slice(2), (text) => process.stdout.write(text));
