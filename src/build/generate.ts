import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../cli/package.ts';
import { writeWhole } from '../cli/io/output.ts';
import { generatedFiles, listTests, slowFiles } from './generated-files.ts';

/** Writes the generated files of the repository; `npm run generate` runs it. */

function current(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

const files = [...(await generatedFiles(listTests())), ...(await slowFiles())];
for (const [name, content] of files) {
  const path = join(packageRoot, name);
  const same = current(path)?.equals(Buffer.from(content)) === true;
  if (!same) {
    mkdirSync(dirname(path), { recursive: true });
    writeWhole(path, content);
  }
  process.stdout.write(`${same ? 'unchanged' : 'written  '}  ${name}\n`);
}
