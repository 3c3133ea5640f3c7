import { isAbsolute, join } from 'node:path';
import { build } from 'rolldown';
import { packageRoot } from '../cli/package.ts';

/**
 * Writes the program `oz-status`, made of what the compiler wrote, as few files; `npm run build` runs it. A hundred
 * modules read one by one take longer than all that a check of a small recording does. CommonJS, because Node starts
 * with its loader. Not minified, so that the stack of a defect names what it went through.
 */
async function bundle(program: string): Promise<void> {
  await build({
    cwd: packageRoot,
    input: join(packageRoot, `dist/src/cli/${program}.js`),
    platform: 'node',
    external: (id) => !id.startsWith('.') && !isAbsolute(id),
    onLog: (_level, log) => {
      // What some load when it is needed stands in one file with what others need at once.
      if (log.code !== 'INEFFECTIVE_DYNAMIC_IMPORT') throw new Error(log.message);
    },
    output: {
      dir: join(packageRoot, 'dist/cli'),
      format: 'cjs',
      comments: false,
      codeSplitting: {
        groups: [
          // What every command begins with, and what a check is made of: a file each.
          { name: 'begin', tags: ['$initial'], priority: 1 },
          { name: 'judging', test: /dist\/src\/(cli\/check\/(check|judge)|reports\/check\/text)\.js$/ },
        ],
      },
      entryFileNames: '[name].cjs',
      chunkFileNames: '[name].cjs',
    },
  });
}

await bundle('main');
